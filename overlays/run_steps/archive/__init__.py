"""Runs and their steps in one SQLite file, exactly as servers sent them, to read long after the servers are gone."""

from run_steps.archive.archive import Archive
from run_steps.archive.contents import ArchiveSummary, Completeness, Damage, Failure
from run_steps.archive.errors import ArchiveError, DamagedArchive, ForeignThread
from run_steps.archive.rows import MESSAGE_ROW_COLUMNS, ROW_COLUMNS, StepRange
from run_steps.archive.salvaging import salvage

__all__ = [
    "MESSAGE_ROW_COLUMNS",
    "ROW_COLUMNS",
    "Archive",
    "ArchiveError",
    "ArchiveSummary",
    "Completeness",
    "Damage",
    "DamagedArchive",
    "Failure",
    "ForeignThread",
    "StepRange",
    "salvage",
]
