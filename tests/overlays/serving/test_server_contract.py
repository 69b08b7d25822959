"""The embedded server answers what the contract says, whatever it is asked."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.openapi.checks import DiscriminatorMismatch

from run_steps.serving import create_app, sample_store, serve
from workflow.generate import CONTRACT

CONTRACT_SCHEMA = schemathesis.openapi.from_path(CONTRACT)
NAMES = [
    "listRunSteps",
    "retrieveRunStep",
    "listRuns",
    "retrieveRun",
    "listMessages",
    "retrieveMessage",
    "listThreads",
    "retrieveThread",
]
# Nothing about a request for one of them can be invalid: any text is an id, and a header.
ALWAYS_VALID = {"retrieveRun", "retrieveMessage", "retrieveThread"}
CASES = [
    (name, mode) for name in NAMES for mode in GenerationMode if mode.value != "negative" or name not in ALWAYS_VALID
]

KNOWN = {
    "thread_id": ["thread_demo"],
    "run_id": ["run_kinds", "run_long", "run_in_progress", "run_empty"],
    "step_id": ["step_long_344", "step_long_000"],
    "message_id": ["msg_kinds_answer", "msg_asked_long"],
}
"""Ids of the sample data: made-up ones alone would never get past the first 404."""


@pytest.fixture(scope="module", params=[None, "sk-test"], ids=["open", "with a key"])
def server(request: pytest.FixtureRequest) -> Iterator[tuple[str, str | None]]:
    """Run the embedded server with its sample data; give its base URL and its key."""
    with serve(create_app(sample_store(), api_key=request.param)) as base_url:
        yield base_url, request.param


@pytest.mark.parametrize(("name", "mode"), CASES, ids=[f"{name}-{mode.value}" for name, mode in CASES])
def test_every_answer_is_documented(name: str, mode: GenerationMode, server: tuple[str, str | None]) -> None:
    """Valid and invalid requests, with ids that exist and ids that do not, get documented statuses and bodies."""
    base_url, key = server
    operation: Any = CONTRACT_SCHEMA.find_operation_by_id(name)

    @given(case=operation.as_strategy(generation_mode=mode), known=st.booleans(), data=st.data())
    @settings(max_examples=60, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
    def check(case: Any, known: bool, data: st.DataObject) -> None:
        if known:
            case.path_parameters = {name: data.draw(st.sampled_from(KNOWN[name])) for name in case.path_parameters}
        headers = {"Authorization": f"Bearer {key}"} if key else None
        try:
            case.call_and_validate(base_url=base_url, headers=headers)
        except* DiscriminatorMismatch:
            pass  # a kind that the contract does not name is the last member of its union

    check()
