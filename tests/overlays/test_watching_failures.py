"""A watch that meets failures, limits and its deadline: it rides out what passes, and tells the rest."""

import asyncio
import pickle
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from run_steps import (
    NO_RETRIES,
    APIStatusError,
    AsyncRunSteps,
    ConnectionFailed,
    DeadlineExceeded,
    InvalidResponse,
    NotFound,
    Pace,
    RateLimited,
    RetryPolicy,
    RunSteps,
    ServerError,
    TimedOut,
    Unauthorized,
    watch,
)
from run_steps.archive import Archive
from run_steps.stores import UnknownThread
from tests.overlays.fault_server import Connection, FaultServer, Script, head, then_reset, then_stall, whole
from tests.overlays.fault_server import told as answer
from tests.overlays.written_run import RUN, THREAD, WrittenRun, run, step, told, written_run

AT_ONCE = Pace(shortest=0)
ERROR: dict[str, Any] = {"error": {"message": "Not now.", "type": "server_error", "param": None, "code": None}}


def a_list(*steps: dict[str, Any]) -> dict[str, Any]:
    """Return a page of steps as a server sends it."""
    ids = [item["id"] for item in steps] or [None]
    return {"object": "list", "data": [*steps], "first_id": ids[0], "last_id": ids[-1], "has_more": False}


GOING = [answer(run("in_progress")), answer(a_list(step(1, "in_progress")))]
OVER = [answer(run("completed")), answer(a_list(step(1)))]
WHOLE = [
    ("appeared", "run", "in_progress"),
    ("appeared", "step_0001", "in_progress"),
    ("ended", "step_0001", "completed"),
    ("ended", "run", "completed"),
]


@pytest.fixture
def written() -> Iterator[WrittenRun]:
    """Serve a run that goes on."""
    with written_run(run("in_progress"), step(1, "in_progress")) as written:
        yield written


@pytest.fixture
def client(written: WrittenRun) -> Iterator[RunSteps]:
    """A client of that server."""
    with RunSteps(base_url=written.base_url) as client:
        yield client


@pytest.mark.parametrize(
    "fault",
    [
        answer(ERROR, 500),
        answer(ERROR, 503, retry_after="0"),
        whole(b"<html>", 520),
        whole(b"<html>"),
        answer(ERROR, 429),
        answer(ERROR, 409),
        then_reset(b""),
    ],
)
@pytest.mark.parametrize("place", [2, 3], ids=["run", "steps"])
def test_what_fails_in_passing_is_ridden_out(fault: Script, place: int) -> None:
    """A look that fails, at the run or at its steps, is repeated; nothing is lost or given twice."""
    look = GOING[: place - 2]
    with (
        FaultServer(*GOING, *look, fault, *look, fault, *OVER) as server,
        RunSteps(base_url=server.base_url, retry=NO_RETRIES) as client,
    ):
        assert told(client.watch(THREAD, RUN, pace=AT_ONCE)) == WHOLE


def test_an_outage_that_lasts_is_told() -> None:
    """The fifth failure in a row is raised; a look that succeeds starts the count anew."""
    outage = [answer(ERROR, 500)] * 4
    with (
        FaultServer(*GOING, *outage, *GOING, *outage, whole(b"", 502), *OVER) as server,
        RunSteps(base_url=server.base_url, retry=NO_RETRIES) as client,
        pytest.raises(ServerError, match="502") as raised,
    ):
        list(client.watch(THREAD, RUN, pace=AT_ONCE))

    assert raised.value.status == 502
    assert len(server.heads) == 2 + 4 + 2 + 5


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (answer(ERROR, 401), Unauthorized),
        (answer(ERROR, 403), APIStatusError),
        (answer(ERROR, 404), NotFound),
        (answer(ERROR, 400), APIStatusError),
        (answer(ERROR, 429, retry_after="90000"), RateLimited),
    ],
)
def test_what_will_not_pass_is_told_at_once(fault: Script, kind: type[Exception]) -> None:
    """A key that expires, a run that is deleted, a wait of more than a day: one answer is enough."""
    with (
        FaultServer(*GOING, fault, *OVER) as server,
        RunSteps(base_url=server.base_url, retry=NO_RETRIES) as client,
        pytest.raises(kind),
    ):
        list(client.watch(THREAD, RUN, pace=AT_ONCE))

    assert len(server.heads) == 3


def test_a_run_that_is_deleted_during_an_outage_is_told_at_once() -> None:
    """A 404 for the run is not taken for one of a server that cannot list from a step on."""
    going, steps = answer(run("in_progress")), answer(a_list(step(1), step(2, "in_progress")))
    with (
        FaultServer(going, steps, going, answer(ERROR, 500), answer(ERROR, 404), *OVER) as server,
        RunSteps(base_url=server.base_url, retry=NO_RETRIES) as client,
        pytest.raises(NotFound),
    ):
        list(client.watch(THREAD, RUN, pace=AT_ONCE))

    assert b"after=step_0001" in server.heads[3]
    assert len(server.heads) == 5


@pytest.mark.parametrize(
    ("fault", "kind"),
    [(answer(ERROR, 500), ServerError), (whole(b"<html>"), InvalidResponse), (then_reset(b""), ConnectionFailed)],
)
def test_the_first_look_fails_as_any_call(fault: Script, kind: type[Exception]) -> None:
    """A server that never answered well is more likely a wrong address than an outage."""
    with (
        FaultServer(fault, *OVER) as server,
        RunSteps(base_url=server.base_url, retry=NO_RETRIES) as client,
        pytest.raises(kind),
    ):
        list(client.watch(THREAD, RUN, pace=AT_ONCE))

    assert len(server.heads) == 1


def test_a_run_that_is_being_created_is_waited_for() -> None:
    """A run that is not found yet is looked for a few times."""
    with written_run() as written, RunSteps(base_url=written.base_url) as client:
        written.to_come = [[], [], [run("completed")]]
        assert told(written.watch(client)) == [("ended", "run", "completed")]


def test_a_run_that_is_not_there_is_told(written: WrittenRun, client: RunSteps) -> None:
    """After some seconds, a single look, or when the deadline passes, it is the server's answer that is raised."""
    for deadline in (None, 0, 1.0):
        changes = watch(
            client, THREAD, "run_9", deadline=deadline, sleep=written.sleep, clock=lambda: written.now, rand=lambda: 0.5
        )
        began = written.now
        with pytest.raises(NotFound, match="No run found with id 'run_9'"):
            next(changes)
        assert written.now - began < 10


def test_an_archive_without_the_run_says_so(tmp_path: Path) -> None:
    """What an archive does not have is treated as a run that is not found."""
    waits: list[float] = []
    with Archive.create(tmp_path / "history.sqlite") as archive, pytest.raises(UnknownThread, match="thread_1"):
        list(watch(archive, THREAD, RUN, sleep=waits.append))

    assert len(waits) == 4


def test_a_server_gets_the_time_it_asks_for(written: WrittenRun) -> None:
    """A wait beyond what retries may wait is waited between looks, as often as asked; from then on they come slower."""
    busy = [answer(ERROR, 429, retry_after="300")] * 6
    with FaultServer(*GOING, *busy, *GOING, *OVER) as server, RunSteps(base_url=server.base_url) as client:
        assert told(written.watch(client)) == WHOLE

    assert len(server.heads) == 2 + 6 + 4
    assert written.waits == [0.5, 301.0, 302.0, 304.0, 308.0, 308.0, 308.0, 8.0]


def test_a_wait_beyond_the_deadline_is_not_begun(written: WrittenRun) -> None:
    """The watch ends at once when the server asks to come back later than that; it names the reason."""
    with (
        FaultServer(*GOING, answer(ERROR, 429, retry_after="3500")) as server,
        RunSteps(base_url=server.base_url) as client,
        pytest.raises(DeadlineExceeded, match=r"asks to wait 3500 s more, .* deadline of 3500 s") as raised,
    ):
        list(written.watch(client, deadline=3500.0))

    assert written.waits == [0.5]
    assert isinstance(raised.value.__cause__, RateLimited)


@pytest.mark.parametrize("deadline", [0.3, 5.0, 60.0])
def test_the_deadline_ends_the_watch(written: WrittenRun, client: RunSteps, deadline: float) -> None:
    """The last look is taken shortly before it; the error has what was seen then."""
    written.to_come = [[]] * 20
    changes = written.watch(client, deadline)
    first = [next(changes) for _ in range(2)]
    with pytest.raises(
        DeadlineExceeded, match=f"deadline of {deadline:g} s: the run 'run_1' is 'in_progress'"
    ) as raised:
        next(changes)

    state = raised.value.last_state
    assert written.now == pytest.approx(deadline - min(0.5, deadline / 10))
    assert state is not None
    assert (state.run, [*state.steps]) == (first[0].run, [first[1].step])
    assert pickle.loads(pickle.dumps(raised.value)).last_state == state


def test_the_last_state_has_all_that_was_given(written: WrittenRun, client: RunSteps) -> None:
    """It has every step in order, the latest version of each, also those that were not listed again."""
    written.write(*map(step, range(2, 9)))
    written.to_come = [[step(1)], [step(9), run("requires_action")], [step(10, "in_progress")]]
    with pytest.raises(DeadlineExceeded, match="'requires_action'") as raised:
        list(written.watch(client, 20))

    assert raised.value.last_state is not None
    assert raised.value.last_state.run == client.run(THREAD, RUN)
    assert [*raised.value.last_state.steps] == list(client.list(THREAD, RUN, order="asc"))


def test_no_time_is_a_single_look(written: WrittenRun, client: RunSteps) -> None:
    """A deadline of 0 gives what there is, and an error that has it when the run goes on."""
    changes = client.watch(THREAD, RUN, deadline=0)

    assert len([next(changes), next(changes)]) == 2
    with pytest.raises(DeadlineExceeded):
        next(changes)
    written.write(run("expired"))
    assert told(client.watch(THREAD, RUN, deadline=0))[-1] == ("ended", "run", "expired")
    for wrong in (-1, float("nan")):
        with pytest.raises(ValueError, match="deadline must be at least 0 seconds"):
            client.watch(THREAD, RUN, deadline=wrong)


@pytest.mark.parametrize("is_async", [False, True], ids=["sync", "async"])
@pytest.mark.parametrize("beginning", [[], GOING], ids=["first look", "later look"])
@pytest.mark.parametrize(
    "scripts", [[then_stall(b"")], [GOING[0], then_stall(head(content_length=9))]], ids=["run", "steps"]
)
def test_the_deadline_holds_for_requests_too(*, is_async: bool, beginning: list[Script], scripts: list[Script]) -> None:
    """A server that stops answering, at the first look or later, keeps nobody beyond the deadline."""

    def follow(base_url: str) -> None:
        with RunSteps(base_url=base_url) as client:
            list(client.watch(THREAD, RUN, deadline=0.2, pace=AT_ONCE))

    async def follow_later(base_url: str) -> None:
        async with AsyncRunSteps(base_url=base_url) as client:
            async for _ in client.watch(THREAD, RUN, deadline=0.2, pace=AT_ONCE):
                pass

    began = time.monotonic()
    with FaultServer(*beginning, *scripts) as server, pytest.raises(DeadlineExceeded) as raised:
        asyncio.run(follow_later(server.base_url)) if is_async else follow(server.base_url)

    assert time.monotonic() - began < 2
    assert isinstance(raised.value.__cause__, TimedOut)
    assert (raised.value.last_state is not None) == bool(beginning)


def test_a_long_deadline_gives_no_request_more_time() -> None:
    """Each request keeps to the retry policy of the client, however long the watch may take."""
    with (
        FaultServer(*GOING, then_stall(b"")) as server,
        RunSteps(base_url=server.base_url, retry=RetryPolicy(attempts=1, max_seconds=0.05)) as client,
        pytest.raises(TimedOut),
    ):
        list(client.watch(THREAD, RUN, deadline=3600, pace=AT_ONCE))

    assert len(server.heads) == 2 + 5


@pytest.mark.parametrize("while_asking", [False, True], ids=["waiting", "asking"])
def test_a_cancelled_watch_leaves_nothing_open(*, while_asking: bool) -> None:
    """A task that is cancelled while it waits, or while a request is under way, ends at once and cleanly."""
    asked, began = threading.Event(), time.monotonic()

    def stall(connection: Connection) -> None:
        asked.set()
        connection.stall()

    async def follow(steps: AsyncRunSteps, seen: asyncio.Event) -> None:
        pace = AT_ONCE if while_asking else Pace(shortest=60, longest=60)
        async for _ in steps.watch(THREAD, RUN, pace=pace):
            seen.set()

    async def cancel(base_url: str) -> None:
        async with AsyncRunSteps(base_url=base_url) as steps:
            seen = asyncio.Event()
            task = asyncio.create_task(follow(steps, seen))
            await (asyncio.to_thread(asked.wait, 5) if while_asking else seen.wait())
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task

    with FaultServer(*GOING, stall) as server:
        asyncio.run(cancel(server.base_url))
        assert server.is_left()

    assert asked.is_set() == while_asking
    assert time.monotonic() - began < 2
