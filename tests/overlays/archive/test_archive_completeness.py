"""What an archive holds to be complete, what it refreshes, and what it remembers of failures."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from run_steps._received import ReceivedItem
from run_steps.archive import Archive, ArchiveError, Failure, ForeignThread
from run_steps.stores import PageQuery, UnknownRun, UnknownThread
from tests.overlays.archive.filling import SERVER, all_steps, put_run, received, run, step

END = 1735689605
"""When something ended (Unix seconds)."""


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """An empty archive."""
    with Archive.create(tmp_path / "a.sqlite") as archive:
        yield archive


@pytest.mark.parametrize("status", ["completed", "failed", "cancelled", "expired", "incomplete"])
def test_a_run_that_ended_is_finished_when_its_last_step_is_there(archive: Archive, status: str) -> None:
    """A run is finished with the last page of its steps, not before."""
    archive.put_runs(SERVER, "thread_a", [run("run_a", status)])
    assert not archive.is_finished("thread_a", "run_a")
    archive.put_steps("thread_a", "run_a", 0, [step("step_a")])
    assert not archive.is_finished("thread_a", "run_a")
    archive.put_steps("thread_a", "run_a", 1, [step("step_b", "expired")], is_last=True)

    assert archive.is_finished("thread_a", "run_a")
    assert archive.finished_runs("thread_a") == {"run_a"}
    assert archive.summary().unfinished_runs == 0


@pytest.mark.parametrize(
    ("item", "steps"),
    [
        (run("run_a", "in_progress"), [step("step_a")]),
        (run("run_a", "queued"), []),
        (run("run_a", "requires_action"), []),
        (run("run_a", "cancelling", cancelled_at=END), []),
        (run("run_a", "paused"), []),
        (received({"id": "run_a"}), []),
        (received({"id": "run_a", "status": {}, "completed_at": "soon"}), []),
        (run("run_a"), [step("step_a", "in_progress"), step("step_b")]),
        (run("run_a"), [step("step_a", "thinking")]),
    ],
)
def test_what_may_go_on_is_not_finished(archive: Archive, item: ReceivedItem, steps: list[ReceivedItem]) -> None:
    """A run that goes on, or one of whose steps does, is asked for again; so is one that nobody can tell about."""
    put_run(archive, "thread_a", item, steps)

    assert not archive.is_finished("thread_a", "run_a")
    assert archive.finished_runs("thread_a") == frozenset()
    assert archive.summary().unfinished_runs == 1


def test_a_run_that_ended_while_its_steps_were_listed_is_not_finished(archive: Archive) -> None:
    """A step may have come too late for the list, so the run is asked for again."""
    archive.put_runs(SERVER, "thread_a", [run("run_a", "in_progress")])
    archive.put_runs(SERVER, "thread_a", [run("run_a")])
    archive.put_steps("thread_a", "run_a", 0, [step("step_a")], is_last=True, had_ended=False)
    assert not archive.is_finished("thread_a", "run_a")

    archive.put_steps("thread_a", "run_a", 0, [step("step_a"), step("step_b")], is_last=True)
    assert archive.is_finished("thread_a", "run_a")


def test_an_unknown_status_with_an_end_is_an_end(archive: Archive) -> None:
    """Servers with statuses of their own are believed when they say when something ended."""
    put_run(
        archive, "thread_a", run("run_a", "stopped", completed_at=END), [step("step_a", "stopped", cancelled_at=END)]
    )

    assert archive.is_finished("thread_a", "run_a")


def test_a_run_that_was_still_going_is_refreshed(archive: Archive) -> None:
    """The next pull replaces the run and its steps in place, adds new ones, and finishes the run."""
    put_run(archive, "thread_a", run("run_a", "in_progress"), [step("step_a"), step("step_b", "in_progress")])
    steps = [step("step_a"), step("step_b", usage={"total_tokens": 7}), step("step_c")]
    put_run(archive, "thread_a", run("run_a"), steps)

    assert [item.text for item in all_steps(archive, "thread_a", "run_a")] == [item.text for item in steps]
    assert archive.get_run("thread_a", "run_a").value["status"] == "completed"
    assert archive.is_finished("thread_a", "run_a")
    assert (archive.summary().runs, archive.summary().steps) == (1, 3)


def test_the_same_page_again_changes_nothing(archive: Archive) -> None:
    """What a pull that was stopped stores again is neither doubled nor moved."""
    steps = [step(str(number), created_at=number // 3) for number in range(10)]
    archive.put_runs(SERVER, "thread_a", [run("run_a")])
    archive.put_steps("thread_a", "run_a", 0, steps[:6])
    put_run(archive, "thread_a", run("run_a"), steps)

    assert [item.id for item in all_steps(archive, "thread_a", "run_a")] == [str(number) for number in range(10)]


def test_steps_keep_the_order_of_the_server(archive: Archive) -> None:
    """Steps are listed as the server lists them, whatever their times say."""
    put_run(
        archive, "thread_a", run("run_a"), [step("b", created_at=9), step("a", created_at=1), step("c", created_at=5)]
    )

    assert [item.id for item in all_steps(archive, "thread_a", "run_a")] == ["b", "a", "c"]


def test_a_failure_is_kept_until_the_run_is_there(archive: Archive) -> None:
    """A run that could not be pulled is told until it was; a second failure replaces the first."""
    archive.put_runs(SERVER, "thread_a", [run("run_a"), run("run_b")])
    archive.note_failure(Failure("thread_a", "run_a", "500"))
    archive.note_failure(Failure("thread_a", "run_a", "502"))
    archive.note_failure(Failure("thread_a", "run_b", "404"))
    archive.put_steps("thread_a", "run_a", 0, [step("step_a")])
    assert archive.failures() == [Failure("thread_a", "run_a", "502"), Failure("thread_a", "run_b", "404")]
    assert archive.summary().failed == 2

    archive.put_steps("thread_a", "run_a", 1, [], is_last=True)

    assert archive.failures() == [Failure("thread_a", "run_b", "404")]


def test_a_list_that_failed_is_kept_until_it_is_there(archive: Archive) -> None:
    """That the runs of a thread could not be listed is told until they were, whatever became of single runs."""
    archive.note_failure(Failure("thread_a", None, "it broke \ud83d"))
    put_run(archive, "thread_a", run("run_a"))
    assert archive.failures() == [Failure("thread_a", None, "it broke \\ud83d")]

    archive.finish_thread("thread_a")

    assert archive.failures() == []


def test_a_thread_of_another_server_is_refused(archive: Archive) -> None:
    """Ids mean something on one server only: a thread of the same id elsewhere is another one, and is not mixed in."""
    put_run(archive, "thread_a", run("run_a"))
    with pytest.raises(ForeignThread, match=r"thread_a.*of another server, http://127\.0\.0\.1/v1"):
        archive.put_runs("http://127.0.0.2/v1", "thread_a", [run("run_b")])
    archive.put_runs("http://127.0.0.2/v1", "thread_b", [run("run_b")])

    assert [item.id for item in archive.list_runs("thread_a", PageQuery()).data] == ["run_a"]
    assert list(archive.threads()) == ["thread_a", "thread_b"]


def test_a_thread_without_runs_is_known(archive: Archive) -> None:
    """A thread that has no runs is an empty list, not an unknown thread."""
    archive.put_runs(SERVER, "thread_a", [])

    assert list(archive.runs("thread_a")) == []
    assert archive.finished_runs("thread_a") == archive.finished_runs("thread_9") == frozenset()
    assert not archive.is_finished("thread_9", "run_9")


def test_steps_of_a_run_that_was_not_put_are_refused(archive: Archive) -> None:
    """Steps belong to a run that is there."""
    with pytest.raises(UnknownThread):
        archive.put_steps("thread_a", "run_a", 0, [step("step_a")])
    archive.put_runs(SERVER, "thread_a", [])
    with pytest.raises(UnknownRun):
        archive.put_steps("thread_a", "run_a", 0, [step("step_a")])


def test_a_closed_archive_says_so(tmp_path: Path) -> None:
    """Using an archive after it was closed is an error of the archive, as any other."""
    with Archive.create(tmp_path / "a.sqlite") as archive:
        pass
    with pytest.raises(ArchiveError, match="closed"):
        archive.summary()


def test_an_archive_opened_to_read_cannot_be_written(tmp_path: Path) -> None:
    """Whoever opens an archive to read it cannot change it by mistake."""
    with Archive.create(tmp_path / "a.sqlite") as archive:
        put_run(archive, "thread_a", run("run_a"))
    with Archive.open(tmp_path / "a.sqlite") as archive:
        with pytest.raises(ArchiveError, match="may not be written"):
            archive.put_runs(SERVER, "thread_b", [])
        assert list(archive.threads()) == ["thread_a"]
