"""Azure's SDK for agents reads from our embedded server what our own client reads from it."""

from __future__ import annotations

import sys

import pytest
from azure.ai.agents import AgentsClient
from azure.core.credentials import AccessToken

from run_steps import RunSteps
from run_steps.pagination import Order
from run_steps.serving import create_app, sample_store, serve

API_KEY = "sesame"


class _Credential:
    """The key as a token that never expires."""

    def get_token(self, *scopes: str, **options: object) -> AccessToken:
        """Return the token, whatever it is for."""
        del scopes, options
        return AccessToken(API_KEY, sys.maxsize)


@pytest.mark.parametrize("order", ["asc", "desc"])
def test_all_steps_of_all_runs_are_the_same(order: Order) -> None:
    """It follows our pages to their end, and reads each step by itself; it refuses http:// unless asked not to."""
    with (
        serve(create_app(sample_store(), api_key=API_KEY)) as base_url,
        RunSteps(base_url=base_url, api_key=API_KEY) as ours,
        AgentsClient(endpoint=base_url, credential=_Credential()) as theirs,
    ):
        for run in ours.runs("thread_demo"):
            steps = list(ours.list("thread_demo", run.id, order=order))
            listed = list(theirs.run_steps.list("thread_demo", run.id, order=order, enforce_https=False))
            assert [step.id for step in listed] == [step.id for step in steps]
            assert [step.as_dict() for step in listed] == [step.to_dict() for step in steps]
            for step in steps[:3]:
                got = theirs.run_steps.get("thread_demo", run.id, step.id, enforce_https=False)
                assert got.as_dict() == step.to_dict()
