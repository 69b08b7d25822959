"""Spans as OTLP/JSON, an object a line, as collectors read them from files.

https://opentelemetry.io/docs/specs/otel/protocol/file-exporter/ says what a file is, and
https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding how values are written: ids as hexadecimal digits,
whole numbers of 64 bits as text, members of enumerations as numbers.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from run_steps import __version__
from run_steps._received import json_text
from run_steps.export.spans import Span, Value

SCOPE = "run_steps"

_KINDS = {"internal": 1, "client": 3}
_ERROR = 2

_BATCH_SPANS = 200
_BATCH_CHARACTERS = 250_000
"""What goes together at most, a longer span being alone: collectors read lines of up to 1 MiB unless they are told."""


def service_name() -> str:
    """Return under which name spans are shown: that of OTEL_SERVICE_NAME, else this package's."""
    return os.environ.get("OTEL_SERVICE_NAME") or "run-steps"


def batches(spans: Iterable[Span]) -> Iterator[list[Span]]:
    """Cut spans into batches, by their number and by how much text they hold."""
    batch: list[Span] = []
    characters = 0
    for span in spans:
        length = sum(len(value) for value in span.attributes.values() if isinstance(value, str))
        if len(batch) == _BATCH_SPANS or (batch and characters + length > _BATCH_CHARACTERS):
            yield batch
            batch, characters = [], 0
        batch.append(span)
        characters += length
    if batch:
        yield batch


def write_otlp(spans: Iterable[Span], stream: BinaryIO) -> None:
    """Write spans as lines, each an object `TracesData` with some of them.

    Args:
        spans: The spans.
        stream: Where to write.
    """
    resource = {"attributes": [_attribute("service.name", service_name())]}
    scope = {"name": SCOPE, "version": __version__}
    for batch in batches(spans):
        scope_spans = [{"scope": scope, "spans": [_encoded(span) for span in batch]}]
        line = json_text({"resourceSpans": [{"resource": resource, "scopeSpans": scope_spans}]})
        stream.write(line.encode() + b"\n")


def _encoded(span: Span) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "traceId": span.trace_id,
        "spanId": span.span_id,
        "parentSpanId": span.parent_id or "",
        "name": span.name,
        "kind": _KINDS[span.kind],
        "startTimeUnixNano": str(span.start),
        "endTimeUnixNano": str(span.end),
        "attributes": [_attribute(name, value) for name, value in span.attributes.items()],
    }
    if span.link:
        trace_id, span_id = span.link
        fields["links"] = [{"traceId": trace_id, "spanId": span_id}]
    if span.error is not None:
        fields["status"] = {"code": _ERROR, "message": span.error}
    return fields


def _attribute(name: str, value: Value) -> dict[str, Any]:
    return {"key": name, "value": {"stringValue": value} if isinstance(value, str) else {"intValue": str(value)}}
