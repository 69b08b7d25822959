"""An archive reads like the store it was filled from, and like a client of a server over that store."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from run_steps import RunSteps
from run_steps.archive import Archive
from run_steps.reader import Reader
from run_steps.serving import MemoryStore, create_app, sample_store, serve
from run_steps.stores import Page, PageQuery, UnknownCursor, UnknownObject, UnknownRun, UnknownStep, UnknownThread
from run_steps.stores.includes import FILE_SEARCH_CONTENT
from tests.overlays.archive.filling import put_run, put_store, run, step

THREAD = "thread_demo"
RUNS = ["run_long", "run_kinds", "run_failed", "run_cancelled", "run_expired", "run_in_progress", "run_empty"]

numbers = count()


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """An archive to write to, with the sample data."""
    with Archive.create(tmp_path_factory.mktemp("archive") / "sample.sqlite") as archive:
        put_store(archive, sample_store(), THREAD)
        yield archive


@pytest.fixture(scope="module")
def client() -> Iterator[RunSteps]:
    """A client of a server with the sample data."""
    with serve(create_app(sample_store())) as base_url, RunSteps(base_url=base_url) as client:
        yield client


@st.composite
def queries(draw: st.DrawFn, ids: list[str]) -> PageQuery:
    """Return a request for any page of a list."""
    cursors = st.none() | st.sampled_from(ids) if ids else st.none()
    return PageQuery(
        limit=draw(st.integers(1, 12)),
        order=draw(st.sampled_from(["asc", "desc"])),
        after=draw(cursors),
        before=draw(cursors),
    )


# Few different times, so that most items share theirs with others.
times = st.lists(st.integers(0, 4), max_size=20)


@given(times, times, st.data())
def test_pages_are_those_of_the_store(
    archive: Archive, runs_at: list[int], steps_at: list[int], data: st.DataObject
) -> None:
    """Whatever the limit, the order and the cursors, both kinds of store give the same page of runs and of steps."""
    store, thread_id = MemoryStore(), f"made_{next(numbers)}"
    store.add_thread(thread_id)
    archive.put_runs("http://127.0.0.1/v1", thread_id, [])
    for number, created_at in enumerate([0, *runs_at]):
        store.put_run({"id": str(number), "thread_id": thread_id, "created_at": created_at})
    for number, created_at in enumerate(steps_at):
        store.put_step({"id": str(number), "thread_id": thread_id, "run_id": "0", "created_at": created_at})
    put_store(archive, store, thread_id)

    run_query = data.draw(queries([str(number) for number in range(len(runs_at) + 1)]))
    step_query = data.draw(queries([str(number) for number in range(len(steps_at))]))

    assert archive.list_runs(thread_id, run_query) == store.list_runs(thread_id, run_query)
    assert archive.list_steps(thread_id, "0", step_query) == store.list_steps(thread_id, "0", step_query)


@given(times.filter(bool), st.integers(1, 7), st.sampled_from(["asc", "desc"]), st.booleans())
def test_pages_join_to_the_whole(
    archive: Archive, steps_at: list[int], limit: int, order: str, backwards: bool
) -> None:
    """Following cursors in either direction gives each step once, in order."""
    thread_id = f"made_{next(numbers)}"
    steps = [step(str(number), created_at=at) for number, at in enumerate(sorted(steps_at))]
    put_run(archive, thread_id, run("run_a"), steps)
    ids = [str(number) for number in range(len(steps))][:: 1 if order == "asc" else -1]
    query = PageQuery(limit=limit, order=order, before=ids[-1]) if backwards else PageQuery(limit=limit, order=order)  # type: ignore[arg-type]

    pages = [archive.list_steps(thread_id, "run_a", query)]
    while pages[-1].has_more:
        found = pages[-1].data
        query = evolve(query, before=found[0].id) if backwards else evolve(query, after=found[-1].id)
        pages.append(archive.list_steps(thread_id, "run_a", query))

    joined = [item.id for page in (pages[::-1] if backwards else pages) for item in page.data]
    assert joined == (ids[:-1] if backwards else ids)


WINDOWS: list[dict[str, Any]] = [
    {},
    {"order": "asc"},
    {"page_size": 7},
    {"max_items": 5},
    {"max_items": 0},
    {"max_items": 150, "page_size": 100, "order": "asc"},
]


@pytest.mark.parametrize(
    "window",
    [
        *WINDOWS,
        {"after": "step_long_010"},
        {"after": "step_long_010", "order": "asc", "max_items": 101},
        {"before": "step_long_010"},
        {"before": "step_long_010", "order": "asc", "page_size": 3},
        {"after": "step_long_010", "before": "step_long_014", "order": "asc"},
        {"after": "step_long_014", "before": "step_long_010", "page_size": 2},
    ],
)
def test_steps_are_listed_as_by_a_client(archive: Archive, client: RunSteps, window: dict[str, Any]) -> None:
    """Whatever part of a run is asked for, the archive gives the steps that a server gives."""

    def read(reader: Reader) -> list[Any]:
        return list(reader.list(THREAD, "run_long", **window))

    assert read(archive) == read(client)


@pytest.mark.parametrize("window", [*WINDOWS, {"after": "run_failed"}, {"before": "run_failed", "order": "asc"}])
def test_runs_are_listed_as_by_a_client(archive: Archive, client: RunSteps, window: dict[str, Any]) -> None:
    """Whatever part of a thread is asked for, the archive gives the runs that a server gives."""

    def read(reader: Reader) -> list[Any]:
        return list(reader.runs(THREAD, **window))

    assert read(archive) == read(client)
    assert [found.id for found in archive.runs(THREAD, order="asc")] == RUNS


@pytest.mark.parametrize("run_id", RUNS)
def test_runs_and_steps_are_retrieved_as_by_a_client(archive: Archive, client: RunSteps, run_id: str) -> None:
    """Each single run and step is the one that a server gives."""
    assert archive.run(THREAD, run_id) == client.run(THREAD, run_id)
    for found in client.list(THREAD, run_id, max_items=30, include=FILE_SEARCH_CONTENT):
        assert archive.retrieve(THREAD, run_id, found.id) == found


@pytest.mark.parametrize("include", [(), (FILE_SEARCH_CONTENT,)])
def test_what_a_file_search_found_is_given_whole(archive: Archive, client: RunSteps, include: tuple[str, ...]) -> None:
    """The texts that a file search found are given as they were received, asked for or not."""
    listed = list(archive.list(THREAD, "run_kinds", include=include))

    assert listed == list(client.list(THREAD, "run_kinds", include=FILE_SEARCH_CONTENT))
    assert "'content'" in repr([found.to_dict() for found in listed if "file_search" in repr(found)])
    for found in listed:
        assert archive.retrieve(THREAD, "run_kinds", found.id, include=include) == found


@pytest.mark.parametrize(
    ("method", "ids", "error"),
    [
        ("run", ("thread_9", "run_long"), UnknownThread("thread_9")),
        (
            "run",
            (
                THREAD,
                "run_9",
            ),
            UnknownRun("run_9"),
        ),
        ("runs", ("thread_9",), UnknownThread("thread_9")),
        ("list", ("thread_9", "run_long"), UnknownThread("thread_9")),
        (
            "list",
            (
                THREAD,
                "run_9",
            ),
            UnknownRun("run_9"),
        ),
        (
            "retrieve",
            (
                "thread_9",
                "run_long",
                "step_long_010",
            ),
            UnknownThread("thread_9"),
        ),
        (
            "retrieve",
            (
                THREAD,
                "run_9",
                "step_long_010",
            ),
            UnknownRun("run_9"),
        ),
        (
            "retrieve",
            (
                THREAD,
                "run_long",
                "step_9",
            ),
            UnknownStep("step_9"),
        ),
        (
            "retrieve",
            (
                THREAD,
                "run_kinds",
                "step_long_010",
            ),
            UnknownStep("step_long_010"),
        ),
    ],
)
def test_what_is_not_there_is_named(archive: Archive, method: str, ids: Sequence[str], error: UnknownObject) -> None:
    """A thread, run or step that the archive does not have, or has elsewhere, is told by kind and id."""
    with pytest.raises(type(error)) as caught:
        _read(archive, method, ids)
    assert str(caught.value) == str(error)


@pytest.mark.parametrize("param", ["after", "before"])
def test_a_cursor_that_is_not_in_the_list_is_named(archive: Archive, param: str) -> None:
    """A cursor of another list is refused, rather than answered with some other part of this one."""
    cursors: dict[str, Any] = {"after": "step_long_001", param: "step_9"}
    with pytest.raises(UnknownCursor, match=f"No run step found with id 'step_9', the value of '{param}'"):
        list(archive.list(THREAD, "run_long", order="asc", **cursors))
    with pytest.raises(UnknownCursor, match="No run found with id 'run_9', the value of 'after'"):
        list(archive.runs(THREAD, after="run_9"))


def test_arguments_that_cannot_work_are_refused_at_once(archive: Archive) -> None:
    """A wrong argument is told where it is given, not when the first item is asked for."""
    with pytest.raises(ValueError, match="page_size"):
        archive.list(THREAD, "run_long", page_size=0)
    with pytest.raises(ValueError, match="order"):
        archive.runs(THREAD, order="up")  # type: ignore[arg-type]


def test_a_field_of_another_shape_costs_that_field(archive: Archive) -> None:
    """A step with a field that does not fit is read as a model, and the model names the field."""
    put_run(archive, "thread_odd", run("run_a"), [step("step_a", created_at={"at": 1})])

    (listed,) = archive.list("thread_odd", "run_a")
    assert listed == archive.retrieve("thread_odd", "run_a", "step_a")
    assert [misfit.name for misfit in listed.misfits] == ["created_at"]
    assert archive.get_step("thread_odd", "run_a", "step_a").value["created_at"] == {"at": 1}


def test_counts_are_those_of_what_was_stored(archive: Archive) -> None:
    """The summary counts threads, runs, steps and what is unfinished."""
    store = sample_store()
    steps = [_whole(store.list_steps(THREAD, run_id, PageQuery(limit=1000))) for run_id in RUNS]
    with Archive.create(archive.path.with_name("counted.sqlite")) as counted:
        put_store(counted, store, THREAD)
        summary = counted.summary()
        assert list(counted.threads()) == [THREAD]

    assert (summary.threads, summary.runs, summary.steps, summary.failed) == (1, len(RUNS), sum(steps), 0)
    assert summary.unfinished_runs == 2


def _whole(page: Page) -> int:
    assert not page.has_more
    return len(page.data)


def _read(archive: Archive, method: str, ids: Sequence[str]) -> None:
    found = getattr(archive, method)(*ids)
    list(found)  # lists are asked for when they are read
