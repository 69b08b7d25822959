"""The contract itself: valid, described throughout, with examples that are true."""

from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from workflow.contract import check
from workflow.document import read
from workflow.generate import CONTRACT
from workflow.house_rules import broken_rules

DOCUMENT = read(CONTRACT)
DATA: dict[str, Any] = DOCUMENT.data
SCHEMAS: dict[str, Any] = DATA["components"]["schemas"]
REGISTRY: Registry[Any] = Registry().with_resource("contract", DRAFT202012.create_resource(DATA))


def _resolved(node: dict[str, Any]) -> dict[str, Any]:
    if "$ref" not in node:
        return node
    target = DATA
    for key in node["$ref"].removeprefix("#/").split("/"):
        target = target[key]
    return target


def _examples(node: Any, place: str = "") -> Iterator[tuple[str, dict[str, Any], Any]]:
    """Yield place, schema and value of each example in the contract."""
    if isinstance(node, list):
        for index, child in enumerate(node):
            yield from _examples(child, f"{place}/{index}")
    if not isinstance(node, dict):
        return
    if "schema" in node:
        values = [node["example"]] if "example" in node else []
        values += [example["value"] for example in node.get("examples", {}).values()]
        yield from ((place, node["schema"], value) for value in values)
    elif isinstance(node.get("examples"), list):
        yield from ((place, node, value) for value in node["examples"])
    for key, child in node.items():
        if key not in ("example", "examples"):
            yield from _examples(child, f"{place}/{key}")


EXAMPLES = list(_examples(DATA))


def _absolute(schema: Any) -> Any:
    """Make references lead into the contract, wherever the schema stands."""
    if isinstance(schema, dict):
        return {key: f"contract{value}" if key == "$ref" else _absolute(value) for key, value in schema.items()}
    return [_absolute(item) for item in schema] if isinstance(schema, list) else schema


def test_the_contract_is_a_valid_description() -> None:
    """openapi-spec-validator, the references and the operation ids have nothing to report."""
    assert list(check(DOCUMENT)) == []


@pytest.mark.parametrize(("place", "schema", "value"), EXAMPLES, ids=[place for place, _, _ in EXAMPLES])
def test_every_example_validates_against_its_schema(place: str, schema: dict[str, Any], value: Any) -> None:
    """An example is what its schema says, whether it belongs to a schema, a parameter, a header or a body."""
    del place
    Draft202012Validator(_absolute(schema), registry=REGISTRY).validate(value)


def test_a_wrong_example_would_be_noticed() -> None:
    """The validation above follows references: a body that is not the schema's shape is refused."""
    schema = _absolute({"$ref": "#/components/schemas/RunStepList"})

    assert not Draft202012Validator(schema, registry=REGISTRY).is_valid({"object": "list", "data": [{"id": 1}]})


def test_the_contract_keeps_the_rules_of_the_house() -> None:
    """Everything is described and shown, has a name, and is used."""
    assert list(broken_rules(DOCUMENT)) == []


def test_operations_are_described() -> None:
    """Each operation has a summary and a description."""
    assert all(path["get"]["summary"] and path["get"]["description"] for path in DATA["paths"].values())


UNIONS = [name for name, schema in SCHEMAS.items() if "discriminator" in schema]


@pytest.mark.parametrize("name", UNIONS)
def test_unions_are_tagged_and_open(name: str) -> None:
    """Each member but the last has a constant tag that the mapping names; the last takes any object at all."""
    union = SCHEMAS[name]
    *members, last = (_resolved(member) for member in union["anyOf"])
    tag = union["discriminator"]["propertyName"]
    tags = {member["properties"][tag]["const"]: member for member in members}

    assert all(tag in member["required"] for member in members)
    assert {key: _resolved({"$ref": ref}) for key, ref in union["discriminator"]["mapping"].items()} == tags
    assert last["additionalProperties"] is True
    assert "required" not in last
    assert all("type" not in prop for prop in last["properties"].values())


def test_there_are_unions() -> None:
    """The checks above had something to check."""
    assert set(UNIONS) == {
        "StepDetails",
        "Activity",
        "ToolCall",
        "CodeInterpreterOutput",
        "MessageContent",
        "MessageAnnotation",
    }
