"""What an archive lacks of the runs it holds, said to whoever reads it.

Otherwise an incomplete list looks like any other.
"""

from __future__ import annotations

from run_steps._words import count_text
from run_steps.archive import Archive
from run_steps.cli.output import Column, write_note
from run_steps.errors import UnknownObject
from run_steps.pulling.parts import has_parts, parts_folder
from run_steps.reader import Reader
from run_steps.timeline.calls import text_of
from run_steps_api.models import Run


def completeness_column(archive: Archive, thread_id: str | None) -> Column[Run]:
    """Return the column that marks the incomplete runs of an archive.

    Args:
        archive: The archive.
        thread_id: Id of the thread they belong to; None when each has its own.
    """

    def text(run: Run) -> str:
        try:
            return archive.completeness(text_of(run.thread_id) if thread_id is None else thread_id, run.id)
        except UnknownObject:  # some servers do not say which thread a run belongs to
            return ""

    # As important as the status, which stands before it: a narrow terminal leaves out other columns first.
    return Column(
        "in archive", text, name="archive", importance=5, style=lambda state: "" if state == "complete" else "yellow"
    )


def note_run(reader: Reader, thread_id: str, run_id: str) -> None:
    """Say on stderr what an archive lacks of a run, if anything.

    Args:
        reader: The archive; of a server there is nothing to say.
        thread_id: Id of the thread.
        run_id: Id of the run.
    """
    if not isinstance(reader, Archive):
        return
    match reader.completeness(thread_id, run_id):
        case "complete":
            return
        case "incomplete":
            write_note(f"{run_id} is incomplete in this archive: pull it again while the server is there.")
        case "still going":
            write_note(f"{run_id} was still going when it was pulled: pull it again when it is over.")
    note_parts(reader)


def note_archive(archive: Archive) -> None:
    """Say on stderr how many runs of an archive are incomplete, if any."""
    held = archive.summary()
    if held.unfinished_runs:
        are = "is" if held.unfinished_runs == 1 else "are"
        write_note(
            f"{held.unfinished_runs:,} of {count_text(held.runs, 'run')} {are} incomplete in this archive: pull again "
            f"while the server is there. `run-steps check {archive.path}` says why."
        )
    note_parts(archive)


def note_parts(archive: Archive) -> None:
    """Say on stderr that a pull was stopped whose parts are still to be joined, if so."""
    if has_parts(archive):
        folder = parts_folder(archive.path)
        write_note(f"{folder} has parts of a pull that was stopped: keep it, the same pull again joins them.")
