"""Spans on their way to a collector, by OpenTelemetry's own exporter (extra `otlp`)."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import SERVICE_NAME, Resource
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SpanExportResult
from opentelemetry.sdk.util.instrumentation import InstrumentationScope
from opentelemetry.trace import Link, SpanContext, SpanKind, Status, StatusCode, TraceFlags

from run_steps import __version__
from run_steps._files import ExportError
from run_steps.export.otlp import SCOPE, batches, service_name
from run_steps.export.spans import Span

_EXPORTER = "opentelemetry.exporter.otlp"
_KINDS = {"internal": SpanKind.INTERNAL, "client": SpanKind.CLIENT}


class _LastWords(logging.Handler):
    """Keeps the last thing the exporter complained about: it logs why it failed, and only returns that it did."""

    message = ""

    def emit(self, record: logging.LogRecord) -> None:
        self.message = record.getMessage()


def send(spans: Iterable[Span]) -> None:
    """Send spans to where the variables OTEL_EXPORTER_OTLP_* say.

    Raises:
        ExportError: They were not taken.
    """
    resource = Resource({SERVICE_NAME: service_name()})
    scope = InstrumentationScope(SCOPE, __version__)
    words = _LastWords(logging.WARNING)
    logger = logging.getLogger(_EXPORTER)
    propagates, logger.propagate = logger.propagate, False  # what it says is part of the error
    logger.addHandler(words)
    exporter = OTLPSpanExporter()
    sent = 0
    try:
        for batch in batches(spans):
            if exporter.export([_readable(span, resource, scope) for span in batch]) is not SpanExportResult.SUCCESS:
                after = f" after {sent:,} spans" if sent else ""
                reason = words.message or "the exporter does not say why."
                raise ExportError(f"The traces were not taken{after}: {reason}")
            sent += len(batch)
    finally:
        exporter.shutdown()  # type: ignore[no-untyped-call]
        logger.removeHandler(words)
        logger.propagate = propagates


def _readable(span: Span, resource: Resource, scope: InstrumentationScope) -> ReadableSpan:
    return ReadableSpan(
        span.name,
        _context(span.trace_id, span.span_id),
        None if span.parent_id is None else _context(span.trace_id, span.parent_id),
        resource,
        span.attributes,
        links=() if span.link is None else (Link(_context(*span.link)),),
        kind=_KINDS[span.kind],
        status=Status() if span.error is None else Status(StatusCode.ERROR, span.error),
        start_time=span.start,
        end_time=span.end,
        instrumentation_scope=scope,
    )


def _context(trace_id: str, span_id: str) -> SpanContext:
    return SpanContext(int(trace_id, 16), int(span_id, 16), is_remote=False, trace_flags=TraceFlags(TraceFlags.SAMPLED))
