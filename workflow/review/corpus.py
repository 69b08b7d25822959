"""Score the review against a corpus of pairs whose level is known: ``python -m workflow.review.corpus FOLDER``.

The folder holds ``cases.jsonl``; each line names a case, its base and revision (paths in the folder), and whether the
change is breaking (true, false, or null when nothing is said). Exit codes: 0 when at least 97 % of the breaking cases
are found and no other raises an alarm, 1 otherwise, 2 for bad input.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from attrs import frozen

from workflow.document import DocumentError
from workflow.review.description import load
from workflow.review.sources import Source
from workflow.review.verdict import Verdict, verdict_of
from workflow.review.wire.operations import compare_descriptions

_LEAST_FOUND = 0.97

DISPUTED = {
    "TestRequestParameterMaxDecreased": (
        "`maximum` stands on a parameter of type array, where it has no effect in OpenAPI 3.0 or JSON Schema: the "
        "accepted values are the same. Reported as risky, as somebody must have meant something by it."
    ),
    "TestRequestPropertyAllOfAdded_WithSources_Inline": (
        "The new member of `allOf` only declares an optional property; written into `properties` directly, the same "
        "change is called safe by the same corpus. Reported as risky, like every new optional property of an open "
        "request object."
    ),
}
"""Cases whose demand we hold to be wrong, with the reason; they count as missed all the same."""


@frozen
class Outcome:
    """What came of one case.

    Attributes:
        case: Its name.
        breaking: What the corpus demands: True, False, or None when it says nothing.
        verdict: What the review said; None when it failed.
        problem: Why it failed.
    """

    case: str
    breaking: bool | None
    verdict: Verdict | None
    problem: str = ""

    @property
    def is_right(self) -> bool:
        """Whether the review said what the corpus demands."""
        if self.verdict is None:
            return False
        return self.breaking is None or self.breaking == (self.verdict is Verdict.BREAKING)


def score(folder: Path, today: dt.date) -> list[Outcome]:
    """Review every case of a corpus.

    Raises:
        DocumentError: There is no readable list of cases.
    """
    cases = folder / "cases.jsonl"
    try:
        lines = cases.read_text(encoding="utf-8").splitlines()
        return [_outcome(folder, json.loads(line), today) for line in lines if line.strip()]
    except (OSError, ValueError, KeyError) as error:
        raise DocumentError(str(cases), None, f"cannot be read: {error}") from None


def _outcome(folder: Path, case: dict[str, Any], today: dt.date) -> Outcome:
    try:
        base, revision = (load(Source(str(folder / case[side]))) for side in ("base", "revision"))
        return Outcome(case["case"], case["breaking"], verdict_of(compare_descriptions(base, revision, today)))
    except DocumentError as error:
        return Outcome(case["case"], case["breaking"], None, str(error))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the score of a corpus and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m workflow.review.corpus", description="Score the review.")
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="the corpus")
    try:
        outcomes = score(parser.parse_args(arguments).folder, dt.datetime.now(dt.UTC).date())
    except DocumentError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    demanded = [outcome for outcome in outcomes if outcome.breaking is True]
    found = [outcome for outcome in demanded if outcome.is_right]
    harmless = [outcome for outcome in outcomes if outcome.breaking is False]
    alarms = [outcome for outcome in harmless if outcome.verdict is Verdict.BREAKING]
    for outcome in outcomes:
        if not outcome.is_right:
            print(
                f"{outcome.case}: demanded breaking={outcome.breaking}, came out {outcome.verdict or outcome.problem}"
            )
            if outcome.case in DISPUTED:
                print(f"    disputed: {DISPUTED[outcome.case]}")
    share = len(found) / len(demanded) if demanded else 1.0
    failed = sum(outcome.verdict is None for outcome in outcomes)
    print(f"breaking found: {len(found)} of {len(demanded)} ({share:.1%})")
    print(f"false alarms: {len(alarms)} of {len(harmless)}")
    print(f"reviewed: {len(outcomes) - failed} of {len(outcomes)}")
    return 0 if share >= _LEAST_FOUND and not alarms and not failed else 1


if __name__ == "__main__":
    sys.exit(main())
