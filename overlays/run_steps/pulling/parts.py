"""The parts of a pull by several workers: an archive each, kept beside the one they belong to until they are joined."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from socket import gethostname
from typing import TypeAlias

from run_steps.archive import Archive, ArchiveError, DamagedArchive
from run_steps.archive.lock import OnWait, locked

FileIdentity: TypeAlias = tuple[str, int, int]
"""A machine, and a device and a file of it."""

_BOOT = Path("/proc/sys/kernel/random/boot_id")
"""What tells a running Linux from all others, also where several have the same name, and containers have others."""


def identity_of(path: Path) -> FileIdentity | None:
    """Return what two processes see alike when they see the same file on the same machine; None for no file."""
    try:
        found = path.stat()
    except OSError:
        return None
    try:
        machine = _BOOT.read_text(encoding="ascii").strip()
    except OSError:
        machine = gethostname()
    return machine, found.st_dev, found.st_ino


def parts_folder(path: Path) -> Path:
    """Return the folder that holds the parts of an archive."""
    return path.with_name(f"{path.name}.parts")


def has_parts(archive: Archive) -> bool:
    """Return whether parts of a pull that was stopped are still to be joined to an archive."""
    return any(parts_folder(archive.path).glob("*.sqlite"))


def join_parts(archive: Archive, on_wait: OnWait | None = None) -> None:
    """Take over what workers of a pull that was stopped left behind; `on_wait` as `locked`."""
    folder = parts_folder(archive.path)
    for part in sorted(folder.glob("*.sqlite")):
        join(archive, part, on_wait)
    for lock in folder.glob("*.sqlite.lock"):  # of a worker that was killed before it had begun
        with locked(lock.with_name(lock.name.removesuffix(".lock")), on_wait):
            pass
    for journal in folder.glob("part-*.sqlite-journal"):
        if not journal.with_name(journal.name.removesuffix("-journal")).exists():
            journal.unlink(missing_ok=True)  # a new part of that name would take it for its own
    with suppress(OSError):  # there is none, or somebody else put something into it
        folder.rmdir()


def join(archive: Archive, part: Path, on_wait: OnWait | None = None) -> None:
    """Take over a part, and remove it.

    Args:
        archive: What it is a part of.
        part: The part.
        on_wait: As `locked`, when a worker still writes to it.

    Raises:
        ArchiveError: It is not there, or cannot be read.
    """
    if not part.exists():
        raise ArchiveError(
            f"A worker wrote {part}, and it is not here: workers must reach the folder of the archive {archive.path} "
            "under the same path, and no other pull may run on that archive meanwhile. The same pull gets it again."
        )
    with locked(part, on_wait):
        try:
            with Archive.create(part, write_ahead=False) as opened:  # takes back what a killed worker left half-written
                if not opened.is_sealed:
                    opened.seal()
            archive.merge(part)
        except DamagedArchive as error:
            raise ArchiveError(f"The archive {part} is damaged: remove it, and pull again what it held.") from error
        part.unlink()
    # One that a killed worker had not begun in earnest is nothing to take back, and is left where it is.
    part.with_name(f"{part.name}-journal").unlink(missing_ok=True)
