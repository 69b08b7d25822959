"""One small interface, described in OpenAPI 3.1, OpenAPI 3.2 and Swagger 2.0, among paths that are not ours."""

from __future__ import annotations

import copy
from typing import Any

PATTERNS = ("/threads/{}/runs*",)

_LIMIT = {"name": "limit", "in": "query", "description": "Size of a page (count)."}
_TAGS = {"name": "tags", "in": "query", "description": "Which ones."}


def _schemas(home: str) -> dict[str, Any]:
    """Return schemas that all three dialects write alike, but for unions, null and discriminators."""
    return {
        "Run": {
            "description": "A run.",
            "type": "object",
            "required": ["id"],
            "properties": {
                "id": {"type": "string"},
                "status": {"$ref": f"{home}Status"},
                "example": {"type": "integer", "minimum": 0},
                "x-note": {"type": "string", "maxLength": 80},
                "step": {"$ref": f"{home}Step"},
            },
            "example": {"id": "run_1", "$ref": "#/nowhere"},
        },
        "Status": {"type": "string", "enum": ["queued", "completed"]},
        "Message": {
            "allOf": [
                {"$ref": f"{home}Step"},
                {"type": "object", "properties": {"text": {"type": "string"}}, "required": ["text"]},
            ]
        },
        "Call": {
            "allOf": [{"$ref": f"{home}Step"}, {"type": "object", "properties": {"name": {"type": "string"}}}],
        },
        "Error": {"type": "object", "properties": {"code": {"type": "string"}}},
        "Unrelated": {"type": "object", "properties": {"run": {"$ref": f"{home}Run"}}},
    }


def openapi(version: str = "3.1.0") -> dict[str, Any]:
    """Describe the interface in OpenAPI 3.1 or 3.2."""
    home = "#/components/schemas/"
    schemas = _schemas(home)
    schemas["Run"]["properties"]["ended"] = {"type": ["integer", "null"]}
    schemas["Step"] = {
        "type": "object",
        "required": ["kind"],
        "properties": {"kind": {"type": "string"}},
        "discriminator": {"propertyName": "kind", "mapping": {"message": f"{home}Message", "call": f"{home}Call"}},
    }
    answers = {
        "200": {
            "description": "The run.",
            "headers": {"X-Left": {"description": "Left (count).", "schema": {"type": "integer"}}},
            "content": {"application/json": {"schema": {"$ref": f"{home}Run"}}},
        },
        "default": {"$ref": "#/components/responses/Failed"},
    }
    error = {"description": "No.", "content": {"application/json": {"schema": {"$ref": f"{home}Error"}}}}
    limit = {**_LIMIT, "schema": {"type": "integer", "maximum": 100, "default": 20}}
    tags = {**_TAGS, "style": "form", "explode": False, "schema": {"type": "array", "items": {"type": "string"}}}
    body = {"type": "object", "properties": {"model": {"type": "string"}}, "required": ["model"]}
    start = {
        "operationId": "start",
        "requestBody": {"required": True, "content": {"application/json": {"schema": body}}},
        "responses": answers,
    }
    return copy.deepcopy(
        {
            "openapi": version,
            "info": {"title": "Runs", "version": "1", "description": "Of no interest."},
            "servers": [{"url": "https://api.example/v1"}],
            "security": [{"key": []}],
            "tags": [{"name": "runs"}],
            "paths": {
                "/threads/{thread}/runs": {
                    "parameters": [{"name": "thread", "in": "path", "required": True, "schema": {"type": "string"}}],
                    "get": {
                        "operationId": "list",
                        "parameters": [{"$ref": "#/components/parameters/Limit"}, tags],
                        "responses": answers,
                        "x-examples": {"a": {"$ref": "./examples/a.json"}},
                    },
                    "post": start,
                },
                "/models": {"get": {"responses": {"200": {"description": "Models."}}}},
            },
            "components": {
                "schemas": schemas,
                "parameters": {"Limit": limit, "Other": {**limit, "name": "other"}},
                "responses": {"Failed": error},
                "securitySchemes": {
                    "key": {"type": "apiKey", "in": "header", "name": "api-key"},
                    "other": {"type": "http", "scheme": "basic"},
                },
            },
        }
    )


def swagger() -> dict[str, Any]:
    """Describe the interface in Swagger 2.0."""
    home = "#/definitions/"
    definitions = _schemas(home)
    definitions["Run"]["properties"]["ended"] = {"type": "integer", "x-nullable": True}
    definitions["Message"]["x-ms-discriminator-value"] = "message"
    definitions["Call"]["x-ms-discriminator-value"] = "call"
    definitions["Step"] = {
        "type": "object",
        "required": ["kind"],
        "properties": {"kind": {"type": "string"}},
        "discriminator": "kind",
    }
    answers = {
        "200": {
            "description": "The run.",
            "headers": {"X-Left": {"description": "Left (count).", "type": "integer"}},
            "schema": {"$ref": f"{home}Run"},
        },
        "default": {"$ref": "#/responses/Failed"},
    }
    limit = {**_LIMIT, "type": "integer", "maximum": 100, "default": 20}
    body = {"type": "object", "properties": {"model": {"type": "string"}}, "required": ["model"]}
    return copy.deepcopy(
        {
            "swagger": "2.0",
            "info": {"title": "Runs", "version": "1"},
            "host": "api.example",
            "basePath": "/v1",
            "schemes": ["https"],
            "produces": ["application/json"],
            "security": [{"key": []}],
            "paths": {
                "/threads/{thread}/runs": {
                    "parameters": [{"name": "thread", "in": "path", "required": True, "type": "string"}],
                    "get": {
                        "operationId": "list",
                        "parameters": [
                            {"$ref": "#/parameters/Limit"},
                            {**_TAGS, "type": "array", "items": {"type": "string"}, "collectionFormat": "csv"},
                        ],
                        "responses": answers,
                    },
                    "post": {
                        "operationId": "start",
                        "consumes": ["application/json"],
                        "parameters": [{"name": "body", "in": "body", "required": True, "schema": body}],
                        "responses": answers,
                    },
                },
                "/models": {"get": {"responses": {"200": {"description": "Models."}}}},
            },
            "parameters": {"Limit": limit},
            "responses": {"Failed": {"description": "No.", "schema": {"$ref": f"{home}Error"}}},
            "definitions": definitions,
            "securityDefinitions": {"key": {"type": "apiKey", "in": "header", "name": "api-key"}},
        }
    )
