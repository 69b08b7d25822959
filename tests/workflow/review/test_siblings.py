"""What means the same is no change, and what means something else is one, however a description writes it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.workflow.review.descriptions import TODAY, loaded
from workflow.document import DocumentError
from workflow.review.verdict import verdict_of
from workflow.review.wire.operations import compare_descriptions

PETS = """
    Pet: {type: object, required: [kind], properties: {kind: {type: string}}, discriminator: {propertyName: kind MORE}}
    Cat: {allOf: [{$ref: '#/components/schemas/Pet'}, {required: [age], properties: {age: {type: KIND}}}]}
"""
UNION = """
    Pets: {oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}], discriminator: {MORE}}
    A: {type: object, required: [k], properties: {k: {type: string}, a: {type: string}}}
    B: {type: object, required: [k], properties: {k: {type: string}, b: {type: string}}}
"""
ALONE = "{type: object, discriminator: {propertyName: kind, mapping: {cat: TARGET}}}"


def described(paths: str, more: str = "", *, version: str = "3.1.0") -> str:
    """Write a description with some paths."""
    return f"openapi: {version}\ninfo: {{title: t, version: '1'}}\npaths: {{{paths}}}\n{more}"


def answered(schema: str, schemas: str = "", **facts: Any) -> str:
    """Describe a response in JSON."""
    return responses(
        f"'200': {{description: d, content: {{application/json: {{schema: {schema}}}}}}}", schemas, **facts
    )


def responses(members: str, schemas: str = "", **facts: Any) -> str:
    """Describe the responses of an operation."""
    return described(
        f"/a: {{get: {{responses: {{{members}}}}}}}", f"components:\n  schemas:{schemas or ' {}'}", **facts
    )


def asked(media_type: str, schema: str, more: str = "", schemas: str = "") -> str:
    """Describe a body of a request."""
    content = f"{{{media_type}: {{schema: {schema}{more}}}}}"
    components = f"components:\n  schemas:{schemas or ' {}'}"
    return described(f"/a: {{post: {{requestBody: {{content: {content}}}, responses: {{}}}}}}", components)


def parameter(schema: str, more: str = "") -> str:
    """Describe a query."""
    return described(f"/a: {{get: {{parameters: [{{name: q, in: query{more}, schema: {schema}}}], responses: {{}}}}}}")


def secured(schemes: str, security: str) -> str:
    """Describe an operation that asks for authorisation."""
    return described(
        "/a: {get: {responses: {}}}", f"security: [{security}]\ncomponents: {{securitySchemes: {{{schemes}}}}}"
    )


def served(servers: str, operation: str = "") -> str:
    """Describe where an operation is served."""
    return described(f"/a: {{get: {{{operation} responses: {{}}}}}}", servers)


def pets(kind: str, more: str = "", top: str = "{$ref: '#/components/schemas/Pet'}", extra: str = "") -> str:
    """Describe a family of schemas that a discriminator tells apart."""
    return answered(top, PETS.replace("KIND", kind).replace("MORE", more) + extra)


def union(discriminator: str) -> str:
    """Describe a union with a discriminator."""
    return answered("{$ref: '#/components/schemas/Pets'}", UNION.replace("MORE", f"propertyName: k{discriminator}"))


def flow(scopes: str) -> str:
    """Describe the flow of a scheme."""
    return f"{{type: oauth2, flows: {{implicit: {{authorizationUrl: u, scopes: {{{scopes}}}}}}}}}"


LION = "    Lion: {allOf: [{$ref: '#/components/schemas/Cat'}, {required: [mane], properties: {mane: {type: KIND}}}]}\n"
BIRD = "    Bird: {type: object, required: [wings]}\n"
TEXT, JSON = (
    "{description: d, content: {text/plain: {}}}",
    "{description: d, content: {application/json: {schema: {type: string}}}}",
)
NUMBERS = JSON.replace("string", "integer")
FORM, PARTS = "application/x-www-form-urlencoded", "multipart/form-data"
ENCODED = ", encoding: {a: {contentType: application/json}}"
EITHER = "oneOf: [{TYPE properties: {a: {}}, required: [a]}, {TYPE properties: {b: {}}, required: [b]}]"
BASIC, BEARER = "{type: http, scheme: basic}", "{type: http, scheme: bearer}"


def field(schema: str) -> str:
    """Describe an object with one property."""
    return f"{{type: object, properties: {{a: {schema}}}}}"


CASES: dict[str, tuple[str, str, str]] = {
    # What a discriminator leads to
    "a child of a child": (
        pets("string", extra=LION.replace("KIND", "string")),
        pets("string", extra=LION.replace("KIND", "integer")),
        "breaking",
    ),
    "a child behind a wrapper": (
        pets("string", top="{description: d, allOf: [{$ref: '#/components/schemas/Pet'}]}"),
        pets("integer", top="{description: d, allOf: [{$ref: '#/components/schemas/Pet'}]}"),
        "breaking",
    ),
    "a child behind null": (
        pets("string", top="{anyOf: [{$ref: '#/components/schemas/Pet'}, {type: 'null'}]}"),
        pets("integer", top="{anyOf: [{$ref: '#/components/schemas/Pet'}, {type: 'null'}]}"),
        "breaking",
    ),
    "the tag stands elsewhere": (
        pets("string"),
        pets("string").replace("propertyName: kind", "propertyName: sort"),
        "breaking",
    ),
    "no tag is named any more": (
        pets("string"),
        pets("string").replace(", discriminator: {propertyName: kind }", ""),
        "risky",
    ),
    "another default among children": (
        pets("string", ", defaultMapping: Cat", extra=BIRD),
        pets("string", ", defaultMapping: Bird", extra=BIRD),
        "breaking",
    ),
    "another default of a union": (union(", defaultMapping: A"), union(", defaultMapping: B"), "risky"),
    "a mapping by name becomes one by reference": (
        union(", mapping: {x: A}"),
        union(", mapping: {x: '#/components/schemas/A'}"),
        "docs",
    ),
    "a reference that an anchor names": (
        "x-ref: &ref {$ref: '#/components/schemas/A'}\n" + answered("*ref", "\n    A: {type: string}"),
        "x-ref: &ref {$ref: '#/components/schemas/A'}\n" + answered("*ref", "\n    A: {type: integer}"),
        "breaking",
    ),
    # Servers
    "servers come where none were listed": (served(""), served("servers: [{url: /v1}]"), "risky"),
    "the server that is meant anyway is listed": (served(""), served("servers: [{url: /}]"), "compatible"),
    "an operation lists the servers it had": (
        served("servers: [{url: /v1}]"),
        served("servers: [{url: /v1}]", "servers: [{url: /v1}],"),
        "compatible",
    ),
    "the text of a variable": (
        served("servers: [{url: '/{v}', variables: {v: {default: a, description: x}}}]"),
        served("servers: [{url: '/{v}', variables: {v: {default: a, description: y}}}]"),
        "docs",
    ),
    "the default of a variable": (
        served("servers: [{url: '/{v}', variables: {v: {default: a}}}]"),
        served("servers: [{url: '/{v}', variables: {v: {default: b}}}]"),
        "risky",
    ),
    # Statuses
    "a range of successes is listed": (responses(f"2XX: {JSON}"), responses(f"'200': {JSON}"), "compatible"),
    "a range in small letters": (responses(f"4XX: {JSON}"), responses(f"4xx: {NUMBERS}"), "breaking"),
    "a range leaves the default": (
        responses(f"default: {JSON}"),
        responses(f"default: {JSON}, 4XX: {TEXT}"),
        "breaking",
    ),
    "a success leaves its range": (responses(f"2XX: {JSON}"), responses(f"2XX: {JSON}, '200': {NUMBERS}"), "breaking"),
    # Security
    "a scheme and the text of its scope": (
        secured(f"a: {flow('r: Read')}", "{a: [r]}"),
        secured(f"b: {flow('r: Reads')}", "{b: [r]}"),
        "compatible",
    ),
    "a scheme in capitals": (
        secured(f"a: {BEARER}", "{a: []}"),
        secured("a: {type: http, scheme: Bearer}", "{a: []}"),
        "docs",
    ),
    "a header in capitals": (
        secured("a: {type: apiKey, in: header, name: X-Key}", "{a: []}"),
        secured("a: {type: apiKey, in: header, name: x-key}", "{a: []}"),
        "docs",
    ),
    "a query in capitals": (
        secured("a: {type: apiKey, in: query, name: key}", "{a: []}"),
        secured("a: {type: apiKey, in: query, name: Key}", "{a: []}"),
        "breaking",
    ),
    "a second name for a scheme": (
        secured(f"a: {BASIC}", "{a: []}"),
        secured(f"a: {BASIC}, b: {BASIC}", "{b: []}"),
        "compatible",
    ),
    "two names become one": (
        secured(f"a: {BASIC}, b: {BASIC}", "{b: []}"),
        secured(f"a: {BASIC}", "{a: []}"),
        "compatible",
    ),
    "names are exchanged": (
        secured(f"a: {BASIC}, b: {BEARER}", "{a: []}"),
        secured(f"b: {BASIC}, a: {BEARER}", "{b: []}"),
        "compatible",
    ),
    "a name means another scheme": (
        secured(f"a: {BASIC}, b: {BEARER}", "{a: []}"),
        secured(f"b: {BASIC}, a: {BEARER}", "{a: []}"),
        "breaking",
    ),
    # Texts
    "numbers listed in a form": (
        asked(FORM, field("{type: array, items: {type: integer}}")),
        asked(FORM, field("{type: array, items: {type: string}}")),
        "compatible",
    ),
    "a field of a form becomes a list": (
        asked(FORM, field("{type: string}")),
        asked(FORM, field("{type: array, items: {type: string}}")),
        "compatible",
    ),
    "a field that is JSON": (
        asked(PARTS, field("{type: integer}"), ENCODED),
        asked(PARTS, field("{type: string}"), ENCODED),
        "breaking",
    ),
    "an object in a form is JSON": (
        asked(PARTS, field(field("{type: integer}"))),
        asked(PARTS, field(field("{type: string}"))),
        "breaking",
    ),
    "numbers listed in a query": (
        parameter("{type: array, items: {type: integer}}"),
        parameter("{type: array, items: {type: string}}"),
        "compatible",
    ),
    "an object in a query": (
        parameter(field("{type: integer}"), ", style: deepObject"),
        parameter(field("{type: string}"), ", style: deepObject"),
        "compatible",
    ),
    "a number in plain text": (
        asked("text/plain", "{type: integer}"),
        asked("text/plain", "{type: string}"),
        "compatible",
    ),
    "a number in XML": (
        asked("application/xml", field("{type: integer}")),
        asked("application/xml", field("{type: string}")),
        "compatible",
    ),
    # Dialects
    "bytes in 3.1": (
        responses(
            "'200': {description: d, content: {application/pdf: {schema: {type: string, format: binary}}}}",
            version="3.0.3",
        ),
        responses("'200': {description: d, content: {application/pdf: {}}}"),
        "compatible",
    ),
    "null beside allOf and a type": (
        answered("{type: object, allOf: [{type: object}]}", version="3.0.3"),
        answered("{type: object, nullable: true, allOf: [{type: object}]}", version="3.0.3"),
        "breaking",
    ),
    # Types that keywords speak of
    **{
        f"the type of {keyword} is written out": (
            asked("application/json", f"{{{keyword}}}"),
            asked("application/json", f"{{type: {kind}, {keyword}}}"),
            "risky",
        )
        for keyword, kind in {
            "minimum: 1": "number",
            "multipleOf: 2": "number",
            "format: date": "string",
            "format: int32": "integer",
            "minProperties: 1": "object",
            "maxItems: 3": "array",
        }.items()
    },
    "a type that its alternatives say goes": (
        answered("{type: object, oneOf: [{type: object, required: [a]}, {type: object, required: [b]}]}"),
        answered("{oneOf: [{type: object, required: [a]}, {type: object, required: [b]}]}"),
        "docs",
    ),
    "the type of a response is written out": (
        answered("{properties: {a: {}}}"),
        answered("{type: object, properties: {a: {}}}"),
        "compatible",
    ),
    "the type of a response is no longer written out": (
        answered("{type: object, properties: {a: {}}}"),
        answered("{properties: {a: {}}}"),
        "risky",
    ),
    "a bound becomes whole": (
        asked("application/json", "{minimum: 1}"),
        asked("application/json", "{type: integer, minimum: 1}"),
        "breaking",
    ),
    "the type of alternatives is written out": (
        asked("application/json", f"{{{EITHER.replace('TYPE', '')}}}"),
        asked("application/json", f"{{{EITHER.replace('TYPE', 'type: object,')}}}"),
        "risky",
    ),
    "the type beside alternatives is written out": (
        asked("application/json", f"{{{EITHER.replace('TYPE', '')}}}"),
        asked("application/json", f"{{type: object, {EITHER.replace('TYPE', '')}}}"),
        "risky",
    ),
}


@pytest.mark.parametrize(("base", "revision", "verdict"), CASES.values(), ids=CASES.keys())
def test_the_verdict_is_that_of_practice(base: str, revision: str, verdict: str) -> None:
    """Each change has the verdict that people who use the interface would give it."""
    assert verdict_of(compare_descriptions(loaded(base), loaded(revision), TODAY)).value == verdict


@pytest.mark.parametrize("order", ["ab", "ba"])
def test_a_schema_in_a_form_and_in_json_is_judged_by_both(order: str) -> None:
    """One schema written in two ways is compared in each, whichever operation comes first."""
    types = dict(zip(order, (FORM, "application/json"), strict=True))

    def both(kind: str) -> str:
        body = "{{content: {{{}: {{schema: {{$ref: '#/components/schemas/A'}}}}}}}}"
        operation = f"/{{}}: {{{{post: {{{{requestBody: {body}, responses: {{{{}}}}}}}}}}}}"
        paths = ", ".join(operation.format(name, types[name]) for name in "ab")
        return described(paths, f"components: {{schemas: {{A: {field(f'{{type: {kind}}}')}}}}}")

    assert verdict_of(compare_descriptions(loaded(both("integer")), loaded(both("string")), TODAY)).value == "breaking"


ELSEWHERE: dict[str, tuple[str, str, str, str]] = {
    "a mapping to another file": (
        answered(ALONE.replace("TARGET", "'o.yaml#/Cat'")),
        "Cat: {type: object, properties: {a: {type: KIND}}}",
        "o.yaml",
        "breaking",
    ),
    "a mapping to a whole file": (
        answered(ALONE.replace("TARGET", "o.yaml")),
        "{type: object, properties: {a: {type: KIND}}}",
        "o.yaml",
        "breaking",
    ),
    "the map of tags": (union(", mapping: {$ref: o.yaml}"), "{KIND: A}", "o.yaml", "risky"),
    "children beside their parent in another file": (
        answered("{$ref: 'o.yaml#/components/schemas/Pet'}"),
        "components:\n  schemas:" + PETS.replace("MORE", ""),
        "o.yaml",
        "breaking",
    ),
    "a child that is a reference": (
        pets("string", extra="    Dog: {$ref: o.yaml}\n"),
        "{allOf: [{$ref: 'openapi.yaml#/components/schemas/Pet'}, {properties: {a: {type: KIND}}}]}",
        "o.yaml",
        "breaking",
    ),
    "an example": (
        responses("'200': {description: d, content: {a/b: {examples: {e: {$ref: o.yaml}}}}}"),
        "value: KIND",
        "o.yaml",
        "docs",
    ),
    "a link": (responses("'200': {description: d, links: {e: {$ref: o.yaml}}}"), "operationId: KIND", "o.yaml", "docs"),
    "a header of a part": (
        asked(PARTS, field("{type: object}"), ", encoding: {a: {headers: {X: {$ref: o.yaml}}}}"),
        "schema: {type: KIND}",
        "o.yaml",
        "risky",
    ),
    "what stands beside a path's reference": (
        described("/a: {$ref: o.yaml, parameters: [{$ref: o2.yaml}]}"),
        "{name: q, in: query, schema: {type: array, items: {type: integer, enum: [1]}, KIND: 1}}",
        "o2.yaml",
        "risky",
    ),
}


@pytest.mark.parametrize(("text", "other", "file", "verdict"), ELSEWHERE.values(), ids=ELSEWHERE.keys())
def test_what_is_written_elsewhere_is_compared(text: str, other: str, file: str, verdict: str) -> None:
    """A part in another file is compared, whatever refers to it."""
    sides = [
        loaded(text, **{"o.yaml": "get: {responses: {}}", file: other.replace("KIND", kind)})
        for kind in ("string", "integer")
    ]
    assert verdict_of(compare_descriptions(sides[0], sides[1], TODAY)).value == verdict


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (
            answered(
                "\n  {type: object, properties: {$ref: '#/components/schemas/A/properties'}}",
                "\n    A:\n      properties:\n        b:\n"
                "          properties: {$ref: '#/components/schemas/A/properties'}\n",
            ),
            10,
        ),
        (answered(ALONE.replace("TARGET", "../o.yaml")), 3),
        (answered(ALONE.replace("TARGET", "'https://example.test/o.yaml'")), 3),
    ],
)
def test_what_cannot_be_followed_is_refused_with_its_line(text: str, line: int) -> None:
    """A map that contains itself, and a tag that leads out of the folder, are refused where they stand."""
    with pytest.raises(DocumentError) as raised:
        loaded(text)

    assert raised.value.line == line
