"""The commands and their options; what they do stands in a module each.

Those modules are imported when their command runs, so that help and completion stay quick.
"""
# ruff: noqa: PLC0415 - see above

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial, wraps
from inspect import Parameter, signature
from typing import Annotated, Any

import typer

from run_steps import __version__
from run_steps.cli.options import (
    After,
    ArchiveArgument,
    ArchiveFile,
    Before,
    Concurrency,
    DaskAddress,
    Deadline,
    Debug,
    ExpectedTargets,
    ExportTarget,
    FileFormat,
    Headers,
    Host,
    HtmlFile,
    Include,
    Json,
    KeyVariable,
    ListOrder,
    MaxItems,
    OptionalRunId,
    OptionalThreadId,
    Overwrite,
    OverwriteDrawing,
    Params,
    Payload,
    Port,
    RequiredKeyVariable,
    RunId,
    ServerKind,
    ServerUrl,
    Shards,
    Since,
    StepId,
    SvgFile,
    TargetFile,
    Targets,
    ThreadId,
    Until,
)

app = typer.Typer(
    name="run-steps",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"]},
    epilog="Exit codes: 0 done, 1 error, 2 wrong usage, 3 partly done, 130 interrupted.",
)


def _show_version(wanted: bool) -> None:  # noqa: FBT001 - how typer calls it
    if wanted:
        sys.stdout.write(f"run-steps {__version__}\n")
        raise typer.Exit


@app.callback()
def run_steps(
    *,
    version: Annotated[
        bool, typer.Option("--version", help="Show the version.", callback=_show_version, is_eager=True)
    ] = False,
) -> None:
    """See what an assistant did during a run, on any Assistants-compatible server or in an archive."""


def _command(name: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Make a function a command that takes `--debug`, and whose errors become one line and an exit code."""

    def register(body: Callable[..., None]) -> Callable[..., None]:
        @wraps(body)
        def run(*, debug: bool, **arguments: Any) -> None:
            from run_steps.cli.failures import guarded

            raise typer.Exit(guarded(partial(body, **arguments), debug=debug))

        debug = Parameter("debug", Parameter.KEYWORD_ONLY, default=False, annotation=Debug)
        declared = signature(body, eval_str=True)
        vars(run)["__signature__"] = declared.replace(parameters=[*declared.parameters.values(), debug])
        return app.command(name)(run)

    return register


@_command("list")
def list_steps(
    thread: ThreadId,
    run: OptionalRunId = None,
    *,
    server: ServerUrl = None,
    archive: ArchiveFile = None,
    kind: ServerKind = "auto",
    key_env: KeyVariable = None,
    param: Params = None,
    header: Headers = None,
    order: ListOrder = "asc",
    max_items: MaxItems = None,
    after: After = None,
    before: Before = None,
    include: Include = False,
    as_json: Json = False,
) -> None:
    """Show the steps of a run, oldest first."""
    from run_steps.cli import listing
    from run_steps.cli.connection import Source
    from run_steps.cli.targets import named_run
    from run_steps.walk import Window

    window = Window(order=order, max_items=max_items, after=after, before=before)
    listing.list_steps(
        Source(server, archive, kind, key_env, param, header),
        *named_run(thread, run),
        window,
        include=include,
        as_json=as_json,
    )


@_command("get")
def get_step(
    thread: ThreadId,
    run: RunId,
    step: StepId,
    *,
    server: ServerUrl = None,
    archive: ArchiveFile = None,
    kind: ServerKind = "auto",
    key_env: KeyVariable = None,
    param: Params = None,
    header: Headers = None,
    include: Include = True,
    as_json: Json = False,
) -> None:
    """Show one step with all its inputs and outputs."""
    from run_steps.cli import getting
    from run_steps.cli.connection import Source

    getting.get_step(
        Source(server, archive, kind, key_env, param, header), thread, run, step, include=include, as_json=as_json
    )


@_command("runs")
def list_runs(
    thread: OptionalThreadId = None,
    *,
    server: ServerUrl = None,
    archive: ArchiveFile = None,
    kind: ServerKind = "auto",
    key_env: KeyVariable = None,
    param: Params = None,
    header: Headers = None,
    order: ListOrder = "desc",
    max_items: MaxItems = None,
    after: After = None,
    before: Before = None,
    as_json: Json = False,
) -> None:
    """Show the runs of a thread, or all those of an archive."""
    from run_steps.cli import listing
    from run_steps.cli.connection import Source
    from run_steps.walk import Window

    window = Window(order=order, max_items=max_items, after=after, before=before)
    listing.list_runs(Source(server, archive, kind, key_env, param, header), thread, window, as_json=as_json)


@_command("timeline")
def timeline(
    thread: ThreadId,
    run: OptionalRunId = None,
    *,
    server: ServerUrl = None,
    archive: ArchiveFile = None,
    kind: ServerKind = "auto",
    key_env: KeyVariable = None,
    param: Params = None,
    header: Headers = None,
    html: HtmlFile = None,
    svg: SvgFile = None,
    overwrite: OverwriteDrawing = False,
    as_json: Json = False,
) -> None:
    """Draw what happened in a run, in order."""
    from run_steps.cli import drawing
    from run_steps.cli.connection import Source
    from run_steps.cli.targets import named_run

    files = drawing.Files(html, svg, overwrite)
    drawing.draw_run(
        Source(server, archive, kind, key_env, param, header), *named_run(thread, run), files, as_json=as_json
    )


@_command("watch")
def watch_run(
    thread: ThreadId,
    run: OptionalRunId = None,
    *,
    server: ServerUrl = None,
    archive: ArchiveFile = None,
    kind: ServerKind = "auto",
    key_env: KeyVariable = None,
    param: Params = None,
    header: Headers = None,
    deadline: Deadline = None,
    include: Include = False,
    as_json: Json = False,
) -> None:
    """Follow a run until it is over, a line a change."""
    from run_steps.cli import following
    from run_steps.cli.connection import Source
    from run_steps.cli.targets import named_run

    source = Source(server, archive, kind, key_env, param, header)
    following.watch_run(source, *named_run(thread, run), deadline=deadline, include=include, as_json=as_json)


@_command("pull")
def pull_runs(
    archive: ArchiveArgument,
    targets: Targets = None,
    *,
    from_file: TargetFile = None,
    server: ServerUrl = None,
    kind: ServerKind = "auto",
    key_env: KeyVariable = None,
    param: Params = None,
    header: Headers = None,
    concurrency: Concurrency = 16,
    include: Include = True,
    shards: Shards = None,
    dask: DaskAddress = None,
    as_json: Json = False,
) -> None:
    """Pull threads and runs into an archive, or go on with that.

    The texts of messages and the contents of files are not part of run steps and are not pulled: save them too if you
    need them.
    """
    from run_steps.cli import pulling
    from run_steps.cli.connection import Source
    from run_steps.cli.workers import Workers

    plan = pulling.PullPlan(archive, targets or [], from_file, concurrency, include)
    pulling.pull_runs(Source(server, None, kind, key_env, param, header), plan, Workers(shards, dask), as_json=as_json)


@_command("check")
def check_archive(
    archive: ArchiveArgument,
    targets: ExpectedTargets = None,
    *,
    from_file: TargetFile = None,
    as_json: Json = False,
) -> None:
    """Tell whether an archive has all of its runs, and all it should have."""
    from run_steps.cli import checking

    checking.check_archive(archive, targets or [], from_file, as_json=as_json)


@_command("export")
def export_archive(
    archive: ArchiveArgument,
    target: ExportTarget,
    *,
    file_format: FileFormat = None,
    since: Since = None,
    until: Until = None,
    payload: Payload = True,
    overwrite: Overwrite = False,
    shards: Shards = None,
    dask: DaskAddress = None,
    as_json: Json = False,
) -> None:
    """Write the steps of an archive as JSON lines, CSV or Parquet."""
    from run_steps.cli import exporting
    from run_steps.cli.workers import Workers

    selection = exporting.Selection(since, until, payload)
    workers = Workers(shards, dask)
    exporting.export_archive(archive, target, file_format, selection, workers, overwrite=overwrite, as_json=as_json)


@_command("serve")
def serve(
    archive: ArchiveArgument,
    *,
    host: Host = "127.0.0.1",
    port: Port = 8000,
    key_env: RequiredKeyVariable = None,
) -> None:
    """Serve an archive, read-only, to any client of this API."""
    from run_steps.cli import serving

    serving.serve_archive(archive, host, port, key_env)


@_command("demo")
def demo() -> None:
    """Show it all on sample data, without network, key or settings."""
    from run_steps.cli.demo import run_demo
    from run_steps.cli.output import terminal

    run_demo(terminal())
