"""One value of an answer is not what the contract says: it costs itself, is named, and nothing is lost."""

import copy
import importlib
import itertools
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from run_steps_api import models
from run_steps_api.models import McpListToolsActivity, McpTool, RunList, RunStep, RunStepList
from run_steps_api.types import UNSET, AdditionalProperties, EntriesWithMisfits, ItemsWithMisfits
from tests.contract.test_contract import DATA, SCHEMAS
from tests.contract.test_decoding import JSON, SAMPLE_RUNS, SAMPLES

Path = tuple[str | int, ...]
Page = RunStepList | RunList

# JSON Schema calls 1.0 an integer; Python does not.
ODD = JSON.filter(lambda value: not (isinstance(value, float) and value.is_integer()))


def _page(items: list[dict[str, Any]]) -> dict[str, Any]:
    return {"object": "list", "data": items, "first_id": items[0]["id"], "last_id": items[-1]["id"], "has_more": False}


ACTIVITIES = {
    "id": "step_activities",
    "type": "activities",
    "step_details": {
        "type": "activities",
        "activities": [
            {
                "type": "mcp_list_tools",
                "id": "activity_1",
                "server_label": "docs",
                "tools": {"find": {"description": "Find.", "parameters": {}}, "read": {"description": None}},
            }
        ],
    },
}
PAGES: list[tuple[Callable[[Mapping[str, Any]], Page], str, dict[str, Any]]] = [
    *((RunStepList.from_dict, "RunStepList", _page([step, ACTIVITIES])) for step in SAMPLES),
    *((RunList.from_dict, "RunList", _page([run, copy.deepcopy(SAMPLE_RUNS[0])])) for run in SAMPLE_RUNS),
]


def _paths(value: Any, path: Path = ()) -> list[Path]:
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(deeper for key, child in children for deeper in _paths(child, (*path, key)))]


def _resolved(schema: dict[str, Any]) -> dict[str, Any]:
    return SCHEMAS[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema


def _below(schema: dict[str, Any], value: Any, key: str | int) -> dict[str, Any]:
    """Return what the contract says of a part of a value; an empty schema where it says nothing."""
    schema = _object(schema, value)
    if isinstance(key, int):
        return dict(schema.get("items", {}))
    rest = schema.get("additionalProperties")
    return dict(schema.get("properties", {}).get(key, rest if isinstance(rest, dict) else {}))


def _object(schema: dict[str, Any], value: Any) -> dict[str, Any]:
    """Return what the contract says of an object as a whole; an empty schema where it says nothing."""
    schema = _resolved(schema)
    if "discriminator" in schema:
        reference = schema["discriminator"]["mapping"].get(value.get(schema["discriminator"]["propertyName"]))
        return _resolved({"$ref": reference}) if reference else {}
    if "anyOf" not in schema:
        return schema
    return _object(next((member for member in schema["anyOf"] if _admits(member, value)), {}), value)


def _admits(schema: dict[str, Any], value: Any) -> bool:
    """Tell whether the contract allows a value, whatever is within it."""
    schema = _resolved(schema)
    if "anyOf" in schema:
        return any(_admits(member, value) for member in schema["anyOf"])
    shallow = {key: schema[key] for key in ("type", "enum") if key in schema}
    return Draft202012Validator(shallow).is_valid(value)


def _text(path: Path) -> str:
    return "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in path).removeprefix(".")


def _attributes(model: object) -> dict[str, str]:
    fields = vars(importlib.import_module(type(model).__module__)).get("_FIELDS", {})
    return {name: attribute for name, (attribute, _) in fields.items()}


def _assert_siblings_are_equal(whole: Any, damaged: Any, path: Path) -> None:
    """Compare all beside a path."""
    if not path or (type(whole) is not type(damaged) and not isinstance(whole, list)):
        return
    key, rest = path[0], path[1:]
    if isinstance(whole, list):
        others = [item for position, item in enumerate(whole) if position != key]
        if not isinstance(damaged, list) or len(damaged) != len(whole):
            assert list(damaged or ()) == others or not rest
            return
        assert [item for position, item in enumerate(damaged) if position != key] == others
        _assert_siblings_are_equal(whole[int(key)], damaged[int(key)], rest)
    elif isinstance(whole, AdditionalProperties):
        attributes = _attributes(whole)
        for name, attribute in attributes.items():
            assert name == key or getattr(damaged, attribute) == getattr(whole, attribute)
        for name in {*whole.additional_keys, *damaged.additional_keys} - {key}:
            assert damaged[name] == whole[name]
        if key in attributes:
            _assert_siblings_are_equal(
                getattr(whole, attributes[str(key)]), getattr(damaged, attributes[str(key)]), rest
            )
        elif str(key) in whole and str(key) in damaged:
            _assert_siblings_are_equal(whole[str(key)], damaged[str(key)], rest)


@given(data=st.data(), page=st.sampled_from(PAGES), odd=ODD)
def test_whatever_is_odd_is_named_and_costs_itself(
    data: st.DataObject, page: tuple[Callable[[Mapping[str, Any]], Page], str, dict[str, Any]], odd: Any
) -> None:
    """Any one value of a page, replaced by any other: nothing is lost, that part is named, all others are as ever."""
    decode, name, payload = page
    path = data.draw(st.sampled_from([path for path in _paths(payload) if path not in ((), ("data",))]))
    damaged = copy.deepcopy(payload)
    schema: dict[str, Any] = {"$ref": f"#/components/schemas/{name}"}
    target: Any = damaged
    for key in path[:-1]:
        schema, target = _below(schema, target, key), target[key]
    schema = _below(schema, target, path[-1])
    target[path[-1]] = odd

    model = decode(damaged)
    named = [misfit.name for misfit in model.misfits]

    assert model.to_dict() == damaged
    _assert_siblings_are_equal(decode(payload), model, path)
    if "const" in schema:  # another kind, which may lack what the payload was sent as
        assert all(misfit.startswith(_text(path[:-1])) for misfit in named)
    elif len(path) == 3 and path[0] == "data" and path[2] == "id" and not isinstance(odd, str):
        assert named == [_text(path[:2])]
    elif not _admits(schema, odd):
        assert [(misfit.name, misfit.value) for misfit in model.misfits] == [(_text(path), odd)]
    elif isinstance(odd, (dict, list)):
        assert all(misfit.startswith(_text(path)) for misfit in named)
    else:
        assert named == []


@given(data=st.data(), page=st.sampled_from(PAGES))
def test_whatever_is_missing_costs_itself(
    data: st.DataObject, page: tuple[Callable[[Mapping[str, Any]], Page], str, dict[str, Any]]
) -> None:
    """Any one field of a page, left out: nothing is made up, and all others are as ever."""
    decode, name, payload = page
    schema: dict[str, Any] = {"$ref": f"#/components/schemas/{name}"}
    paths = [path for path in _paths(payload) if path not in ((), ("data",)) and isinstance(path[-1], str)]
    path = data.draw(st.sampled_from(paths))
    damaged = copy.deepcopy(payload)
    target: Any = damaged
    for key in path[:-1]:
        schema, target = _below(schema, target, key), target[key]
    del target[path[-1]]

    model = decode(damaged)

    assert model.to_dict() == damaged
    _assert_siblings_are_equal(decode(payload), model, path)
    missed = path[-1] in _object(schema, target).get("required", ())
    item = len(path) == 3 and path[0] == "data"  # which is left out as a whole when it has no id
    assert [misfit.name for misfit in model.misfits] == [_text(path[:-1] if item else path)] * missed


@pytest.mark.parametrize("page", PAGES, ids=itertools.count())
def test_what_servers_send_is_nothing_odd(
    page: tuple[Callable[[Mapping[str, Any]], Page], str, dict[str, Any]],
) -> None:
    """The pages that are damaged above have no misfits."""
    decode, _, payload = page

    assert decode(payload).misfits == []


WORDS = {"string", "integer", "number", "boolean", "object", "array", "null"}


@pytest.mark.parametrize("name", [name for name, schema in SCHEMAS.items() if "properties" in schema])
def test_expectations_are_in_the_words_of_the_contract(name: str) -> None:
    """Each field tells what is expected of it as the contract does, or the very text that a tag has to be."""
    fields = vars(importlib.import_module(getattr(models, name).__module__))["_FIELDS"]

    for wire_name, (_, expected) in fields.items():
        tag = SCHEMAS[name]["properties"][wire_name].get("const")
        assert expected in ("anything", f'"{tag}"') or set(expected.split(" or ")) <= WORDS


@pytest.mark.parametrize("value", [True, False])
def test_a_boolean_is_no_number(value: bool) -> None:
    """Python counts with booleans; JSON does not."""
    step = RunStep.from_dict({"id": "step_1", "created_at": value, "usage": {"total_tokens": value}})

    assert [misfit.name for misfit in step.misfits] == ["created_at", "usage.total_tokens"]


def test_an_odd_entry_of_named_values_costs_that_entry() -> None:
    """A tool that is none is named and comes back; those beside it are typed, and another may take its place."""
    payload = {"type": "mcp_list_tools", "tools": {"a": {"description": "A."}, "b": "text", "c": {"description": 7}}}
    activity = McpListToolsActivity.from_dict(payload)

    assert activity.to_dict() == payload
    assert activity.tools
    assert activity.tools.additional_keys == ["a", "c"]
    assert activity.tools["a"] == McpTool("A.")
    assert activity.misfits == [("tools.b", "object", "text"), ("tools.c.description", "string or null", 7)]

    activity.tools["b"] = McpTool("B.")
    assert [misfit.name for misfit in activity.misfits] == ["tools.c.description"]
    assert activity.to_dict()["tools"]["b"] == {"description": "B."}


@pytest.mark.parametrize("odd", [[None], [7, None], []])
def test_equality_counts_what_is_odd(odd: list[Any]) -> None:
    """Pages and named values that were sent with different odd parts are not equal, copies of them are."""
    page, tools = [{"id": "step_1"}, *odd], dict(enumerate(odd))
    first, other = RunStepList.from_dict({"data": page}), RunStepList.from_dict({"data": [*page, "odd"]})
    entries = models.McpTools.from_dict({f"tool_{name}": tool for name, tool in tools.items()})

    assert first == copy.deepcopy(first) == RunStepList.from_dict({"data": page})
    assert first != other
    assert other.data != first.data
    assert first.data != other.data
    assert (list(other.data) == other.data) is False
    assert entries == copy.deepcopy(entries)
    assert (entries == models.McpTools()) is (odd == [])


def test_lists_without_oddities_equal_plain_ones() -> None:
    """How a list came about makes no difference where nothing was odd."""
    assert ItemsWithMisfits([1]) == [1]
    assert ItemsWithMisfits([1]) != [2]
    assert EntriesWithMisfits({"a": 1}) == {"a": 1}
    assert EntriesWithMisfits({"a": 1}, [("b", "object", 7)]) != {"a": 1}
    assert repr(ItemsWithMisfits([1], [(1, "object", None)])) == "ItemsWithMisfits([1], [(1, 'object', None)])"


def test_a_value_that_was_not_sent_is_unset() -> None:
    """A call of a known kind without its payload names what is missing."""
    details = models.ToolCallsDetails.from_dict({"type": "tool_calls", "tool_calls": [{"type": "browser"}]})

    assert details.misfits == [("tool_calls[0].browser", "object", UNSET)]
    assert DATA["components"]["schemas"]["BrowserToolCall"]["required"] == ["type", "browser"]
