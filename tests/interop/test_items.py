"""Items of an export are what openai-python's own types say that the APIs of conversations and responses take."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from openai.types.conversations.item_create_params import ItemCreateParams
from openai.types.responses.response_input_item_param import ResponseInputItemParam
from pydantic import TypeAdapter

from run_steps import servers
from run_steps.archive.histories import StoredMessage
from run_steps.export import ExportResult, export
from run_steps.export.items import message_lines
from run_steps.pulling import Target, pull
from run_steps.serving import create_app, sample_store, serve

ITEM: TypeAdapter[Any] = TypeAdapter(ResponseInputItemParam)
REQUEST: TypeAdapter[Any] = TypeAdapter(ItemCreateParams)
GUIDE = Path(__file__).parents[2] / "docs" / "export.md"


class _Conversations(BaseHTTPRequestHandler):
    """Answers what the recipe asks for, and keeps the bodies by path."""

    def do_POST(self) -> None:
        received: Any = self.server
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        received.requests.append((self.path, body))
        answer = {"id": f"conv_{len(received.requests)}", "object": "conversation", "created_at": 0, "metadata": {}}
        if self.path.endswith("/items"):
            answer = {"object": "list", "data": [], "has_more": False, "first_id": "", "last_id": ""}
        encoded = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(encoded)))
        self.end_headers()
        self.wfile.write(encoded)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - how http.server calls it
        """Say nothing."""


@pytest.fixture
def conversations(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[str, Any]]]:
    """A server of conversations that the environment names; the requests it got."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Conversations) as server:
        requests: list[tuple[str, Any]] = []
        server.requests = requests  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue]
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        monkeypatch.setenv("OPENAI_BASE_URL", f"http://127.0.0.1:{server.server_port}/v1")
        monkeypatch.setenv("OPENAI_API_KEY", "sk-test")
        yield requests
        server.shutdown()
        thread.join()


def write_items(folder: Path) -> ExportResult:
    """Write the items of the sample data into a folder."""
    with serve(create_app(sample_store())) as base_url:
        pull(servers.compatible(base_url), folder / "a.db", [Target("thread_demo"), Target("thread_other")])
    return export(folder / "a.db", folder / "items.jsonl", "items")


def check(item: Any) -> None:
    """Check that an item is one of the kind it says, and has no field that this kind does not know."""
    assert ITEM.validate_python(item) == item


def test_items_are_what_the_types_say(tmp_path: Path) -> None:
    """Every item of the sample data."""
    result = write_items(tmp_path)

    rows = map(json.loads, (tmp_path / "items.jsonl").read_text(encoding="utf-8").splitlines())
    items = [row["item"] for row in rows if "item" in row]
    for item in items:
        check(item)
    assert len(items) == result.items > 200
    assert {"function_call", "function_call_output"} <= {item["type"] for item in items}


def test_messages_are_what_the_types_say() -> None:
    """Of every role, with what a message may hold."""
    image = {"type": "image_url", "image_url": {"url": "https://x.example/a.png"}}
    text = {"type": "text", "text": {"value": "Hello", "annotations": []}}
    for role in ("user", "assistant", "developer", "system"):
        for content in ([text], [text, text], "Hello", [text, image]):
            stored = StoredMessage("msg_1", 0, json.dumps({"id": "msg_1", "role": role, "content": content}))
            *_, line = message_lines({}, stored)
            check(line["item"])


def test_the_recipe_carries_threads_over(
    tmp_path: Path, conversations: list[tuple[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As it stands in the guide: a conversation a thread, and all its items in requests that the types allow."""
    result = write_items(tmp_path)
    (recipe,) = re.findall(r"^```py\n(.*?OpenAI\(\).*?)^```", GUIDE.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    monkeypatch.chdir(tmp_path)
    namespace: dict[str, Any] = {}
    exec(compile(recipe, str(GUIDE), "exec"), namespace)
    namespace["client"].close()

    created = [body["metadata"]["thread_id"] for path, body in conversations if path == "/v1/conversations"]
    rows = map(json.loads, (tmp_path / "items.jsonl").read_text(encoding="utf-8").splitlines())
    assert created == list(dict.fromkeys(row["thread_id"] for row in rows if "item" in row))
    batches = [body for path, body in conversations if path.endswith("/items")]
    for batch in batches:
        assert len(batch["items"]) <= 20
        REQUEST.validate_python(batch)
    assert sum(len(batch["items"]) for batch in batches) == result.items
