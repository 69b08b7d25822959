"""What the contract does not name is found wherever it stands, and told without a value of any payload."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from run_steps.unknown import Report, Sent, as_contract, find_unknown
from run_steps.unknown.shapes import LONGEST_NAME
from run_steps_api.models import RunStreamEventName
from tests.overlays.streaming.recordings import CODE, RUN, SEARCH, STEP, ended

CREATED = 1_700_000_000  # 14 November 2023


def step(*calls: Any, **fields: Any) -> dict[str, Any]:
    """Return a step with calls and with fields on top."""
    return {**ended(*calls), **fields}


def delta(**call: Any) -> dict[str, Any]:
    """Return a delta with a call."""
    details = {"type": "tool_calls", "tool_calls": [{"index": 0, **call}]}
    return {"id": "step_1", "object": "thread.run.step.delta", "delta": {"step_details": details}}


def found(*payloads: Any) -> list[tuple[str, str, str, str]]:
    """Return what is found in payloads, with its shape."""
    report = find_unknown(Sent(payload) for payload in payloads)
    return [(one.what, one.schema, one.name, str(one.shape)) for one in report.unknowns]


TELESCOPE = {"id": "call_1", "type": "telescope", "telescope": {"target": "M31", "zoom": None}}


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        (step(CODE, SEARCH), []),
        (step(shard=7), [("field", "RunStep", "shard", "integer")]),
        ({**RUN, "queue": {"place": 3, "ahead": ["run_2"]}},
         [("field", "Run", "queue", "object (place: integer, ahead: array of string)")]),
        (step(usage={"total_tokens": 3, "cost": 0.5}), [("field", "Usage", "cost", "number")]),
        (step(TELESCOPE),
         [("kind", "ToolCall", "telescope", "object (id: string, telescope: object (target: string, zoom: null))")]),
        (step(status="paused"), [("value", "RunStepStatus", "paused", "string")]),
        (step(last_error={"code": "tool_gone", "message": "No."}),
         [("value", "RunStepErrorCode", "tool_gone", "string")]),
        (step(last_error={"code": "", "message": ""}), []),
        (step(last_error="It broke."), [("misfit", "RunStep", "last_error", "string")]),
        (step(usage={"total_tokens": "many"}), [("misfit", "Usage", "total_tokens", "string")]),
        (step({"type": "function", "function": "now"}), [("misfit", "FunctionToolCall", "function", "string")]),
        (step(7), [("misfit", "ToolCallsDetails", "tool_calls[]", "integer")]),
        (step({"type": "mcp", "why": True}), [("field", "McpToolCall", "why", "boolean")]),
        ({"object": "list", "data": [STEP, {"object": "thread.run.step"}], "total": 2},
         [("field", "RunStepList", "total", "integer"),
          ("misfit", "RunStepList", "data[]", "object (names that are not told)")]),
        (delta(type="telescope", telescope={}), [("field", "ToolCallDelta", "telescope", "object")]),
        ({"error": {"message": "No.", "hint": "x"}, "trace": [1]},
         [("field", "ErrorDetail", "hint", "string"), ("field", "ErrorResponse", "trace", "array of integer")]),
        (step(metadata={"customer": "Ann"}), []),
    ],
    ids=lambda value: json.dumps(value)[-60:],
)  # fmt: skip
def test_what_the_contract_does_not_name_is_found(payload: Any, expected: list[tuple[str, ...]]) -> None:
    """Fields, kinds, values and misfits, at any depth; what belongs to the caller is none of them."""
    assert found(payload) == expected


def test_events_are_looked_through() -> None:
    """A name that no stream had before is told, and each event by what it holds; `done` holds nothing."""
    events = [Sent("[DONE]", event="done"), Sent(step(shard=7), event="thread.run.step.paused")]
    report = find_unknown(events)

    assert [(one.schema, one.name) for one in report.unknowns] == [
        ("RunStep", "shard"),
        ("RunStreamEventName", "thread.run.step.paused"),
    ]
    assert report.unread == {}
    assert not find_unknown(Sent(STEP, event=name.value) for name in RunStreamEventName).unknowns


def test_when_where_and_how_often_is_told() -> None:
    """The first and the last day, each server once, and shapes of all values together."""
    sent = [
        Sent(step(shard=7, created_at=CREATED + 86_400), "llamphouse"),
        Sent(step(shard=None, created_at=CREATED * 1000), "DashScope"),
        Sent(step(shard="a", created_at=None), "llamphouse"),
    ]
    (one,) = find_unknown(sent).unknowns

    assert (one.count, one.first, one.last) == (3, date(2023, 11, 14), date(2023, 11, 15))
    assert (one.servers, str(one.shape)) == (("llamphouse", "DashScope"), "integer or string or null")
    assert one.to_dict() == {
        "what": "field",
        "schema": "RunStep",
        "name": "shard",
        "expected": "",
        "count": 3,
        "first": "2023-11-14",
        "last": "2023-11-15",
        "servers": ["llamphouse", "DashScope"],
        "shape": "integer or string or null",
    }


@pytest.mark.parametrize(
    ("payload", "kind"),
    [
        ({"id": "step_1", "shard": 7}, "RunStep"),
        ({"id": "x", "step_details": None, "error": None, "shard": 7}, "RunStep"),
        ({"id": "run_1", "shard": 7}, "Run"),
        ({"id": "msg_1", "shard": 7}, "Message"),
        ({"detail": "No.", "shard": 7}, "ErrorResponse"),
        ({"data": [], "shard": 7}, "RunStepList"),
        ({"data": [RUN], "shard": 7}, "RunList"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_does_not_say_what_it_is_is_known_by_what_it_has(payload: Any, kind: str) -> None:
    """Some servers leave `object` out."""
    assert ("field", kind, "shard", "integer") in found(payload)


def test_what_is_not_looked_through_is_told() -> None:
    """Nothing passes for known that nobody looked at."""
    report = find_unknown(map(Sent, [{"object": "thread.note"}, {"x": 1}, 7, None, {"object": "thread.run"}, [STEP]]))

    assert (report.objects, report.unknowns) == (1, ())
    assert report.unread == {
        "that cannot be read": 2,
        "thread.note": 1,
        "of no known kind": 1,
        "Run that lacks what it is known by": 1,
    }


@pytest.mark.parametrize(
    "text",
    [
        "sk-proj-4f9aB27cQ",
        "ann@example.com",
        "asst_9dK3sVqLw",
        "6f1c7a52-93b1-4be2-8c0e-2f3d5a6b7c8d",
        "Ann Lee asked for it",
        "https://example.com/ann",
        "10.1.2.3",
        "Zürich",
        "x" * (LONGEST_NAME + 1),
        "a\nb",
        "\x1b[31m",
        "",
    ],
)
def test_what_is_no_word_of_a_format_is_not_told(text: str) -> None:
    """Not as a field, a kind or a value either: that there is something is told, and what is not."""
    told = said(report_of(step({"type": text or "-", text: text}, status=text or "-", **{text or "-": 1}), text))

    assert "(not told)" in told
    assert len(text) < 3 or text not in told


def test_names_that_callers_make_up_are_not_told() -> None:
    """Arguments, metadata and tables by some key show no names, whatever these look like."""
    call = {"type": "telescope", "arguments": {"patient": {"age": 3}}, "labels": [{"team": "x"}]}
    tables = [step(scores={name: 1}) for name in ("ann", "ben", "cid", "dora")]
    wide = step(table={f"key_{one}{two}": 1 for one in "abcdef" for two in "abcdef"}, mixed={"key": 1, "Ann Lee": 2})
    wrong = [step({"type": "function", "function": {"name": "f", "arguments": {"patient": 3}}}, metadata=[{"team": 1}])]
    told = said(
        report_of(step(call), *wrong, *tables, wide, {**RUN, "tool_settings": {"metadata": {"customer": "Ann"}}})
    )

    assert not [name for name in ("patient", "age", "team", "ann", "dora", "key", "customer") if name in told]
    assert "names that are not told" in told


SECRETS = st.sampled_from(["quokka", "wombat", "numbat", "bilby"])
"""Words that might well be names of a format, where only values and names of callers stand."""

NAMES = st.sampled_from(["target", "zoom", "mode", "limit"])
LONG = st.text(min_size=LONGEST_NAME + 1, max_size=60)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | SECRETS | LONG | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES | LONG, inner, max_size=3),
    max_leaves=6,
)
CALLERS = st.dictionaries(SECRETS | LONG, st.dictionaries(SECRETS, VALUES, max_size=2) | VALUES, max_size=3)
RESULTS = st.lists(st.fixed_dictionaries({"attributes": CALLERS}))
OUTPUTS = st.lists(st.fixed_dictionaries({"type": st.just("video"), "video": VALUES}) | VALUES, max_size=2)
CALLS = st.fixed_dictionaries(
    {"type": st.sampled_from(["telescope", "function", "file_search", "mcp", "code_interpreter"])},
    optional={
        "function": VALUES | st.fixed_dictionaries({"name": VALUES, "arguments": CALLERS | VALUES, "mode": VALUES}),
        "file_search": VALUES | st.fixed_dictionaries({"results": RESULTS}),
        "code_interpreter": st.fixed_dictionaries({"outputs": OUTPUTS}),
        "arguments": CALLERS | VALUES,
        "telescope": st.fixed_dictionaries({"parameters": CALLERS, "target": VALUES}),
        "metadata": CALLERS,
        "zoom": VALUES,
    },
)
STEPS = st.fixed_dictionaries(
    {
        "object": st.sampled_from(["thread.run.step", "thread.run"]),
        "id": SECRETS,
        "metadata": CALLERS,
    },
    optional={
        "created_at": VALUES,
        "run_id": VALUES,
        "usage": VALUES,
        "last_error": VALUES | st.fixed_dictionaries({"message": VALUES, "mode": VALUES}),
        "model": VALUES,
        "instructions": VALUES,
        "tools": st.lists(CALLERS) | VALUES,
        "limit": VALUES,
        "step_details": VALUES | st.fixed_dictionaries({"type": st.just("tool_calls"), "tool_calls": st.lists(CALLS)}),
    },
)
PAYLOADS = (
    STEPS | st.fixed_dictionaries({"data": st.lists(STEPS, max_size=3)}) | st.just({"error": {"message": "quokka"}})
)


@given(st.lists(PAYLOADS, max_size=4))
def test_no_value_of_a_payload_is_told(payloads: list[Any]) -> None:
    """Whatever servers send, neither report nor piece has a value in it, or a name that is a caller's."""
    told = said(find_unknown(map(Sent, payloads)))

    assert not [word for word in ("quokka", "wombat", "numbat", "bilby") if word in told]
    assert not [text for text in strings(payloads) if len(text) > LONGEST_NAME and text in told]


KEYS = ["object", "type", "status", "id", "data", "delta", "step_details", "tool_calls", "usage", "error"]
KINDS = ["thread.run.step", "thread.run", "thread.run.step.delta", "tool_calls", "function"]
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=60),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=60), inner | st.sampled_from(KINDS), max_size=5)
    ),
    max_leaves=30,
)


@given(ANYTHING, st.text(max_size=60))
def test_no_text_longer_than_a_name_is_told(payload: Any, event: str) -> None:
    """That holds for any JSON at all, also of names, kinds and events; and nothing of it is an error."""
    told = said(find_unknown([Sent(payload, event=event)]))

    assert not [text for text in (*strings(payload), event) if len(text) > LONGEST_NAME and text in told]


def report_of(*payloads: Any) -> Report:
    """Return what is found in payloads."""
    return find_unknown(map(Sent, payloads))


def said(report: Report) -> str:
    """Return all that can be told of a report."""
    unknowns = json.dumps([one.to_dict() for one in report.unknowns], ensure_ascii=False)
    return f"{unknowns}{as_contract(report.unknowns)}{report.unread}{report.unknowns}"


def strings(value: Any) -> list[str]:
    """Return all texts in JSON, names too."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for pair in value.items() for part in pair for text in strings(part)]
    return [text for item in value for text in strings(item)] if isinstance(value, list) else []
