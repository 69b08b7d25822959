"""Unions whose alternatives are told apart by a tag."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.workflow.review.descriptions import compare, with_response
from workflow.review.findings import Level

TAGS = {"cat": "Cat", "dog": "Dog"}


def union(tags: dict[str, str], *, alternatives: tuple[str, ...] = ("Cat", "Dog"), tag: str | None = "kind") -> Any:
    """Describe a response that is one of several animals, or anything else."""
    schemas: dict[str, Any] = {
        name: {"type": "object", "required": ["kind"], "properties": {"kind": {"const": name.lower()}}}
        for name in ("Cat", "Dog", "Emu")
    }
    schema: dict[str, Any] = {"anyOf": [*(reference(name) for name in alternatives), {"type": "object"}]}
    if tag is not None:
        mapping = {known: reference(name)["$ref"] for known, name in tags.items()}
        schema["discriminator"] = {"propertyName": tag, "mapping": mapping}
    return with_response({"$ref": "#/components/schemas/Animal"}, schemas={"Animal": schema, **schemas})


def reference(name: str) -> dict[str, str]:
    """Refer to a schema."""
    return {"$ref": f"#/components/schemas/{name}"}


@pytest.mark.parametrize(
    ("revision", "rule", "level", "text", "place"),
    [
        (union(TAGS, tag=None), "discriminator-removed", Level.RISKY, "no longer told apart", "anyOf"),
        (union(TAGS, tag="type"), "discriminator-changed", Level.BREAKING, "by type, before by kind", "discriminator"),
        (union({"cat": "Cat"}), "discriminator-mapping-removed", Level.RISKY, "the tag dog of", "discriminator"),
        (union(TAGS | {"puma": "Cat"}), "discriminator-mapping-added", Level.RISKY, "the tag puma of", "puma"),
        (union(TAGS | {"dog": "Cat"}), "discriminator-mapping-changed", Level.RISKY, "means Cat, before Dog", "dog"),
    ],
)
def test_a_changed_discriminator_is_told(revision: Any, rule: str, level: Level, text: str, place: str) -> None:
    """What tells the alternatives apart decides which of them a value is, though not whether it is accepted."""
    (finding,) = compare(union(TAGS), revision)
    assert (finding.rule, finding.level) == (rule, level)
    assert text in finding.text
    assert finding.pointer.rpartition("/")[2] == place


def test_a_discriminator_may_come() -> None:
    """To write down what tells the alternatives apart changes nothing else."""
    (finding,) = compare(union(TAGS, tag=None), union(TAGS))
    assert (finding.rule, finding.level) == ("discriminator-added", Level.SAFE)


def test_a_tag_that_means_a_renamed_schema_means_the_same() -> None:
    """The new name of an alternative is told once, not again for its tag."""
    renamed = json.loads(json.dumps(union(TAGS)).replace('Dog"', 'Hound"'))
    assert [finding.rule for finding in compare(union(TAGS), renamed)] == ["schema-renamed"]


def test_an_alternative_comes_and_goes_with_its_tag() -> None:
    """A new alternative is one change, its tag included, and so is one that is gone."""
    wide = union(TAGS | {"emu": "Emu"}, alternatives=("Cat", "Dog", "Emu"))
    assert [finding.rule for finding in compare(union(TAGS), wide)] == ["alternative-added"]
    assert [finding.rule for finding in compare(wide, union(TAGS))] == ["alternative-removed"]
