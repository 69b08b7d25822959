"""Archives that several workers filled join to one, in whichever order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path

import pytest
from attrs import frozen
from hypothesis import given, settings
from hypothesis import strategies as st

from run_steps._received import ReceivedItem
from run_steps.archive import Archive, ArchiveError, Failure, ForeignThread
from tests.overlays.archive.filling import SERVER, all_steps, contents, put_run, run, step
from tests.overlays.archive.test_archive_payloads import ODD_IDS

numbers = count()


@frozen
class Pulled:
    """What a worker did about a run: whether it had ended, the steps it stored, and how it ended."""

    thread_id: str
    run_id: str
    has_ended: bool
    steps: int
    came_to_end: bool
    failed: bool


names = st.sampled_from(["a", "b"])
events = st.builds(Pulled, names, names, st.booleans(), st.integers(0, 3), st.booleans(), st.booleans())


def carry_out(archive: Archive, event: Pulled) -> None:
    """Do to an archive what a worker did; a run that is complete is not pulled again."""
    if archive.is_finished(event.thread_id, event.run_id):
        return
    archive.put_runs(SERVER, event.thread_id, [run(event.run_id, "completed" if event.has_ended else "in_progress")])
    if event.failed:
        archive.note_failure(Failure(event.thread_id, event.run_id, f"it broke after {event.steps} steps"))
    else:
        # What a run that ended has, each worker that reads it to its end finds alike.
        steps = 3 if event.has_ended and event.came_to_end else event.steps
        items = [step(str(number), "completed" if event.has_ended else "in_progress") for number in range(steps)]
        archive.put_steps(event.thread_id, event.run_id, 0, items, is_last=event.came_to_end)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for many archives."""
    return tmp_path_factory.mktemp("parts")


@settings(max_examples=60)
@given(st.lists(events, min_size=1, max_size=6), st.data())
def test_the_order_of_merging_does_not_matter(folder: Path, happened: Sequence[Pulled], data: st.DataObject) -> None:
    """Whichever worker did what when, and whatever is joined first, one archive is what another one would be."""
    ticks = count()
    number = next(numbers)
    parts: list[Path] = []
    for event in happened:
        path = folder / f"{number}-{data.draw(st.integers(0, 2), label='worker')}.sqlite"
        with Archive.create(path, write_ahead=False, clock=lambda: float(next(ticks))) as archive:
            carry_out(archive, event)
        parts = [*parts, path] if path not in parts else parts
    joined = [
        _joined(folder / f"{number}-{name}.sqlite", order)
        for name, order in (("first", parts), ("second", data.draw(st.permutations(parts), label="order")))
    ]

    assert joined[0] == joined[1]


@settings(max_examples=40)
@given(st.lists(events, min_size=1, max_size=6, unique_by=lambda event: (event.thread_id, event.run_id)), st.data())
def test_parts_are_what_one_archive_would_be(folder: Path, happened: Sequence[Pulled], data: st.DataObject) -> None:
    """Work that was shared out comes to the archive that one worker would have filled."""
    number = next(numbers)
    whole = folder / f"{number}-whole.sqlite"
    parts: set[Path] = set()
    with Archive.create(whole) as archive:
        for event in happened:
            carry_out(archive, event)
            path = folder / f"{number}-{data.draw(st.integers(0, 2), label='worker')}.sqlite"
            with Archive.create(path, write_ahead=False) as part:
                carry_out(part, event)
            parts.add(path)
        failures = archive.failures()

    assert _joined(folder / f"{number}-joined.sqlite", sorted(parts)) == (_sorted(contents(whole)), failures)


def _joined(path: Path, parts: Sequence[Path]) -> tuple[object, list[Failure]]:
    with Archive.create(path) as archive:
        for part in parts:
            archive.merge(part)
        for part in parts:  # once more changes nothing
            archive.merge(part)
        failures = archive.failures()
    return _sorted(contents(path)), failures


def _sorted(found: dict[str, dict[str, tuple[str, bool, dict[str, str]]]]) -> object:
    """Return contents apart from the order of threads, and of runs of the same second, which is that of arrival."""
    return {
        thread_id: {run_id: (text, done, list(steps.items())) for run_id, (text, done, steps) in runs.items()}
        for thread_id, runs in found.items()
    }


@pytest.fixture
def ours(tmp_path: Path) -> Iterator[Archive]:
    """The archive that others are merged into."""
    with Archive.create(tmp_path / "ours.sqlite") as archive:
        yield archive


@pytest.fixture
def part(tmp_path: Path) -> Iterator[Archive]:
    """An archive to be merged."""
    with Archive.create(tmp_path / "part.sqlite", write_ahead=False) as archive:
        yield archive


def texts(steps: Sequence[ReceivedItem]) -> list[str]:
    """Return the texts of steps."""
    return [item.text for item in steps]


def test_a_complete_run_stays(ours: Archive, part: Archive) -> None:
    """What is complete was final; a part that has it otherwise, complete or not, is not believed."""
    steps = [step("step_a")]
    put_run(ours, "thread_a", run("run_a"), steps)
    put_run(part, "thread_a", run("run_a", "in_progress"), [step("step_a", "in_progress"), step("step_b")])
    ours.merge(part.path)

    assert texts(steps) == [item.text for item in all_steps(ours, "thread_a", "run_a")]
    assert ours.is_finished("thread_a", "run_a")


def test_an_unfinished_run_is_completed(ours: Archive, part: Archive) -> None:
    """A part that has all of a run replaces what is here of it, even when it was pulled before."""
    steps = [step("step_a"), step("step_b")]
    put_run(part, "thread_a", run("run_a"), steps)
    put_run(ours, "thread_a", run("run_a", "in_progress"), [step("step_a", "in_progress")])
    ours.merge(part.path)

    assert texts(steps) == [item.text for item in all_steps(ours, "thread_a", "run_a")]
    assert ours.is_finished("thread_a", "run_a")


def test_an_older_part_adds_what_is_missing_and_replaces_nothing(ours: Archive, part: Archive) -> None:
    """Of two unfinished copies of a run the later one counts, and no step of the other is lost."""
    put_run(part, "thread_a", run("run_a", "queued"), [step("step_a", "in_progress"), step("step_b", "in_progress")])
    put_run(ours, "thread_a", run("run_a", "in_progress"), [step("step_a")])
    ours.merge(part.path)

    assert ours.get_run("thread_a", "run_a").value["status"] == "in_progress"
    steps = all_steps(ours, "thread_a", "run_a")
    assert [(item.id, item.value["status"]) for item in steps] == [("step_a", "completed"), ("step_b", "in_progress")]
    assert not ours.is_finished("thread_a", "run_a")


def test_failures_follow_and_are_forgotten(ours: Archive, part: Archive) -> None:
    """A failure counts until the run, or the list of runs, was read to its end after it."""
    for run_id in ("healed", "going", "half", "late"):
        ours.note_failure(Failure("thread_a", run_id, "old"))
    ours.note_failure(Failure("thread_a", None, "old"))
    ours.note_failure(Failure("thread_b", None, "old"))
    put_run(part, "thread_a", run("healed"))
    put_run(part, "thread_a", run("going", "in_progress"))
    part.put_runs(SERVER, "thread_a", [run("half")])
    part.put_runs(SERVER, "thread_b", [])
    part.finish_thread("thread_b")
    part.note_failure(Failure("thread_a", "late", "new"))
    part.note_failure(Failure("thread_a", "half", "new"))
    ours.merge(part.path)

    assert set(ours.failures()) == {
        Failure("thread_a", None, "old"),
        Failure("thread_a", "half", "new"),
        Failure("thread_a", "late", "new"),
    }


def test_a_failure_that_was_mended_does_not_come_back(ours: Archive, part: Archive) -> None:
    """An old part cannot bring back what was pulled since."""
    for run_id in ("run_a", "run_b", None):
        part.note_failure(Failure("thread_a", run_id, "old"))
    put_run(ours, "thread_a", run("run_a"))
    put_run(ours, "thread_a", run("run_b", "in_progress"))
    ours.finish_thread("thread_a")
    ours.merge(part.path)

    assert ours.failures() == []


def test_a_thread_of_another_server_is_refused_with_nothing_changed(ours: Archive, part: Archive) -> None:
    """A part of which one thread came from another server is not merged, nor is any of its other threads."""
    put_run(ours, "thread_b", run("run_b"))
    put_run(part, "thread_a", run("run_a"))
    part.put_runs("http://127.0.0.2/v1", "thread_b", [run("run_b")])
    part.note_failure(Failure("thread_c", None, "it broke"))
    before = contents(ours.path)
    with pytest.raises(ForeignThread, match=r"'thread_b'.*http://127\.0\.0\.1/v1.*http://127\.0\.0\.2/v1"):
        ours.merge(part.path)

    assert contents(ours.path) == before
    assert ours.failures() == []
    put_run(ours, "thread_d", run("run_d"))


def test_odd_ids_are_merged(ours: Archive, part: Archive) -> None:
    """Whatever ids look like, a part is taken over as it is."""
    for odd in ODD_IDS:
        put_run(part, odd, run(odd), [step(step_id) for step_id in ODD_IDS])
    put_run(ours, ODD_IDS[3], run("run_a"))
    ours.merge(part.path)

    assert ours.summary().steps == len(ODD_IDS) ** 2
    merged = contents(ours.path)
    for thread_id, runs in contents(part.path).items():
        assert merged[thread_id] | runs == merged[thread_id]


@pytest.mark.parametrize("content", [None, b"", b"no archive" * 1000])
def test_what_is_no_archive_is_not_merged(ours: Archive, tmp_path: Path, content: bytes | None) -> None:
    """A part that cannot be read is told, and the archive goes on working."""
    other = tmp_path / "other.sqlite"
    if content is not None:
        other.write_bytes(content)
    with pytest.raises(ArchiveError, match=r"other\.sqlite"):
        ours.merge(other)
    put_run(ours, "thread_a", run("run_a"))
    assert ours.summary().runs == 1


def test_a_damaged_part_is_named(ours: Archive, tmp_path: Path) -> None:
    """It is the part that is to be removed: the archive it was to be joined to is whole, and goes on as it was."""
    put_run(ours, "thread_a", run("run_a"), [step("step_a")])
    path = tmp_path / "damaged.sqlite"
    with Archive.create(path, write_ahead=False) as damaged:
        put_run(damaged, "thread_b", run("run_b"), [step(str(number), text="x" * 1000) for number in range(200)])
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(size // 3)
        file.write(b"\xff" * (size // 3))
    before = contents(ours.path)

    with pytest.raises(ArchiveError, match=r"damaged\.sqlite is damaged.*remove damaged\.sqlite"):
        ours.merge(path)

    assert contents(ours.path) == before
    put_run(ours, "thread_c", run("run_c"))
    assert list(ours.threads()) == ["thread_a", "thread_c"]


def test_an_archive_merged_into_itself_stays_as_it_is(ours: Archive) -> None:
    """There is nothing to take over, and nothing is lost or doubled."""
    put_run(ours, "thread_a", run("run_a"), [step("step_a")])
    before = contents(ours.path)
    ours.merge(ours.path)
    assert contents(ours.path) == before
