"""Check a contract before anything is generated from it.

Every fault is reported with its file and line. What passes here is a valid OpenAPI 3.1 description whose references
lead somewhere and whose operations have names of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from openapi_spec_validator import OpenAPIV31SpecValidator

from workflow.document import Document, DocumentError, Node, read

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
"""Keys of a path item that hold operations."""

_FREE_VALUES = {"const", "default", "enum", "example", "examples", "value"}
"""Keys whose values are data, where `$ref` is a word like any other."""

_MAPS_OF_NAMES = {"headers", "parameters", "patternProperties", "properties", "responses", "schemas"}
"""Keys whose values are maps from names to descriptions."""


class ContractError(Exception):
    """A contract, or the client generated from it, has faults.

    Attributes:
        faults: Every fault with its file and line, in the order of the file.
    """

    def __init__(self, faults: Sequence[DocumentError]) -> None:
        self.faults = list(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


def load(path: Path) -> Document:
    """Read a contract and check it.

    Args:
        path: The contract, YAML or JSON.

    Returns:
        The contract, valid.

    Raises:
        ContractError: It cannot be read, or is not a valid contract; with all faults found.
    """
    try:
        document = read(path)
    except DocumentError as error:
        raise ContractError([error]) from None
    if faults := list(check(document)):
        raise ContractError(faults)
    return document


def check(document: Document) -> Iterator[DocumentError]:
    """Yield the faults of a contract; none when it is valid.

    Later checks rest on earlier ones, so a fault of one kind hides those of the kinds that follow.
    """
    version = document.data.get("openapi") if isinstance(document.data, dict) else None
    if not isinstance(version, str) or not version.startswith("3.1"):
        yield document.error(["openapi"], "not an OpenAPI 3.1 description: it must say `openapi: 3.1.0` at its top")
        return
    dangling = list(_dangling_references(document))
    yield from dangling
    if dangling:
        return
    duplicates = list(_duplicate_operation_ids(document))
    yield from duplicates
    if not duplicates:
        yield from _invalid_places(document)


def _dangling_references(document: Document) -> Iterator[DocumentError]:
    for reference in references(document.root):
        target = reference.value
        if not isinstance(target, str) or not target.startswith("#/"):
            reason = f"$ref {target!r} leaves the file; a contract is one file, write `#/components/...`"
            yield DocumentError(document.path, reference.line, reason)
        elif document.find([part.replace("~1", "/").replace("~0", "~") for part in target[2:].split("/")]) is None:
            yield DocumentError(document.path, reference.line, f"$ref {target!r} leads nowhere")


def references(node: Node, *, holds_names: bool = False) -> Iterator[Node]:
    """Yield the value of each `$ref` in and below a node; not those in data, where it is a word like any other.

    Args:
        node: Where to look.
        holds_names: Whether the keys of the node are names somebody chose, of properties for instance, and no keywords.
    """
    for key, child in node.children():
        if key == "$ref" and not holds_names:
            yield child
        elif holds_names or key not in _FREE_VALUES:
            yield from references(child, holds_names=not holds_names and key in _MAPS_OF_NAMES)


def _duplicate_operation_ids(document: Document) -> Iterator[DocumentError]:
    first_line: dict[str, int] = {}
    paths = document.find(["paths"])
    for _, path_item in paths.children() if paths else ():
        for method, operation in path_item.children():
            name = (operation.members or {}).get("operationId") if method in METHODS else None
            if name is None:
                continue
            if name.value in first_line:
                reason = f"operationId {name.value!r} is taken already, in line {first_line[name.value]}"
                yield DocumentError(document.path, name.line, reason)
            else:
                first_line[name.value] = name.line


def _invalid_places(document: Document) -> Iterator[DocumentError]:
    found = False
    try:
        for error in OpenAPIV31SpecValidator(document.data).iter_errors():
            found = True
            node = _place(document.root, list(error.absolute_path), error.instance) or document.root
            yield DocumentError(document.path, node.line, f"not valid OpenAPI 3.1: {_shortened(error.message)}")
    except (KeyError, TypeError, AttributeError) as stumble:
        # The validator stumbles over some shapes it should report, often over those that it reported before.
        if not found:
            yield document.error([], f"not valid OpenAPI 3.1: {stumble!r}")


def _place(node: Node, path: Sequence[str | int], value: object) -> Node | None:
    """Return the first node that lies at a path below some node and holds a value.

    The validator tells where in a schema a fault is, but not always where the schema is.
    """
    target: Node | None = node
    for key in path:
        target = dict(target.children()).get(str(key)) if target is not None else None
    if target is not None and target.plain() == value:
        return target
    return next((found for _, child in node.children() if (found := _place(child, path, value))), None)


def _shortened(message: object) -> str:
    """Shorten a message: it may quote the whole value it is about, and the reader has the line."""
    line = str(message).splitlines()[0]
    return line if len(line) <= 200 else f"{line[:120]} ... {line[-60:]}"
