"""What an assistant did during a run, read from any Assistants-compatible server.

    from run_steps import RunSteps

    with RunSteps(base_url="http://127.0.0.1:8000/v1") as client:
        for step in client.list("thread_demo", "run_long", order="asc"):
            print(step.id, step.status)

Names are imported when they are first used, so that importing the package costs next to nothing.
"""

from __future__ import annotations

import logging
import os
import warnings
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from run_steps import errors as errors
    from run_steps import servers as servers
    from run_steps._endpoints import RequestOptions as RequestOptions
    from run_steps._http.retries import NO_RETRIES as NO_RETRIES
    from run_steps._http.retries import RetryPolicy as RetryPolicy
    from run_steps._http.retries import RetryTransport as RetryTransport
    from run_steps._messages import message_text as message_text
    from run_steps.async_client import AsyncRunSteps as AsyncRunSteps
    from run_steps.client import RunSteps as RunSteps
    from run_steps.errors import APIError as APIError
    from run_steps.errors import APIStatusError as APIStatusError
    from run_steps.errors import BadRequest as BadRequest
    from run_steps.errors import ConfigurationError as ConfigurationError
    from run_steps.errors import ConnectionFailed as ConnectionFailed
    from run_steps.errors import Forbidden as Forbidden
    from run_steps.errors import InvalidArgument as InvalidArgument
    from run_steps.errors import InvalidResponse as InvalidResponse
    from run_steps.errors import NotFound as NotFound
    from run_steps.errors import PaginationError as PaginationError
    from run_steps.errors import RateLimited as RateLimited
    from run_steps.errors import RunStepsError as RunStepsError
    from run_steps.errors import ServerError as ServerError
    from run_steps.errors import StreamFailed as StreamFailed
    from run_steps.errors import TimedOut as TimedOut
    from run_steps.errors import TooLarge as TooLarge
    from run_steps.errors import Unauthorized as Unauthorized
    from run_steps.errors import UnknownCursor as UnknownCursor
    from run_steps.errors import UnknownMessage as UnknownMessage
    from run_steps.errors import UnknownMessages as UnknownMessages
    from run_steps.errors import UnknownObject as UnknownObject
    from run_steps.errors import UnknownRun as UnknownRun
    from run_steps.errors import UnknownStep as UnknownStep
    from run_steps.errors import UnknownThread as UnknownThread
    from run_steps.pagination import AsyncPaginator as AsyncPaginator
    from run_steps.pagination import Page as Page
    from run_steps.pagination import Paginator as Paginator
    from run_steps.pagination import paginated as paginated
    from run_steps.pagination import paginated_async as paginated_async
    from run_steps.responses import RawResponse as RawResponse
    from run_steps.servers import Server as Server
    from run_steps.timeline import tool_calls as tool_calls
    from run_steps.timeline import tool_totals as tool_totals
    from run_steps.timestamps import duration as duration
    from run_steps.timestamps import ended_at as ended_at
    from run_steps.timestamps import to_datetime as to_datetime
    from run_steps.watching import Change as Change
    from run_steps.watching import DeadlineExceeded as DeadlineExceeded
    from run_steps.watching import Pace as Pace
    from run_steps.watching import RunState as RunState
    from run_steps.watching import is_over as is_over
    from run_steps.watching import watch as watch

__version__ = "0.4.0"

_NAMES_OF = {
    "_endpoints": "RequestOptions",
    "_messages": "message_text",
    "_http.retries": "NO_RETRIES RetryPolicy RetryTransport",
    "async_client": "AsyncRunSteps",
    "client": "RunSteps",
    "errors": """
        APIError APIStatusError BadRequest ConfigurationError ConnectionFailed Forbidden InvalidArgument
        InvalidResponse NotFound PaginationError RateLimited RunStepsError ServerError StreamFailed TimedOut TooLarge
        Unauthorized UnknownCursor UnknownMessage UnknownMessages UnknownObject UnknownRun UnknownStep UnknownThread
    """,
    "pagination": "AsyncPaginator Page Paginator paginated paginated_async",
    "responses": "RawResponse",
    "servers": "Server",
    "timeline": "tool_calls tool_totals",
    "timestamps": "duration ended_at to_datetime",
    "watching": "Change DeadlineExceeded Pace RunState is_over watch",
}
_MODULE_OF = {name: module for module, names in _NAMES_OF.items() for name in names.split()}

# Type checkers and the review of changes take the names from the imports above.
__all__ = sorted({"errors", "servers", *_MODULE_OF})  # noqa: PLE0605  # pyright: ignore[reportUnsupportedDunderAll]

_LEVELS = ("debug", "info", "warning", "error")


def _set_up_logging(level: str) -> None:
    """Be quiet until the application, or who starts it with `RUN_STEPS_LOG`, says otherwise.

    See https://docs.python.org/3/howto/logging.html#configuring-logging-for-a-library.
    """
    logger = logging.getLogger(__name__)
    logger.addHandler(logging.NullHandler())
    if level in _LEVELS:
        handler = logging.StreamHandler()
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        logger.addHandler(handler)
        logger.setLevel(level.upper())
    elif level:
        warnings.warn(f"RUN_STEPS_LOG is none of {', '.join(_LEVELS)}: nothing is logged.", RuntimeWarning, 2)


_set_up_logging(os.environ.get("RUN_STEPS_LOG", "").lower())


if not TYPE_CHECKING:  # to type checkers, what is not imported above is not there

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
