"""Traces that were sent are found in Phoenix, a viewer, with the tokens and times of the archive they came from.

It is large, so it has an environment of its own: `nox -s interop-phoenix` makes it, and names its program in PHOENIX.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

import httpx
import pytest
from attrs import frozen

from run_steps import duration, ended_at, servers, to_datetime
from run_steps.archive import Archive
from run_steps.export import send_traces
from run_steps.pulling import Target, pull
from run_steps.serving import create_app, sample_store, serve
from run_steps.timeline import Timeline, build_timeline
from tests.overlays.timeline.chromium import PROGRAM as CHROMIUM

PHOENIX = os.environ.get("PHOENIX") or shutil.which("phoenix")
pytestmark = pytest.mark.skipif(PHOENIX is None, reason="tried in `nox -s interop-phoenix`")

Result = TypeVar("Result")


@frozen
class Viewer:
    """A running Phoenix, and what it makes of the traces of the sample data.

    Attributes:
        base_url: Where it answers.
        spans: Its spans, by the id of the run.
        traces: Its traces, by the id of the run: when they began and ended, and how many tokens it counts itself.
        archive: What was sent.
    """

    base_url: str
    spans: Mapping[str, list[dict[str, Any]]]
    traces: Mapping[str, dict[str, Any]]
    archive: Archive

    def timelines(self) -> Iterator[tuple[str, Timeline]]:
        """Yield the id of each run of the archive, and what happened in it."""
        for thread_id in self.archive.threads():
            for run in self.archive.runs(thread_id):
                yield run.id, build_timeline(self.archive.list(thread_id, run.id, order="asc"), run)


def wait_for(found: Callable[[], Result | None], what: str, process: subprocess.Popen[bytes]) -> Result:
    """Ask until there is an answer, which a program of others gives when it can."""
    give_up = time.monotonic() + 120
    while time.monotonic() < give_up and process.poll() is None:
        if (result := found()) is not None:
            return result
        time.sleep(0.2)
    raise TimeoutError(f"Phoenix did not {what}.")


def free_ports() -> tuple[int, int]:
    """Return two ports that nobody listens on."""
    with ExitStack() as stack:
        sockets = [stack.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(2)]
        one, other = (each.getsockname()[1] for each in sockets)
    return one, other


def send(archive: Path, endpoint: str) -> None:
    """Send the traces of an archive as a user does."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint)
        send_traces(archive, content=True)


@pytest.fixture(scope="module")
def viewer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Viewer]:
    """Phoenix, to which one thread was sent twice, and then another one."""
    folder = tmp_path_factory.mktemp("phoenix")
    with serve(create_app(sample_store())) as base_url:
        for name, threads in (("demo", ["thread_demo"]), ("all", ["thread_demo", "thread_other"])):
            pull(servers.compatible(base_url), folder / f"{name}.db", [Target(thread) for thread in threads])
    port, grpc_port = free_ports()
    settings = {
        "PHOENIX_HOST": "127.0.0.1",
        "PHOENIX_PORT": str(port),
        "PHOENIX_GRPC_PORT": str(grpc_port),
        "PHOENIX_WORKING_DIR": str(folder),
        "PHOENIX_TELEMETRY_ENABLED": "false",
        "PHOENIX_ALLOW_EXTERNAL_RESOURCES": "false",
    }
    with (
        (folder / "log.txt").open("wb") as log,
        subprocess.Popen([str(PHOENIX), "serve"], env=os.environ | settings, stdout=log, stderr=log) as process,
        httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False, timeout=30) as client,
        Archive.open(folder / "all.db") as archive,
    ):

        def is_up() -> bool | None:
            try:
                return client.get("/healthz").is_success or None
            except httpx.TransportError:
                return None

        def rows(kind: str) -> list[dict[str, Any]]:
            answer = client.get(f"/v1/projects/default/{kind}", params={"limit": 1000})
            return [] if answer.status_code == 404 else answer.raise_for_status().json()["data"]

        def all_spans() -> dict[str, list[dict[str, Any]]] | None:
            by_trace: dict[str, list[dict[str, Any]]] = defaultdict(list)
            for span in rows("spans"):
                by_trace[span["context"]["trace_id"]].append(span)
            by_run: dict[str, list[dict[str, Any]]] = {}
            for spans in by_trace.values():
                for root in (span for span in spans if span["parent_id"] is None):
                    by_run[root["attributes"]["run_steps.run.id"]] = spans
            return by_run if "run_other" in by_run else None

        try:
            wait_for(is_up, "start", process)
            for name in ("demo", "demo", "all"):
                send(folder / f"{name}.db", str(client.base_url))
            spans = wait_for(all_spans, "show what was sent last", process)
            runs = {found[0]["context"]["trace_id"]: run_id for run_id, found in spans.items()}
            traces = {runs[trace["trace_id"]]: trace for trace in rows("traces")}
            yield Viewer(str(client.base_url), spans, traces, archive)
        finally:
            process.terminate()


def test_every_run_is_one_trace_however_often_it_was_sent(viewer: Viewer) -> None:
    """With a span for itself, one for each of its steps and one for each tool they called."""
    counted = {}
    for run_id, timeline in viewer.timelines():
        tools = Counter(
            f"execute_tool {call.name}" for row in timeline.rows for call in row.calls if row.kind == "tool_calls"
        )
        counted[run_id] = (len(timeline.rows), tools)
    assert counted == {
        run_id: (
            sum("run_steps.step.id" in span["attributes"] for span in spans),
            Counter(span["name"] for span in spans if span["span_kind"] == "TOOL"),
        )
        for run_id, spans in viewer.spans.items()
    }
    assert viewer.traces.keys() == viewer.spans.keys() == counted.keys()
    assert len(counted) == 8


def test_tokens_are_those_of_the_archive(viewer: Viewer) -> None:
    """What Phoenix counts for a trace, which it does by adding up spans, is what the run used."""
    for run_id, timeline in viewer.timelines():
        trace = viewer.traces[run_id]
        told = tuple(trace[f"token_count_{name}"] for name in ("prompt", "completion", "total"))
        tokens = timeline.tokens
        assert told == (tokens.read or 0, tokens.written or 0, tokens.total or 0)
    assert sum(trace["token_count_total"] for trace in viewer.traces.values()) == 827_796


def test_times_are_those_of_the_archive(viewer: Viewer) -> None:
    """Of each step, and of each run that is over."""
    found = {
        span["attributes"]["run_steps.step.id"]: span
        for spans in viewer.spans.values()
        for span in spans
        if "run_steps.step.id" in span["attributes"]
    }
    for thread_id in viewer.archive.threads():
        for run in viewer.archive.runs(thread_id):
            began, took = seconds(viewer.traces[run.id])
            assert began == run.created_at
            if ended_at(run):
                assert timedelta(seconds=took) == duration(run)
            for step in viewer.archive.list(thread_id, run.id):
                if to_datetime(step.created_at):
                    assert seconds(found[step.id])[0] == step.created_at
                assert timedelta(seconds=seconds(found[step.id])[1]) == (duration(step) or timedelta())


def seconds(item: Mapping[str, Any]) -> tuple[float, float]:
    """Return when something began (Unix seconds) and how long it took (seconds)."""
    began, ended = (to_datetime(item[name]) for name in ("start_time", "end_time"))
    assert began is not None
    assert ended is not None
    return began.timestamp(), (ended - began).total_seconds()


def test_kinds_messages_and_errors_are_understood(viewer: Viewer) -> None:
    """They are told in OpenTelemetry's words, and Phoenix finds them in its own."""
    kinds = {span["name"].split()[0]: span["span_kind"] for spans in viewer.spans.values() for span in spans}
    assert [kinds[name] for name in ("invoke_agent", "chat", "execute_tool")] == ["AGENT", "LLM", "TOOL"]
    roots = {
        run_id: next(span for span in spans if span["parent_id"] is None) for run_id, spans in viewer.spans.items()
    }
    told = roots["run_other"]["attributes"]
    assert told["llm.output_messages.0.message.content"] == "The ferry leaves at noon."
    assert (told["session.id"], told["llm.model_name"]) == ("thread_other", "gpt-4o")
    failed = {run_id: root["status_message"] for run_id, root in roots.items() if root["status_code"] == "ERROR"}
    assert failed.keys() == {"run_expired", "run_failed"}
    assert failed["run_failed"].startswith("The tide service did not answer")


@pytest.mark.browser
def test_the_page_shows_the_tools(viewer: Viewer, tmp_path: Path) -> None:
    """A trace, opened in a browser, has a line for each call of a tool."""
    project = httpx.get(f"{viewer.base_url}/v1/projects", trust_env=False).json()["data"][0]["id"]
    trace_id = viewer.spans["run_kinds"][0]["context"]["trace_id"]
    page = f"{viewer.base_url}/projects/{project}/traces/{trace_id}"
    command = [str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path}"]
    command += ["--virtual-time-budget=15000", "--dump-dom", page]
    shown = subprocess.run(command, capture_output=True, check=True, text=True, timeout=120).stdout
    tools = {span["name"] for span in viewer.spans["run_kinds"] if span["span_kind"] == "TOOL"}
    assert len(tools) == 21
    assert [tool for tool in sorted(tools) if tool not in shown] == []
