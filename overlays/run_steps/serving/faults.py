"""What goes wrong, as a client sees it: which error gets which status and which words."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from attrs import Factory, frozen
from starlette.exceptions import HTTPException

from run_steps.serving.authentication import Unauthenticated
from run_steps.serving.parameters import InvalidParameter
from run_steps.stores import UnknownCursor, UnknownObject

ANTICIPATED = (HTTPException, InvalidParameter, Unauthenticated, UnknownCursor, UnknownObject)
"""Errors that are the client's doing; any other one is a failure of the server."""


@frozen
class Fault:
    """An error as it is sent.

    Attributes:
        status: HTTP status.
        message: What is wrong, for a person to read.
        type: Kind of the error.
        param: The query parameter at fault.
        code: Narrower kind of the error.
        headers: Headers that go with the status.
    """

    status: int
    message: str
    type: str = "invalid_request_error"
    param: str | None = None
    code: str | None = None
    headers: Mapping[str, str] = Factory(dict[str, str])


def describe(error: Exception, method: str, path: str) -> Fault:
    """Return what an error looks like to the client whose request caused it.

    Args:
        error: What was raised while the request was answered.
        method: HTTP method of the request.
        path: Path of the request.
    """
    match error:
        case UnknownObject():
            fault = Fault(HTTPStatus.NOT_FOUND, str(error))
        case UnknownCursor():
            # The parameter is well-formed; what it names is not there, as on servers that check their cursors.
            fault = Fault(HTTPStatus.NOT_FOUND, str(error), param=error.param)
        case InvalidParameter():
            fault = Fault(HTTPStatus.BAD_REQUEST, str(error), param=error.param, code="invalid_value")
        case Unauthenticated():
            # RFC 9110, 15.5.2: a 401 names a scheme by which to do better.
            fault = Fault(HTTPStatus.UNAUTHORIZED, str(error), code=error.code, headers={"www-authenticate": "Bearer"})
        case HTTPException(status_code=HTTPStatus.NOT_FOUND):
            fault = Fault(HTTPStatus.NOT_FOUND, f"There is nothing at {path}.", code="unknown_url")
        case HTTPException(status_code=HTTPStatus.METHOD_NOT_ALLOWED):
            message = f"{method} is not allowed at {path}: this server can only be read from."
            fault = Fault(error.status_code, message, code="method_not_supported", headers=error.headers or {})
        case HTTPException():
            fault = Fault(error.status_code, error.detail, headers=error.headers or {})
        case _:
            message = "The server failed while it answered this request; its log says why."
            fault = Fault(HTTPStatus.INTERNAL_SERVER_ERROR, message, type="server_error")
    return fault
