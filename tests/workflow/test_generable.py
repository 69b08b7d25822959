"""What a generated client could not do is refused with file and line, and nothing is written."""

from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from workflow.contract import ContractError
from workflow.document import parse
from workflow.generable import faults
from workflow.generate import generate

CONTRACT = """openapi: 3.1.0
info: {title: Small, version: 1.0.0}
servers: [{url: 'https://a.example'}]
paths:
  /things/{thing_id}:
    get:
      operationId: getThing
      tags: [things]
      summary: Get a thing.
      description: Gets a thing.
      parameters:
      - {name: thing_id, in: path, required: true, description: Which., schema: {type: string}}
      - {name: f, in: query, description: How., schema: {type: string}}
      responses:
        '200':
          description: A thing.
          content:
            application/json:
              schema: {$ref: '#/components/schemas/Thing'}
components:
  schemas:
    Thing:
      type: object
      description: A thing.
      examples: [{id: a}]
      required: [id]
      properties:
        id: {type: string, description: Its name.}
        kind: {description: Its kind., $ref: '#/components/schemas/Kind'}
        part: {description: A part., $ref: '#/components/schemas/Part'}
    Kind:
      description: A kind.
      type: string
      enum: [a, b]
      examples: [a]
    Part:
      description: A part.
      anyOf: [{$ref: '#/components/schemas/Wheel'}, {$ref: '#/components/schemas/Other'}]
      discriminator: {propertyName: type, mapping: {wheel: '#/components/schemas/Wheel'}}
      examples: [{type: wheel}]
    Wheel:
      description: A wheel.
      type: object
      required: [type]
      properties: {type: {description: Its kind., const: wheel}}
      examples: [{type: wheel}]
    Other:
      description: Another part.
      type: object
      properties: {type: {description: Its kind.}}
      additionalProperties: true
      examples: [{type: door}]
"""


def test_a_small_contract_can_be_generated(tmp_path: Path) -> None:
    """What the cases below change can be generated as it is."""
    (tmp_path / "openapi.yaml").write_text(CONTRACT)

    assert (generate(tmp_path / "openapi.yaml", tmp_path / "out", house_rules=True) / "models" / "thing.py").exists()


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        (
            "in: query, description: How., schema",
            "in: query, style: deepObject, description: How., schema",
            "'deepObject'",
        ),
        (
            "in: query, description: How., schema",
            "in: query, explode: false, description: How., schema",
            "`explode: false`",
        ),
        (
            "in: query, description: How., schema",
            "in: query, allowReserved: true, description: How., schema",
            "Reserved",
        ),
        ("description: How., schema: {type: string}", "description: How., content: {a/b: {}}", "as a media type"),
        ("name: f,", "name: client,", "'client' becomes 'client', which generated functions use themselves"),
        ("name: f,", "name: thing-id,", "'thing-id' becomes the same name in Python as 'thing_id'"),
        ("application/json:\n", "application/xml: {}\n            application/json:\n", "several media types"),
        ("enum: [a, b]", "enum: [a, A]", "'A' becomes the same name in Python as 'a'"),
        ("enum: [a, b]", "enum: [a, b, a]", "'a' becomes the same name in Python as 'a'"),
        ("enum: [a, b]", "enum: [a-b, a_b]", "'a_b' becomes the same name in Python as 'a-b'"),
        ("enum: [a, b]", "enum: [a b, a-b]", "'a-b' becomes the same name in Python as 'a b'"),
        ("How., schema: {type: string}", "How., schema: {type: string, enum: [t, T]}", "value of parameter 'f' 'T'"),
        (
            "How., schema: {type: string}",
            "How., schema: {type: array, items: {type: string, enum: [t, t]}}",
            "value of parameter 'f'.items 't'",
        ),
        ("schema: {$ref: '#/components/schemas/Thing'}", "schema: {enum: [t, T]}", "value of the response 200 'T'"),
        ("enum: [a, b]", "enum: [a, b]\n      x-enum-varnames: [C, c]", "name of a value of Kind 'c'"),
        ("enum: [a, b]", "enum: [a, 1]", "values of one type"),
        ("enum: [a, b]", "enum: []", "at least one value"),
        ("mapping: {wheel:", "mapping: {tyre:", "contradicts the member, whose type is 'wheel'"),
        ("{wheel: '#/components/schemas/Wheel'}", "{wheel: '#/components/schemas/Thing'}", "leads to no member"),
        ("{wheel: '#/components/schemas/Wheel'}", "{other: '#/components/schemas/Other'}", "lacks 'wheel'"),
        (
            "examples: [{id: a}]",
            "examples: [{id: 7}]",
            "the example does not fit its schema: 7 is not of type 'string'",
        ),
        (
            "How., schema: {type: string}",
            "How., schema: {type: string}, example: 7",
            "parameter 'f': the example does not fit its schema: 7 is not of type 'string'",
        ),
        (
            "How., schema: {type: string}",
            "How., schema: {type: string}, examples: {seven: {value: 7}}",
            "parameter 'f': the example does not fit its schema: 7 is not of type 'string'",
        ),
        (
            "How., schema: {type: string}",
            "How., schema: {type: array, items: {type: string, example: 7}}",
            "parameter 'f'.items: the example does not fit its schema: 7 is not of type 'string'",
        ),
        (
            "schema: {$ref: '#/components/schemas/Thing'}",
            "schema: {$ref: '#/components/schemas/Thing'}\n              example: {id: 7}",
            "application/json.id: the example does not fit its schema: 7 is not of type 'string'",
        ),
        (
            "        id: {",
            "        kin-d: {description: Its kind.}\n        kin_d: {description: Its kind.}\n        id: {",
            "'kin_d'",
        ),
        (
            "    Kind:\n",
            "    kind:\n      description: K.\n      type: string\n      examples: [a]\n    Kind:\n",
            "'Kind'",
        ),
        (
            "components:\n",
            "  /other:\n    get: {operationId: get_thing, responses: {'204': {description: Done.}}}\ncomponents:\n",
            "operationId 'get_thing' becomes the same name in Python as 'getThing' in line 7",
        ),
    ],
)
def test_what_no_client_could_do_is_refused(before: str, after: str, reason: str, tmp_path: Path) -> None:
    """Each construct is told in one line with its place."""
    assert before in CONTRACT
    text = CONTRACT.replace(before, after, 1)
    (tmp_path / "openapi.yaml").write_text(text)
    with pytest.raises(ContractError) as raised:
        generate(tmp_path / "openapi.yaml", tmp_path / "out", house_rules=True)

    assert [fault for fault in raised.value.faults if reason in fault.reason and fault.line]
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        (
            "properties: {type: {description: Its kind.}}",
            "properties: {id: {description: A.}}",
            "needs a property `type`",
        ),
        (
            "properties: {type: {description: Its kind.}}",
            "properties: {type: {description: Its kind.}, tag: {description: A.}}",
            "no other called `tag`",
        ),
        ("const: wheel", "const: unknown", "has the tag that its last member has in Python: unknown"),
    ],
)
def test_a_union_whose_members_python_could_not_tell_apart_is_refused(
    before: str, after: str, reason: str, tmp_path: Path
) -> None:
    """The last member needs room for the server's word beside its own tag, which nobody else may have."""
    text = CONTRACT.replace(before, after).replace("wheel", "unknown" if "unknown" in after else "wheel")
    (tmp_path / "openapi.yaml").write_text(text)
    with pytest.raises(ContractError) as raised:
        generate(tmp_path / "openapi.yaml", tmp_path / "out")

    assert [fault for fault in raised.value.faults if reason in fault.reason and fault.line]


@pytest.mark.parametrize("ending", ['"', '\\"', '"""', "\\\\", "'", "{{ x }}", "%s"])
def test_texts_may_end_in_anything(ending: str, tmp_path: Path) -> None:
    """A description that ends in a quote or a backslash is written as it is, and the package imports."""
    text = CONTRACT.replace(
        "description: A wheel.", f"description: 'A wheel (called {ending.replace(chr(39), chr(39) * 2)})'"
    )
    text = text.replace("description: Its name.", f"description: 'Its name {ending.replace(chr(39), chr(39) * 2)}.'")
    (tmp_path / "openapi.yaml").write_text(text)

    assert list(faults(parse(text, "openapi.yaml"))) == []
    assert (generate(tmp_path / "openapi.yaml", tmp_path / "out", house_rules=True) / "models" / "wheel.py").exists()


NAMED_VALUES: dict[str, tuple[str, dict[str, Any], list[str]]] = {
    "texts": ("{type: string}", {"fits": "x", "odd": 7}, ["odd"]),
    "counts": ("{type: [integer, 'null']}", {"a": None, "b": 1, "odd": True}, ["odd"]),
    "closed": ("{$ref: '#/components/schemas/Kind'}", {"a": "a", "odd": "zz", "list": []}, ["odd", "list"]),
    "opened": ("{anyOf: [{$ref: '#/components/schemas/Kind'}, {type: string}]}", {"a": "zz", "odd": 1}, ["odd"]),
    "parts": ("{$ref: '#/components/schemas/Part'}", {"a": {"type": "wheel"}, "b": {}, "odd": 3}, ["odd"]),
    "wheels": (
        "{anyOf: [{$ref: '#/components/schemas/Wheel'}, {type: 'null'}]}",
        {"a": None, "b": {"type": "wheel"}, "odd": {}},
        ["odd"],
    ),
    "wheels or texts": (
        "{anyOf: [{$ref: '#/components/schemas/Wheel'}, {type: string}]}",
        {"a": "x", "b": {"type": "wheel"}, "odd": {}, "number": 7},
        ["odd", "number"],
    ),
    "lists or counts": (
        "{type: [array, integer, 'null'], items: {$ref: '#/components/schemas/Wheel'}}",
        {"a": [{"type": "wheel"}, 7], "b": 7, "c": None, "odd": "x"},
        ["odd", "a[1]"],
    ),
    "lists": (
        "{type: array, items: {$ref: '#/components/schemas/Wheel'}}",
        {"a": [{"type": "wheel"}, 7], "odd": {}},
        ["odd", "a[1]"],
    ),
}


def _titled(name: str) -> str:
    return name.title().replace(" ", "")


def test_named_values_of_every_kind_are_checked_one_by_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An entry that does not fit is left out, named and kept, whatever the entries are; the others are as ever."""
    schemas = "".join(
        f"    {_titled(name)}:\n      description: Values by name.\n      type: object\n      examples: [{{}}]\n"
        f"      additionalProperties: {schema}\n"
        for name, (schema, _, _) in NAMED_VALUES.items()
    )
    properties = "".join(
        f"        {name.replace(' ', '_')}: {{description: Values., $ref: '#/components/schemas/{_titled(name)}'}}\n"
        for name in NAMED_VALUES
    )
    text = CONTRACT.replace("        part: {desc", f"{properties}        part: {{desc") + schemas
    (tmp_path / "openapi.yaml").write_text(text)
    generate(tmp_path / "openapi.yaml", tmp_path, house_rules=True).rename(tmp_path / "named_values_api")
    monkeypatch.syspath_prepend(tmp_path)
    payload = {"id": "thing_1", **{name.replace(" ", "_"): values for name, (_, values, _) in NAMED_VALUES.items()}}
    thing = import_module("named_values_api.models").Thing.from_dict(payload)

    assert thing.to_dict() == payload
    for name, (_, values, odd) in NAMED_VALUES.items():
        decoded = getattr(thing, name.replace(" ", "_"))
        assert [misfit.name for misfit in decoded.misfits] == odd
        assert decoded.additional_keys == [key for key in values if key not in odd]
