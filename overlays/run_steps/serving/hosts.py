"""Answer requests alone that mean this server.

A page in a browser can have its own name lead to this machine, and then read what answers here as its own
(https://en.wikipedia.org/wiki/DNS_rebinding); but the browser tells that name in the header `Host`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from run_steps._http.loopback import is_loopback
from run_steps.serving.faults import Fault
from run_steps.serving.responses import fault_response

_HOST = re.compile(r"(?:\[([^\]]*)\]|([^:]*))(?::[0-9]*)?")


class KnownHost:
    """Middleware that answers 421 to a request whose `Host` is neither this machine nor named.

    Args:
        app: What answers all others.
        hosts: Further names and addresses, without ports.
    """

    def __init__(self, app: ASGIApp, hosts: Iterable[str]) -> None:
        self._app = app
        self._hosts = frozenset(map(_plain, hosts))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        answer = self._app
        if scope["type"] == "http":
            sent = Headers(scope=scope).getlist("host")
            local = scope.get("server") or ("",)
            if len(sent) != 1 or not self._is_known(sent[0], str(local[0])):
                message = (
                    f"This server does not answer as {', '.join(sent) or 'nobody'}: name the host with --allow-host."
                )
                fault = Fault(HTTPStatus.MISDIRECTED_REQUEST, message, code="unknown_host")
                answer = fault_response(fault)
        await answer(scope, receive, send)

    def _is_known(self, sent: str, address: str) -> bool:
        match = _HOST.fullmatch(sent)
        host = _plain(match[1] or match[2] or "") if match else ""
        # The address that a connection came to is no name that a page could have chosen.
        return bool(host) and (is_loopback(host) or host == _plain(address) or host in self._hosts)


def _plain(host: str) -> str:
    return host.strip("[]").rstrip(".").lower()
