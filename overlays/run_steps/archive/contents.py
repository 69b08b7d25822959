"""What an archive reports about itself."""

from __future__ import annotations

from typing import Literal, TypeAlias

from attrs import frozen

Completeness: TypeAlias = Literal["complete", "incomplete", "still going"]
"""Whether an archive has all of a run: otherwise the server has more of it, or there was more to come."""


@frozen
class ArchiveSummary:
    """What an archive holds (counts).

    Attributes:
        threads: Threads.
        runs: Runs.
        unfinished_runs: Those of them about which the server may have more.
        failed: Runs, and lists of runs or messages, that could not be pulled when it was last tried.
        steps: Steps.
        messages: Messages.
        unlisted_messages: Threads of which the messages were never listed to the end.
    """

    threads: int
    runs: int
    unfinished_runs: int
    failed: int
    steps: int
    messages: int = 0
    unlisted_messages: int = 0


@frozen
class Failure:
    """Something that could not be pulled.

    Attributes:
        thread_id: Id of the thread.
        run_id: Id of the run; None when the runs or messages of the thread could not be listed.
        message: Why.
    """

    thread_id: str
    run_id: str | None
    message: str


@frozen
class Damage:
    """Something that is not as it was stored.

    Attributes:
        thread_id: Id of the thread; None when it is about the file, or nobody can tell.
        run_id: Id of the run; None when it is about more than one.
        message: What is wrong.
    """

    thread_id: str | None
    run_id: str | None
    message: str
