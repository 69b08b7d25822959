"""Numbers of any size are compared exactly and written with all their digits."""

import json
import re

import pytest

from tests.workflow.review.descriptions import compare, with_request

NUMBERS = [
    "9" * 400,
    "9" * 399 + "8",
    "9" * 5_000,
    "9" * 4_999 + "8",
    "-" + "9" * 5_000,
    "1e400",
    "1e-400",
    "1000001",
    "7",
]
KEYWORDS = [
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minLength",
    "maxItems",
    "minContains",
    "maxContains",
    "const",
    "default",
    "x-extra",
]


def _with(keyword: str, number: str) -> str:
    """Describe a request in which a keyword has a number, written as it is given."""
    schema = {"type": ["integer", "string", "array"], "contains": {}, "items": {"enum": [0, "@"]}, keyword: "@"}
    return re.sub('"@"', number, json.dumps(with_request(schema), indent=1))


@pytest.mark.parametrize("keyword", KEYWORDS)
def test_no_number_is_too_large_to_be_compared(keyword: str) -> None:
    """Every number in place of every other gives a finding, and none in place of itself."""
    for before in NUMBERS:
        assert compare(_with(keyword, before), _with(keyword, before)) == []
        for after in NUMBERS:
            assert before == after or compare(_with(keyword, before), _with(keyword, after)), (before[:9], after[:9])


def test_bounds_are_written_with_all_their_digits() -> None:
    """A bound that grew by one in a million is told with both values."""
    (finding,) = compare(
        with_request({"type": "integer", "maximum": 1000001}), with_request({"type": "integer", "maximum": 1000000})
    )

    assert "from 1000001 to 1000000" in finding.text


def test_multiples_are_decimal() -> None:
    """A step of 0.3 fits one of 0.1, though no binary fraction is either."""
    (finding,) = compare(
        with_request({"type": "number", "multipleOf": 0.3}), with_request({"type": "number", "multipleOf": 0.1})
    )

    assert finding.level.value == "safe"
