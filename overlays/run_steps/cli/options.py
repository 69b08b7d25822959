"""Arguments and options that several commands share, each declared once with its help."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Annotated, Literal

import typer

from run_steps._choices import Format, Order, RowTable

Kind = Literal["auto", "compatible", "azure-agents", "azure-openai", "dashscope"]
"""What a server speaks; `auto` judges by its host."""


def _checked(what: str, value: str | None) -> str | None:
    if value is None:
        return None
    ids = import_module("run_steps._ids")  # with the errors it raises it takes a while
    try:
        return str(ids.checked_id(what, value))
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None


def _thread(value: str | None) -> str | None:
    return _checked("the thread", value)


def _run(value: str | None) -> str | None:
    return _checked("the run", value)


def _step(value: str | None) -> str | None:
    return _checked("the step", value)


def _cursor(value: str | None) -> str | None:
    return _checked("the cursor", value)


ThreadId = Annotated[str, typer.Argument(metavar="THREAD", help="Id of the thread.", callback=_thread)]
OptionalThreadId = Annotated[
    str | None,
    typer.Argument(metavar="THREAD", help="Id of the thread; only an archive can do without.", callback=_thread),
]
StreamedThreadId = Annotated[
    str | None, typer.Argument(metavar="THREAD", help="Id of the thread; none with --sse.", callback=_thread)
]
GetRunId = Annotated[
    str,
    typer.Argument(metavar="RUN", help="Id of the run; the step behind it when both are THREAD/RUN.", callback=_run),
]
OptionalRunId = Annotated[
    str | None,
    typer.Argument(metavar="RUN", help="Id of the run; or write both as THREAD/RUN.", callback=_run),
]
OptionalStepId = Annotated[str | None, typer.Argument(metavar="STEP", help="Id of the step.", callback=_step)]
ArchiveArgument = Annotated[Path, typer.Argument(metavar="ARCHIVE", help="The archive, a file.")]
OptionalArchive = Annotated[Path | None, typer.Argument(metavar="ARCHIVE", help="The archive, a file.")]
Sample = Annotated[bool, typer.Option("--sample", help="Serve sample data instead, to try things on.")]

ServerUrl = Annotated[
    str | None,
    typer.Option("--server", metavar="URL", help="Base URL of the server; that of RUN_STEPS_BASE_URL when left out."),
]
ArchiveFile = Annotated[
    Path | None, typer.Option("--archive", metavar="FILE", help="Read from an archive instead of a server.")
]
ServerKind = Annotated[Kind, typer.Option("--kind", help="What the server speaks; auto judges by its host.")]
KeyVariable = Annotated[
    str | None,
    typer.Option(
        "--key-env",
        metavar="NAME",
        help="Environment variable with the key or token. Without it, RUN_STEPS_API_KEY goes to the server of "
        "RUN_STEPS_BASE_URL and to no other.",
    ),
]


def _pairs(values: list[str] | None) -> list[str] | None:
    """Check that each value is a pair; none is shown, as it may be a secret."""
    if any("=" not in value or value.startswith("=") for value in values or ()):
        raise typer.BadParameter("expected NAME=VALUE")
    return values


Params = Annotated[
    list[str] | None,
    typer.Option(
        "--param",
        metavar="NAME=VALUE",
        help="Query parameter for every request, such as api-version=2024-05-01-preview; may be repeated.",
        callback=_pairs,
    ),
]
Headers = Annotated[
    list[str] | None,
    typer.Option(
        "--header",
        metavar="NAME=VALUE",
        help="Header for every request; may be repeated. No place for a key: others on this machine can read it.",
        callback=_pairs,
    ),
]

ListOrder = Annotated[Order, typer.Option("--order", help="Oldest first (asc) or newest first (desc).")]
MaxItems = Annotated[
    int | None,
    typer.Option(
        "--max-items", "--limit", "-n", metavar="COUNT", min=0, help="Show so many at most; all when left out."
    ),
]
Fields = Annotated[
    str | None,
    typer.Option(
        "--fields",
        metavar="NAMES",
        help="Columns to write, by their names with commas between; a name that is none lists them.",
    ),
]
After = Annotated[
    str | None,
    typer.Option("--after", metavar="ID", help="Begin behind this one, in that order.", callback=_cursor),
]
Before = Annotated[
    str | None,
    typer.Option("--before", metavar="ID", help="Walk backwards from this one, nearest first.", callback=_cursor),
]
Include = Annotated[
    bool,
    typer.Option(
        "--include/--no-include", help="Ask for the text that file search found, which servers else leave out."
    ),
]
Messages = Annotated[
    bool,
    typer.Option(
        "--messages/--no-messages", help="Take along what was written in the threads, where the server has it."
    ),
]
AllThreads = Annotated[
    bool,
    typer.Option(
        "--all-threads", help="Pull all threads of a server that lists them, as Azure AI Foundry Agents does."
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Write one JSON object a line, for other programs.")]

Deadline = Annotated[
    float | None,
    typer.Option(
        "--deadline",
        metavar="SECONDS",
        min=0,
        help="Give up when the run is not over by then; 0 for a single look. As long as it takes when left out.",
    ),
]
StreamFile = Annotated[
    str | None,
    typer.Option("--sse", metavar="FILE", help="Read the stream of events that a server sent instead; - for stdin."),
]
Finish = Annotated[
    bool,
    typer.Option("--finish", help="With --sse: get what the stream lacks from the server, when it lacks something."),
]
RecordedFiles = Annotated[
    list[str],
    typer.Argument(metavar="FILE...", help="Archives, payloads, JSON lines or streams of events; - for stdin."),
]
SeenOn = Annotated[
    str | None,
    typer.Option("--seen-on", metavar="WORDS", help="Which server it was, such as 'llamphouse 1.3'; archives know."),
]
AsContract = Annotated[
    bool,
    typer.Option("--as-contract", help="Write the piece of openapi.yaml that would name it, to read and merge."),
]
PlayedFile = Annotated[
    Path | None,
    typer.Option("--sse", metavar="FILE", help="Play this stream of events to whoever creates a run."),
]
HtmlFile = Annotated[
    Path | None,
    typer.Option("--html", metavar="FILE", help="Write a page with all details, to be opened offline; - for stdout."),
]
FirstStep = Annotated[
    int,
    typer.Option("--first", metavar="NUMBER", min=1, help="Step from which on a page lists steps, 10,000 at most."),
]
SvgFile = Annotated[Path | None, typer.Option("--svg", metavar="FILE", help="Write a picture; - for stdout.")]
_OUTPUT = ("--output", "-o")
OutputFile = Annotated[
    Path | None,
    typer.Option(*_OUTPUT, metavar="FILE", help="Write to a file, which is there when it is whole; - for stdout."),
]
DrawingFile = Annotated[
    Path | None,
    typer.Option(*_OUTPUT, metavar="FILE", help="Write the page, the picture or text, by the ending; - for stdout."),
]
ExportFile = Annotated[str | None, typer.Option(*_OUTPUT, metavar="TARGET", help="TARGET, said as an option.")]

Host = Annotated[str, typer.Option("--host", metavar="NAME", help="Name or address to listen on.")]
AllowedHosts = Annotated[
    list[str] | None,
    typer.Option(
        "--allow-host",
        metavar="NAME",
        help="Name under which clients may reach the server, besides this machine's own and --host; may be repeated.",
    ),
]
Port = Annotated[
    int, typer.Option("--port", metavar="PORT", min=0, max=65535, help="Port to listen on; 0 takes a free one.")
]
RequiredKeyVariable = Annotated[
    str | None,
    typer.Option(
        "--key-env",
        metavar="NAME",
        help="Environment variable with the key that requests must carry; none when left out.",
    ),
]

Targets = Annotated[
    list[str] | None,
    typer.Argument(metavar="TARGET...", help="Threads, or runs of them: thread_1, or thread_1/run_1."),
]
ExpectedTargets = Annotated[
    list[str] | None,
    typer.Argument(metavar="TARGET...", help="Threads and runs it should have: thread_1, or thread_1/run_1."),
]
ForgottenTargets = Annotated[
    list[str] | None,
    typer.Argument(metavar="TARGET...", help="Threads and runs to forget: thread_1, or thread_1/run_1."),
]
TargetFile = Annotated[
    str | None,
    typer.Option("--from", metavar="FILE", help="Read further targets from lines, CSV or JSON; - for stdin."),
]
Quick = Annotated[bool, typer.Option("--quick", help="Only count; do not read everything to find damage.")]
Seal = Annotated[
    bool,
    typer.Option("--seal", help="First give digests to what an older version stored, and accept what is gone."),
]
Salvage = Annotated[
    bool,
    typer.Option("--salvage", help="First make a damaged file anew of what can be read of it, and keep it aside."),
]
Concurrency = Annotated[
    int,
    typer.Option(
        "--concurrency", metavar="COUNT", min=1, help="Requests at once, at most; fewer while the server asks to wait."
    ),
]
Shards = Annotated[
    int | None,
    typer.Option("--shards", metavar="COUNT", min=1, help="Parts to do side by side, each in a process of its own."),
]
DaskAddress = Annotated[
    str | None,
    typer.Option("--dask", metavar="ADDRESS", help="Do the parts on a Dask cluster, such as tcp://10.0.0.5:8786."),
]

ExportTarget = Annotated[
    str | None,
    typer.Argument(
        metavar="TARGET",
        help="File to write, a folder for Parquet, - for standard output. Without it, --format otlp sends traces to "
        "OTEL_EXPORTER_OTLP_ENDPOINT.",
    ),
]
FileFormat = Annotated[
    Format | None,
    typer.Option(
        "--format",
        help="JSON lines as received, a table, typed columns by day, traces for OpenTelemetry, or items of "
        "conversations; by the ending of TARGET when left out.",
    ),
]
Since = Annotated[
    str | None, typer.Option("--since", metavar="DATE", help="Leave out what was created before, such as 2025-01-31.")
]
Until = Annotated[
    str | None,
    typer.Option("--until", metavar="DATE", help="Leave out what was created after; a day counts whole."),
]
Payload = Annotated[
    bool, typer.Option("--payload/--no-payload", help="Have the whole step as the last column of a table.")
]
Content = Annotated[
    bool, typer.Option("--content", help="Let traces tell what was said, and what tools were asked and answered.")
]
ExportedTable = Annotated[RowTable, typer.Option("--table", help="What to write: a row a step, or a message.")]
Overwrite = Annotated[
    bool,
    typer.Option(
        "--overwrite",
        help="Replace the file of that name, whatever is in it, but never an archive; of a folder only what an export "
        "of Parquet wrote.",
    ),
]
OverwriteFile = Annotated[
    bool, typer.Option("--overwrite", help="Replace files of that name, whatever is in them, but never an archive.")
]
