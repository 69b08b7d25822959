"""A run that is watched while it goes: every change is seen once, the end is the end, and servers are spared."""

import asyncio
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from run_steps import AsyncRunSteps, Change, Pace, RunSteps, is_over, watch
from run_steps._received import ReceivedItem, json_text
from run_steps.archive import Archive
from run_steps.stores import Item, MemoryStore, Page, PageQuery, UnknownCursor, UnknownStep
from run_steps.watching.states import settled_in
from run_steps_api.models import Run, RunStep
from tests.overlays.written_run import BEGAN, RUN, THREAD, WrittenRun, run, step, told, written_run

AT_ONCE = Pace(shortest=0)


@pytest.fixture
def written() -> Iterator[WrittenRun]:
    """Serve a run without steps."""
    with written_run(run("queued")) as written:
        yield written


@pytest.fixture
def client(written: WrittenRun) -> Iterator[RunSteps]:
    """A client of that server."""
    with RunSteps(base_url=written.base_url) as client:
        yield client


STORY: list[list[dict[str, Any]]] = [
    [run("in_progress"), step(1, "in_progress")],
    [],
    [step(1, "in_progress", metadata={"half": "done"})],
    [run("requires_action")],
    [run("in_progress"), step(1), step(2, "in_progress")],
    [step(2, "failed"), step(3), run("completed")],
]
STORY_TOLD = [
    ("appeared", "run", "queued"),
    ("changed", "run", "in_progress"),
    ("appeared", "step_0001", "in_progress"),
    ("changed", "step_0001", "in_progress"),
    ("changed", "run", "requires_action"),
    ("changed", "run", "in_progress"),
    ("ended", "step_0001", "completed"),
    ("appeared", "step_0002", "in_progress"),
    ("ended", "step_0002", "failed"),
    ("ended", "step_0003", "completed"),
    ("ended", "run", "completed"),
]


def test_each_change_is_given_once_and_in_order(written: WrittenRun, client: RunSteps) -> None:
    """Steps appear, change and end; the run waits for its caller, goes on and ends, and with it the watch."""
    written.to_come = [*STORY]

    assert told(written.watch(client)) == STORY_TOLD


def test_an_asynchronous_watch_gives_the_same(written: WrittenRun) -> None:
    """Only the waiting differs."""
    written.to_come = [*STORY]

    assert told(written.watch_async()) == STORY_TOLD


@pytest.mark.parametrize("status", ["cancelled", "completed", "expired", "failed", "incomplete"])
def test_every_end_is_an_end(written: WrittenRun, client: RunSteps, status: str) -> None:
    """A run that is over gives what there is of it, its end last, without waiting; by both clients."""

    async def watch_later() -> list[Change]:
        async with AsyncRunSteps(base_url=written.base_url) as twin:
            return [change async for change in twin.watch(THREAD, RUN)]

    written.write(step(1), step(2, "in_progress"), run(status))
    changes = list(client.watch(THREAD, RUN))

    assert told(changes) == [
        ("ended", "step_0001", "completed"),
        ("appeared", "step_0002", "in_progress"),
        ("ended", "run", status),
    ]
    assert asyncio.run(watch_later()) == changes


@pytest.mark.parametrize("status", ["cancelling", "in_progress", "queued", "requires_action"])
def test_times_do_not_end_a_run_that_is_known_to_go_on(status: str) -> None:
    """A status that is known counts more than a time."""
    assert not is_over(Run.from_dict(run(status, cancelled_at=BEGAN)))


@pytest.mark.parametrize("name", ["completed_at", "failed_at", "cancelled_at", "expired_at"])
@pytest.mark.parametrize(
    ("value", "ended"),
    [
        (BEGAN, True),
        (BEGAN * 1000, True),
        (BEGAN + 0.5, True),
        ("2025-01-01T00:00:00Z", True),
        (None, False),
        (-1, False),
        (0, False),
        ("", False),
        ("0001-01-01T00:00:00Z", False),
        ("soon", False),
    ],
)
def test_an_unknown_status_is_judged_by_the_times(name: str, value: object, ended: bool) -> None:
    """What has ended says when, in whatever form the server writes times; -1, 0 and null are none."""
    assert is_over(Run.from_dict(run("dreaming", **{name: value}))) is ended
    assert is_over(RunStep.from_dict(step(1, "dreaming", **{name: value}))) is ended


def test_an_unknown_status_ends_a_watch_by_its_time(written: WrittenRun, client: RunSteps) -> None:
    """A status of the server's own is followed until a time says that the run is over."""
    written.to_come = [[run("dreaming", completed_at=-1)], [run("awake", completed_at=BEGAN + 9)]]

    assert told(written.watch(client))[1:] == [("changed", "run", "dreaming"), ("ended", "run", "awake")]


def test_what_is_written_between_the_requests_of_a_look_is_not_lost(written: WrittenRun) -> None:
    """A step that comes after the run was read as ended, and before its steps are listed, is given."""
    written.write(run("completed"))
    late = iter([step(1)])

    def write_late(response: httpx.Response) -> None:
        written.write(*[next(late)] if response.request.url.path.endswith(RUN) else [])

    with (
        httpx.Client(event_hooks={"response": [write_late]}) as http_client,
        RunSteps(base_url=written.base_url, http_client=http_client) as client,
    ):
        assert told(client.watch(THREAD, RUN)) == [("ended", "step_0001", "completed"), ("ended", "run", "completed")]


def test_a_step_that_changes_after_its_end_is_given_again(written: WrittenRun, client: RunSteps) -> None:
    """A step far behind the latest one, changed again, is given when the run has ended, as changed."""
    written.write(run("in_progress"), *map(step, range(5)))
    written.to_come = [[step(1, metadata={"note": "late"})], [run("completed")]]

    assert told(written.watch(client))[6:] == [("changed", "step_0001", "completed"), ("ended", "run", "completed")]


def test_steps_of_one_second_are_seen_in_any_order(written: WrittenRun, client: RunSteps) -> None:
    """A step that the server puts before one that has ended, as both are of the same second, is seen at once."""

    class NewestFirst(MemoryStore):
        """Puts the newest step of a second first."""

        def list_steps(self, thread_id: str, run_id: str, query: PageQuery) -> Page:
            steps = super().list_steps(thread_id, run_id, PageQuery(limit=100, order="asc")).data
            steps = sorted(steps, key=lambda item: (item.value["created_at"], -int(item.id[-4:])))
            position = next((index for index, item in enumerate(steps, 1) if item.id == query.after), 0)
            return Page(steps[position:], has_more=False)

    with written_run(run("in_progress"), step(1), store=NewestFirst()) as odd, RunSteps(base_url=odd.base_url) as twin:
        odd.to_come = [[step(number, created_at=BEGAN + 5) for number in (2, 3)], [step(4, created_at=BEGAN + 5)]]
        changes = odd.watch(twin)
        seen = [next(changes).step for _ in range(5)]
        assert [seen_step and seen_step.id[-1] for seen_step in seen] == [None, "1", "3", "2", "4"]
        assert len(odd.waits) == 2


def test_a_long_run_is_not_listed_again_at_each_look(written: WrittenRun) -> None:
    """Steps that have ended are asked for at the first and at the last look alone."""
    requests: list[str] = []

    def note(request: httpx.Request) -> None:
        requests.append(request.url.path)

    written.write(run("in_progress"), *map(step, range(349)), step(349, "in_progress"))
    written.to_come = [[], [], [step(349)], [step(350, "in_progress")], [step(350), run("completed")]]
    with (
        httpx.Client(event_hooks={"request": [note]}) as http_client,
        RunSteps(base_url=written.base_url, http_client=http_client) as client,
    ):
        changes = list(written.watch(client))

    assert len(changes) == 350 + 1 + 3 + 1
    assert requests.count(f"/v1/threads/{THREAD}/runs/{RUN}") == 6
    assert requests.count(f"/v1/threads/{THREAD}/runs/{RUN}/steps") == 4 + 1 + 1 + 1 + 1 + 4


def test_a_long_run_is_not_listed_again_for_the_sake_of_a_step_that_goes_on(written: WrittenRun) -> None:
    """Where few early steps have not ended, these are retrieved; each end is told at the look after it."""
    requests: list[str] = []

    def note(request: httpx.Request) -> None:
        requests.append(request.url.path.removeprefix(f"/v1/threads/{THREAD}/runs/{RUN}"))

    steps = [step(number, "in_progress" if number in (3, 50) else "completed") for number in range(350)]
    written.write(run("in_progress"), *steps)
    written.to_come = [[], [step(50)], [], [step(3, "failed")], [], [run("completed")]]
    with (
        httpx.Client(event_hooks={"request": [note]}) as http_client,
        RunSteps(base_url=written.base_url, http_client=http_client) as client,
    ):
        changes = list(written.watch(client))

    assert told(changes[351:]) == [
        ("ended", "step_0050", "completed"),
        ("ended", "step_0003", "failed"),
        ("ended", "run", "completed"),
    ]
    assert requests.count("/steps/step_0050") == 2
    assert requests.count("/steps/step_0003") == 4
    assert requests.count("/steps") == 4 + 5 + 4


@pytest.fixture(params=[0, 100], ids=["retrieving", "listing"])
def _worth_retrieving(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let unfinished steps be retrieved whenever that can be, or where many follow, as always."""
    monkeypatch.setattr("run_steps.watching.states._PAGE", request.param)


class ForgetsCursors(MemoryStore):
    """Knows no step that it is to list from."""

    def list_steps(self, thread_id: str, run_id: str, query: PageQuery) -> Page:
        if query.after:
            raise UnknownCursor("after", query.after, "run step")
        return super().list_steps(thread_id, run_id, query)


class IgnoresCursors(MemoryStore):
    """Lists all steps, whatever it is to list from."""

    def list_steps(self, thread_id: str, run_id: str, query: PageQuery) -> Page:
        return super().list_steps(thread_id, run_id, PageQuery(limit=query.limit, order=query.order))


class IgnoresOrder(MemoryStore):
    """Lists the newest step first, whatever it is asked."""

    def list_steps(self, thread_id: str, run_id: str, query: PageQuery) -> Page:
        return super().list_steps(thread_id, run_id, PageQuery(limit=query.limit, after=query.after))


class LosesSteps(MemoryStore):
    """Tells of no step when it is asked for the second time."""

    calls = 0

    def list_steps(self, thread_id: str, run_id: str, query: PageQuery) -> Page:
        self.calls += 1
        return Page([], has_more=False) if self.calls == 2 else super().list_steps(thread_id, run_id, query)


class ForgetsSteps(MemoryStore):
    """Lists steps and knows none of them."""

    def get_step(self, thread_id: str, run_id: str, step_id: str) -> Item:
        raise UnknownStep(step_id)


@pytest.mark.usefixtures("_worth_retrieving")
@pytest.mark.parametrize("kind", [ForgetsCursors, ForgetsSteps, IgnoresCursors, IgnoresOrder, LosesSteps])
def test_servers_that_list_wrongly_are_watched_all_the_same(kind: type[MemoryStore]) -> None:
    """Every step is given once, and as soon as it is there, whatever the server makes of `after` and `order`."""
    with (
        written_run(run("in_progress"), step(1, "in_progress"), step(2), step(3), store=kind()) as odd,
        RunSteps(base_url=odd.base_url) as client,
    ):
        odd.to_come = [[], [step(4)], [], [step(5, "in_progress")], [step(1)], [step(5)], [run("completed")]]
        changes = odd.watch(client)
        before_the_end = [next(changes) for _ in range(8)]

        assert sorted(told(before_the_end)) == [
            ("appeared", "run", "in_progress"),
            ("appeared", "step_0001", "in_progress"),
            ("appeared", "step_0005", "in_progress"),
            *(("ended", f"step_000{number}", "completed") for number in (1, 2, 3, 4, 5)),
        ]
        assert odd.waits.count(0.0) <= 1  # looks that were in vain
        assert told(changes) == [("ended", "run", "completed")]


def test_the_time_between_looks_grows_while_nothing_happens(written: WrittenRun, client: RunSteps) -> None:
    """From half a second by half to eight seconds; a change brings it back."""
    written.to_come = [[]] * 8 + [[step(1)], [run("completed")]]
    list(written.watch(client))

    assert written.waits[:3] == [0.5, 0.75, 1.125]
    assert all(later >= sooner for sooner, later in pairwise(written.waits[:9]))
    assert written.waits[8] == 8.0
    assert written.waits[9] == 0.5


@pytest.mark.parametrize(("rand", "first"), [(0.0, 0.375), (0.999, 0.62475)])
def test_looks_are_spread_at_random(written: WrittenRun, client: RunSteps, rand: float, first: float) -> None:
    """Many watchers that begin together do not go on asking together."""
    written.to_come = [[run("completed")]]
    list(written.watch(client, rand=rand))

    assert written.waits == [pytest.approx(first)]


def test_a_watch_can_be_left_at_any_change(written: WrittenRun, client: RunSteps) -> None:
    """Nothing more is asked, and a watch that is not begun asks nothing."""
    client.watch(THREAD, RUN)
    changes = written.watch(client)
    next(changes)

    assert written.waits == []
    with pytest.raises(ValueError, match="run_id must be the id of something"):
        client.watch(THREAD, "..")


def test_an_archive_is_watched_while_it_is_written(tmp_path: Path) -> None:
    """What a pull puts into an archive is seen; the end is there when the pull has put all steps."""

    def received(item: dict[str, Any]) -> list[ReceivedItem]:
        return [ReceivedItem(item["id"], json_text(item), item)]

    path = tmp_path / "history.sqlite"
    with Archive.create(path) as writer, Archive.open(path) as reader:
        writer.put_runs("http://127.0.0.1/v1", THREAD, received(run("completed")))
        pull: Iterator[Callable[[], None]] = iter(
            [
                partial(writer.put_steps, THREAD, RUN, 0, received(step(1))),
                partial(writer.put_steps, THREAD, RUN, 1, received(step(2)), is_last=True),
            ]
        )
        changes = watch(
            reader,
            THREAD,
            RUN,
            deadline=60,
            is_complete=lambda: RUN in reader.finished_runs(THREAD),
            sleep=lambda _: next(pull)(),
        )
        assert told(changes) == [
            ("ended", "run", "completed"),
            ("ended", "step_0001", "completed"),
            ("ended", "step_0002", "completed"),
        ]


PAGES = st.sampled_from([0, 1, 100])
"""How many steps a request for one has to save."""

STATUSES = ["in_progress", "completed", "failed", "cancelled", "expired", "dreaming"]
WRITES = st.one_of(
    st.builds(
        step,
        st.integers(0, 9),
        st.sampled_from(STATUSES),
        created_at=st.integers(BEGAN, BEGAN + 3),
        metadata=st.fixed_dictionaries({"note": st.sampled_from(["a", "b"])}),
    ),
    st.builds(run, st.sampled_from(["queued", "in_progress", "requires_action", "cancelling", "dreaming"])),
)


@given(
    steps=st.lists(st.tuples(st.sampled_from(STATUSES), st.integers(0, 8)), max_size=9).map(
        lambda drawn: [
            RunStep.from_dict(step(number, status, created_at=BEGAN + number + late))
            for number, (status, late) in enumerate(drawn)
        ]
    ),
    known=st.integers(0, 9),
    page=PAGES,
)
def test_what_is_settled_is_the_same_whether_some_of_it_was_known(steps: list[RunStep], known: int, page: int) -> None:
    """Going on from the last look finds what looking at all steps finds."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("run_steps.watching.states._PAGE", page)
        assert settled_in(steps, settled_in(steps[:known])) == settled_in(steps)


@pytest.fixture(scope="module")
def stage() -> Iterator[WrittenRun]:
    """Serve a store for any number of runs."""
    with written_run() as stage:
        yield stage


@settings(max_examples=40)
@given(
    history=st.lists(st.lists(WRITES, max_size=3), max_size=12),
    end=st.sampled_from(["completed", "incomplete"]),
    page=PAGES,
)
def test_changes_replay_to_the_final_state(
    stage: WrittenRun, history: list[list[dict[str, Any]]], end: str, page: int
) -> None:
    """Whatever is written, between looks or between their requests: no step is missing, none given twice the same."""
    created: dict[str, int] = {}
    thread = f"thread_{len(stage.waits)}"
    stage.waits.append(0.0)
    stage.store.add_thread(thread)
    to_come = iter(history)

    def write(items: list[dict[str, Any]]) -> None:
        for item in items:
            # A step keeps the time it was created at.
            item["created_at"] = created.setdefault(item["id"], item["created_at"])
            stage.write({**item, "thread_id": thread})

    def go_on(_: object) -> None:
        write(next(to_come, [run(end)]))

    write([run("queued")])
    with (
        pytest.MonkeyPatch.context() as patch,
        httpx.Client(event_hooks={"response": [go_on]}) as http_client,
        RunSteps(base_url=stage.base_url, http_client=http_client) as client,
    ):
        patch.setattr("run_steps.watching.states._PAGE", page)
        changes = list(client.watch(thread, RUN, pace=AT_ONCE, deadline=60))

    replayed: dict[str, dict[str, Any]] = {}
    for change in changes:
        item = change.step or change.run
        assert replayed.get(item.id) != item.to_dict()
        assert (change.kind == "appeared") <= (item.id not in replayed)
        assert is_over(item) or change.kind != "ended"
        replayed[item.id] = item.to_dict()
    stored = stage.store.list_steps(thread, RUN, PageQuery(limit=100, order="asc")).data
    assert replayed == {item.id: item.value for item in [*stored, stage.store.get_run(thread, RUN)]}
    assert told(changes[-1:]) == [("ended", "run", end)]


def test_the_pace_of_a_watch_is_the_users(written: WrittenRun, client: RunSteps) -> None:
    """A watch without pauses is over as soon as the run is."""
    changes = client.watch(THREAD, RUN, pace=AT_ONCE)
    next(changes)
    written.write(run("failed"))
    began = time.monotonic()

    assert told(changes) == [("ended", "run", "failed")]
    assert time.monotonic() - began < 0.4
    for numbers in ({"shortest": -1.0}, {"growth": 0.5}, {"longest": float("inf")}):
        with pytest.raises(ValueError, match="must be"):
            Pace(**numbers)
