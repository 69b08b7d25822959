"""Random schemas, random changes of them, and random values to judge them by."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

NAMES = ("a", "b", "c")
TEXTS = ("", "x", "ab", "abc", "abcd", "zzzzzz")
NUMBERS = (-3, 0, 1, 2, 2.5, 3, 4, 6, 10)

VALUES = st.recursive(
    st.none() | st.booleans() | st.sampled_from(NUMBERS) | st.sampled_from(TEXTS),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=3),
    max_leaves=6,
)
"""Values built from the same few words and numbers as the schemas, so that schemas often disagree on them."""


@st.composite
def schemas(draw: st.DrawFn, depth: int = 2) -> Any:
    """Draw a schema of the vocabulary of JSON Schema 2020-12 that OpenAPI 3.1 uses."""
    kinds = ["string", "number", "values", "any", "types"]
    if depth > 0:
        kinds += ["object", "object", "array", "oneOf", "anyOf", "allOf", "not", "if"]
    kind = draw(st.sampled_from(kinds))
    inner = schemas(depth=depth - 1)
    if kind == "object":
        return draw(_objects(inner))
    if kind == "array":
        return draw(_arrays(inner))
    if kind in ("oneOf", "anyOf", "allOf"):
        return {kind: draw(st.lists(inner, min_size=1, max_size=3))}
    if kind == "not":
        return {"not": draw(inner)}
    if kind == "if":
        return {"if": draw(inner), "then": draw(inner), "else": draw(inner)}
    if kind == "values":
        words = st.sampled_from([None, True, 0, 1, 2, "x", "ab", "abc"])
        return draw(
            st.lists(words, min_size=1, max_size=4, unique_by=repr).map(lambda v: {"enum": v}) | words.map(_const)
        )
    return draw(
        {"string": _strings(), "number": _numbers(), "types": _types(), "any": st.booleans() | st.just({})}[kind]
    )


def _const(value: Any) -> dict[str, Any]:
    return {"const": value}


def _types() -> st.SearchStrategy[Any]:
    names = st.sampled_from(["null", "boolean", "integer", "number", "string", "array", "object"])
    return st.lists(names, min_size=1, max_size=3, unique=True).map(lambda types: {"type": types})


def _strings() -> st.SearchStrategy[Any]:
    bounds = st.integers(0, 4)
    optional = {"minLength": bounds, "maxLength": bounds, "pattern": st.sampled_from(["^a", "b", "^x?$"])}
    return st.fixed_dictionaries({"type": st.sampled_from(["string", ["string", "null"]])}, optional=optional)


def _numbers() -> st.SearchStrategy[Any]:
    bounds = st.integers(-2, 8)
    optional = {
        "minimum": bounds,
        "maximum": bounds,
        "exclusiveMinimum": bounds,
        "exclusiveMaximum": bounds,
        "multipleOf": st.sampled_from([1, 2, 3]),
    }
    return st.fixed_dictionaries(
        {"type": st.sampled_from(["integer", "number", ["integer", "null"]])}, optional=optional
    )


def _arrays(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    optional: dict[str, st.SearchStrategy[Any]] = {
        "items": inner,
        "prefixItems": st.lists(inner, min_size=1, max_size=2),
        "minItems": st.integers(0, 2),
        "maxItems": st.integers(0, 3),
        "uniqueItems": st.booleans(),
        "contains": inner,
        "minContains": st.integers(0, 2),
        "maxContains": st.integers(0, 2),
    }
    return st.fixed_dictionaries({"type": st.just("array")}, optional=optional)


def _objects(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    names = st.sampled_from(NAMES)
    optional: dict[str, st.SearchStrategy[Any]] = {
        "properties": st.dictionaries(names, inner, max_size=3),
        "required": st.lists(names, max_size=2, unique=True),
        "additionalProperties": inner,
        "patternProperties": st.dictionaries(st.sampled_from(["^a", "[bc]"]), inner, max_size=1),
        "propertyNames": st.sampled_from([{"pattern": "^[ab]"}, {"enum": ["a", "b"]}, {"maxLength": 1}]),
        "minProperties": st.integers(0, 2),
        "maxProperties": st.integers(0, 3),
        "dependentRequired": st.dictionaries(names, st.lists(names, max_size=2, unique=True), max_size=1),
        "dependentSchemas": st.dictionaries(names, inner, max_size=1),
        "unevaluatedProperties": inner,
    }
    return st.fixed_dictionaries({"type": st.just("object")}, optional=optional)


@st.composite
def changed(draw: st.DrawFn, schema: Any) -> Any:
    """Draw a schema that differs from another in one place or a few."""
    if not isinstance(schema, dict) or not schema or draw(st.integers(0, 3)) == 0:
        return draw(schemas(depth=1))
    result: dict[str, Any] = dict(schema)
    key = draw(st.sampled_from(sorted(result)))
    value = result[key]
    if key in ("if", "then", "else") or draw(st.integers(0, 4)) == 0:
        del result[key]
        return result
    result[key] = draw(_changed_value(key, value))
    return result


def _changed_value(key: str, value: Any) -> st.SearchStrategy[Any]:
    if key in ("items", "contains", "not", "additionalProperties", "unevaluatedProperties"):
        return changed(value)
    if key in ("oneOf", "anyOf", "allOf", "prefixItems"):
        return _changed_list(value)
    if key in ("properties", "patternProperties", "dependentSchemas") and value:
        return _changed_mapping(value)
    if key in ("required", "enum"):
        return st.just(value[1:] or value)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return st.sampled_from([max(value - 1, 0) or 1, value + 1])
    return st.just(value)


@st.composite
def _changed_list(draw: st.DrawFn, schemas_before: list[Any]) -> list[Any]:
    """Draw a list with one schema changed, added or removed."""
    action = draw(st.sampled_from(["change", "add", "remove"]))
    if action == "add":
        return [*schemas_before, draw(schemas(depth=1))]
    at = draw(st.integers(0, len(schemas_before) - 1))
    new = [draw(changed(schemas_before[at]))] if action == "change" or len(schemas_before) == 1 else []
    return [*schemas_before[:at], *new, *schemas_before[at + 1 :]]


@st.composite
def _changed_mapping(draw: st.DrawFn, schemas_before: dict[str, Any]) -> dict[str, Any]:
    """Draw a mapping with one schema changed."""
    name = draw(st.sampled_from(sorted(schemas_before)))
    return {**schemas_before, name: draw(changed(schemas_before[name]))}
