"""Where an export goes: nothing half-written, nothing lost, no litter, whatever goes wrong."""

import os
import resource
import signal
import stat
import subprocess
import sys
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from run_steps.archive import ArchiveError
from run_steps.export import FORMATS, ExportError, Format, export


@contextmanager
def files_limited_to(size: int) -> Generator[None]:
    """Let the system refuse files larger than so many bytes, as a full disk would."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def interrupt(steps: int) -> None:
    """Press Ctrl+C."""
    assert steps
    signal.raise_signal(signal.SIGINT)


def content(folder: Path) -> dict[str, bytes]:
    """Everything in a folder, by its path."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("file_format", FORMATS)
def test_what_is_there_is_not_overwritten_unless_told(archive: Path, out: Path, file_format: Format) -> None:
    """A second export under the same name is refused; when asked for, it takes the place of the first."""
    target = out / "steps"
    export(archive, target, file_format)
    before = content(out)

    with pytest.raises(ExportError, match=r"steps exists already\. Choose another name, or give `overwrite=True`"):
        export(archive, target, file_format)
    assert content(out) == before

    assert export(archive, target, file_format, overwrite=True).steps == 10
    assert content(out) == before
    assert list(out.iterdir()) == [target]


@pytest.mark.parametrize("file_format", FORMATS)
def test_an_interruption_leaves_things_as_they_were(long_archive: Path, out: Path, file_format: Format) -> None:
    """Ctrl+C in the middle leaves nothing of the export, and what it was to replace as it was."""
    with pytest.raises(KeyboardInterrupt):
        export(long_archive, out / "new", file_format, on_progress=interrupt)
    assert list(out.iterdir()) == []

    export(long_archive, out / "old", file_format)
    before = content(out)
    with pytest.raises(KeyboardInterrupt):
        export(long_archive, out / "old", file_format, overwrite=True, on_progress=interrupt)
    assert content(out) == before
    assert list(out.iterdir()) == [out / "old"]


KILLED = """
import os, signal, sys
from run_steps.export import export
export(*sys.argv[1:], on_progress=lambda steps: os.kill(os.getpid(), signal.SIGKILL))
"""


@pytest.mark.parametrize("file_format", FORMATS)
def test_what_a_killed_export_left_goes_with_the_next_one(long_archive: Path, out: Path, file_format: Format) -> None:
    """SIGKILL leaves litter until the next export into that folder, which leaves alone one that is under way."""
    killed = subprocess.run([sys.executable, "-c", KILLED, long_archive, out / "a", file_format], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert list(out.iterdir())
    others: list[int] = []

    def export_another(_: int) -> None:
        if not others:
            others.append(export(long_archive, out / "b", "jsonl").steps)

    done = export(long_archive, out / "a", file_format, on_progress=export_another)
    assert [done.steps] == others
    assert {path.name for path in out.iterdir()} == {"a", "b"}


@pytest.mark.parametrize("file_format", FORMATS)
def test_a_full_disk_leaves_things_as_they_were(long_archive: Path, out: Path, file_format: Format) -> None:
    """When the system takes no more bytes, the error says so, and nothing of the export is left."""
    with files_limited_to(40_000), pytest.raises(ExportError, match=r"new cannot be written: .*File too large"):
        export(long_archive, out / "new", file_format)

    assert list(out.iterdir()) == []


def test_a_link_stays_a_link(archive: Path, out: Path) -> None:
    """Overwriting through a symbolic link writes the file it leads to."""
    (out / "real").touch()
    (out / "link").symlink_to("real")

    export(archive, out / "link", "jsonl", overwrite=True)

    assert (out / "link").is_symlink()
    assert len((out / "real").read_bytes().splitlines()) == 10


def test_files_have_the_usual_rights(archive: Path, out: Path) -> None:
    """A new file and a new folder may be read by whom the system lets read new files."""
    (out / "usual").touch()
    (out / "usual folder").mkdir()

    export(archive, out / "steps.csv", "csv")
    export(archive, out / "steps", "parquet")

    assert (out / "steps.csv").stat().st_mode == (out / "usual").stat().st_mode
    assert (out / "steps").stat().st_mode == (out / "usual folder").stat().st_mode


def test_a_folder_with_other_things_is_never_replaced(archive: Path, out: Path) -> None:
    """A folder that no export wrote is safe, even from one that was told to overwrite."""
    (out / "home").mkdir()
    (out / "home" / "thesis.txt").touch()

    with pytest.raises(ExportError, match=r"home has something that no export wrote, such as 'thesis\.txt'"):
        export(archive, out / "home", "parquet", overwrite=True)

    assert (out / "home" / "thesis.txt").exists()


def test_the_archive_is_never_replaced(archive: Path) -> None:
    """The archive as its own target is refused, under another name too."""
    before = archive.read_bytes()
    (archive.parent / "link.db").symlink_to(archive)

    for target in (archive, archive.parent / "link.db"):
        with pytest.raises(ExportError, match="is the archive itself"):
            export(archive, target, "jsonl", overwrite=True)

    assert archive.read_bytes() == before


def test_targets_that_cannot_be(archive: Path, out: Path) -> None:
    """A folder that is not there, a folder for a file and a file for a folder are refused."""
    (out / "file").touch()

    with pytest.raises(ExportError, match=r"There is no folder .*missing: make it first"):
        export(archive, out / "missing" / "steps.csv", "csv")
    with pytest.raises(ExportError, match="out is a folder: name a file in it"):
        export(archive, out, "jsonl", overwrite=True)
    with pytest.raises(ExportError, match="file is not a folder: Parquet is written as a folder"):
        export(archive, out / "file", "parquet", overwrite=True)
    with pytest.raises(ExportError, match="Parquet is a folder of files and cannot go to -"):
        export(archive, "-", "parquet")


def test_arguments_that_do_not_go_together(archive: Path, out: Path) -> None:
    """Mistakes of the caller are told before anything is read or written."""
    with pytest.raises(ValueError, match="'xlsx' is no format: choose one of jsonl, csv, parquet"):
        export(archive, out / "steps", "xlsx")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    with pytest.raises(ValueError, match="jsonl is nothing but payloads"):
        export(archive, out / "steps", "jsonl", payload=False)
    with pytest.raises(ValueError, match="shards need an executor"):
        export(archive, out / "steps", "jsonl", shards=2)
    with pytest.raises(ValueError, match="shards must be at least 1"):
        export(archive, out / "steps", "jsonl", shards=0)
    with pytest.raises(ArchiveError, match="There is no archive"):
        export(out / "nothing.db", out / "steps", "jsonl")

    assert list(out.iterdir()) == []


def test_a_pipe_is_written_to(archive: Path, out: Path) -> None:
    """A named pipe, or a device, gets the lines; no file takes its place."""
    pipe = out / "pipe"
    os.mkfifo(pipe)

    with ThreadPoolExecutor(1) as executor:
        reading = executor.submit(pipe.read_bytes)
        result = export(archive, pipe, "csv", overwrite=True)

    assert len(reading.result().splitlines()) == 11
    assert (result.steps, result.files, result.size) == (10, 0, 0)
    assert stat.S_ISFIFO(pipe.stat().st_mode)


SCRIPT = """
import os, sys
from run_steps.export import export
try:
    print(export(sys.argv[1], "-", "jsonl").steps, file=sys.stderr)
except BrokenPipeError:
    print("nobody listens", file=sys.stderr)
    os._exit(1)
"""


def to_standard_output(archive: Path) -> "subprocess.Popen[bytes]":
    """Begin an export to standard output in another process."""
    command = [sys.executable, "-W", "error", "-c", SCRIPT, str(archive)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def test_standard_output(long_archive: Path) -> None:
    """`-` writes lines to standard output."""
    with to_standard_output(long_archive) as process:
        lines, told = process.communicate()

    assert len(lines.splitlines()) == 3000
    assert told == b"3000\n"


def test_whoever_reads_may_go_away(long_archive: Path) -> None:
    """When the reader of standard output has had enough, the export ends with the error that says so."""
    with to_standard_output(long_archive) as process:
        assert process.stdout
        assert process.stderr
        assert process.stdout.readline().startswith(b"{")
        process.stdout.close()
        assert process.stderr.read() == b"nobody listens\n"
    assert process.returncode == 1


@pytest.mark.parametrize("file_format", ["csv", "jsonl"])
def test_another_archive_is_never_replaced(archive: Path, out: Path, file_format: Format) -> None:
    """Nor is any other file of SQLite, or the log of one, even when told to overwrite."""
    other = out / "other.sqlite"
    other.write_bytes(archive.read_bytes())
    log = out / "other.sqlite-wal"
    log.write_bytes(bytes.fromhex("377f0682") + bytes(28))
    before = content(out)

    for target in (other, log):
        with pytest.raises(ExportError, match="is an archive, or another file of SQLite, which is never replaced"):
            export(archive, target, file_format, overwrite=True)
    assert content(out) == before
