"""The guides for people who come from openai-python and azure-ai-agents name what is there."""

from __future__ import annotations

import builtins

import azure.ai.agents
import azure.core.exceptions
import azure.core.paging
import httpx
import openai
import pytest
from azure.ai.agents import models
from azure.ai.agents.operations import MessagesOperations, RunsOperations, RunStepsOperations, ThreadsOperations
from openai.resources.beta.threads import Messages, Runs, Threads
from openai.resources.beta.threads.runs import Steps
from openai.types.beta.threads import runs

from tests.test_coming_from import CLASS, words

OPERATIONS: dict[str, dict[str, type]] = {
    "openai": {"runs.steps": Steps, "runs": Runs, "messages": Messages, "": Threads},
    "azure": {
        "run_steps": RunStepsOperations,
        "runs": RunsOperations,
        "messages": MessagesOperations,
        "threads": ThreadsOperations,
    },
}
MODULES = {
    "openai": (openai, runs, httpx, builtins),
    "azure": (azure.ai.agents, models, azure.core.exceptions, azure.core.paging, builtins),
}


@pytest.mark.parametrize("guide", OPERATIONS)
def test_the_guides_name_what_the_other_library_has(guide: str) -> None:
    """Every class and call that a table translates exists there."""
    there = words(guide, 0)
    translated = 0
    for word in there:
        for name in CLASS.findall(word):
            assert any(hasattr(module, name) for module in MODULES[guide]), word
            translated += 1
        path, _, rest = word.partition("(")
        prefix, _, method = path.rpartition(".")
        if rest and prefix in OPERATIONS[guide] and method.islower():
            assert hasattr(OPERATIONS[guide][prefix], method), word
            translated += 1
    assert translated > 20


def test_names_of_a_step_of_openai_are_these() -> None:
    """What stands for a model of openai-python is told of names that it has."""
    for word in ("model_dump", "model_dump_json", "model_validate", "model_copy", "model_extra"):
        assert hasattr(runs.RunStep, word)
