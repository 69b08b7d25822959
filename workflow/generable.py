"""What OpenAPI allows and a generated client would lose or get wrong: refused with its line, and nothing written.

The generator passes over some of these without a word, and stops at others without saying where.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jsonschema import Draft202012Validator
from openapi_python_client.strings import ClassName, PythonIdentifier, snake_case
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from workflow.contract import METHODS
from workflow.document import Document, DocumentError, Node

_TAKEN = frozenset({"body", "client", "cookies", "headers", "kwargs", "params", "response", "self", "url"})
"""Names that generated functions use themselves."""

_STYLES = {"path": "simple", "query": "form", "header": "simple", "cookie": "form"}
_IS_EXPLODED = {"path": False, "query": True, "header": False, "cookie": True}


def faults(document: Document) -> Iterator[DocumentError]:
    """Yield what of a valid contract the generated client could not do."""
    yield from _operations(document)
    schemas = dict(_children(document.find(["components", "schemas"])))
    yield from _same_names(document, ((name, node) for name, node in schemas.items()), "schema", _class_name)
    for name, schema in schemas.items():
        for place, inner in _schemas(name, schema):
            yield from _enumeration(document, place, inner)
            properties = _children((inner.members or {}).get("properties"))
            yield from _same_names(document, properties, f"property of {place}", _identifier)
        yield from _mapping(document, name, schema)
    yield from _examples(document, schemas)


def _operations(document: Document) -> Iterator[DocumentError]:
    ids: list[tuple[str, Node]] = []
    for _, path_item in _children(document.find(["paths"])):
        shared = list(_parameters(document, path_item))
        for method, operation in path_item.children():
            if method not in METHODS:
                continue
            name = (operation.members or {}).get("operationId")
            if name is not None:
                ids.append((str(name.value), name))
            parameters = [*shared, *_parameters(document, operation)]
            for parameter in parameters:
                yield from _parameter(document, parameter)
            for place, written in _written_in_place(document, operation, parameters):
                for inner_place, inner in _schemas(place, written):
                    yield from _enumeration(document, inner_place, inner)
            # An operation may describe a parameter of its path again.
            named = {(_text(one, "name"), _text(one, "in")): one for one in parameters}
            names = ((name, one) for (name, _), one in named.items())
            yield from _same_names(document, names, "parameter", _identifier, taken=_TAKEN)
            yield from _one_media_type(document, _resolved(document, operation, "requestBody"), "a request body")
            for status, response in _children((operation.members or {}).get("responses")):
                yield from _one_media_type(document, _target(document, response), f"the response {status}")
    yield from _same_names(document, iter(ids), "operationId", _identifier)


def _written_in_place(document: Document, operation: Node, parameters: list[Node]) -> Iterator[tuple[str, Node]]:
    """Yield the schemas of an operation that have no name of their own, each with its place."""
    for parameter in parameters:
        schema = (parameter.members or {}).get("schema")
        if schema is not None:
            yield f"parameter {_text(parameter, 'name')!r}", schema
    answers = [
        (f"the response {status}", _target(document, response))
        for status, response in _children((operation.members or {}).get("responses"))
    ]
    for place, owner in [("the request body", _resolved(document, operation, "requestBody")), *answers]:
        for _, content in _children(_at(owner, "content")):
            schema = _at(content, "schema")
            if schema is not None:
                yield place, schema


def _parameter(document: Document, parameter: Node) -> Iterator[DocumentError]:
    members, name, place = parameter.members or {}, _text(parameter, "name"), _text(parameter, "in")

    def fault(keyword: str, reason: str) -> DocumentError:
        return DocumentError(document.path, members[keyword].line, f"parameter {name!r}: {reason}")

    if "content" in members:
        yield fault("content", "a parameter written as a media type is not generated; describe it by `schema`")
    style = _text(parameter, "style") or _STYLES.get(place, "form")
    if style != _STYLES.get(place):
        yield fault("style", f"the style {style!r} is not generated; only {_STYLES.get(place)!r} is, the default")
    explode = members.get("explode")
    if explode is not None and explode.value is not _IS_EXPLODED.get(place):
        yield fault("explode", f"`explode: {str(explode.value).lower()}` is not generated; leave it out")
    if "allowReserved" in members and members["allowReserved"].value is True:
        yield fault("allowReserved", "`allowReserved` is not generated: reserved characters are always escaped")


def _one_media_type(document: Document, owner: Node | None, what: str) -> Iterator[DocumentError]:
    content = (owner.members or {}).get("content") if owner is not None else None
    if content is not None and len(content.members or {}) > 1:
        types = ", ".join(content.members or {})
        reason = f"{what} has several media types ({types}), of which the generated client would know one"
        yield DocumentError(document.path, content.line, reason)


def _enumeration(document: Document, place: str, schema: Node) -> Iterator[DocumentError]:
    values = (schema.members or {}).get("enum")
    if values is None:
        return
    if not values.items:
        yield DocumentError(document.path, values.line, f"{place}: an enumeration needs at least one value")
        return
    kinds = {type(item.value).__name__ for item in values.items if item.value is not None}
    if kinds not in ({"str"}, {"int"}):
        reason = (
            f"{place}: an enumeration needs values of one type, text or integers, and has {', '.join(sorted(kinds))}"
        )
        yield DocumentError(document.path, values.line, reason)
        return
    given = (schema.members or {}).get("x-enum-varnames")
    if given is not None and len(given.items or ()) == len(values.items):
        names = ((str(item.value), item) for item in given.items or ())
        yield from _same_names(document, names, f"name of a value of {place}", _constant)
        return
    names = ((str(item.value), item) for item in values.items if item.value is not None)
    yield from _same_names(document, names, f"value of {place}", _member_name)


def _mapping(document: Document, name: str, schema: Node) -> Iterator[DocumentError]:
    """Yield where a discriminator says something else than the members' own tags."""
    members = schema.members or {}
    discriminator, union = members.get("discriminator"), members.get("anyOf") or members.get("oneOf")
    if discriminator is None or union is None or not union.items:
        return
    tag = _text(discriminator, "propertyName")
    mapping = dict(_children((discriminator.members or {}).get("mapping")))
    listed = {_text(member, "$ref"): member for member in union.items}
    tags: dict[str, str] = {}
    for reference, member in listed.items():
        target = _target(document, member)
        constant = _at(target, "properties", tag, "const")
        if constant is not None:
            tags[str(constant.value)] = reference
    for key, node in mapping.items():
        reference = str(node.value) if "/" in str(node.value) else f"#/components/schemas/{node.value}"
        if reference not in listed:
            yield DocumentError(
                document.path, node.line, f"{name}: the mapping {key!r} leads to no member of the union"
            )
            continue
        own = next((known for known, target in tags.items() if target == reference), None)
        if own is not None and own != key:
            reason = f"{name}: the mapping {key!r} contradicts the member, whose {tag} is {own!r}"
            yield DocumentError(document.path, node.line, reason)
    for key, reference in tags.items():
        if mapping and key not in mapping:
            line = (discriminator.members or {})["mapping"].line
            yield DocumentError(document.path, line, f"{name}: the mapping lacks {key!r} for {reference}")


def _examples(document: Document, schemas: dict[str, Node]) -> Iterator[DocumentError]:
    """Yield examples and defaults that are not what their own schema says."""
    resource = DRAFT202012.create_resource(document.data)
    registry: Registry[Any] = Registry().with_resource("urn:contract", resource)
    for place, schema, values in _exemplified(document, schemas):
        plain = schema.plain()
        if not isinstance(plain, dict) or not values:
            continue
        validator = Draft202012Validator(_absolute(plain), registry=registry)
        for value in values:
            error = next(iter(validator.iter_errors(value.plain())), None)
            if error is not None:
                path = "".join(f".{key}" for key in error.absolute_path)
                reason = f"{place}{path}: the example does not fit its schema: {error.message.splitlines()[0][:150]}"
                yield DocumentError(document.path, value.line, reason)


def _exemplified(document: Document, schemas: dict[str, Node]) -> Iterator[tuple[str, Node, list[Node]]]:
    """Yield schemas with their place and the values that stand for them, of components and where they are used."""
    named = list(schemas.items())
    components = _children(document.find(["components"]))
    used = [document.find(["paths"]), *(group for name, group in components if name != "schemas")]
    for place, carrier in (found for node in used if node is not None for found in _carriers("", node)):
        members = carrier.members or {}
        targets = (_target(document, example).members or {} for _, example in _children(members.get("examples")))
        values = [members["example"]] if "example" in members else []
        yield place, members["schema"], values + [target["value"] for target in targets if "value" in target]
        named.append((place, members["schema"]))
    for name, outer in named:
        for place, schema in _schemas(name, outer):
            members = schema.members or {}
            examples = [example for _, example in _children(members.get("examples"))]
            yield place, schema, examples + [members[key] for key in ("example", "default") if key in members]


def _carriers(place: str, node: Node) -> Iterator[tuple[str, Node]]:
    """Yield what has a schema and may have examples beside it: parameters, headers, contents."""
    if "schema" in (node.members or {}):
        yield place, node
    for key, child in _children(node):
        if key not in ("schema", "example", "examples") and not key.startswith("x-"):
            name = _text(child, "name")
            yield from _carriers(f"parameter {name!r}" if name else key, child)


def _absolute(schema: Any) -> Any:
    """Make references within the contract lead there from anywhere."""
    if isinstance(schema, dict):
        return {
            key: f"urn:contract{value}" if key == "$ref" and isinstance(value, str) else _absolute(value)
            for key, value in schema.items()
            if key not in ("discriminator", "examples", "default")
        }
    return [_absolute(item) for item in schema] if isinstance(schema, list) else schema


def _same_names(
    document: Document,
    named: Iterator[tuple[str, Node]],
    noun: str,
    rename: Any,
    *,
    taken: frozenset[str] = frozenset(),
) -> Iterator[DocumentError]:
    """Yield names that become one in Python, or one that generated code uses itself."""
    first: dict[str, tuple[str, int]] = {}
    for name, node in named:
        python = rename(name)
        if python in taken:
            reason = f"{noun} {name!r} becomes {python!r}, which generated functions use themselves: call it otherwise"
            yield DocumentError(document.path, node.line, reason)
        elif python in first:
            known, line = first[python]
            reason = f"{noun} {name!r} becomes the same name in Python as {known!r} in line {line}"
            yield DocumentError(document.path, node.line, reason)
        else:
            first[python] = name, node.line


def _identifier(name: str) -> str:
    return str(PythonIdentifier(name, prefix="field_"))


def _constant(name: str) -> str:
    return snake_case(name).upper()


def _member_name(value: str) -> str:
    return _constant(value.upper()) if value[:1].isalpha() else value


def _class_name(name: str) -> str:
    return str(ClassName(name, prefix="")).lower()


def _schemas(place: str, schema: Node) -> Iterator[tuple[str, Node]]:
    """Yield a schema and those within it, each with its place."""
    yield place, schema
    members = schema.members or {}
    for key, prop in _children(members.get("properties")):
        yield from _schemas(f"{place}.{key}", prop)
    for keyword in ("allOf", "anyOf", "oneOf"):
        for index, member in _children(members.get(keyword)):
            yield from _schemas(f"{place}.{keyword}[{index}]", member)
    for keyword in ("items", "additionalProperties"):
        if keyword in members and members[keyword].members is not None:
            yield from _schemas(f"{place}.{keyword}", members[keyword])


def _parameters(document: Document, owner: Node) -> Iterator[Node]:
    for _, parameter in _children((owner.members or {}).get("parameters")):
        yield _target(document, parameter)


def _resolved(document: Document, owner: Node, key: str) -> Node | None:
    node = (owner.members or {}).get(key)
    return _target(document, node) if node is not None else None


def _target(document: Document, node: Node) -> Node:
    for _ in range(100):
        reference = _text(node, "$ref")
        found = document.find(reference.removeprefix("#/").split("/")) if reference.startswith("#/") else None
        if found is None:
            break
        node = found
    return node


def _at(node: Node | None, *keys: str) -> Node | None:
    for key in keys:
        node = (node.members or {}).get(key) if node is not None else None
    return node


def _text(node: Node, key: str) -> str:
    member = (node.members or {}).get(key)
    return member.value if member is not None and isinstance(member.value, str) else ""


def _children(node: Node | None) -> Iterator[tuple[str, Node]]:
    return node.children() if node is not None else iter(())
