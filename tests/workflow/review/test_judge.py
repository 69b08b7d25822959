"""A JSON Schema validator judges the review: no value may change sides behind a verdict of `compatible`."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from tests.workflow.review.descriptions import compare, with_request, with_response
from tests.workflow.review.mirrors import mirrored
from tests.workflow.review.random_schemas import VALUES, changed, schemas
from workflow.review.verdict import Verdict, verdict_of

PAIRS = schemas().flatmap(lambda base: st.tuples(st.just(base), changed(base)))
HARMLESS = {Verdict.COMPATIBLE, Verdict.DOCS, Verdict.NONE}
checks = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
slow = settings(max_examples=150, suppress_health_check=checks, derandomize=True)


def accepts(schema: Any, value: Any) -> bool:
    """Whether a schema accepts a value, by the judge's word."""
    return Draft202012Validator(schema).is_valid(value)


@slow
@given(PAIRS, st.lists(VALUES, min_size=40, max_size=40))
def test_a_request_that_is_no_longer_accepted_is_never_compatible(pair: tuple[Any, Any], values: list[Any]) -> None:
    """When the base's request schema accepts a value and the revision's refuses it, the verdict says so."""
    base, revision = pair
    refused = [value for value in values if accepts(base, value) and not accepts(revision, value)]
    if refused:
        note(f"refused: {refused[:3]}")
        assert verdict_of(compare(with_request(base), with_request(revision))) not in HARMLESS


@slow
@given(PAIRS, st.lists(VALUES, min_size=40, max_size=40))
def test_a_response_that_was_never_described_is_never_compatible(pair: tuple[Any, Any], values: list[Any]) -> None:
    """When the revision's response schema allows a value that the base's did not, the verdict says so."""
    base, revision = pair
    new = [value for value in values if accepts(revision, value) and not accepts(base, value)]
    if new:
        note(f"new: {new[:3]}")
        assert verdict_of(compare(with_response(base), with_response(revision), strict=True)) not in HARMLESS


@slow
@given(PAIRS)
def test_every_finding_has_its_mirror(pair: tuple[Any, Any]) -> None:
    """Exchanging base and revision gives the opposite of every finding, at the exchanged places."""
    base, revision = pair
    there = compare(with_request(base), with_request(revision))
    back = compare(with_request(revision), with_request(base))

    def signs(findings: list[Any], *, exchanged: bool) -> list[tuple[str, ...]]:
        return sorted(
            (mirrored(finding.rule) if exchanged else finding.rule, str(finding.direction), finding.identity)
            for finding in findings
        )

    assert signs(there, exchanged=True) == signs(back, exchanged=False)


@settings(max_examples=100, derandomize=True)
@given(schemas())
def test_a_schema_compared_with_itself_gives_nothing(schema: Any) -> None:
    """A description reviewed against itself has no findings."""
    assert compare(with_request(schema), with_request(schema)) == []
