"""Small programs as people write them who know openai-python: type-checked against the wheel, run by `test_habits`."""

import asyncio
import copy
import json
import pickle
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, assert_never, assert_type

import attrs
import httpx

from run_steps import (
    NO_RETRIES,
    APIStatusError,
    AsyncRunSteps,
    ConnectionFailed,
    NotFound,
    RateLimited,
    RetryPolicy,
    RunSteps,
    duration,
    message_text,
    to_datetime,
    tool_calls,
    tool_totals,
)
from run_steps.reader import Reader
from run_steps_api.models import (
    ActivitiesDetails,
    CodeInterpreterToolCall,
    FunctionToolCall,
    MessageCreationDetails,
    RunStep,
    RunStepStatus,
    ToolCall,
    ToolCallsDetails,
    UnknownStepDetails,
    UnknownToolCall,
)

THREAD, RUN = "thread_demo", "run_kinds"


def names_of_functions(client: Reader) -> list[str]:
    """Narrow down by tags, without importing a class."""
    names: list[str] = []
    for step in client.list(THREAD, RUN):
        d = step.step_details
        if d and d.type_ == "tool_calls":
            for c in d.tool_calls:
                if c.type_ == "function":
                    names.append(str(c.function.name))  # noqa: PERF401
    return names


def names_of_functions_by_class(client: Reader) -> list[str]:
    """Narrow down by classes."""
    return [
        str(call.function.name)
        for step in client.list(THREAD, RUN)
        if isinstance(step.step_details, ToolCallsDetails)
        for call in step.step_details.tool_calls
        if isinstance(call, FunctionToolCall)
    ]


def names_of_functions_by_match(client: Reader) -> list[str]:
    """Narrow down by patterns."""
    names: list[str] = []
    for step in client.list(THREAD, RUN):
        match step.step_details:
            case ToolCallsDetails(tool_calls=calls):
                for call in calls:
                    match call:
                        case FunctionToolCall(function=function):
                            names.append(str(function.name))
                        case _:
                            pass
            case _:
                pass
    return names


def message_ids(client: Reader) -> list[str]:
    """Find the messages a run wrote."""
    found: list[str] = []
    for step in client.list(THREAD, RUN):
        details = step.step_details
        if details and details.type_ == "message_creation" and details.message_creation.message_id:
            found.append(details.message_creation.message_id)
    return found


def logs_of_code(client: Reader) -> list[str]:
    """Read what code wrote, and which images it drew."""
    logs: list[str] = []
    for call in calls(client):
        if call.type_ == "code_interpreter":
            for output in call.code_interpreter.outputs or []:
                if output.type_ == "logs":
                    logs.append(output.logs or "")
                elif output.type_ == "image":
                    logs.append(f"image {output.image.file_id}")
                else:
                    logs.append(f"{output.type_} {output.tag}")
    return logs


def found_files(client: Reader) -> list[tuple[str, float]]:
    """Read what a file search found."""
    return [
        (result.file_name or "", result.score or 0.0)
        for call in calls(client)
        if call.type_ == "file_search"
        for result in call.file_search.results or []
    ]


def calls(client: Reader) -> Iterator[ToolCall]:
    """Go through all calls of tools, with their union as the type."""
    for step in client.list(THREAD, RUN):
        if step.step_details and step.step_details.type_ == "tool_calls":
            yield from step.step_details.tool_calls


def arguments(client: Reader) -> list[Any]:
    """Parse the arguments of functions."""
    return [json.loads(call.function.arguments or "{}") for call in calls(client) if call.type_ == "function"]


def only_functions(client: Reader) -> list[FunctionToolCall]:
    """Filter in a comprehension, which gives a list of that class."""
    found = [call for call in calls(client) if call.type_ == "function"]
    assert_type(found, list[FunctionToolCall])
    return found


def kinds_of_details(client: Reader) -> list[str]:
    """Name every kind there is; a checker proves that none is left out."""
    texts: list[str] = []
    for step in client.list(THREAD, RUN):
        if not (d := step.step_details):
            continue
        if d.type_ == "message_creation":
            texts.append(f"message {d.message_creation.message_id}")
        elif d.type_ == "tool_calls":
            texts.append(f"{len(d.tool_calls)} calls")
        elif d.type_ == "activities":
            texts.append(f"{len(d.activities)} activities")
        elif d.type_ == "unknown":
            texts.append(f"something called {d.tag}")
        else:
            assert_never(d)
    return texts


def kinds_of_details_by_match(client: Reader) -> list[int]:
    """The same with `match` on the tag, which narrows the object as well."""
    counts: list[int] = []
    for step in client.list(THREAD, RUN):
        if not (d := step.step_details):
            continue
        match d.type_:
            case "message_creation":
                counts.append(1 if d.message_creation else 0)
            case "tool_calls":
                counts.append(len(d.tool_calls))
            case "activities":
                counts.append(len(d.activities))
            case "unknown":
                counts.append(len(d.additional_keys))
            case _:
                assert_never(d.type_)
    return counts


def kinds_of_details_by_class(client: Reader) -> list[str]:
    """The same with `match` on the class."""
    names: list[str] = []
    for step in client.list(THREAD, RUN):
        if not (d := step.step_details):
            continue
        match d:
            case MessageCreationDetails() | ToolCallsDetails() | ActivitiesDetails():
                names.append(d.type_)
            case UnknownStepDetails():
                names.append(str(d.tag))
            case _:
                assert_never(d)
    return names


def what_nobody_knows(client: Reader) -> dict[str, dict[str, Any]]:
    """Read a tool the client does not know: its own word, and its fields."""
    found: dict[str, dict[str, Any]] = {}
    for call in calls(client):
        if call.type_ == "unknown":
            assert_type(call, UnknownToolCall)
            found[str(call.tag)] = {key: call[key] for key in call.additional_keys}
    return found


def everything_but_functions(client: Reader) -> list[str]:
    """Narrow down by what a call is not."""
    return [call.type_ for call in calls(client) if call.type_ not in ("function", "unknown")]


def calls_by_kind(client: Reader) -> dict[str, list[ToolCall]]:
    """Group calls by their kind."""
    grouped: dict[str, list[ToolCall]] = defaultdict(list)
    for call in calls(client):
        grouped[call.type_].append(call)
    return grouped


def usual_tools(client: Reader) -> Counter[str]:
    """Count the functions that were called."""
    return Counter(call.function.name for call in calls(client) if call.type_ == "function" and call.function.name)


def tokens(client: Reader) -> int:
    """Add up tokens; steps without usage, and usage without a count, count nothing."""
    return sum(step.usage.total_tokens or 0 for step in client.list(THREAD, RUN) if step.usage)


def cached_tokens(client: Reader) -> int:
    """Go down several levels that may be missing."""
    total = 0
    for step in client.list(THREAD, RUN):
        if step.usage and step.usage.prompt_token_details:
            total += step.usage.prompt_token_details.cached_tokens or 0
    return total


def failures(client: Reader) -> list[str]:
    """Say why steps failed."""
    return [
        f"{step.last_error.code}: {step.last_error.message}"
        for step in client.list(THREAD, "run_failed")
        if step.status == "failed" and step.last_error
    ]


def finished(client: Reader) -> list[str]:
    """Compare a status with a member and with text."""
    steps = list(client.list(THREAD, RUN))
    done = [step.id for step in steps if step.status is RunStepStatus.COMPLETED]
    assert done == [step.id for step in steps if step.status in ("completed", "something new")]
    return done


def by_time(client: Reader) -> list[datetime]:
    """Sort steps by when they began."""
    times = [to_datetime(step.created_at) for step in client.list(THREAD, RUN)]
    return sorted(time for time in times if time)


def dumped(client: Reader) -> list[dict[str, Any]]:
    """Write steps as JSON lines, and read them back."""
    lines = [json.dumps(step.to_dict()) for step in client.list(THREAD, RUN)]
    assert [RunStep.from_dict(json.loads(line)) for line in lines] == list(client.list(THREAD, RUN))
    return [json.loads(line) for line in lines]


def page_by_page(client: Reader) -> list[int]:
    """Count the steps of each page."""
    return [len(page.items) for page in client.list(THREAD, RUN, page_size=10).pages()]


def first_step(client: Reader) -> str:
    """Take one step, and ask for it again."""
    step = next(iter(client.list(THREAD, RUN, order="asc")))
    again = client.retrieve(THREAD, RUN, step.id)
    assert again == step
    return again.id


def changed(client: Reader) -> RunStep:
    """Make a step that differs in one field."""
    step = client.retrieve(THREAD, RUN, first_step(client))
    return attrs.evolve(step, status="reviewed", metadata=None)


def made_by_hand(client: Reader) -> FunctionToolCall | CodeInterpreterToolCall | UnknownToolCall:
    """Make models for a test of one's own."""
    del client
    call = FunctionToolCall.from_dict({"type": "function", "function": {"name": "f", "arguments": "{}"}})
    return attrs.evolve(call, id="call_1")


def what_is_not_there(client: RunSteps) -> tuple[int, str]:
    """Handle the errors of a server."""
    try:
        client.retrieve(THREAD, RUN, "step_nowhere")
    except NotFound as error:
        return error.status, error.message
    except APIStatusError as error:
        return error.status, error.request_id or ""
    return 0, ""


def raw_answer(client: RunSteps) -> tuple[int, str, str]:
    """Look at status and headers of an answer, then at what it says."""
    response = client.retrieve_response(THREAD, RUN, first_step(client))
    return response.status, response.headers["content-type"], response.parse().id


def in_a_hurry(client: RunSteps) -> list[str]:
    """Set options for some calls, and for one."""
    hasty = client.with_options(timeout=5, retry=RetryPolicy(attempts=2), headers={"X-Team": "pilots"})
    run = hasty.run(THREAD, RUN, timeout=httpx.Timeout(5, connect=1), retry=NO_RETRIES)
    return [run.id, run.model or "no model"]


def made_up_answers(client: RunSteps) -> str:
    """Test one's own code without a server."""
    payload = client.retrieve(THREAD, RUN, first_step(client)).to_dict()

    def answer(request: httpx.Request) -> httpx.Response:
        assert request.headers["Authorization"] == "Bearer secret"
        return httpx.Response(200, json=payload)

    with RunSteps(base_url="https://x.example/v1", api_key="secret", transport=httpx.MockTransport(answer)) as mocked:
        return mocked.retrieve("thread_1", "run_1", payload["id"]).id


def refused(client: RunSteps) -> list[str]:
    """Tell a server that is busy from one that is not there."""
    del client

    def busy(request: httpx.Request) -> httpx.Response:
        if "step_gone" in request.url.path:
            raise httpx.ConnectError("no route", request=request)
        return httpx.Response(429, headers={"Retry-After": "7"}, json={"error": {"code": "rate_limit_exceeded"}})

    found: list[str] = []
    own = httpx.Client(transport=httpx.MockTransport(busy), headers={"User-Agent": "harbour"})
    with own, RunSteps(base_url="https://x.example/v1", http_client=own, retry=NO_RETRIES) as mocked:
        for step_id in ("step_busy", "step_gone"):
            try:
                mocked.retrieve("thread_1", "run_1", step_id)
            except RateLimited as error:
                found.append(f"{error.code}, again in {error.retry_after:.0f} s")
            except ConnectionFailed:
                found.append("nobody there")
    assert found == ["rate_limit_exceeded, again in 7 s", "nobody there"]
    return found


def as_json(client: Reader) -> list[Any]:
    """Write JSON by a method, and leave out what was not sent."""
    steps = list(client.list(THREAD, RUN))
    assert all("UNSET" not in step.to_json() + repr(step) for step in steps)
    return [json.loads(step.to_json())["id"] for step in steps]


def any_tool(client: Reader) -> list[str]:
    """Show what was called, whatever kind of tool it is."""
    return [
        f"{call.name}({call.input}) -> {call.output}" for step in client.list(THREAD, RUN) for call in tool_calls(step)
    ]


def totals(client: Reader) -> dict[str, tuple[int, int]]:
    """Add up calls and tokens of each tool."""
    return {total.name: (total.calls, total.tokens or 0) for total in tool_totals(client.list(THREAD, RUN))}


def longest(client: Reader) -> str:
    """Find the step that took longest; some have no end yet."""
    step = max(client.list(THREAD, RUN), key=lambda step: duration(step) or timedelta())
    return step.id


def newest(client: Reader) -> str | None:
    """Take the newest step, if there is one."""
    step = next(iter(client.list(THREAD, RUN, max_items=1)), None)
    return step.id if step else None


def found_texts(client: Reader) -> list[str]:
    """Ask for what is only sent when asked for, as one value."""
    content = "step_details.tool_calls[*].file_search.results[*].content"
    return [
        part.text or ""
        for step in client.list(THREAD, RUN, include=content)
        if step.step_details and step.step_details.type_ == "tool_calls"
        for call in step.step_details.tool_calls
        if call.type_ == "file_search"
        for result in call.file_search.results or []
        for part in result.content or []
    ]


def copies(client: Reader) -> dict[str, RunStep]:
    """Copy steps, send them to another process, and keep them by id."""
    by_id = {step.id: step for step in client.list(THREAD, RUN)}
    assert copy.deepcopy(by_id) == by_id == pickle.loads(pickle.dumps(by_id))
    return by_id


def what_was_said(client: RunSteps) -> list[str]:
    """Read the messages of a thread as text."""
    return [f"{message.role}: {message_text(message)}" for message in client.messages(THREAD, order="asc", max_items=5)]


def what_runs_wait_for(client: RunSteps) -> list[str]:
    """Look for runs that need somebody, by their status, among all of a thread."""
    found: list[str] = []
    for run in client.runs(THREAD):
        if run.status == "requires_action" and run.required_action:
            found.append(f"{run.id} waits for {run.required_action.type_}")
        elif run.status == "failed" and run.last_error:
            found.append(f"{run.id} failed: {run.last_error.message}")
    return found


def followed(client: RunSteps) -> list[str]:
    """Wait for a run to end, step by step."""
    return [
        f"{change.step.id if change.step else change.run.id} {change.kind}"
        for change in client.watch(THREAD, "run_failed", deadline=30)
    ]


async def pages_later(client: AsyncRunSteps) -> list[int]:
    """Count the steps of each page in `async` code."""
    return [len(page.items) async for page in client.list(THREAD, RUN, page_size=10).pages()]


async def side_by_side(client: AsyncRunSteps) -> list[str]:
    """Ask for several at once."""
    ids = [step.id async for step in client.list(THREAD, RUN, max_items=3)]
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(client.retrieve(THREAD, RUN, step_id)) for step_id in ids]
    runs = await asyncio.gather(*(client.run(THREAD, run_id) for run_id in (RUN, "run_failed")))
    return [task.result().id for task in tasks] + [run.id for run in runs]


async def what_is_not_there_later(client: AsyncRunSteps) -> int:
    """Handle the errors of a server in `async` code."""
    try:
        await client.retrieve(THREAD, RUN, "step_nowhere")
    except NotFound as error:
        return error.status
    return 0


async def names_of_functions_later(client: AsyncRunSteps) -> list[str]:
    """Narrow down in `async` code."""
    names: list[str] = []
    async for step in client.list(THREAD, RUN):
        if step.step_details and step.step_details.type_ == "tool_calls":
            names += [str(c.function.name) for c in step.step_details.tool_calls if c.type_ == "function"]
    return names
