"""Write a slice of Swagger 2.0 as OpenAPI 3.0, which reads schemas alike.

What has moved is told by https://swagger.io/specification/v2/ and https://spec.openapis.org/oas/v3.0.4.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

_MOVED = {
    "#/definitions/": "#/components/schemas/",
    "#/parameters/": "#/components/parameters/",
    "#/responses/": "#/components/responses/",
}
_FORMS = ("multipart/form-data", "application/x-www-form-urlencoded")
_OF_SCHEMAS = frozenset(
    {
        "type", "format", "items", "default", "enum", "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum",
        "maxLength", "minLength", "pattern", "maxItems", "minItems", "uniqueItems", "multipleOf", "x-nullable",
    }
)  # fmt: skip
"""Keys of a parameter or header that belong to its schema now."""

_STYLES = {"csv": ("form", False), "multi": ("form", True), "ssv": ("spaceDelimited", False), "tsv": ("form", False),
           "pipes": ("pipeDelimited", False)}  # fmt: skip
_FLOWS = {"implicit": "implicit", "password": "password", "application": "clientCredentials",
          "accessCode": "authorizationCode"}  # fmt: skip
_METHODS = frozenset({"get", "put", "post", "delete", "options", "head", "patch"})


def converted(swagger: Mapping[str, Any]) -> dict[str, Any]:
    """Return a description in Swagger 2.0 as one in OpenAPI 3.0."""
    return _Conversion(swagger).description()


class _Conversion:
    def __init__(self, swagger: Mapping[str, Any]) -> None:
        self._swagger = swagger
        self._tags = _tags(swagger.get("definitions", {}))

    def description(self) -> dict[str, Any]:
        swagger = self._swagger
        given = {name: value for name, value in swagger.get("parameters", {}).items() if not _is_body(value)}
        components = {
            "schemas": {
                name: self._definition(name, schema) for name, schema in swagger.get("definitions", {}).items()
            },
            "parameters": {name: self._parameter(value) for name, value in given.items()},
            "responses": {name: self._response(value, None) for name, value in swagger.get("responses", {}).items()},
            "securitySchemes": {name: _scheme(value) for name, value in swagger.get("securityDefinitions", {}).items()},
        }
        result = {"openapi": "3.0.3", "info": swagger["info"], "servers": _servers(swagger)}
        result |= {"security": swagger["security"]} if "security" in swagger else {}
        result["paths"] = {path: self._item(item) for path, item in swagger["paths"].items()}
        return result | {"components": {kind: named for kind, named in components.items() if named}}

    def _item(self, item: Mapping[str, Any]) -> dict[str, Any]:
        shared = [self._meant(value) for value in item.get("parameters", ())]
        bodies = [value for value in shared if _is_body(value)]
        result: dict[str, Any] = {}
        for key, value in item.items():
            if key == "parameters":
                result[key] = [self._parameter(one) for one in value if not _is_body(self._meant(one))]
            else:
                result[key] = self._operation(value, bodies) if key in _METHODS else value
        return result

    def _operation(self, operation: Mapping[str, Any], shared: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        written = operation.get("parameters", ())
        bodies = [value for value in map(self._meant, written) if _is_body(value)] or list(shared)
        result: dict[str, Any] = {}
        for key, value in operation.items():
            if key == "parameters":
                result[key] = [self._parameter(one) for one in value if not _is_body(self._meant(one))]
            elif key == "responses":
                result[key] = {name: self._response(one, operation) for name, one in value.items()}
            elif key not in ("consumes", "produces", "schemes"):
                result[key] = value
        if bodies:
            result["requestBody"] = self._body(bodies, self._media_types(operation, "consumes"))
        return result

    def _media_types(self, operation: Mapping[str, Any] | None, key: str) -> list[str]:
        return list((operation or {}).get(key) or self._swagger.get(key) or ["application/json"])

    def _meant(self, parameter: Mapping[str, Any]) -> Mapping[str, Any]:
        """Follow the reference to a parameter, so that those of the body can be told from others."""
        name = str(parameter.get("$ref", "")).removeprefix("#/parameters/")
        found = self._swagger.get("parameters", {}).get(name.replace("~1", "/").replace("~0", "~"))
        return found if found is not None else parameter

    def _body(self, parameters: Sequence[Mapping[str, Any]], media_types: Sequence[str]) -> dict[str, Any]:
        (first, *_) = parameters
        if first["in"] == "body":
            schema, types = self._schema(first.get("schema", {})), media_types
            told = {"description": first["description"]} if "description" in first else {}
            is_required = first.get("required", False)
        else:
            fields = {value["name"]: self._of_value(value, with_text=True) for value in parameters}
            required = [value["name"] for value in parameters if value.get("required")]
            schema = {"type": "object", "properties": fields} | ({"required": required} if required else {})
            types = [name for name in media_types if name in _FORMS] or [_FORMS[1]]
            told, is_required = {}, bool(required)
        return told | {"required": is_required, "content": {name: {"schema": schema} for name in types}}

    def _parameter(self, parameter: Mapping[str, Any]) -> dict[str, Any]:
        if "$ref" in parameter:
            return {"$ref": _moved(parameter["$ref"])}
        result = {key: parameter[key] for key in parameter if key not in _OF_SCHEMAS | {"collectionFormat", "schema"}}
        if parameter.get("type") == "array":
            style, explode = _STYLES[parameter.get("collectionFormat", "csv")]
            is_query = parameter.get("in") == "query"
            result |= {"style": style if is_query else "simple", "explode": explode}
        return result | {"schema": self._of_value(parameter)}

    def _of_value(self, value: Mapping[str, Any], *, with_text: bool = False) -> dict[str, Any]:
        keys = _OF_SCHEMAS | ({"description"} if with_text else set())
        schema: dict[str, Any] = self._schema({key: value[key] for key in value if key in keys})
        return schema

    def _response(self, response: Mapping[str, Any], operation: Mapping[str, Any] | None) -> dict[str, Any]:
        if "$ref" in response:
            return {"$ref": _moved(response["$ref"])}
        result = {key: value for key, value in response.items() if key not in ("schema", "headers")}
        if "headers" in response:
            result["headers"] = {
                name: {key: value for key, value in header.items() if key == "description"}
                | {"schema": self._of_value(header)}
                for name, header in response["headers"].items()
            }
        if "schema" in response:
            schema = self._schema(response["schema"])
            types = self._media_types(operation, "produces")
            result["content"] = {name: {"schema": schema} for name in types}
        return result

    def _definition(self, name: str, schema: Any) -> Any:
        result = self._schema(schema)
        if isinstance(result, dict) and "discriminator" in result and self._tags.get(name):
            result["discriminator"]["mapping"] = dict(self._tags[name])
        return result

    def _schema(self, schema: Any) -> Any:
        if not isinstance(schema, dict):
            return schema
        result: dict[str, Any] = {}
        for key, value in schema.items():
            if key == "$ref":
                result[key] = _moved(str(value))
            elif key == "discriminator":
                result[key] = {"propertyName": value}
            elif key == "properties":
                result[key] = {name: self._schema(one) for name, one in value.items()}
            elif key == "allOf":
                result[key] = [self._schema(one) for one in value]
            elif key in ("items", "additionalProperties"):
                result[key] = self._schema(value)
            elif not key.startswith("x-") or key in ("x-extensible-enum", "x-sunset", "x-stability-level"):
                result[key] = value
        if result.get("type") == "file":
            result |= {"type": "string", "format": "binary"}
        if schema.get("x-nullable"):
            # Beside a reference nothing counts in OpenAPI 3.0.
            return {"nullable": True, "allOf": [result]} if "$ref" in result else result | {"nullable": True}
        return result


def _is_body(parameter: Mapping[str, Any]) -> bool:
    return parameter.get("in") in ("body", "formData")


def _moved(reference: str) -> str:
    for old, new in _MOVED.items():
        if reference.startswith(old):
            return new + reference.removeprefix(old)
    return reference


def _tags(definitions: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """Return what the discriminator of each definition leads to, by tag: its heirs, and theirs."""
    parents = {
        name: [
            str(member["$ref"]).removeprefix("#/definitions/")
            for member in schema.get("allOf", ())
            if isinstance(member, dict) and "$ref" in member
        ]
        for name, schema in definitions.items()
        if isinstance(schema, dict)
    }
    tags: dict[str, dict[str, str]] = {}
    for name in parents:
        tag = definitions[name].get("x-ms-discriminator-value", name)
        for ancestor in _ancestors(name, parents):
            tags.setdefault(ancestor, {})[tag] = f"#/components/schemas/{name}"
    return tags


def _ancestors(name: str, parents: Mapping[str, Iterable[str]]) -> set[str]:
    found: set[str] = set()
    pending = [name]
    while pending:
        for parent in parents.get(pending.pop(), ()):
            if parent not in found:
                found.add(parent)
                pending.append(parent)
    return found


def _servers(swagger: Mapping[str, Any]) -> list[dict[str, Any]]:
    base = str(swagger.get("basePath", "")).rstrip("/")
    host = swagger.get("x-ms-parameterized-host")
    if isinstance(host, dict):
        names = [parameter.get("name", "") for parameter in host.get("parameters", ()) if "$ref" not in parameter]
        url = str(host.get("hostTemplate", "")) + base
        prefix = "https://" if host.get("useSchemePrefix", True) else ""
        return [{"url": prefix + url, "variables": {name: {"default": name} for name in names}}]
    if "host" not in swagger:
        return [{"url": base or "/"}]
    return [{"url": f"{scheme}://{swagger['host']}{base}"} for scheme in swagger.get("schemes", ["https"])]


def _scheme(scheme: Mapping[str, Any]) -> dict[str, Any]:
    told = {"description": scheme["description"]} if "description" in scheme else {}
    if scheme.get("type") == "basic":
        return told | {"type": "http", "scheme": "basic"}
    if scheme.get("type") != "oauth2":
        return dict(scheme)
    flow = {key: scheme[key] for key in ("authorizationUrl", "tokenUrl") if key in scheme}
    flow["scopes"] = scheme.get("scopes", {})
    return told | {"type": "oauth2", "flows": {_FLOWS.get(str(scheme.get("flow")), "implicit"): flow}}
