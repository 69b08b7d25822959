"""The commands and their options; what each does stands in the module of its name in `commands`.

Those modules are imported when their command runs, so that help and completion stay quick.
"""
# ruff: noqa: PLC0415 - see above

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial, wraps
from inspect import Parameter, signature
from typing import Annotated, Any, TypeVar

import typer
from typer.core import TyperGroup

from run_steps import __version__
from run_steps.cli.options import (
    After,
    AllowedHosts,
    AllThreads,
    ArchiveArgument,
    ArchiveFile,
    AsContract,
    Before,
    Concurrency,
    Content,
    DaskAddress,
    Deadline,
    DrawingFile,
    ExpectedTargets,
    ExportedTable,
    ExportFile,
    ExportTarget,
    Fields,
    FileFormat,
    Finish,
    FirstStep,
    ForgottenTargets,
    GetRunId,
    Headers,
    Host,
    HtmlFile,
    Include,
    Json,
    KeyVariable,
    ListOrder,
    MaxItems,
    Messages,
    OptionalArchive,
    OptionalRunId,
    OptionalStepId,
    OptionalThreadId,
    OutputFile,
    Overwrite,
    OverwriteFile,
    Params,
    Payload,
    PlayedFile,
    Port,
    Quick,
    RecordedFiles,
    RequiredKeyVariable,
    Salvage,
    Sample,
    Seal,
    SeenOn,
    ServerKind,
    ServerUrl,
    Shards,
    Since,
    StreamedThreadId,
    StreamFile,
    SvgFile,
    TargetFile,
    Targets,
    ThreadId,
    Until,
)

_Function = TypeVar("_Function", bound=Callable[..., None])

_UsageError: type[Exception] = typer.BadParameter.__mro__[1]  # which typer makes public by its heirs alone


class _Group(TyperGroup):
    """Tells what is wrong with a command line as all else that goes wrong: in one line, with an exit code."""

    def main(self, *arguments: Any, **settings: Any) -> Any:
        """Read the command line and run the command it names."""
        try:
            code = super().main(*arguments, **{**settings, "standalone_mode": False})
        except _UsageError as error:
            from run_steps.cli.failures import wrong_usage

            code = wrong_usage(error)
        if not settings.get("standalone_mode", True):
            return code
        sys.exit(code)


app = typer.Typer(
    name="run-steps",
    cls=_Group,
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


_DEBUG = Parameter(
    "debug",
    Parameter.KEYWORD_ONLY,
    default=False,
    annotation=Annotated[bool, typer.Option("--debug", help="Show where in the code an error came from.")],
)


def _command(name: str, short_help: str | None = None) -> Callable[[_Function], _Function]:
    """Make a function a command that takes `--debug`, and whose errors become one line and an exit code."""

    def decorate(function: _Function) -> _Function:
        @wraps(function)
        def run(*, debug: bool, **options: Any) -> None:
            from run_steps.cli.failures import guarded

            raise typer.Exit(guarded(partial(function, **options), debug=debug))

        read = signature(function, eval_str=True)
        read = read.replace(parameters=[*read.parameters.values(), _DEBUG])
        run.__annotations__ = {name: parameter.annotation for name, parameter in read.parameters.items()}
        vars(run)["__signature__"] = read
        app.command(name, short_help=short_help)(run)
        return function

    return decorate


@_command("list")
def _list(
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
    fields: Fields = None,
    output: OutputFile = None,
    overwrite: OverwriteFile = False,
    as_json: Json = False,
) -> None:
    """Show the steps of a run, oldest first."""
    from run_steps.cli.commands.list import list_steps
    from run_steps.cli.output import written_to
    from run_steps.cli.source import Source
    from run_steps.cli.targets import named_run
    from run_steps.pagination.cursors import Window

    window = Window(order=order, max_items=max_items, after=after, before=before)
    source = Source(server, archive, kind, key_env, param, header)
    ids = named_run(thread, run)
    with written_to(output, overwrite=overwrite):
        list_steps(source, *ids, window, fields, include=include, as_json=as_json)


@_command("get")
def _get(
    thread: ThreadId,
    run: GetRunId,
    step: OptionalStepId = None,
    *,
    server: ServerUrl = None,
    archive: ArchiveFile = None,
    kind: ServerKind = "auto",
    key_env: KeyVariable = None,
    param: Params = None,
    header: Headers = None,
    include: Include = True,
    fields: Fields = None,
    output: OutputFile = None,
    overwrite: OverwriteFile = False,
    as_json: Json = False,
) -> None:
    """Show one step with all its inputs and outputs."""
    from run_steps.cli.commands.get import get_step
    from run_steps.cli.output import written_to
    from run_steps.cli.source import Source
    from run_steps.cli.targets import named_step

    source = Source(server, archive, kind, key_env, param, header)
    ids = named_step(thread, run, step)
    with written_to(output, overwrite=overwrite):
        get_step(source, *ids, fields, include=include, as_json=as_json)


@_command("runs")
def _runs(
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
    fields: Fields = None,
    output: OutputFile = None,
    overwrite: OverwriteFile = False,
    as_json: Json = False,
) -> None:
    """Show the runs of a thread, or all those of an archive."""
    from run_steps.cli.commands.runs import list_runs
    from run_steps.cli.output import written_to
    from run_steps.cli.source import Source
    from run_steps.pagination.cursors import Window

    window = Window(order=order, max_items=max_items, after=after, before=before)
    source = Source(server, archive, kind, key_env, param, header)
    with written_to(output, overwrite=overwrite):
        list_runs(source, thread, window, fields, as_json=as_json)


@_command("timeline")
def _timeline(
    thread: StreamedThreadId = None,
    run: OptionalRunId = None,
    *,
    server: ServerUrl = None,
    archive: ArchiveFile = None,
    kind: ServerKind = "auto",
    key_env: KeyVariable = None,
    param: Params = None,
    header: Headers = None,
    sse: StreamFile = None,
    finish: Finish = False,
    html: HtmlFile = None,
    first: FirstStep = 1,
    svg: SvgFile = None,
    output: DrawingFile = None,
    overwrite: OverwriteFile = False,
    as_json: Json = False,
) -> None:
    """Draw what happened in a run, in order."""
    from run_steps.cli.commands.timeline import draw_run, draw_stream, files_of
    from run_steps.cli.source import Source
    from run_steps.cli.streams import check_stream
    from run_steps.cli.targets import named_run

    files = files_of(html, svg, output, overwrite=overwrite, first=first, as_json=as_json)
    source = Source(server, archive, kind, key_env, param, header)
    check_stream(source, sse, thread, run, finish=finish)
    if sse is None:
        draw_run(source, *named_run(thread, run), files, as_json=as_json)
    else:
        draw_stream(source, sse, files, finish=finish, as_json=as_json)


@_command("watch")
def _watch(
    thread: StreamedThreadId = None,
    run: OptionalRunId = None,
    *,
    server: ServerUrl = None,
    archive: ArchiveFile = None,
    kind: ServerKind = "auto",
    key_env: KeyVariable = None,
    param: Params = None,
    header: Headers = None,
    sse: StreamFile = None,
    finish: Finish = False,
    deadline: Deadline = None,
    include: Include = False,
    as_json: Json = False,
) -> None:
    """Follow a run until it is over, a line a change."""
    from run_steps.cli.commands.watch import watch_run, watch_stream
    from run_steps.cli.source import Source
    from run_steps.cli.streams import check_stream
    from run_steps.cli.targets import named_run

    source = Source(server, archive, kind, key_env, param, header)
    check_stream(source, sse, thread, run, finish=finish, asks=include or deadline is not None)
    if sse is None:
        watch_run(source, *named_run(thread, run), deadline=deadline, include=include, as_json=as_json)
    else:
        watch_stream(source, sse, finish=finish, deadline=deadline, include=include, as_json=as_json)


@_command("pull", short_help="Pull threads with their runs into an archive, or go on with that.")
def _pull(
    archive: ArchiveArgument,
    targets: Targets = None,
    *,
    from_file: TargetFile = None,
    all_threads: AllThreads = False,
    sse: StreamFile = None,
    finish: Finish = False,
    server: ServerUrl = None,
    kind: ServerKind = "auto",
    key_env: KeyVariable = None,
    param: Params = None,
    header: Headers = None,
    concurrency: Concurrency = 16,
    include: Include = True,
    messages: Messages = True,
    shards: Shards = None,
    dask: DaskAddress = None,
    as_json: Json = False,
) -> None:
    """Pull threads, their messages and runs into an archive, or go on with that.

    The contents of files are not pulled: save them too if you need them.
    """
    from run_steps.cli.commands.pull import PullPlan, pull_runs
    from run_steps.cli.failures import UsageFault
    from run_steps.cli.source import Source
    from run_steps.cli.workers import Workers

    source = Source(server, None, kind, key_env, param, header)
    plan = PullPlan(archive, targets or [], from_file, concurrency, include, messages, all_threads)
    if sse is None:
        if finish:
            raise UsageFault("--finish goes with --sse FILE.")
        pull_runs(source, plan, Workers(shards, dask), as_json=as_json)
        return
    if targets or from_file is not None or all_threads or shards is not None or dask is not None:
        raise UsageFault("A stream tells its run by itself: give --sse without targets, --shards and --dask.")
    from run_steps.cli.stored_streams import store_stream

    store_stream(source, plan, sse, finish=finish, as_json=as_json)


@_command("check", short_help="Check that an archive has all it should, as it was stored.")
def _check(
    archive: ArchiveArgument,
    targets: ExpectedTargets = None,
    *,
    from_file: TargetFile = None,
    quick: Quick = False,
    salvage: Salvage = False,
    seal: Seal = False,
    as_json: Json = False,
) -> None:
    """Check whether an archive has all of its runs as they were stored, and all it should have."""
    from run_steps.cli.commands.check import check_archive

    check_archive(archive, targets or [], from_file, quick=quick, salvages=salvage, seal=seal, as_json=as_json)


@_command("forget", short_help="Forget targets that were a mistake.")
def _forget(archive: ArchiveArgument, targets: ForgottenTargets = None, *, from_file: TargetFile = None) -> None:
    """Forget targets that were a mistake, and what of them is not complete; complete runs stay."""
    from run_steps.cli.commands.forget import forget_targets

    forget_targets(archive, targets or [], from_file)


@_command("export", short_help="Write the steps of an archive for other programs.")
def _export(
    archive: ArchiveArgument,
    target: ExportTarget = None,
    *,
    file_format: FileFormat = None,
    table: ExportedTable = "steps",
    since: Since = None,
    until: Until = None,
    fields: Fields = None,
    payload: Payload = True,
    content: Content = False,
    output: ExportFile = None,
    overwrite: Overwrite = False,
    shards: Shards = None,
    dask: DaskAddress = None,
    as_json: Json = False,
) -> None:
    """Write steps or messages of an archive as JSON lines, CSV or Parquet, its runs as traces, its threads as items."""
    from run_steps.cli.commands.export import Selection, export_archive
    from run_steps.cli.failures import UsageFault
    from run_steps.cli.workers import Workers

    if target is not None and output is not None:
        raise UsageFault("TARGET and --output say the same: give one of them.")
    selection = Selection(since, until, fields, payload, content, table)
    workers = Workers(shards, dask)
    export_archive(archive, target or output, file_format, selection, workers, overwrite=overwrite, as_json=as_json)


@_command("unknown", short_help="Tell what servers sent that the contract does not name.")
def _unknown(
    files: RecordedFiles,
    *,
    seen_on: SeenOn = None,
    as_pieces: AsContract = False,
    max_items: MaxItems = None,
    fields: Fields = None,
    output: OutputFile = None,
    overwrite: OverwriteFile = False,
    as_json: Json = False,
) -> None:
    """Tell what servers sent that the contract does not name: names and shapes, never values."""
    from run_steps.cli.commands.unknown import report_unknown
    from run_steps.cli.failures import UsageFault
    from run_steps.cli.output import written_to

    if as_pieces and (as_json or fields is not None):
        raise UsageFault("--as-contract writes YAML: give it without --json and --fields.")
    with written_to(output, overwrite=overwrite):
        report_unknown(files, seen_on, max_items, fields, as_pieces=as_pieces, as_json=as_json)


@_command("serve", short_help="Serve an archive or sample data to any client of this API.")
def _serve(
    archive: OptionalArchive = None,
    *,
    sample: Sample = False,
    sse: PlayedFile = None,
    host: Host = "127.0.0.1",
    port: Port = 8000,
    allow_host: AllowedHosts = None,
    key_env: RequiredKeyVariable = None,
) -> None:
    """Serve an archive, read-only, or sample data, to any client of this API."""
    from run_steps.cli.commands.serve import serve_archive
    from run_steps.cli.failures import UsageFault

    if sample == (archive is not None):
        raise UsageFault("Name an archive, or give --sample.")
    serve_archive(archive, sse, host, port, [host, *(allow_host or [])], key_env)


@_command("demo")
def _demo() -> None:
    """Show it all on sample data, without network, key or settings."""
    from run_steps.cli.commands.demo import run_demo
    from run_steps.cli.output import terminal

    run_demo(terminal())
