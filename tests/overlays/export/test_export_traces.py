"""Runs as traces: in files as collectors read them, and sent to one that listens on loopback."""

from __future__ import annotations

import base64
import json
import re
import sys
from collections import defaultdict
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from opentelemetry.proto.trace.v1.trace_pb2 import Span as WireSpan
from opentelemetry.proto.trace.v1.trace_pb2 import Status, TracesData

from run_steps import ConfigurationError
from run_steps._installation import install_command
from run_steps.archive import Archive
from run_steps.export import ExportError, ExportResult, export, send_traces
from run_steps.timeline import build_timeline
from tests.overlays.export.archives import NOON, make_archive, make_conversation, step
from tests.overlays.export.collector import Receiver, listening, spans_of

json_format: Any = import_module("google.protobuf.json_format")  # which has no types


@contextmanager
def receiver(monkeypatch: pytest.MonkeyPatch, status: int = 200) -> Generator[Receiver]:
    """Run a collector, and name it in the standard variable."""
    with Receiver(status) as collector, listening(collector) as endpoint:
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint)
        yield collector


def read_file(path: Path) -> list[WireSpan]:
    """Read a file as a collector does: ids, which OTLP/JSON has as hexadecimal digits, are bytes to protobuf."""
    spans: list[WireSpan] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        data = json.loads(line)
        for part in data["resourceSpans"]:
            for scope in part["scopeSpans"]:
                for span in scope["spans"]:
                    for holder in (span, *span.get("links", ())):
                        for name in ("traceId", "spanId", "parentSpanId"):
                            if name in holder:
                                holder[name] = base64.b64encode(bytes.fromhex(holder[name])).decode()
        spans += spans_of(json_format.ParseDict(data, TracesData()))
    return spans


def attributes(span: WireSpan) -> dict[str, str | int]:
    """Return what is known about a span."""
    return {each.key: each.value.string_value or each.value.int_value for each in span.attributes}


def write(archive: Path, out: Path, *, content: bool = False) -> list[WireSpan]:
    """Export traces into a file, and read them."""
    export(archive, out / "traces.jsonl", "otlp", content=content, overwrite=True)
    return read_file(out / "traces.jsonl")


def test_a_run_is_a_trace_of_its_steps_and_their_calls(sample_archive: Path, out: Path) -> None:
    """One root for each run, under it a span for each step, and under that one for each call of a tool."""
    result = export(sample_archive, out / "traces.jsonl", "otlp")
    traces: dict[bytes, list[WireSpan]] = defaultdict(list)
    for span in read_file(out / "traces.jsonl"):
        traces[span.trace_id].append(span)

    with Archive.open(sample_archive) as archive:
        runs = {run.id: archive for thread in archive.threads() for run in archive.runs(thread)}
        assert result == ExportResult(archive.summary().steps, 1, (out / "traces.jsonl").stat().st_size)
        assert len(traces) == len(runs) == archive.summary().runs
        for spans in traces.values():
            assert len({span.span_id for span in spans}) == len(spans)
            (root,) = [span for span in spans if not span.parent_span_id]
            told = attributes(root)
            assert (root.name, root.kind, told["gen_ai.operation.name"]) == ("invoke_agent", 3, "invoke_agent")
            steps = list(archive.list(str(told["gen_ai.conversation.id"]), str(told["run_steps.run.id"]), order="asc"))
            below_root = [span for span in spans if span.parent_span_id == root.span_id]
            assert [attributes(span)["run_steps.step.id"] for span in below_root] == [step.id for step in steps]
            tools = [span for span in spans if span.parent_span_id in {span.span_id for span in below_root}]
            timeline = build_timeline(steps)
            calls = [call for row in timeline.rows if row.kind == "tool_calls" for call in row.calls]
            assert [span.name for span in tools] == [f"execute_tool {call.name}" for call in calls]
            assert len(spans) == 1 + len(steps) + len(calls)


def test_tokens_and_times_add_up_to_those_of_the_run(sample_archive: Path, out: Path) -> None:
    """What the spans of the steps have together is what the run has, and what the timeline shows."""
    spans = write(sample_archive, out)
    roots = {attributes(span)["run_steps.run.id"]: span for span in spans if not span.parent_span_id}

    with Archive.open(sample_archive) as archive:
        for run_id, root in roots.items():
            told = attributes(root)
            run = archive.run(str(told["gen_ai.conversation.id"]), str(run_id))
            timeline = build_timeline(archive.list(str(told["gen_ai.conversation.id"]), run.id), run)
            steps = [span for span in spans if span.parent_span_id == root.span_id]
            for name, total in (("input_tokens", timeline.tokens.read), ("output_tokens", timeline.tokens.written)):
                counts = [int(attributes(span).get(f"gen_ai.usage.{name}", 0)) for span in steps]
                assert sum(counts) == told.get(f"gen_ai.usage.{name}", 0) == (total or 0)
            durations = [row.duration for row in timeline.rows]
            assert [(span.end_time_unix_nano - span.start_time_unix_nano) / 1e9 for span in steps] == [
                duration or 0 for duration in durations
            ]
            assert root.start_time_unix_nano == (timeline.began_at or 0) * 1e9
            if run.status == "completed":
                assert (root.end_time_unix_nano - root.start_time_unix_nano) / 1e9 == timeline.span
    assert len(roots) == 8


def test_a_second_export_is_the_same_trace(sample_archive: Path, out: Path) -> None:
    """Ids are made of ids, so that a collector that has a run already gets nothing new."""
    export(sample_archive, out / "one.jsonl", "otlp")
    export(sample_archive, out / "two.jsonl", "otlp")

    assert (out / "one.jsonl").read_bytes() == (out / "two.jsonl").read_bytes()


def test_a_collector_gets_what_the_file_has(sample_archive: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sent by OpenTelemetry's exporter, every span arrives as it stands in the file."""
    progress: list[int] = []
    with receiver(monkeypatch) as collector:
        steps = send_traces(sample_archive, content=True, on_progress=progress.append)

    written = write(sample_archive, out, content=True)
    for span in collector.spans:
        span.ClearField("flags")
        for link in span.links:
            link.ClearField("flags")
        if span.status.code == Status.StatusCode.STATUS_CODE_UNSET:
            span.ClearField("status")
    assert collector.spans == written
    assert len(collector.requests) > 1
    assert steps == progress[-1] == len({attributes(span).get("run_steps.step.id") for span in written} - {None})
    names = {
        part.resource.attributes[0].value.string_value for each in collector.requests for part in each.resource_spans
    }
    assert names == {"run-steps"}


def test_traces_have_the_name_of_the_service_that_the_environment_gives(
    sample_archive: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As every exporter of OpenTelemetry takes it."""
    monkeypatch.setenv("OTEL_SERVICE_NAME", "support desk")
    export(sample_archive, out / "traces.jsonl", "otlp")

    resource = json.loads((out / "traces.jsonl").read_text(encoding="utf-8").splitlines()[0])["resourceSpans"][0]
    assert resource["resource"]["attributes"] == [{"key": "service.name", "value": {"stringValue": "support desk"}}]


def test_contents_are_told_when_asked_for_alone(sample_archive: Path, out: Path) -> None:
    """What was said to tools, and by them, is in no trace unless it is wanted."""
    silent, telling = write(sample_archive, out), write(sample_archive, out, content=True)

    said = {"gen_ai.tool.call.arguments", "gen_ai.tool.call.result", "gen_ai.system_instructions"}
    assert not {name for span in silent for name in attributes(span)} & said
    assert {name for span in telling for name in attributes(span)} >= said
    (first,) = [span for span in telling if attributes(span).get("run_steps.step.id") == "step_long_000"][:1]
    (call,) = [span for span in telling if span.parent_span_id == first.span_id]
    assert attributes(call)["gen_ai.tool.call.arguments"] == '{"gauge": "inner", "reading": 0}'
    assert attributes(call)["gen_ai.tool.call.result"] == "2.0 m"


def test_what_was_asked_and_answered_is_told_when_wanted(out: Path, tmp_path: Path) -> None:
    """The messages before a run are its input, and what its steps wrote is theirs, and the last of it the run's."""
    archive = make_conversation(tmp_path / "a.db")
    _, _, writing, root = map(attributes, write(archive, out, content=True))

    asked, answered = (json.loads(str(root[f"gen_ai.{name}.messages"])) for name in ("input", "output"))
    assert asked == [{"role": "user", "parts": [{"type": "text", "content": "Where?"}]}]
    assert answered == [
        {"role": "assistant", "parts": [{"type": "text", "content": "At B4."}], "finish_reason": "stop"}
    ]
    assert writing["gen_ai.output.messages"] == root["gen_ai.output.messages"]
    assert "B4" not in str(write(archive, out))


def test_a_failure_is_the_error_of_its_span(sample_archive: Path, out: Path) -> None:
    """With its code as the type; what was cancelled is no error."""
    by_status: dict[Any, list[WireSpan]] = defaultdict(list)
    for span in write(sample_archive, out):
        told = attributes(span)
        by_status[told.get("run_steps.step.status") or told.get("run_steps.run.status")].append(span)

    assert {span.status.code for span in by_status["failed"]} == {Status.StatusCode.STATUS_CODE_ERROR}
    assert {attributes(span)["error.type"] for span in by_status["failed"]} == {"server_error"}
    assert {attributes(span)["error.type"] for span in by_status["expired"]} == {"expired"}
    for status in ("completed", "cancelled", "in_progress"):
        assert {(span.status.code, attributes(span).get("error.type")) for span in by_status[status]} == {(0, None)}


def test_what_a_connected_agent_did_is_linked(out: Path, tmp_path: Path) -> None:
    """The call leads to the trace of the run it made, wherever that was exported."""
    agent = {"name": "helper", "arguments": "{}", "thread_id": "thread_1", "run_id": "run_2"}
    call = {"id": "call_1", "type": "connected_agent", "connected_agent": agent}
    details = {"type": "tool_calls", "tool_calls": [call]}
    steps = [step(1, type="tool_calls", step_details=details), step(2, run_id="run_2")]
    spans = write(make_archive(tmp_path / "a.db", steps), out)

    (calling,) = [span for span in spans if span.name == "execute_tool helper"]
    (called,) = [span for span in spans if not span.parent_span_id and attributes(span)["run_steps.run.id"] == "run_2"]
    assert [(link.trace_id, link.span_id) for link in calling.links] == [(called.trace_id, called.span_id)]


def test_steps_without_a_time_stay_in_their_run(out: Path, tmp_path: Path) -> None:
    """They begin where the step before them ended, or else when they were pulled: never in 1970."""
    steps = [step(1, None), step(2, NOON, completed_at=NOON + 5), step(3, None), step(4, -1)]
    first, second, third, fourth, root = write(make_archive(tmp_path / "a.db", steps), out)

    assert second.start_time_unix_nano == root.start_time_unix_nano == NOON * 1e9
    assert {third.start_time_unix_nano, fourth.end_time_unix_nano, root.end_time_unix_nano} == {(NOON + 5) * 1e9}
    assert first.start_time_unix_nano > NOON * 1e9


def test_odd_steps_cost_themselves(out: Path, tmp_path: Path) -> None:
    """Text without a UTF-8 form, counts that nothing can hold, payloads of another shape: the others are whole."""
    steps = [
        step(1, usage={"prompt_tokens": 10**30, "completion_tokens": 2, "total_tokens": 3}),
        step(2, type="tool_calls", step_details={"type": "tool_calls", "tool_calls": "none"}),
        step(3, type="step", step_details={"name": "\ud83d"}),
        step(4, type="tool_calls", step_details={"type": "tool_calls", "tool_calls": [{"type": "\ud83d", "id": 7}]}),
        {"id": "step_00005", "run_id": "run_1", "status": 9, "created_at": "yesterday", "usage": [], "type": None},
        step(6, usage={"prompt_tokens": 10, "completion_tokens": 2, "total_tokens": 12}),
    ]
    spans = write(make_archive(tmp_path / "a.db", steps), out, content=True)

    assert [attributes(span).get("run_steps.step.id") for span in spans if "execute_tool" not in span.name] == [
        *(f"step_{number:05}" for number in range(1, 7)),
        None,
    ]
    assert attributes(spans[-2])["gen_ai.usage.input_tokens"] == 10
    assert [span.name for span in spans if "execute_tool" in span.name] == ["execute_tool \\ud83d"]


def test_a_payload_that_is_damaged_costs_its_details(archive: Path, out: Path) -> None:
    """Its span is there, with the ids that the archive has of it."""
    with Archive.create(archive) as opened:
        opened._connection.execute("UPDATE steps SET payload = '{' WHERE step_id = 'step_00003'")  # pyright: ignore[reportPrivateUsage]
        opened._connection.execute("UPDATE runs SET payload = '['")  # pyright: ignore[reportPrivateUsage]
    spans = write(archive, out)

    assert [attributes(span).get("run_steps.step.id") for span in spans] == [
        *(f"step_{number:05}" for number in range(10)),
        None,
    ]
    assert attributes(spans[-1])["run_steps.run.id"] == "run_1"


def test_lines_are_of_a_size_that_collectors_read(out: Path, tmp_path: Path) -> None:
    """Many spans, or long ones, are spread over lines of less than 1 MiB."""
    call = {"id": "call_1", "type": "function", "function": {"name": "f", "arguments": "é" * 100_000, "output": "x"}}
    details = {"type": "tool_calls", "tool_calls": [call]}
    steps = [step(number, type="tool_calls", step_details=details) for number in range(12)]
    export(make_archive(tmp_path / "a.db", [*steps, *map(step, range(20, 700))]), out / "t", "otlp", content=True)

    lines = (out / "t").read_bytes().splitlines()
    assert 8 < len(lines) < 20
    assert max(map(len, lines)) < 1 << 20


@pytest.mark.parametrize(
    ("host", "provider"),
    [
        ("https://x.openai.azure.com/openai", "azure.ai.openai"),
        ("https://x.services.ai.azure.com/api/projects/p", "azure.ai.agents"),
        ("https://dashscope-intl.aliyuncs.com/api/v1", "dashscope"),
        ("http://gauges.example:8080/v1", "openai"),
        ("not a URL: [", "openai"),
    ],
)
def test_spans_name_the_server(tmp_path: Path, out: Path, host: str, provider: str) -> None:
    """Whose it is, and its address."""
    with Archive.create(tmp_path / "a.db") as archive:
        archive.put_runs(host, "thread_1", [])
    source = make_archive(tmp_path / "b.db", [step(1)])
    with Archive.create(source) as archive:
        archive._connection.execute("UPDATE servers SET base_url = ?", (host,))  # pyright: ignore[reportPrivateUsage]
    told = attributes(write(source, out)[0])

    assert told["gen_ai.provider.name"] == provider
    assert ("gauges.example" in host) == (told.get("server.port") == 8080)


def test_dates_bound_runs(sample_archive: Path, out: Path) -> None:
    """A run is exported whole when it was created in that time."""
    since, until = datetime(2026, 1, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, 2, tzinfo=UTC)
    export(sample_archive, out / "traces.jsonl", "otlp", since=since, until=until)

    found = {attributes(span).get("run_steps.run.id") for span in read_file(out / "traces.jsonl")}
    assert found == {"run_kinds", None}


def test_what_a_collector_refuses_is_an_error(sample_archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With what it answered; nothing is said to have been sent."""
    with receiver(monkeypatch, status=403), pytest.raises(ExportError, match=r"were not taken: .*403"):
        send_traces(sample_archive)


def test_a_collector_that_is_not_there_is_an_error(sample_archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once the time that the standard variable allows is over."""
    with receiver(monkeypatch):
        pass
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_TIMEOUT", "0.2")

    with pytest.raises(ExportError, match="were not taken: "):
        send_traces(sample_archive)


def test_sending_needs_an_endpoint_a_protocol_and_the_exporter(
    sample_archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each error says what to set or install."""
    monkeypatch.delenv("OTEL_EXPORTER_OTLP_ENDPOINT", raising=False)
    with pytest.raises(ConfigurationError, match="OTEL_EXPORTER_OTLP_ENDPOINT"):
        send_traces(sample_archive)
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9")
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc")
    with pytest.raises(ConfigurationError, match="grpc"):
        send_traces(sample_archive)
    monkeypatch.delenv("OTEL_EXPORTER_OTLP_PROTOCOL")
    monkeypatch.delitem(sys.modules, "run_steps.export.sending", raising=False)
    monkeypatch.setitem(sys.modules, "opentelemetry.exporter.otlp.proto.http.trace_exporter", None)
    with pytest.raises(ConfigurationError, match=re.escape(install_command("otlp"))):
        send_traces(sample_archive)


def test_traces_are_written_in_one_part(sample_archive: Path, out: Path) -> None:
    """A trace is not cut."""
    with pytest.raises(ValueError, match="one part"):
        export(sample_archive, out / "traces.jsonl", "otlp", shards=2, open_executor=lambda: None)  # type: ignore[arg-type,return-value]
