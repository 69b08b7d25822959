"""Small descriptions for tests, held in memory."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from attrs import field, frozen

from workflow.document import Document, DocumentError, parse
from workflow.review.description import Description, load
from workflow.review.findings import Finding
from workflow.review.sources import Source
from workflow.review.wire.operations import compare_descriptions

TODAY = dt.date(2026, 6, 1)


@frozen
class InMemory(Source):
    """A source whose files are given as text."""

    texts: dict[str, str] = field(factory=dict[str, str])

    def read(self, path: str) -> Document:
        """Parse one of the texts."""
        if path not in self.texts:
            raise DocumentError(path, None, "there is no such file")
        return parse(self.texts[path], path)

    def text(self, path: str) -> str:
        """Return one of the texts."""
        return self.texts[path]


def in_memory(root: str | dict[str, Any], **others: str) -> Source:
    """Return a source with one description and the files it refers to."""
    text = root if isinstance(root, str) else json.dumps(root, indent=1)
    return InMemory("openapi.yaml", None, {"openapi.yaml": text, **others})


def loaded(root: str | dict[str, Any], **others: str) -> Description:
    """Return a description ready to be compared."""
    return load(in_memory(root, **others))


def compare(base: str | dict[str, Any], revision: str | dict[str, Any], *, strict: bool = False) -> list[Finding]:
    """Compare two descriptions on a fixed day."""
    return compare_descriptions(loaded(base), loaded(revision), TODAY, strict=strict)


def with_request(schema: Any, *, version: str = "3.1.0", schemas: dict[str, Any] | None = None) -> dict[str, Any]:
    """Describe one operation whose request body has a schema."""
    body = {"required": True, "content": {"application/json": {"schema": schema}}}
    operation = {"requestBody": body, "responses": {"204": {"description": "Done."}}}
    return _description({"post": operation}, version, schemas)


def with_response(schema: Any, *, version: str = "3.1.0", schemas: dict[str, Any] | None = None) -> dict[str, Any]:
    """Describe one operation whose response has a schema."""
    response = {"description": "Done.", "content": {"application/json": {"schema": schema}}}
    return _description({"get": {"responses": {"200": response}}}, version, schemas)


def with_parameter(**parameter: Any) -> dict[str, Any]:
    """Describe one operation with one parameter."""
    return _description({"get": {"parameters": [parameter], "responses": {}}}, "3.1.0", None)


def with_operation(**operation: Any) -> dict[str, Any]:
    """Describe one operation."""
    return _description({"get": {"responses": {}, **operation}}, "3.1.0", None)


def _description(item: dict[str, Any], version: str, schemas: dict[str, Any] | None) -> dict[str, Any]:
    description: dict[str, Any] = {
        "openapi": version,
        "info": {"title": "Parcels", "version": "1.4.0"},
        "paths": {"/parcels": item},
    }
    if schemas:
        description["components"] = {"schemas": schemas}
    return description
