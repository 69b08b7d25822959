"""openai-python reads from our embedded server what our own clients read from it, live or from an archive."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any, TypeAlias

import openai
import pytest
from openai.types.beta.threads.runs import RunStep as OpenAIRunStep

from run_steps import APIStatusError, BadRequest, NotFound, RunSteps, Unauthorized, servers
from run_steps._choices import Order
from run_steps.archive import Archive
from run_steps.pulling import Target, pull
from run_steps.serving import create_app, sample_store, serve
from run_steps.serving.sample.runs import sample_runs
from run_steps.stores.includes import FILE_SEARCH_CONTENT
from run_steps_api.models import RunStep
from tests.interop.readers import Reader, async_openai_reader, openai_reader, sync_reader

pytestmark = pytest.mark.filterwarnings("ignore:The Assistants API:DeprecationWarning")

API_KEY = "sesame"
RUNS = [(run.payload["thread_id"], run.payload["id"]) for run in sample_runs()]

OpenTheirs: TypeAlias = Callable[..., AbstractContextManager[Reader[OpenAIRunStep]]]

EACH_RUN = pytest.mark.parametrize(("thread_id", "run_id"), RUNS)
INCLUDES = pytest.mark.parametrize("include", [[], [FILE_SEARCH_CONTENT]], ids=["plain", "with-content"])


@pytest.fixture(scope="module", params=["live", "archive"])
def base_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Our server with the sample data, which wants a key; then with an archive that was pulled from it."""
    with serve(create_app(sample_store(), api_key=API_KEY)) as base_url:
        if request.param == "live":
            yield base_url
            return
        path = tmp_path_factory.mktemp("archive") / "history.sqlite"
        pull(servers.compatible(base_url, API_KEY), path, [Target(thread_id) for thread_id, _ in RUNS])
    with Archive.open(path) as archive, serve(create_app(archive, api_key=API_KEY)) as base_url:
        yield base_url


@pytest.fixture(scope="module")
def ours(base_url: str) -> Iterator[Reader[RunStep]]:
    """Reads from it through our client."""
    with sync_reader(base_url=base_url, api_key=API_KEY) as reader:
        yield reader


@pytest.fixture(scope="module", params=[openai_reader, async_openai_reader], ids=["sync", "async"])
def open_theirs(request: pytest.FixtureRequest) -> OpenTheirs:
    """A function that opens one of the clients of openai-python."""
    reader: OpenTheirs = request.param
    return reader


@pytest.fixture(scope="module")
def theirs(open_theirs: OpenTheirs, base_url: str) -> Iterator[Reader[OpenAIRunStep]]:
    """Reads from it through that client."""
    with open_theirs(base_url=base_url, api_key=API_KEY) as reader:
        yield reader


def as_json(step: OpenAIRunStep) -> dict[str, Any]:
    """Return what openai-python makes of a step.

    Every kind that it does not know it takes for the first one that it does, and pydantic warns of each.
    """
    return step.model_dump(mode="json", exclude_unset=True, warnings=False)


@EACH_RUN
@INCLUDES
@pytest.mark.parametrize("order", ["asc", "desc"])
@pytest.mark.parametrize("page_size", [7, 100])
def test_both_libraries_list_the_same_steps(
    ours: Reader[RunStep],
    theirs: Reader[OpenAIRunStep],
    thread_id: str,
    run_id: str,
    include: Sequence[str],
    order: Order,
    page_size: int,
) -> None:
    """Every field of every step of every run is the same, in both orders and over any number of pages."""
    expected = ours.steps(thread_id, run_id, order=order, page_size=page_size, include=include)
    found = theirs.steps(thread_id, run_id, order=order, limit=page_size, include=include)
    assert [as_json(step) for step in found] == [step.to_dict() for step in expected]


def test_the_sample_is_worth_comparing(ours: Reader[RunStep], request: pytest.FixtureRequest) -> None:
    """Several runs, one of several hundred steps, and file searches whose content a server only sends on request."""
    counts = {run_id: len(ours.steps(thread_id, run_id)) for thread_id, run_id in RUNS}
    plain, full = (ours.steps("thread_demo", "run_kinds", include=include) for include in ([], [FILE_SEARCH_CONTENT]))
    assert max(counts.values()) > 300
    assert min(counts.values()) == 0
    is_archive = request.node.callspec.params["base_url"] == "archive"
    assert (plain == full) == is_archive


@INCLUDES
def test_both_libraries_retrieve_the_same_steps(
    ours: Reader[RunStep], theirs: Reader[OpenAIRunStep], include: Sequence[str]
) -> None:
    """Every kind of step is the same by itself, too."""
    for thread_id, run_id in RUNS:
        for step in ours.steps(thread_id, run_id, max_items=50):
            expected = ours.step(thread_id, run_id, step.id, include=include)
            found = theirs.step(thread_id, run_id, step.id, include=include)
            assert as_json(found) == expected.to_dict()


@pytest.mark.parametrize("order", ["asc", "desc"])
def test_both_libraries_go_on_behind_a_step(ours: Reader[RunStep], theirs: Reader[OpenAIRunStep], order: Order) -> None:
    """`after` means the same to both."""
    expected = ours.steps("thread_demo", "run_long", order=order, page_size=50, after="step_long_100")
    found = theirs.steps("thread_demo", "run_long", order=order, limit=50, after="step_long_100")
    assert [step.id for step in found] == [step.id for step in expected]
    assert len(found) == (244 if order == "asc" else 100)


@pytest.mark.parametrize(
    ("wrong", "their_error", "our_error"),
    [
        ({"thread_id": "thread_unknown"}, openai.NotFoundError, NotFound),
        ({"run_id": "run_unknown"}, openai.NotFoundError, NotFound),
        ({"after": "step_unknown"}, openai.NotFoundError, NotFound),
        ({"limit": 101}, openai.BadRequestError, BadRequest),
    ],
)
def test_both_libraries_tell_why_a_list_is_refused(
    ours: Reader[RunStep],
    theirs: Reader[OpenAIRunStep],
    wrong: dict[str, Any],
    their_error: type[openai.APIStatusError],
    our_error: type[APIStatusError],
) -> None:
    """An error has the class for its status, and the same message, type, code and parameter in both."""
    options = {"thread_id": "thread_demo", "run_id": "run_long"} | wrong
    with pytest.raises(their_error) as found:
        theirs.steps(**options)
    if "limit" in options:
        options["page_size"] = options.pop("limit")
    with pytest.raises(our_error) as expected:
        ours.steps(**options)
    assert_they_tell_the_same(found.value, expected.value)


def test_both_libraries_tell_of_a_step_that_is_not_there(ours: Reader[RunStep], theirs: Reader[OpenAIRunStep]) -> None:
    """A step that is asked for by itself and not there is a 404 in both."""
    with pytest.raises(openai.NotFoundError) as found:
        theirs.step("thread_demo", "run_long", "step_unknown")
    with pytest.raises(NotFound) as expected:
        ours.step("thread_demo", "run_long", "step_unknown")
    assert_they_tell_the_same(found.value, expected.value)


def test_both_libraries_tell_of_a_wrong_key(base_url: str, open_theirs: OpenTheirs) -> None:
    """A wrong key is a 401 in both."""
    with (
        open_theirs(base_url=base_url, api_key="wrong") as theirs,
        pytest.raises(openai.AuthenticationError) as found,
    ):
        theirs.steps("thread_demo", "run_long")
    with sync_reader(base_url=base_url, api_key="wrong") as ours, pytest.raises(Unauthorized) as expected:
        ours.steps("thread_demo", "run_long")
    assert_they_tell_the_same(found.value, expected.value)
    assert found.value.code == "invalid_api_key"


def assert_they_tell_the_same(theirs: openai.APIStatusError, ours: APIStatusError) -> None:
    """Check that both errors hold what the server told."""
    assert isinstance(theirs.body, dict)
    assert theirs.body["message"] in ours.message
    assert (theirs.status_code, theirs.type, theirs.code, theirs.param) == (
        ours.status,
        ours.type,
        ours.code,
        ours.param,
    )
    assert theirs.request_id
    assert ours.request_id


def test_azure_openai_reads_it(base_url: str) -> None:
    """Its client for Azure, which has paths and a header of its own."""
    endpoint = base_url.removesuffix("/v1")
    with openai.AzureOpenAI(azure_endpoint=endpoint, api_key=API_KEY, api_version="2024-05-01-preview") as client:
        listed = client.beta.threads.runs.steps.list("run_kinds", thread_id="thread_demo", limit=100)  # pyright: ignore[reportDeprecated]
        with RunSteps(base_url=base_url, api_key=API_KEY) as own:
            steps = list(own.list("thread_demo", "run_kinds"))

    assert [as_json(step) for step in listed] == [step.to_dict() for step in steps]
