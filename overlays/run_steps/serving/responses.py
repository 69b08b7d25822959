"""The bodies and headers the server answers with."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus
from uuid import uuid4

from starlette.responses import Response

from run_steps._received import json_text
from run_steps.serving.faults import Fault
from run_steps.stores import Item, Page


def item_response(item: Item) -> Response:
    """Answer with one thread, message, run or step, as the store has it."""
    return _json_response(item.text)


def list_response(page: Page) -> Response:
    """Answer with a page in the envelope of a list, its items as the store has them."""
    data = ",".join([item.text for item in page.data])
    first_id, last_id = (json.dumps(page.data[index].id if page.data else None) for index in (0, -1))
    has_more = json.dumps(page.has_more)
    return _json_response(
        f'{{"object":"list","data":[{data}],"first_id":{first_id},"last_id":{last_id},"has_more":{has_more}}}'
    )


def fault_response(fault: Fault) -> Response:
    """Answer with the error envelope."""
    error = {"message": fault.message, "type": fault.type, "param": fault.param, "code": fault.code}
    return _json_response(json_text({"error": error}), status=fault.status, headers=fault.headers)


def _json_response(text: str, *, status: int = HTTPStatus.OK, headers: Mapping[str, str] | None = None) -> Response:
    return Response(
        text,
        status_code=status,
        headers={"x-request-id": f"req_{uuid4().hex}", **(headers or {})},
        media_type="application/json",
    )
