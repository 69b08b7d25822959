"""What events make of the run and its steps, in whatever order and shape they come."""

from __future__ import annotations

import json
import random
import tracemalloc
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from run_steps import RunStepsError
from run_steps.streaming import StepStream, StreamEvent
from run_steps_api.models import StepDetailsDelta
from tests.overlays.streaming.recordings import (
    CODE,
    CREATED,
    DELTAS,
    DONE,
    ENDED,
    RUN,
    SEARCH,
    STEP,
    WHOLE,
    code,
    delta,
    ended,
    event,
)


def _read(data: bytes) -> tuple[StepStream, list[StreamEvent]]:
    stream = StepStream(data)
    return stream, list(stream)


def _delta(item: StreamEvent) -> dict[str, Any]:
    assert item.delta is not None
    return item.delta.to_dict()


def _steps(data: bytes) -> list[dict[str, Any]]:
    return [step.to_dict() for step in _read(data)[0].steps]


@pytest.mark.parametrize("end", [b"\n", b"\r", b"\r\n"], ids=["LF", "CR", "CRLF"])
def test_steps_end_as_the_server_says_wherever_bytes_are_cut(end: bytes) -> None:
    """Cut in two at any byte, a stream gives the step as it ended, and proves that nothing is missing."""
    data = WHOLE.replace(b"\n", end)
    for place in range(len(data) + 1):
        stream = StepStream([data[:place], data[place:]])
        kinds = [event.kind for event in stream]
        assert [step.to_dict() for step in stream.steps] == [ended(CODE, SEARCH)]
        assert stream.is_complete
        assert kinds == ["appeared", "appeared", *["changed"] * 6, None, "ended", "ended", None]


def test_deltas_alone_give_the_step() -> None:
    """Texts are appended, repeated values are not, parts go by their index, though it comes twice in one delta."""
    (step,) = _steps(CREATED + DELTAS)

    assert step == {**STEP, "step_details": ended(CODE, SEARCH)["step_details"]}


def test_parts_without_an_index_go_by_their_id_or_place() -> None:
    """Servers that repeat whole lists, and give no `index`, mean the same parts each time."""
    first, second = ({"id": f"call_{index}", "type": "function", "function": {"name": "f"}} for index in (1, 2))
    outputs = CODE["code_interpreter"]["outputs"]
    third = {**CODE, "id": "call_3", "code_interpreter": {"outputs": outputs[1:]}}
    data = CREATED + delta(first, second) + delta(second, third) + delta(first, {**third, "code_interpreter": {}})
    data += delta({"id": "call_3", "code_interpreter": {"outputs": [*outputs[1:], outputs[0]]}})
    (step,) = _steps(data)

    expected = {**third, "code_interpreter": {"outputs": [outputs[1], outputs[0]]}}
    assert step["step_details"]["tool_calls"] == [first, second, expected]


def test_an_older_object_does_not_shorten_a_text() -> None:
    """A whole object that has less of a text than the deltas had is older; one with another text replaces it."""
    for text, expected in (("print(", "print(6"), ("import os", "import os")):
        call = {"type": "code_interpreter", "code_interpreter": {"input": text}}
        whole = {**STEP, "step_details": {"type": "tool_calls", "tool_calls": [call]}}
        (step,) = _steps(CREATED + delta(code(input="print(6")) + event("thread.run.step.in_progress", whole))
        assert step["step_details"]["tool_calls"][0]["code_interpreter"]["input"] == expected


def test_two_runs_in_one_stream_are_not_proved_complete() -> None:
    """The steps of both are there, and the run is the last one."""
    other = json.dumps({**RUN, "id": "run_2", "status": "completed"})
    stream, _ = _read(WHOLE + event("thread.run.completed", other))

    assert stream.run is not None
    assert stream.run.id == "run_2"
    assert not stream.is_complete


def test_each_event_shows_the_step_as_it_was_then() -> None:
    """Events that are kept do not change when later ones come."""
    _, events = _read(CREATED + delta(code(input="a")) + delta(code(input="b")) + delta(code(input="c")))

    inputs = [event.step.to_dict()["step_details"]["tool_calls"] for event in events[2:] if event.step]
    assert [calls[0]["code_interpreter"]["input"] for calls in inputs] == ["a", "ab", "abc"]
    assert _delta(events[2]) == {"step_details": {"type": "tool_calls", "tool_calls": [code(input="a")]}}
    assert not events[2].raw.is_cut


def test_events_that_are_kept_share_what_stayed() -> None:
    """Each event has the step as it was then, and thousands of them do not have its text thousands of times."""
    data = CREATED + b"".join(delta(code(input="x" * 100)) for _ in range(3_000))
    tracemalloc.start()
    try:
        _, events = _read(data)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    lengths = [
        len(item.step.to_dict()["step_details"]["tool_calls"][0]["code_interpreter"]["input"])
        for item in (events[2], events[1_000], events[-1])
        if item.step
    ]
    assert lengths == [100, 99_900, 300_000]
    assert peak < 60_000_000


def test_null_and_what_is_older_take_nothing_away() -> None:
    """A second `created`, null, or an empty list after deltas leaves what these gave."""
    before = _steps(CREATED + DELTAS)
    null = delta(code(input=None, outputs=None), {"index": 1, "file_search": None})

    assert _steps(CREATED + DELTAS + null) == before
    assert _steps(CREATED + DELTAS + CREATED) == before
    assert _steps(CREATED + DELTAS + delta()) == before


@pytest.mark.parametrize(
    "part",
    [
        code(input=7, outputs="none"),
        code(outputs=[None, 7, "logs"]),
        {"index": 0, "code_interpreter": [], "id": None},
        "a call",
        None,
    ],
    ids=str,
)
def test_what_does_not_fit_takes_nothing_away(part: Any) -> None:
    """A part of another shape than its place has costs that part, and the parts beside it are taken."""
    before = _steps(CREATED + DELTAS)

    assert _steps(CREATED + DELTAS + delta(part)) == before
    assert _steps(CREATED + delta(part) + DELTAS) == before


def test_a_list_of_another_shape_takes_nothing_away() -> None:
    """Nor does a value in place of the list of calls."""
    data = event("thread.run.step.delta", {"id": "step_1", "delta": {"step_details": {"tool_calls": "none"}}})

    assert _steps(CREATED + DELTAS + data) == _steps(CREATED + DELTAS)


@pytest.mark.parametrize("place", ["calls", "outputs", "names"])
def test_parts_without_end_cost_those_parts(place: str) -> None:
    """A server cannot make a step of ever more parts: each of them would take longer than the one before."""
    deltas = {
        "calls": [delta({"index": index, "id": "x"}) for index in range(1_050)],
        "outputs": [delta(code(outputs=[{"index": index, "type": "logs"}])) for index in range(1_050)],
        "names": [delta({"index": 0, f"name_{index}": 1}) for index in range(1_050)],
    }
    stream, events = _read(CREATED + b"".join(deltas[place]) + ENDED)

    kinds = [item.kind for item in events]
    assert kinds.count("changed") in range(990, 1_001)
    assert [step.to_dict() for step in stream.steps] == [ended(CODE, SEARCH)]
    assert not stream.is_complete


def test_a_step_that_ended_stays_as_it_ended() -> None:
    """What comes late changes nothing, and is given as it came."""
    late = delta(code(input="more")) + event("thread.run.step.in_progress", STEP)
    stream, events = _read(CREATED + DELTAS + ENDED + late)

    assert [step.to_dict() for step in stream.steps] == [ended(CODE, SEARCH)]
    assert [event.kind for event in events[-2:]] == [None, None]
    assert _delta(events[-2]) == {"step_details": {"type": "tool_calls", "tool_calls": [code(input="more")]}}


@pytest.mark.parametrize(
    "call",
    [
        {**code(input="print(", outputs=[{"index": 0, "type": "logs", "logs": "42"}]), "id": "call_1"},
        code(outputs=[{"index": 1, "type": "image", "image": {"file_id": "file_1"}}], input=None),
        {**SEARCH, "index": 0},
        {"index": 0, "id": "call_1", "type": "function", "function": {"name": "now", "arguments": "", "output": None}},
        {"index": 0, "type": "openapi", "function": {"output": "{}"}},
        {"index": 0, "type": "azure_ai_search", "azure_ai_search": {"input": None, "output": None}},
        {"index": 0, "type": "mcp", "name": "search", "arguments": "{}", "server_label": "docs", "output": None},
    ],
    ids=lambda call: call["type"],
)
def test_what_servers_send_as_deltas_is_typed(call: dict[str, Any]) -> None:
    """Each kind of call has its fields in the models, and comes back as it came."""
    _, (item,) = _read(delta(call))

    assert item.delta is not None
    assert isinstance(item.delta.step_details, StepDetailsDelta)
    assert isinstance(item.delta.step_details.tool_calls, list)
    (typed,) = item.delta.step_details.tool_calls
    assert typed.to_dict() == call
    assert (typed.misfits, typed.additional_keys) == ([], [])


def test_a_delta_of_a_kind_that_is_not_known_keeps_everything() -> None:
    """So does one with a part of another type than the contract says, which is named."""
    odd: dict[str, Any] = {"index": 0, "type": "telescope", "telescope": {"target": "M31"}, "function": "now"}
    _, (item,) = _read(delta(odd))

    assert item.delta is not None
    assert _delta(item) == {"step_details": {"type": "tool_calls", "tool_calls": [odd]}}
    assert [misfit.name for misfit in item.delta.misfits] == ["step_details.tool_calls[0].function"]


def test_a_delta_of_a_step_that_was_not_seen_makes_it_appear() -> None:
    """A stream that begins in the middle gives what it has, and does not say that this is all."""
    stream, events = _read(DELTAS + ENDED)

    assert events[0].kind == "appeared"
    assert [step.to_dict() for step in stream.steps] == [ended(CODE, SEARCH)]
    assert not stream.is_complete


def test_a_stream_that_breaks_off_is_not_complete() -> None:
    """Wherever a stream ends too early, nothing is raised, and nothing says that all is there."""
    for place in range(len(WHOLE) - len(DONE) - 20):
        assert not _read(WHOLE[:place])[0].is_complete, place


@pytest.mark.parametrize(
    "bad",
    [
        event("thread.run.step.delta", "{"),
        event("thread.run.step.delta", "[" * 5000 + "]" * 5000),
        event("thread.run.step.delta", '{"id": 7, "object": "thread.run.step.delta", "delta": {}}'),
        event("thread.run.step.completed", '{"object": "thread.run.step"}'),
        event("thread.run.completed", '{"object": "thread.run"}'),
        event("thread.run.step.delta", "null"),
        event("thread.run.step.delta", "[" + "1," * 1_000_000 + "1]"),
    ],
    ids=["cut", "deep", "id", "no id", "no run id", "null", "many"],
)
def test_an_event_that_cannot_be_read_costs_that_event(bad: bytes) -> None:
    """It is given as it came, the rest is read, and the stream no longer proves that nothing is missing."""
    stream, events = _read(CREATED + bad + DELTAS + ENDED)

    assert (events[2].kind, events[2].payload) == (None, None)
    assert events[2].raw.data == bad.decode().partition("data: ")[2].strip()
    assert [step.to_dict() for step in stream.steps] == [ended(CODE, SEARCH)]
    assert not stream.is_complete


def test_messages_and_unknown_events_pass_through() -> None:
    """What is not about runs and steps is given as it came."""
    message = {"id": "msg_1", "object": "thread.message"}
    stream, events = _read(CREATED + event("thread.message.created", message) + event("new", {}) + DONE)

    assert [(item.name, item.kind, item.payload) for item in events[2:]] == [
        ("thread.message.created", None, message),
        ("new", None, {}),
        ("done", None, None),
    ]
    assert len(stream.steps) == 1


def test_two_streams_of_a_run_are_read_as_one() -> None:
    """A run that waited for outputs of tools goes on in a second stream, which begins with a step that ended."""
    waits = event("thread.run.requires_action", {**RUN, "status": "requires_action"}) + DONE
    stream, _ = _read(CREATED + DELTAS + waits + ENDED + DONE)

    assert stream.is_complete
    assert not _read(CREATED + DELTAS + waits)[0].is_complete
    assert not _read(ENDED + DONE)[0].is_complete


def test_a_run_that_completed_without_steps_is_not_proved_complete() -> None:
    """Servers that stream the run alone do not tell its steps; a run that failed at once may have none."""
    for status, is_complete in (("completed", False), ("failed", True)):
        data = event("thread.run.created", RUN) + event(f"thread.run.{status}", {**RUN, "status": status}) + DONE
        assert _read(data)[0].is_complete == is_complete


TEXTS = st.text(max_size=12)
PAYLOADS = st.fixed_dictionaries(
    {
        "input": TEXTS,
        "outputs": st.lists(
            st.fixed_dictionaries({"type": st.just("logs"), "logs": TEXTS})
            | st.fixed_dictionaries({"type": st.just("image"), "image": st.just({"file_id": "file_1"})}),
            max_size=3,
        ),
    }
)
CALLS = st.one_of(
    st.fixed_dictionaries({"id": TEXTS, "type": st.just("code_interpreter"), "code_interpreter": PAYLOADS}),
    st.fixed_dictionaries(
        {
            "id": TEXTS,
            "type": st.just("function"),
            "function": st.fixed_dictionaries({"name": TEXTS, "arguments": TEXTS, "output": st.none() | TEXTS}),
        }
    ),
    st.just(SEARCH),
)


def _cut(value: str, draw: random.Random) -> list[str]:
    place = draw.randrange(len(value) + 1)
    return [value[:place], value[place:]] if value and draw.random() < 0.7 else [value]


def _parts(call: dict[str, Any], draw: random.Random) -> list[dict[str, Any]]:
    """Return a tool call in parts: texts cut, outputs one at a time, other values once or twice."""
    kind = str(call["type"])
    payload: dict[str, Any] = dict(call[kind])
    pieces: list[dict[str, Any]] = []
    for name in ("input", "arguments"):
        pieces += [{name: piece} for piece in _cut(payload.pop(name), draw)] if name in payload else []
    if "outputs" in payload:
        outputs = payload.pop("outputs")
        pieces.append({"outputs": []})
        for index, output in enumerate(outputs):
            logs = _cut(output.get("logs", ""), draw) if "logs" in output else [None]
            rest = {key: value for key, value in output.items() if key != "logs"}
            for piece in logs:
                text = {} if piece is None else {"logs": piece}
                pieces.append({"outputs": [{"index": index, **rest, **text}]})
    pieces += [payload] * draw.choice([1, 2])
    return [{"id": call["id"], "type": kind}, *({"type": kind, kind: piece} for piece in pieces)]


@given(st.lists(CALLS, max_size=4), st.randoms(use_true_random=False))
def test_deltas_cut_from_a_step_give_that_step(calls: list[dict[str, Any]], draw: random.Random) -> None:
    """However a step is cut into deltas, and however these are interleaved and joined, they give the step."""
    waiting = [[{"index": index, **part} for part in _parts(call, draw)] for index, call in enumerate(calls)]
    order = [index for index, parts in enumerate(waiting) for _ in parts]
    draw.shuffle(order)
    parts = [waiting[index].pop(0) for index in order]
    data = event("thread.run.step.created", STEP)
    while parts:
        count = draw.randint(1, 3)
        data += delta(*parts[:count])
        parts = parts[count:]

    assert _steps(data) == [{**STEP, "step_details": {"type": "tool_calls", "tool_calls": calls}}]


@given(st.integers(0, len(WHOLE)), st.integers(0, 40), st.binary(max_size=30), st.booleans())
def test_a_stream_with_anything_in_it_is_read(place: int, count: int, junk: bytes, replaced: bool) -> None:
    """A stream that was damaged raises nothing but errors of this package, and its steps can be read."""
    stream = StepStream(WHOLE[:place] + junk + WHOLE[place + (count if replaced else 0) :])
    try:
        for item in stream:
            assert item.step is None or json.dumps(item.step.to_dict())
    except RunStepsError:
        pass
    assert all(step.id for step in stream.steps)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-1, 3) | st.text(max_size=3) | st.just("step_1"),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["index", "id", "type", "tool_calls", "outputs", "logs", "code_interpreter", "input"]),
            inner,
            max_size=4,
        )
    ),
)


@given(st.lists(JSON, max_size=4), JSON)
def test_deltas_of_any_shape_are_taken(details: list[Any], status: Any) -> None:
    """Deltas and steps that no contract knows cost what cannot be understood of them, and raise nothing."""
    data = CREATED
    for value in details:
        data += event("thread.run.step.delta", {"id": "step_1", "delta": {"step_details": value}})
        data += event("thread.run.step.in_progress", {**STEP, "status": status, "step_details": value})
    stream, events = _read(data + DELTAS)

    assert all(json.dumps(item.step.to_dict()) for item in events if item.step is not None)
    assert len(stream.steps) == 1
