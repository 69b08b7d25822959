"""What an importer writes, type-checked against the installed wheel and never run."""

from datetime import datetime, timedelta
from typing import assert_type

import httpx

from run_steps import (
    AsyncRunSteps,
    Change,
    DeadlineExceeded,
    NotFound,
    Pace,
    Page,
    Paginator,
    RawResponse,
    RetryPolicy,
    RunState,
    RunSteps,
    duration,
    is_over,
    paginated,
    paginated_async,
    servers,
    to_datetime,
    watch,
)
from run_steps_api import AuthenticatedClient, Client, provenance
from run_steps_api.api.run_steps import list_run_steps, retrieve_run_step
from run_steps_api.models import (
    ErrorResponse,
    FunctionToolCall,
    Run,
    RunStep,
    RunStepInclude,
    RunStepList,
    RunStepStatus,
    SortOrder,
    StepDetails,
    ToolCall,
    ToolCallsDetails,
    UnknownToolCall,
    Usage,
)
from run_steps_api.types import Response, Unset

version: str = provenance.CONTRACT_VERSION


def tool_names(step: RunStep) -> list[str]:
    """Narrow a step down to the functions it called."""
    assert_type(step.step_details, StepDetails | Unset | None)
    if not isinstance(step.step_details, ToolCallsDetails):
        return []
    assert_type(step.step_details.tool_calls, list[ToolCall])
    called = [call.function.name for call in step.step_details.tool_calls if isinstance(call, FunctionToolCall)]
    assert_type(called, list[str | Unset])
    return [name for name in called if not isinstance(name, Unset)]


def unknown_tools(calls: list[ToolCall]) -> dict[str, object]:
    """Read what the contract does not name."""
    return {key: call[key] for call in calls if isinstance(call, UnknownToolCall) for key in call.additional_keys}


def tokens(step: RunStep) -> int:
    """Tell null and missing apart from a value."""
    assert_type(step.usage, Usage | None | Unset)
    if isinstance(step.usage, Usage) and not isinstance(step.usage.total_tokens, Unset):
        return step.usage.total_tokens or 0
    return 0


def is_done(step: RunStep) -> bool:
    """Compare an open enum with its members and with text."""
    assert_type(step.status, RunStepStatus | str | Unset)
    return step.status is RunStepStatus.COMPLETED or step.status == "incomplete"


def read(client: Client | AuthenticatedClient) -> list[RunStep]:
    """Call an endpoint; a server without authentication needs no key."""
    page = list_run_steps.sync(
        "thread_1",
        "run_1",
        client=client,
        limit=100,
        order=SortOrder.ASC,
        include=[RunStepInclude.FILE_SEARCH_CONTENT, "something.new"],
    )
    assert_type(page, ErrorResponse | RunStepList | None)
    return page.data if isinstance(page, RunStepList) else []


async def read_one(client: Client) -> Response[ErrorResponse | RunStep]:
    """Call an endpoint asynchronously, with the response around it."""
    return await retrieve_run_step.asyncio_detailed("thread_1", "run_1", "step_1", client=client)


def history(client: RunSteps) -> list[str]:
    """Read a run with the client people import; the type of the items survives pagination."""
    steps = client.list("thread_1", "run_1", order="asc", max_items=10, include=[RunStepInclude.FILE_SEARCH_CONTENT])
    assert_type(steps, Paginator[RunStep])
    for page in steps.pages():
        assert_type(page, Page[RunStep])
    step = client.retrieve("thread_1", "run_1", "step_1", timeout=httpx.Timeout(3), deadline=10)
    assert_type(duration(step), timedelta | None)
    assert_type(to_datetime(step.completed_at), datetime | None)
    assert_type(client.retrieve_response("thread_1", "run_1", "step_1"), RawResponse[RunStep])
    assert_type(client.run_response("thread_1", "run_1", retry=RetryPolicy(attempts=1)), RawResponse[Run])
    assert_type(client.with_options(timeout=3, retry=RetryPolicy(attempts=1), headers={"X-Team": "pilots"}), RunSteps)
    _ = client.beta  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue]
    client.list("thread_1", "run_1", limit=5)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    return [step.id for step in steps]


async def history_later(client: AsyncRunSteps) -> list[RunStep]:
    """Read a run asynchronously."""
    assert_type(await client.retrieve("thread_1", "run_1", "step_1"), RunStep)
    assert_type(client.with_options(timeout=3), AsyncRunSteps)
    return [step async for step in client.list("thread_1", "run_1")]


def follow(client: RunSteps) -> RunState | None:
    """Follow a run; a change is of a step or of the run itself, and the error has what was seen."""
    try:
        for change in client.watch("thread_1", "run_1", deadline=60, pace=Pace(longest=30), timeout=httpx.Timeout(3)):
            assert_type(change, Change)
            assert_type(change.run, Run)
            assert_type(change.step, RunStep | None)
            assert_type(is_over(change.step or change.run), bool)
            if change.kind == "ended" and change.step is None:
                break
        for change in watch(client, "thread_1", "run_1"):
            assert_type(change, Change)
    except DeadlineExceeded as error:
        assert_type(error.last_state, RunState | None)
        return error.last_state
    return None


async def follow_later(client: AsyncRunSteps) -> list[Change]:
    """Follow a run asynchronously."""
    return [change async for change in client.watch("thread_1", "run_1")]


def any_list(client: Client) -> None:
    """Paginate generated functions; their parameters and items keep their types."""
    assert_type(paginated(list_run_steps.sync)("thread_1", "run_1", client=client, limit=5), Paginator[RunStep])
    paginated(list_run_steps.sync)("thread_1", client=client)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    paginated_async(list_run_steps.asyncio)("thread_1", "run_1", client=client)


def connect() -> RunSteps:
    """Make clients of known servers."""
    try:
        return RunSteps(servers.azure_agents("https://r.services.ai.azure.com/api/projects/p", lambda: "token"))
    except NotFound as error:
        status: int = error.status
        RunSteps(max_retries=3)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
        return RunSteps(base_url="http://127.0.0.1:8000/v1", retry=RetryPolicy(attempts=status))
