"""What an assistant did during a run, read from any Assistants-compatible server.

    from run_steps import RunSteps

    with RunSteps(base_url="http://127.0.0.1:8000/v1") as client:
        for step in client.list("thread_demo", "run_long", order="asc"):
            print(step.id, step.status)

Names are imported when they are first used, so that importing the package costs next to nothing.
"""

from __future__ import annotations

import logging
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from run_steps import errors, servers
    from run_steps.async_client import AsyncRunSteps
    from run_steps.client import RunSteps
    from run_steps.endings import duration, ended_at
    from run_steps.errors import (
        APIError,
        APIStatusError,
        BadRequest,
        ConfigurationError,
        ConnectionFailed,
        DeadlineExceeded,
        Forbidden,
        InvalidArgument,
        InvalidResponse,
        NotFound,
        PaginationError,
        RateLimited,
        RunStepsError,
        ServerError,
        TimedOut,
        TooLarge,
        Unauthorized,
    )
    from run_steps.pagination import AsyncPaginator, Paginator, paginated, paginated_async
    from run_steps.responses import RawResponse
    from run_steps.retries import NO_RETRIES, RetryPolicy, RetryTransport
    from run_steps.servers import Server
    from run_steps.timestamps import to_datetime
    from run_steps.walk import Page
    from run_steps.watching import Change, Pace, RunState, is_over, watch

__version__ = "0.3.0"

__all__ = [
    "NO_RETRIES",
    "APIError",
    "APIStatusError",
    "AsyncPaginator",
    "AsyncRunSteps",
    "BadRequest",
    "Change",
    "ConfigurationError",
    "ConnectionFailed",
    "DeadlineExceeded",
    "Forbidden",
    "InvalidArgument",
    "InvalidResponse",
    "NotFound",
    "Pace",
    "Page",
    "PaginationError",
    "Paginator",
    "RateLimited",
    "RawResponse",
    "RetryPolicy",
    "RetryTransport",
    "RunState",
    "RunSteps",
    "RunStepsError",
    "Server",
    "ServerError",
    "TimedOut",
    "TooLarge",
    "Unauthorized",
    "duration",
    "ended_at",
    "errors",
    "is_over",
    "paginated",
    "paginated_async",
    "servers",
    "to_datetime",
    "watch",
]

_NAMES_OF = {
    "async_client": "AsyncRunSteps",
    "client": "RunSteps",
    "errors": """
        APIError APIStatusError BadRequest ConfigurationError ConnectionFailed DeadlineExceeded Forbidden
        InvalidArgument InvalidResponse NotFound PaginationError RateLimited RunStepsError ServerError TimedOut TooLarge
        Unauthorized
    """,
    "pagination": "AsyncPaginator Paginator paginated paginated_async",
    "responses": "RawResponse",
    "retries": "NO_RETRIES RetryPolicy RetryTransport",
    "servers": "Server",
    "endings": "duration ended_at",
    "timestamps": "to_datetime",
    "walk": "Page",
    "watching": "Change Pace RunState is_over watch",
}
_MODULE_OF = {name: module for module, names in _NAMES_OF.items() for name in names.split()}

# Quiet until the application says otherwise: https://docs.python.org/3/howto/logging.html#configuring-logging-for-a-library
logging.getLogger(__name__).addHandler(logging.NullHandler())


def __getattr__(name: str) -> object:
    """Import a name when it is first used (PEP 562)."""
    if name in {"errors", "servers"}:
        return import_module(f"{__name__}.{name}")
    if name not in _MODULE_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_MODULE_OF[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({"__all__", "__doc__", "__version__", *__all__})
