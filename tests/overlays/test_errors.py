"""From whatever a server says to the right error with a message that helps."""

import json
import pickle
from typing import Any

import httpx
import pytest

import run_steps
from run_steps import (
    APIError,
    APIStatusError,
    BadRequest,
    ConfigurationError,
    ConnectionFailed,
    DeadlineExceeded,
    Forbidden,
    InvalidResponse,
    NotFound,
    PaginationError,
    RateLimited,
    RawResponse,
    RunState,
    RunStepsError,
    ServerError,
    TimedOut,
    Unauthorized,
    errors,
)
from run_steps.errors import status_error
from run_steps_api.models import Run


def _response(status: int, body: bytes | dict[str, Any], **headers: str) -> RawResponse[object]:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return RawResponse(
        status, httpx.Headers({name.replace("_", "-"): value for name, value in headers.items()}), content
    )


OPENAI = {
    "error": {
        "message": "No run step found with id 'step_7'.",
        "type": "invalid_request_error",
        "param": None,
        "code": None,
    }
}

RUN = {
    "id": "run_1",
    "object": "thread.run",
    "created_at": 1735689600,
    "thread_id": "thread_1",
    "assistant_id": "asst_1",
    "status": "in_progress",
}


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (302, APIStatusError),
        (400, BadRequest),
        (401, Unauthorized),
        (403, Forbidden),
        (404, NotFound),
        (418, APIStatusError),
        (429, RateLimited),
        (500, ServerError),
        (503, ServerError),
        (520, ServerError),
        (599, ServerError),
        (600, APIStatusError),
    ],
)
def test_each_status_has_its_class(status: int, kind: type[APIStatusError]) -> None:
    """Statuses people handle have a class of their own; all others are an `APIStatusError` with the number."""
    error = status_error(_response(status, OPENAI))

    assert type(error) is kind
    assert error.status == status
    assert str(status) in str(error)


@pytest.mark.parametrize(
    ("body", "message", "detail"),
    [
        (OPENAI, "No run step found with id 'step_7'.", {"type": "invalid_request_error", "param": None, "code": None}),
        (
            {"error": {"message": "Bad.", "type": "t", "param": "limit", "code": "c"}, "detail": {"message": "Other."}},
            "Bad.",
            {"type": "t", "param": "limit", "code": "c"},
        ),
        ({"error": {"code": "401", "message": "Access denied."}}, "Access denied.", {"type": None, "code": "401"}),
        ({"error": {"code": 404, "message": "Gone."}}, "Gone.", {"code": "404"}),
        ({"error": "invalid_grant"}, "invalid_grant", {"code": None}),
        ({"detail": "Not Found"}, "Not Found", {"code": None}),
        ({"detail": [{"loc": ["query", "limit"], "msg": "too large"}]}, "too large", {}),
        ({"detail": {"message": "Nested.", "code": "n"}}, "Nested.", {"code": "n"}),
        ({"message": "Flat.", "type": "t", "code": "f"}, "Flat.", {"type": "t", "code": "f"}),
        (b"", "the body is empty", {"code": None}),
        (b"  \n", "the body is empty", {}),
        (b"<html><h1>Bad gateway</h1></html>", "it begins with '<html><h1>Bad gateway", {"code": None}),
        (b"\xff\xfe\x00", "it begins with '", {}),
        (b"[1]", "it begins with '[1]'", {}),
        ({"error": None}, "it begins with", {}),
        ({}, "it begins with '{}'", {}),
        (b"[" * 100_000, "it begins with '[[", {}),
    ],
    ids=lambda value: str(value)[:40] if isinstance(value, (dict, bytes)) else "",
)
def test_every_form_of_body_is_read(body: bytes | dict[str, Any], message: str, detail: dict[str, str | None]) -> None:
    """OpenAI's and Azure's envelope, FastAPI's detail, text, HTML and nothing at all tell what they can."""
    error = status_error(_response(400, body))

    assert message in error.message
    assert {name: getattr(error, name) for name in detail} == detail
    assert len(error.message) < 700


def test_an_error_tells_the_request_id_and_the_wait() -> None:
    """The request id stands in the text, whichever header holds it; `Retry-After` is in seconds."""
    error = status_error(_response(429, OPENAI, x_request_id="req_1", retry_after_ms="1500"))

    assert str(error).endswith("(request id req_1)")
    assert error.request_id == "req_1"
    assert error.retry_after == 1.5
    assert status_error(_response(500, b"", apim_request_id="a-1")).request_id == "a-1"
    assert status_error(_response(500, b"")).request_id is None


def test_the_tree_is_as_documented() -> None:
    """Whoever catches a base catches what hangs below it in the docstring of the module."""
    assert issubclass(TimedOut, ConnectionFailed)
    assert issubclass(ConfigurationError, ValueError)
    assert all(
        issubclass(kind, APIError) for kind in (APIStatusError, ConnectionFailed, InvalidResponse, PaginationError)
    )
    assert all(issubclass(kind, RunStepsError) for kind in (APIError, ConfigurationError, DeadlineExceeded))
    documented = set((errors.__doc__ or "").split())
    tree = {
        name for name, value in vars(errors).items() if isinstance(value, type) and issubclass(value, RunStepsError)
    }
    assert tree <= documented
    assert tree <= set(run_steps.__all__)


@pytest.mark.parametrize(
    "error",
    [
        status_error(_response(429, OPENAI, retry_after="3", x_request_id="req_1")),
        InvalidResponse("It is not JSON.", _response(200, b"<html>")),
        TimedOut("No answer."),
        PaginationError("In circles."),
        DeadlineExceeded("Too long.", last_state=RunState(Run.from_dict(RUN))),
        ConfigurationError("No server."),
    ],
    ids=lambda error: type(error).__name__,
)
def test_errors_survive_pickling(error: RunStepsError) -> None:
    """An error from a worker process is the same error in the parent."""
    copy = pickle.loads(pickle.dumps(error))

    assert type(copy) is type(error)
    assert str(copy) == str(error)
    assert {key: value for key, value in vars(copy).items() if key != "response"} == {
        key: value for key, value in vars(error).items() if key != "response"
    }
    if isinstance(error, APIStatusError) and isinstance(copy, APIStatusError):
        assert copy.response.body == error.response.body
        assert copy.retry_after == 3.0
