"""A server by others, llamphouse, is read to the end and without loss, whatever it does differently."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from run_steps import Forbidden, NotFound, RunSteps, Unauthorized, duration, ended_at, to_datetime
from run_steps._choices import Order
from run_steps_api.models import (
    CodeInterpreterToolCall,
    FileSearchToolCall,
    FunctionToolCall,
    MessageCreationDetails,
    RunStep,
    ToolCallsDetails,
    UnknownStepDetails,
)
from tests.interop.conftest import OpenReader
from tests.interop.llamphouse_process import House, Run
from tests.interop.readers import Reader

COUNT = 120

NO_SUCH_PATH = r"\. It may be a gateway that has no such path"


@pytest.fixture(scope="module")
def many(house: House) -> Run:
    """A run of 120 steps."""
    return house.run("many", steps=COUNT)


@pytest.fixture(scope="module")
def ids(house: House, many: Run) -> list[str]:
    """The ids of its steps, oldest first, as llamphouse tells them on a single page."""
    path = f"/threads/{many.thread_id}/runs/{many.run_id}/steps"
    page = house.client.get(path, params={"limit": 1000, "order": "asc"}).json()
    return [step["id"] for step in page["data"]]


@pytest.fixture(scope="module")
def every_kind(house: House) -> Run:
    """A run that has every kind of step llamphouse makes, oldest first."""
    return house.run("every_kind")


@pytest.fixture(scope="module")
def reader(open_reader: OpenReader, house: House) -> Iterator[Reader[RunStep]]:
    """Reads from the llamphouse that is open to everyone."""
    with open_reader(base_url=house.base_url) as reader:
        yield reader


def ids_of(steps: Sequence[RunStep]) -> list[str]:
    """Return the ids of steps."""
    return [step.id for step in steps]


def in_order(ids: Sequence[str], order: Order) -> list[str]:
    """Return ids that are given oldest first in an order."""
    return list(ids) if order == "asc" else list(reversed(ids))


ORDERS = pytest.mark.parametrize("order", ["asc", "desc"])


@ORDERS
@pytest.mark.parametrize("page_size", [None, 7, 20, 60, COUNT, 1000])
def test_every_step_is_listed_once(
    reader: Reader[RunStep], many: Run, ids: list[str], order: Order, page_size: int | None
) -> None:
    """Pages of any size, also ones that the last step just fills, join to the whole run in both orders."""
    steps = reader.steps(many.thread_id, many.run_id, order=order, page_size=page_size)
    assert len(ids) == COUNT
    assert ids_of(steps) == in_order(ids, order)


@pytest.mark.parametrize(("page_size", "pages"), [(60, 2), (50, 3), (1000, 1)])
def test_no_page_is_asked_for_in_vain(house: House, many: Run, page_size: int, pages: int) -> None:
    """Listed forward, llamphouse tells the truth with `has_more`, and no empty page is asked for."""
    with RunSteps(base_url=house.base_url) as client:
        found = list(client.list(many.thread_id, many.run_id, page_size=page_size).pages())
    assert len(found) == pages


@ORDERS
@pytest.mark.parametrize("max_items", [0, 1, 20, 21, COUNT, 500])
def test_a_total_is_kept(reader: Reader[RunStep], many: Run, ids: list[str], order: Order, max_items: int) -> None:
    """`max_items` counts steps and not pages."""
    steps = reader.steps(many.thread_id, many.run_id, order=order, page_size=20, max_items=max_items)
    assert ids_of(steps) == in_order(ids, order)[:max_items]


@ORDERS
@pytest.mark.parametrize(("start", "max_items"), [(0, None), (37, None), (37, 30), (COUNT - 1, None)])
def test_a_list_goes_on_behind_a_step(
    reader: Reader[RunStep], many: Run, ids: list[str], order: Order, start: int, max_items: int | None
) -> None:
    """`after` a step come those that follow it in the requested order, and nothing follows the last one."""
    expected = in_order(ids, order)
    steps = reader.steps(
        many.thread_id, many.run_id, order=order, page_size=20, after=expected[start], max_items=max_items
    )
    assert ids_of(steps) == expected[start + 1 :][:max_items]


@ORDERS
@pytest.mark.parametrize("page_size", [20, 90])
def test_a_list_goes_back_from_a_step(
    reader: Reader[RunStep], many: Run, ids: list[str], order: Order, page_size: int
) -> None:
    """`before` a step come those that precede it in the requested order, nearest first."""
    expected = in_order(ids, order)
    steps = reader.steps(many.thread_id, many.run_id, order=order, page_size=page_size, before=expected[87])
    assert ids_of(steps) == list(reversed(expected[:87]))


@ORDERS
@pytest.mark.parametrize(("start", "stop"), [(10, 80), (10, 31), (10, 11)])
def test_a_list_runs_from_one_step_to_another(
    reader: Reader[RunStep], many: Run, ids: list[str], order: Order, start: int, stop: int
) -> None:
    """Between `after` and `before` lie the steps from the one to the other."""
    expected = in_order(ids, order)
    steps = reader.steps(
        many.thread_id, many.run_id, order=order, page_size=20, after=expected[start], before=expected[stop]
    )
    assert ids_of(steps) == expected[start + 1 : stop]


@ORDERS
def test_an_end_that_lies_behind_the_beginning_is_as_good_as_none(
    reader: Reader[RunStep], many: Run, ids: list[str], order: Order
) -> None:
    """The server looks for `before` only behind `after`, and goes on to the last step when it is not there."""
    expected = in_order(ids, order)
    steps = reader.steps(
        many.thread_id, many.run_id, order=order, page_size=20, after=expected[80], before=expected[10]
    )
    assert ids_of(steps) == expected[81:]


@ORDERS
@pytest.mark.parametrize("cursor", ["00000000-0000-0000-0000-000000000000", "no such step"])
def test_an_unknown_cursor_is_as_good_as_none(
    reader: Reader[RunStep], many: Run, ids: list[str], order: Order, cursor: str
) -> None:
    """The server begins at the first step when it does not know `after`; the list ends, and has each step once."""
    steps = reader.steps(many.thread_id, many.run_id, order=order, page_size=50, after=cursor)
    until = reader.steps(many.thread_id, many.run_id, order=order, page_size=50, after=ids[60], before=cursor)
    assert ids_of(steps) == in_order(ids, order)
    assert ids_of(until) == (ids[61:] if order == "asc" else ids[59::-1])


@pytest.mark.parametrize("page_size", [50, 1000])
def test_before_an_unknown_step_lies_the_whole_run(
    reader: Reader[RunStep], many: Run, ids: list[str], page_size: int
) -> None:
    """Nor does llamphouse know an unknown `before`: the list goes back from the last step."""
    steps = reader.steps(many.thread_id, many.run_id, order="asc", page_size=page_size, before="no such step")
    assert ids_of(steps) == list(reversed(ids))


def test_a_run_without_steps_is_an_empty_list(house: House, reader: Reader[RunStep]) -> None:
    """A run that did nothing is there, and its list ends at once."""
    run = house.run("many", steps=0)
    assert reader.steps(run.thread_id, run.run_id) == []


@ORDERS
def test_a_run_that_goes_on_is_read_without_loss(house: House, order: Order) -> None:
    """Steps that are added between two pages repeat and hide no other; read oldest first, they come too."""
    thread_id = house.create_thread()
    with house.start("watch", thread_id, steps=10) as (run, events), RunSteps(base_url=house.base_url) as client:
        created = (event for event in events if event.name == "thread.run.step.created")
        early = [json.loads(event.data)["id"] for event in itertools.islice(created, 10)]
        pages = client.list(thread_id, run.run_id, order=order, page_size=4).pages()
        found = list(next(pages).items)
        house.run("relief", thread_id=thread_id)
        late = [json.loads(event.data)["id"] for event in created]
        found += itertools.chain.from_iterable(page.items for page in pages)

    assert len(early) == len(late) == 10
    assert ids_of(found) == (early + late if order == "asc" else early[::-1])


def test_every_kind_of_step_is_read_whole(house: House, reader: Reader[RunStep], every_kind: Run) -> None:
    """What is read is what was sent: no field is lost or changed, in a list or by itself."""
    path = f"/threads/{every_kind.thread_id}/runs/{every_kind.run_id}/steps"
    sent = house.client.get(path, params={"order": "asc"}).json()["data"]
    steps = reader.steps(every_kind.thread_id, every_kind.run_id, order="asc")
    assert [step.to_dict() for step in steps] == sent
    assert [reader.step(every_kind.thread_id, every_kind.run_id, step.id) for step in steps] == steps
    assert [(step.type_, step.status) for step in steps] == [
        ("message_creation", "completed"),
        ("tool_calls", "completed"),
        ("tool_calls", "completed"),
        ("tool_calls", "in_progress"),
        ("step", "completed"),
        ("step", "failed"),
        ("step", "expired"),
        ("step", "cancelled"),
    ]


def test_messages_and_tool_calls_have_their_types(reader: Reader[RunStep], every_kind: Run) -> None:
    """The kinds that the contract names become models with attributes."""
    message, read, tools, pending = (
        step.step_details for step in reader.steps(every_kind.thread_id, every_kind.run_id, order="asc", max_items=4)
    )
    assert isinstance(message, MessageCreationDetails)
    assert message.message_creation.message_id
    assert isinstance(read, ToolCallsDetails)
    assert isinstance(tools, ToolCallsDetails)
    assert isinstance(pending, ToolCallsDetails)
    outputs = [
        call.function.output for call in (*read.tool_calls, *pending.tool_calls) if isinstance(call, FunctionToolCall)
    ]
    code, search = tools.tool_calls
    assert outputs == ["3.4 m", None]
    assert isinstance(code, CodeInterpreterToolCall)
    assert [output.type_ for output in code.code_interpreter.outputs or []] == ["logs", "image"]
    assert isinstance(search, FileSearchToolCall)
    assert isinstance(search.file_search.results, list)
    assert [result.file_name for result in search.file_search.results] == ["rules.pdf"]


def test_steps_of_its_own_kind_keep_what_they_say(reader: Reader[RunStep], every_kind: Run) -> None:
    """Steps of the kind `step`, which only llamphouse has, give their name, input, output and error."""
    steps = reader.steps(every_kind.thread_id, every_kind.run_id, order="asc")[4:]
    told: list[tuple[Any, ...]] = []
    for step in steps:
        assert isinstance(step.step_details, UnknownStepDetails)
        message = step.last_error.message if step.last_error else None
        told.append((*(step.step_details[key] for key in ("name", "input", "output")), message))
    assert told == [
        ("round_up", {"metres": 3.4}, 4, None),
        ("read_gauge", {}, None, "LookupError: the gauge is dry"),
        ("wait_for_tide", {}, None, "Step 'wait_for_tide' exceeded timeout of 0.01s"),
        ("sound_horn", {}, None, None),
    ]


def test_times_are_read_from_text(reader: Reader[RunStep], many: Run) -> None:
    """The server writes times as ISO 8601 text, a different one for each step, and never when a step ended."""
    steps = reader.steps(many.thread_id, many.run_id, order="asc")
    times = [to_datetime(step.created_at) for step in steps]
    assert all(isinstance(step.created_at, str) for step in steps)
    assert all(earlier and later and earlier < later for earlier, later in itertools.pairwise(times))
    assert {(ended_at(step), duration(step)) for step in steps} == {(None, None)}


@pytest.mark.parametrize(
    ("thread_id", "run_id"), [("no-thread", None), (None, "no-run"), ("no-thread", "no-run"), ("a/b?c#d é", "%2F..")]
)
def test_a_list_of_an_unknown_run_is_not_found(
    reader: Reader[RunStep], many: Run, thread_id: str | None, run_id: str | None
) -> None:
    """What FastAPI says in `detail` is told, for a thread as for a run; it has no path for ids with a slash."""
    with pytest.raises(NotFound, match=rf"404 Not Found(: Could not retrieve run steps|{NO_SUCH_PATH})") as caught:
        reader.steps(thread_id or many.thread_id, run_id or many.run_id)
    assert json.loads(caught.value.response.body).keys() == {"detail"}


@pytest.mark.parametrize("step_id", ["no-step", "a b", "é", "a?b", "a#b", "a/b", "../steps", "%2e%2e"])
def test_an_unknown_step_is_not_found(reader: Reader[RunStep], many: Run, step_id: str) -> None:
    """No id, however it is spelt, leads anywhere else than to the step that it names."""
    with pytest.raises(NotFound, match=rf"404 Not Found(: Run step not found|{NO_SUCH_PATH})"):
        reader.step(many.thread_id, many.run_id, step_id)


def test_a_step_of_another_run_is_not_found(
    reader: Reader[RunStep], many: Run, ids: list[str], every_kind: Run
) -> None:
    """A step is only there under its own thread and run."""
    assert reader.step(many.thread_id, many.run_id, ids[0]).id == ids[0]
    with pytest.raises(NotFound, match="Run step not found"):
        reader.step(every_kind.thread_id, every_kind.run_id, ids[0])


def test_a_key_opens_a_locked_llamphouse(open_reader: OpenReader, locked_house: House) -> None:
    """Where llamphouse asks for a key, it is sent as a Bearer token."""
    run = locked_house.run("many", steps=3)
    with open_reader(base_url=locked_house.base_url, api_key=locked_house.api_key) as reader:
        assert len(reader.steps(run.thread_id, run.run_id)) == 3


@pytest.mark.parametrize(
    ("api_key", "error", "message"),
    [(None, Unauthorized, "Missing or invalid API key"), ("open", Forbidden, "Invalid API key")],
)
def test_without_the_right_key_nothing_is_told(
    open_reader: OpenReader,
    locked_house: House,
    api_key: str | None,
    error: type[Unauthorized | Forbidden],
    message: str,
) -> None:
    """A missing key is 401; a wrong one is 403 here, where other servers say 401. Both have the envelope of OpenAI."""
    with (
        open_reader(base_url=locked_house.base_url, api_key=api_key) as reader,
        pytest.raises(error, match=message) as caught,
    ):
        reader.steps("any", "any")
    assert (caught.value.code, caught.value.type) == (str(caught.value.status), "invalid_request_error")
