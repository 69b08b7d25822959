"""The bodies and headers the server answers with."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from http import HTTPStatus
from uuid import uuid4

from starlette.responses import Response

from run_steps.server.faults import Fault
from run_steps.server.includes import visible_part
from run_steps.server.paging import JsonObject, Page


def step_response(step: JsonObject, include: Collection[str]) -> Response:
    """Answer with one step and those of its optional fields that `include` names."""
    return _json_response(visible_part(step, include))


def list_response(page: Page, include: Collection[str]) -> Response:
    """Answer with a page in the envelope of a list, its steps with those optional fields that `include` names."""
    data = [visible_part(step, include) for step in page.data]
    return _json_response(
        {
            "object": "list",
            "data": data,
            "first_id": data[0]["id"] if data else None,
            "last_id": data[-1]["id"] if data else None,
            "has_more": page.has_more,
        }
    )


def fault_response(fault: Fault) -> Response:
    """Answer with the error envelope."""
    error = {"message": fault.message, "type": fault.type, "param": fault.param, "code": fault.code}
    return _json_response({"error": error}, status=fault.status, headers=fault.headers)


def _json_response(
    payload: JsonObject, *, status: int = HTTPStatus.OK, headers: Mapping[str, str] | None = None
) -> Response:
    return Response(
        _encode(payload),
        status_code=status,
        headers={"x-request-id": f"req_{uuid4().hex}", **(headers or {})},
        media_type="application/json",
    )


def _encode(payload: JsonObject) -> bytes:
    try:
        return json.dumps(payload, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
    except UnicodeEncodeError:
        # Text cut in the middle of a surrogate pair, as in a stream of tokens, has no UTF-8; escaped, JSON carries it.
        return json.dumps(payload, allow_nan=False, separators=(",", ":")).encode()
