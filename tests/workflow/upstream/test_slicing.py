"""Of a big description our part is cut out, whole and without noise, whatever dialect it is written in."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.workflow.review.descriptions import compare
from tests.workflow.upstream.published import PATTERNS, openapi, swagger
from workflow.contract import references
from workflow.document import parse
from workflow.upstream.slicing import sliced


def test_a_slice_holds_what_our_paths_need_and_no_more() -> None:
    """Our paths come with all they refer to, through heirs of a discriminator too; nothing else comes."""
    result = sliced(openapi(), PATTERNS)
    components = result.data["components"]
    assert list(result.data["paths"]) == ["/threads/{thread}/runs"]
    assert {kind: sorted(named) for kind, named in components.items()} == {
        "schemas": ["Call", "Error", "Message", "Run", "Status", "Step"],
        "parameters": ["Limit"],
        "responses": ["Failed"],
        "securitySchemes": ["key"],
    }
    assert result.components == 9
    assert result.left_open == ()


def test_noise_goes_and_names_stay() -> None:
    """Examples and extensions make no difference; properties that are called like them are kept."""
    data = sliced(openapi(), PATTERNS).data
    run = data["components"]["schemas"]["Run"]
    assert list(run) == ["description", "type", "required", "properties"]
    assert {"example", "x-note"} <= run["properties"].keys()
    assert "x-examples" not in json.dumps(data)
    assert data["info"] == {"title": "Runs", "version": "1"}


@pytest.mark.parametrize("other", [openapi("3.2.0"), swagger()], ids=["3.2", "swagger"])
def test_dialects_come_out_alike(other: dict[str, Any]) -> None:
    """One interface described in OpenAPI 3.1, 3.2 and Swagger 2.0 gives slices without a difference."""
    findings = compare(sliced(openapi(), PATTERNS).data, sliced(other, PATTERNS).data)
    assert [finding.text for finding in findings if finding.rule != "openapi-changed"] == []


def test_what_changes_in_swagger_is_told_as_in_openapi() -> None:
    """A change is told in the same words, whatever dialect it is written in."""
    old, new, before, after = openapi(), openapi(), swagger(), swagger()
    new["components"]["schemas"]["Run"]["properties"]["cost"] = {"type": "number"}
    after["definitions"]["Run"]["properties"]["cost"] = {"type": "number"}
    new["components"]["parameters"]["Limit"]["schema"]["maximum"] = 50
    after["parameters"]["Limit"]["maximum"] = 50
    told = [
        [(finding.level, finding.text) for finding in compare(sliced(a, PATTERNS).data, sliced(b, PATTERNS).data)]
        for a, b in ((old, new), (before, after))
    ]
    assert told[0] == told[1]
    assert len(told[0]) == 2


def test_forms_files_and_ways_to_authorise_are_converted() -> None:
    """Fields of forms become the properties of a body; files, flows and hosts are told as OpenAPI 3 does."""
    description = swagger()
    description["consumes"] = ["multipart/form-data"]
    operation = description["paths"]["/threads/{thread}/runs"]["post"]
    del operation["consumes"]
    operation["parameters"] = [
        {"name": "file", "in": "formData", "type": "file", "required": True},
        {"name": "purpose", "in": "formData", "type": "string", "description": "Why."},
    ]
    description["securityDefinitions"]["key"] = {
        "type": "oauth2",
        "flow": "application",
        "tokenUrl": "https://login.example",
        "scopes": {"all": "All."},
    }
    del description["host"]
    data = sliced(description, PATTERNS).data
    body = data["paths"]["/threads/{thread}/runs"]["post"]["requestBody"]
    fields = {"file": {"type": "string", "format": "binary"}, "purpose": {"type": "string", "description": "Why."}}
    assert body["content"] == {
        "multipart/form-data": {"schema": {"type": "object", "properties": fields, "required": ["file"]}}
    }
    flow = {"tokenUrl": "https://login.example", "scopes": {"all": "All."}}
    assert data["components"]["securitySchemes"]["key"] == {"type": "oauth2", "flows": {"clientCredentials": flow}}
    assert data["servers"] == [{"url": "/v1"}]


def test_what_leads_nowhere_is_left_open_and_told() -> None:
    """A reference to another file, or to nothing, costs what it stands for: anything may be there, and it is told."""
    description = openapi()
    description["components"]["schemas"]["Run"]["properties"]["tool"] = {"$ref": "common.json#/Tool"}
    description["paths"]["/threads/{thread}/runs"]["get"]["parameters"].append({"$ref": "#/components/parameters/Gone"})
    result = sliced(description, PATTERNS)
    assert result.left_open == ("#/components/parameters/Gone", "common.json#/Tool")
    assert "$ref" not in result.data["components"]["schemas"]["Run"]["properties"]["tool"]
    assert len(result.data["paths"]["/threads/{thread}/runs"]["get"]["parameters"]) == 2


def test_every_reference_of_a_slice_leads_somewhere() -> None:
    """A slice can be read by itself."""
    for description in (openapi(), swagger()):
        document = parse(json.dumps(sliced(description, PATTERNS).data), "slice.json")
        targets = [str(reference.value) for reference in references(document.root)]
        assert targets
        assert all(document.find(target.split("/")[1:]) is not None for target in targets)


@pytest.mark.parametrize("description", [None, [], {}, {"swagger": "1.2"}, "openapi"])
def test_what_is_no_description_is_refused(description: object) -> None:
    """Neither OpenAPI 3 nor Swagger 2.0: there is nothing to cut."""
    with pytest.raises(ValueError, match="neither OpenAPI 3 nor Swagger"):
        sliced(description, PATTERNS)


def test_hosts_and_keys_of_azure_are_converted() -> None:
    """A host that is a parameter becomes the variable of a server; a password becomes a scheme of HTTP."""
    description = swagger()
    del description["host"]
    description["x-ms-parameterized-host"] = {
        "hostTemplate": "{endpoint}",
        "useSchemePrefix": False,
        "parameters": [{"name": "endpoint", "in": "path", "required": True, "type": "string"}],
    }
    description["securityDefinitions"]["key"] = {"type": "basic", "description": "A password."}
    data = sliced(description, PATTERNS).data
    assert data["servers"] == [{"url": "{endpoint}/v1", "variables": {"endpoint": {"default": "endpoint"}}}]
    scheme = {"description": "A password.", "type": "http", "scheme": "basic"}
    assert data["components"]["securitySchemes"]["key"] == scheme
