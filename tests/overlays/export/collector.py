"""A collector of traces on loopback."""

from __future__ import annotations

import threading
from collections.abc import Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span, TracesData


class Receiver(ThreadingHTTPServer):
    """Takes traces as a collector does, and keeps what was sent; answers with a status."""

    def __init__(self, status: int = 200) -> None:
        self.status = status
        self.requests: list[ExportTraceServiceRequest] = []
        super().__init__(("127.0.0.1", 0), _Handler)

    @property
    def spans(self) -> list[Span]:
        """All spans in the order they came."""
        return [span for request in self.requests for span in spans_of(request)]


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        assert (self.path, self.headers["Content-Type"]) == ("/v1/traces", "application/x-protobuf")
        receiver: Any = self.server
        receiver.requests.append(ExportTraceServiceRequest.FromString(body))
        self.send_response(receiver.status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - how http.server calls it
        """Say nothing."""


@contextmanager
def listening(collector: Receiver) -> Generator[str]:
    """Let a collector answer within the `with` block; yield its endpoint."""
    thread = threading.Thread(target=collector.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{collector.server_port}"
    finally:
        collector.shutdown()
        thread.join()


def spans_of(data: ExportTraceServiceRequest | TracesData) -> list[Span]:
    """Return the spans of a message."""
    return [span for part in data.resource_spans for scope in part.scope_spans for span in scope.spans]
