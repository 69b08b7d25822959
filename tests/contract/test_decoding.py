"""What servers send becomes models, and comes back unchanged."""

import copy
import importlib
import json
import pickle
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from run_steps.serving import sample_store
from run_steps.stores import PageQuery
from run_steps_api import models
from run_steps_api.models import (
    ActivitiesDetails,
    CodeInterpreterLogs,
    CodeInterpreterToolCall,
    ErrorResponse,
    FileSearchToolCall,
    FunctionToolCall,
    McpListToolsActivity,
    MessageCreationDetails,
    RankingOptions,
    Run,
    RunList,
    RunStep,
    RunStepList,
    RunStepStatus,
    ToolCallsDetails,
    UnknownActivity,
    UnknownCodeInterpreterOutput,
    UnknownStepDetails,
    UnknownToolCall,
    Usage,
)
from run_steps_api.parsing import dump_json, parse_json
from run_steps_api.types import UNSET
from tests.contract.test_contract import DATA, SCHEMAS

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda children: st.lists(children, max_size=3) | st.dictionaries(st.text(max_size=5), children, max_size=3),
    max_leaves=6,
)

FUNCTION = {"id": "call_1", "type": "function", "function": {"name": "f", "arguments": "{}", "output": None}}
CODE = {
    "id": "call_2",
    "type": "code_interpreter",
    "code_interpreter": {"input": "1", "outputs": [{"type": "logs", "logs": "1"}]},
}
SEARCH = {"id": "call_3", "type": "file_search", "file_search": {}}


def _sample_steps() -> list[dict[str, Any]]:
    store = sample_store()
    runs = ["run_kinds", "run_in_progress", "run_failed"]
    return [step.value for run in runs for step in store.list_steps("thread_demo", run, PageQuery(limit=100)).data]


SAMPLES = _sample_steps()
SAMPLE_RUNS = [run.value for run in sample_store().list_runs("thread_demo", PageQuery(limit=100)).data]


def _step(details: Any, **changes: Any) -> dict[str, Any]:
    return {
        "id": "step_1",
        "object": "thread.run.step",
        "created_at": 1735689600,
        "run_id": "run_1",
        "assistant_id": "asst_1",
        "thread_id": "thread_1",
        "type": "tool_calls",
        "status": "completed",
        "step_details": details,
        **changes,
    }


def _tool_calls(*calls: Any) -> dict[str, Any]:
    return _step({"type": "tool_calls", "tool_calls": list(calls)})


def _decode_tool_calls(*calls: Any) -> list[Any]:
    payload = _tool_calls(*calls)
    step = RunStep.from_dict(payload)
    assert step.to_dict() == payload
    assert isinstance(step.step_details, ToolCallsDetails)
    return step.step_details.tool_calls


def _examples_of(operation_id: str) -> list[dict[str, Any]]:
    (operation,) = (path["get"] for path in DATA["paths"].values() if path["get"]["operationId"] == operation_id)
    return [
        example["value"]
        for example in operation["responses"]["200"]["content"]["application/json"]["examples"].values()
    ]


def test_the_examples_of_both_endpoints_come_back_equal() -> None:
    """The documented forms parse: a list whose steps have no `metadata`, a step whose `metadata` is empty."""
    pages, steps = _examples_of("listRunSteps"), _examples_of("retrieveRunStep")

    assert all("metadata" not in step for page in pages for step in page["data"])
    assert [step["metadata"] for step in steps] == [{}]
    assert [RunStepList.from_dict(page).to_dict() for page in pages] == pages
    assert [RunStep.from_dict(step).to_dict() for step in steps] == steps


def test_the_examples_of_runs_come_back_equal() -> None:
    """A list of runs parses, and so does a run that waits for its caller."""
    pages, runs = _examples_of("listRuns"), _examples_of("retrieveRun")

    assert [RunList.from_dict(page).to_dict() for page in pages] == pages
    assert [Run.from_dict(run).to_dict() for run in runs] == runs


@pytest.mark.parametrize(
    "changes",
    [
        {"status": "paused_by_owner"},
        {"created_at": "2025-01-01T00:00:00Z", "instructions": None, "tools": None, "metadata": None, "usage": {}},
        {"last_error": {"code": "", "message": ""}, "completed_at": -1},
        {"required_action": None, "incomplete_details": None, "temperature": 1.0, "tool_choice": {"type": "function"}},
        {"required_action": {"type": "submit_forms", "submit_forms": {"forms": []}}},
        {"required_action": {"type": "submit_tool_approval", "submit_tool_approval": {"tool_calls": [{"id": 1}]}}},
        {"status": "incomplete", "incomplete_details": {"reason": "max_patience"}},
        {"tools": [{"type": "function", "function": {"name": "f"}}, {"type": "telescope", "lens": 3}]},
    ],
)
def test_a_run_is_kept_as_it_came(changes: dict[str, Any]) -> None:
    """Statuses, actions, reasons and settings the contract does not name come back unchanged."""
    run = {"id": "run_1", "object": "thread.run", "created_at": 1735689600, "assistant_id": "asst_1"}
    run |= {"thread_id": "thread_1", "status": "requires_action", **changes}

    assert Run.from_dict(run).to_dict() == run


@pytest.mark.parametrize("name", [name for name, schema in SCHEMAS.items() if schema.get("type") == "object"])
def test_the_example_of_every_model_comes_back_equal(name: str) -> None:
    """Each model decodes and encodes the examples of its schema."""
    model = getattr(models, name)

    for example in SCHEMAS[name]["examples"]:
        assert model.from_dict(example).to_dict() == example


@pytest.mark.parametrize("payload", SAMPLES, ids=[step["id"] for step in SAMPLES])
def test_every_kind_of_step_comes_back_equal(payload: dict[str, Any]) -> None:
    """Steps of every kind round-trip, also through JSON text."""
    step = RunStep.from_dict(payload)

    assert step.to_dict() == payload
    assert json.loads(json.dumps(step.to_dict())) == payload
    assert RunStep.from_dict(step.to_dict()) == step


def test_every_named_tool_call_is_met_in_the_samples() -> None:
    """No kind of tool call the contract names goes untested."""
    calls = [call for payload in SAMPLES for call in payload["step_details"].get("tool_calls", [])]
    kinds = {type(call).__name__ for call in _decode_tool_calls(*calls)}

    assert kinds == {member["$ref"].rpartition("/")[2] for member in SCHEMAS["ToolCall"]["anyOf"]}


@given(
    kind=st.text().filter(lambda kind: kind not in SCHEMAS["ToolCall"]["discriminator"]["mapping"]),
    fields=st.dictionaries(st.text(max_size=8), JSON, max_size=4),
)
def test_an_invented_tool_call_is_kept_and_its_neighbours_stay_typed(kind: str, fields: dict[str, Any]) -> None:
    """A tool call of a kind nobody knows keeps all its fields; the calls beside it are typed as ever."""
    invented = {**fields, "id": "call_9", "type": kind}

    before, unknown, after = _decode_tool_calls(FUNCTION, invented, CODE)

    assert isinstance(before, FunctionToolCall)
    assert isinstance(unknown, UnknownToolCall)
    assert isinstance(after, CodeInterpreterToolCall)
    assert (unknown.id, unknown.tag, unknown.type_) == ("call_9", kind, "unknown")
    assert {key: unknown[key] for key in unknown.additional_keys} == {
        key: value for key, value in fields.items() if key not in ("id", "type")
    }


@pytest.mark.parametrize(
    ("odd", "misfits"),
    [
        ({"id": "call_1", "type": "function", "function": "f"}, [("function", "object", "f")]),
        ({"id": "call_1", "type": "function", "function": None}, [("function", "object", None)]),
        ({"id": "call_1", "type": "function"}, [("function", "object", UNSET)]),
        ({"id": 7, "type": "code_interpreter", "code_interpreter": []}, [("code_interpreter", "object", [])]),
        ({"id": "call_1", "type": ["function"]}, []),
        ({"id": "call_1", "type": None}, []),
        ({"id": "call_1"}, []),
        ({}, []),
    ],
    ids=str,
)
def test_a_known_kind_that_does_not_fit_is_kept_whole(odd: dict[str, Any], misfits: list[Any]) -> None:
    """A payload that is not what its tag promises lands in the unknown member, only that one, and is named there."""
    step = RunStep.from_dict(_tool_calls(FUNCTION, odd, SEARCH))
    before, unknown, after = _decode_tool_calls(FUNCTION, odd, SEARCH)

    assert isinstance(unknown, UnknownToolCall)
    assert unknown.to_dict() == odd
    assert (type(before), type(after)) == (FunctionToolCall, FileSearchToolCall)
    assert unknown.misfits == misfits
    assert step.misfits == [(f"step_details.tool_calls[1].{name}", *rest) for name, *rest in misfits]


@pytest.mark.parametrize("kind", ["function", "unknown", "telescope", None, 7, ["function"]], ids=str)
def test_the_tag_alone_tells_the_class(kind: Any) -> None:
    """Whoever asks for the tag of a known kind gets its class, so never one that does not fit; its word is kept."""
    misfit, call = _decode_tool_calls({"type": kind, "function": "f"}, FUNCTION)

    assert (misfit.type_, misfit.tag) == ("unknown", kind)
    assert call.type_ == "function"
    assert misfit == UnknownToolCall.from_dict({"function": "f", "type": kind})


def test_a_call_that_was_mended_fits() -> None:
    """A payload that is put right is a misfit no more."""
    (call,) = _decode_tool_calls({"id": "call_1", "type": "function", "function": None})
    call["function"] = FUNCTION["function"]

    assert call.misfits == []


@pytest.mark.parametrize(
    ("details", "model"),
    [
        ({"type": "message_creation", "message_creation": {"message_id": "msg_1"}}, MessageCreationDetails),
        ({"type": "message_creation", "message_creation": {}}, MessageCreationDetails),
        ({"type": "message_creation", "message_creation": "msg_1"}, UnknownStepDetails),
        ({"type": "tool_calls", "tool_calls": []}, ToolCallsDetails),
        ({"type": "tool_calls", "tool_calls": None}, UnknownStepDetails),
        ({"type": "tool_calls", "tool_calls": [None, FUNCTION]}, ToolCallsDetails),
        ({"type": "activities", "activities": [{"type": "warm_up"}]}, ActivitiesDetails),
        ({"type": "step", "name": "plan", "input": None, "output": [1]}, UnknownStepDetails),
        ({}, UnknownStepDetails),
        (None, type(None)),
    ],
    ids=str,
)
def test_step_details_are_typed_or_kept_whole(details: Any, model: type) -> None:
    """Known kinds of details are typed; others, and known ones that do not fit, are kept; null stays null."""
    payload = _step(details)
    step = RunStep.from_dict(payload)

    assert type(step.step_details) is model
    assert step.to_dict() == payload


def test_activities_and_outputs_are_typed_or_kept_whole_one_by_one() -> None:
    """One activity or output of an unknown kind leaves its neighbours typed."""
    tools = {"type": "mcp_list_tools", "id": "a1", "server_label": "docs", "tools": {"find": {"description": "d"}}}
    details = {"type": "activities", "activities": [tools, {"type": "warm_up", "seconds": 3}]}
    step = RunStep.from_dict(_step(details))
    (call,) = _decode_tool_calls(
        {
            **CODE,
            "code_interpreter": {"input": "", "outputs": [{"type": "video", "url": "x"}, {"type": "logs", "logs": ""}]},
        }
    )

    assert isinstance(step.step_details, ActivitiesDetails)
    known, unknown = step.step_details.activities
    assert isinstance(known, McpListToolsActivity)
    assert known.tools
    assert known.tools["find"].description == "d"
    assert isinstance(unknown, UnknownActivity)
    assert unknown["seconds"] == 3
    assert isinstance(call, CodeInterpreterToolCall)
    assert [type(output) for output in call.code_interpreter.outputs or []] == [
        UnknownCodeInterpreterOutput,
        CodeInterpreterLogs,
    ]


def test_unions_and_models_are_imported_by_name() -> None:
    """Whatever the package names can be imported from it, a union too, which `isinstance` takes; nothing else can."""
    (known, unknown) = _decode_tool_calls(FUNCTION, {"type": "telescope"})

    assert {name for name in models.__all__ if getattr(models, name, None) is None} == set()
    assert set(models.__all__) <= set(dir(models))
    assert isinstance(known, models.ToolCall)
    assert isinstance(unknown, models.ToolCall)
    assert not isinstance(known, models.StepDetails)
    assert importlib.import_module("run_steps_api.models.tool_call").ToolCall is models.ToolCall
    for module in (models, importlib.import_module("run_steps_api.models.tool_call")):
        with pytest.raises(AttributeError, match="has no attribute 'ToolCal'"):
            _ = module.ToolCal


def test_enums_are_open() -> None:
    """A known value is a member that equals its text; an unknown one stays text; both come back as sent."""
    known = RunStep.from_dict(_step(None, status="completed"))
    unknown = RunStep.from_dict(_step(None, status="incomplete", type="step"))
    ranker = RankingOptions.from_dict({"ranker": "default-2025-01-01"})

    assert known.status is RunStepStatus.COMPLETED
    assert str(known.status) == "completed"
    assert type(known.to_dict()["status"]) is str
    assert (unknown.status, unknown.type_) == ("incomplete", "step")
    assert ranker.to_dict() == {"ranker": "default-2025-01-01"}


@pytest.mark.parametrize("value", [1735689600, 1735689600123, 1735689600.25, "2025-01-01T00:00:00Z", -1])
def test_times_are_kept_as_they_came(value: float | str) -> None:
    """Seconds, milliseconds, fractions, ISO text and -1 are all valid times."""
    payload = _step(None, created_at=value, completed_at=value, expires_at=None)
    step = RunStep.from_dict(payload)

    assert step.created_at == value
    assert step.failed_at is UNSET
    assert step.to_dict() == payload


def test_empty_objects_stay_objects() -> None:
    """An empty usage is a usage without counts, not a missing one."""
    step = RunStep.from_dict(_step(None, usage={}, metadata={}, last_error={"code": "", "message": ""}))

    assert isinstance(step.usage, Usage)
    assert step.usage.total_tokens is UNSET
    assert step.to_dict()["usage"] == {}
    assert step.to_dict()["metadata"] == {}


NULL_ARGUMENTS = {"id": "c", "type": "function", "function": {"name": "f", "arguments": None}}
NULL_OUTPUTS = {"id": "c", "type": "code_interpreter", "code_interpreter": {"input": "1", "outputs": None}}


@pytest.mark.parametrize(
    ("call", "misfits"),
    [
        (NULL_ARGUMENTS, []),
        (NULL_OUTPUTS, []),
        ({**FUNCTION, "function": {"name": "f", "arguments": {"already": "decoded"}}}, ["function.arguments"]),
        ({**CODE, "code_interpreter": {"input": "1", "outputs": {}}}, ["code_interpreter.outputs"]),
        ({**CODE, "code_interpreter": {"input": "1", "outputs": ["text"]}}, ["code_interpreter.outputs[0]"]),
        ({**FUNCTION, "id": None}, ["id"]),
        ({"type": "function", "function": {}}, []),
        ({**FUNCTION, "function": {"name": None, "arguments": []}}, ["function.name", "function.arguments"]),
        (
            {**CODE, "code_interpreter": {"input": None, "outputs": "text"}},
            [f"code_interpreter.{name}" for name in ("input", "outputs")],
        ),
        (
            {**CODE, "code_interpreter": {"outputs": [{"type": "image", "image": "file_1"}]}},
            ["code_interpreter.outputs[0].image"],
        ),
        ({**SEARCH, "file_search": {"results": [{"file_id": "file_1"}]}}, []),
        (
            {**SEARCH, "file_search": {"results": [{"score": "high"}, 7]}},
            ["file_search.results[1]", "file_search.results[0].score"],
        ),
        (
            {**SEARCH, "file_search": {"ranking_options": {"score_threshold": "high"}}},
            ["file_search.ranking_options.score_threshold"],
        ),
    ],
    ids=str,
)
def test_a_call_of_a_known_kind_stays_typed(call: dict[str, Any], misfits: list[str]) -> None:
    """What does not fit in a call costs that field; null arguments and outputs are nothing odd."""
    (decoded,) = _decode_tool_calls(call)

    assert not isinstance(decoded, UnknownToolCall)
    assert [misfit.name for misfit in decoded.misfits] == misfits
    assert decoded.to_dict() == call


@pytest.mark.parametrize(
    ("payload", "error", "message"),
    [
        ({"id": 7}, TypeError, "RunStep.id: expected string, got integer"),
        ({"object": "thread.run.step"}, KeyError, "id"),
    ],
)
def test_without_an_id_a_step_is_none(payload: dict[str, Any], error: type[Exception], message: str) -> None:
    """The one field that nothing can do without is named."""
    with pytest.raises(error, match=message):
        RunStep.from_dict(payload)


FIELDS: dict[type[Run | RunStep], dict[str, tuple[str, str]]] = {
    kind: dict(vars(importlib.import_module(kind.__module__))["_FIELDS"]) for kind in (Run, RunStep)
}


def _has_type(value: Any, expected: str) -> bool:
    """Ask a validator of JSON Schema, which has the words of the contract."""
    return expected == "anything" or Draft202012Validator({"type": expected.split(" or ")}).is_valid(value)


@given(st.data(), JSON)
def test_a_field_that_does_not_fit_costs_that_field(data: st.DataObject, odd: Any) -> None:
    """Whatever stands in an optional field, all others stay as they are, nothing is lost, and the field is named."""
    payload = data.draw(st.sampled_from([*SAMPLES, *SAMPLE_RUNS]))
    kind: type[Run | RunStep] = Run if payload["object"] == "thread.run" else RunStep
    name = data.draw(st.sampled_from(sorted(set(FIELDS[kind]) - {"id"})))
    attribute, expected = FIELDS[kind][name]
    model, whole = kind.from_dict({**payload, name: odd}), kind.from_dict(payload)

    assert model.to_dict() == {**payload, name: odd}
    for other, _ in FIELDS[kind].values():
        assert other == attribute or getattr(model, other) == getattr(whole, other)
    named = [misfit for misfit in model.misfits if misfit.name == name]
    if named:
        assert getattr(model, attribute) is UNSET
        assert named == [(name, expected, odd)]
    elif not isinstance(odd, (dict, list)):
        assert _has_type(odd, expected)


def test_a_field_that_did_not_fit_can_be_mended() -> None:
    """A value that is set takes the place of the one that was sent."""
    step = RunStep.from_dict(_step(None, last_error="It broke."))
    assert step.misfits == [("last_error", "object or null", "It broke.")]

    step.last_error = None
    assert (step.misfits, step.to_dict()["last_error"]) == ([], None)


def _through_a_pickle(model: RunStepList) -> RunStepList:
    copied: RunStepList = pickle.loads(pickle.dumps(model))
    return copied


@pytest.mark.parametrize("copied", [copy.deepcopy, copy.copy, _through_a_pickle])
def test_misfits_are_copied(copied: Callable[[RunStepList], RunStepList]) -> None:
    """Copies and pickles have what did not fit as well."""
    payload = {"data": [_step(None, usage={"total_tokens": "many"}), 7, {"id": None}]}
    copy_of = copied(RunStepList.from_dict(payload))

    assert [misfit.name for misfit in copy_of.misfits] == ["data[1]", "data[2]", "data[0].usage.total_tokens"]
    assert copy_of.to_dict() == payload


@given(st.lists(st.booleans(), max_size=8), st.data())
def test_an_item_that_does_not_fit_costs_that_item(fits: list[bool], data: st.DataObject) -> None:
    """A page with k odd items of n gives n - k steps, names the k, and comes back with all in their order."""
    odd: st.SearchStrategy[Any] = st.sampled_from(
        [None, 7, "step", [], {}, {"id": None}, {"id": 7}, {"object": "thread.run.step"}]
    )
    items = [_step(None, id=f"step_{n}") if fit else data.draw(odd) for n, fit in enumerate(fits)]
    page = RunStepList.from_dict({"object": "list", "data": items})

    assert [step.id for step in page.data] == [f"step_{n}" for n, fit in enumerate(fits) if fit]
    assert [misfit.name for misfit in page.misfits] == [f"data[{n}]" for n, fit in enumerate(fits) if not fit]
    assert page.to_dict() == {"object": "list", "data": items}


def _paths(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(deeper for key, child in children for deeper in _paths(child, (*path, key)))]


@given(data=st.data(), sample=st.sampled_from(SAMPLES), value=JSON)
def test_damage_below_the_details_is_no_error_and_no_loss(
    data: st.DataObject, sample: dict[str, Any], value: Any
) -> None:
    """Whatever stands in place of any value below `step_details`, the step decodes and comes back as it was."""
    payload = copy.deepcopy(sample)
    path = data.draw(st.sampled_from(_paths(payload["step_details"])[1:]))
    target = payload["step_details"]
    for key in path[:-1]:
        target = target[key]
    target[path[-1]] = value

    step = RunStep.from_dict(payload)

    assert step.to_dict() == payload


@given(extra=st.dictionaries(st.text(max_size=5).map(lambda key: f"x_{key}"), JSON, max_size=3))
def test_fields_nobody_knows_are_kept(extra: dict[str, Any]) -> None:
    """Additional fields are reachable by name and come back."""
    payload = _step(None, **extra)
    step = RunStep.from_dict(payload)

    assert step.to_dict() == payload
    assert sorted(step.additional_keys) == sorted(extra)
    assert all(step[key] == value and key in step for key, value in extra.items())


@pytest.mark.parametrize(
    "body",
    [
        {"error": {"message": "m", "type": "t", "param": None, "code": None}},
        {"error": {"code": "401", "message": "m"}},
        {"error": {"message": "m", "code": 404}, "detail": {"message": "m"}},
        {"detail": "Not Found"},
        {"detail": [{"loc": ["query", "limit"]}]},
    ],
    ids=str,
)
def test_error_bodies_of_all_servers_come_back_equal(body: dict[str, Any]) -> None:
    """The error envelope of OpenAI, of Azure gateways and of FastAPI are all read."""
    assert ErrorResponse.from_dict(body).to_dict() == body


def test_models_survive_copying_and_pickling() -> None:
    """A model from another process, or a copy, equals the original, with what is missing still missing."""
    step = RunStep.from_dict(_step({"type": "tool_calls", "tool_calls": [FUNCTION]}, x_new=1))

    for twin in (pickle.loads(pickle.dumps(step)), copy.deepcopy(step), copy.copy(step)):
        assert twin == step
        assert twin.usage is UNSET
        assert twin.to_dict() == step.to_dict()


def test_models_show_what_was_sent_and_nothing_empty() -> None:
    """A repr has neither fields that were not sent nor an empty dict for others; null was sent."""
    call = {"id": "call_1", "type": "function", "function": {"name": "f", "arguments": "{}", "new": 1}}
    step = RunStep.from_dict({"id": "step_1", "usage": {}, "last_error": None, "step_details": {"type": "odd"}})

    assert repr(_decode_tool_calls(call)[0]) == (
        "FunctionToolCall(type_='function', "
        "function=FunctionCall(name='f', arguments='{}', additional_properties={'new': 1}), id='call_1')"
    )
    assert repr(step) == (
        "RunStep(id='step_1', step_details=UnknownStepDetails(tag='odd'), last_error=None, usage=Usage())"
    )
    assert repr(step.misfits + RunStepList.from_dict({"data": [{}]}).misfits) == (
        "[Misfit(name='data[0]', expected='object with id (string)', value={})]"
    )


@given(st.data())
def test_nothing_shows_what_was_not_sent(data: st.DataObject) -> None:
    """Whatever was sent, no repr of a model or of what did not fit tells of UNSET."""
    payload = copy.deepcopy(data.draw(st.sampled_from([*SAMPLES, *SAMPLE_RUNS])))
    *above, key = data.draw(st.sampled_from([path for path in _paths(payload) if path and path != ("id",)]))
    target = payload
    for outer in above:
        target = target[outer]
    if data.draw(st.booleans()):
        del target[key]
    else:
        target[key] = data.draw(JSON)
    model = (Run if payload.get("id", "").startswith("run_") else RunStep).from_dict(payload)

    assert "UNSET" not in repr(model) + repr(model.misfits)


HUGE = "9" * 5000


def test_every_model_becomes_json_text() -> None:
    """Integers of any length, text that is no Unicode, NaN: all come back as they came, and the text is ASCII."""
    text = f'{{"id": "step_1", "usage": {{"x": [-{HUGE}, {2**70}, NaN, "\\ud800"]}}, "é": "-0", "created_at": {HUGE}}}'
    step = RunStep.from_dict(parse_json(text.encode()))

    assert step.to_json().isascii()
    assert f'"x": [-{HUGE}, {2**70}, NaN, "\\ud800"]' in step.to_json()
    for written in (step.to_json(), step.to_json(indent=2)):
        assert repr(parse_json(written.encode())) == repr(step.to_dict())
    assert "\n  " in step.to_json(indent=2)
    with pytest.raises(TypeError, match="datetime is not JSON"):
        dump_json({"at": [Decimal(7), datetime.now(UTC)]})


@pytest.mark.parametrize("payload", SAMPLES, ids=[step["id"] for step in SAMPLES])
def test_models_are_values_as_attrs_makes_them(payload: dict[str, Any]) -> None:
    """Models equal by what they hold, `evolve` makes changed ones of them, and they are no keys, as they can change."""
    step = RunStep.from_dict(payload)
    twin = RunStep.from_dict(copy.deepcopy(payload))
    assert twin.additional_properties == {}
    assert step == twin
    assert attrs.evolve(step) == step
    assert step.__hash__ is None

    changed = attrs.evolve(step, status="reviewed", additional_properties={"x": 1})
    assert changed != step
    assert changed.to_dict() == {**payload, "status": "reviewed", "x": 1}
    assert "x" not in step

    twin["x"] = 1
    assert twin != step
    assert twin.to_dict() == {**payload, "x": 1}
    del twin["x"]
    assert twin == step


def test_models_have_the_attributes_they_declare_and_no_others() -> None:
    """A misspelt attribute is an error, though fields nobody knows are kept."""
    step = RunStep.from_dict(_step(None))

    assert step.additional_properties == {}
    with pytest.raises(AttributeError, match="'RunStep' object has no attribute 'step_detail'"):
        _ = step.step_detail  # type: ignore[attr-defined]
    with pytest.raises(AttributeError):
        step.step_detail = 1  # type: ignore[attr-defined]
