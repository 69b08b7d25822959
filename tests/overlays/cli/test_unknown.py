"""`run-steps unknown`: what servers sent that the contract does not name, out of whatever it was kept in."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from run_steps.cli.recordings import server_name
from tests.overlays.cli.conftest import Invoke, finish, start
from tests.overlays.streaming.recordings import RUN, STEP, event

ODD: dict[str, Any] = {**STEP, "shard": 7}
ROW = ["field", "RunStep", "shard", "1", "2023-11-14", "2023-11-14", "a server", "integer"]


@pytest.mark.parametrize(
    "content",
    [
        json.dumps(ODD),
        json.dumps(ODD, indent=2),
        "\ufeff" + json.dumps([RUN, ODD], indent=2),
        json.dumps({"object": "list", "data": [STEP, ODD]}),
        "\n".join(["", json.dumps(RUN), json.dumps(ODD), ""]).lstrip(),
        json.dumps({"change": "appeared", "step": ODD}) + "\n" + json.dumps({"change": "ended", "run": RUN}),
        (event("thread.run.created", RUN) + event("thread.run.step.created", ODD)).decode(),
    ],
    ids=["object", "indented", "array", "list", "lines", "changes", "events"],
)
def test_it_reads_what_people_keep(invoke: Invoke, tmp_path: Path, content: str) -> None:
    """A payload, several of them, lines, what other commands write, and streams; from a pipe as well."""
    path = tmp_path / "kept"
    path.write_text(content, encoding="utf-8")
    outcome = invoke("unknown", path)

    assert outcome.code == 0
    assert [line.split("\t") for line in outcome.out.splitlines()] == [ROW]
    assert "Looked through" in outcome.err
    process = start("unknown", "-", "--json", stdin=subprocess.PIPE)
    assert process.stdin is not None
    process.stdin.write(content)
    assert [json.loads(line)["name"] for line in finish(process).out.splitlines()] == ["shard"]


def test_it_reads_archives(invoke: Invoke, archive: Path) -> None:
    """Runs and steps of an archive, with the server that it knows; what the sample has beside the contract is found."""
    outcome = invoke("unknown", archive, "--json")
    found = [json.loads(line) for line in outcome.out.splitlines()]

    assert ("kind", "ToolCall", "sonar_sweep") in {(one["what"], one["schema"], one["name"]) for one in found}
    assert {server for one in found for server in one["servers"]} == {"a server on this machine"}
    assert "Not looked through" not in outcome.err
    told = invoke("unknown", archive, "--seen-on", "the harbour", "--json").out
    assert told.count('"servers": ["the harbour"]') == len(found)


@pytest.mark.parametrize(
    ("base_url", "expected"),
    [
        ("https://acme-secret.services.ai.azure.com/api/projects/merger", "Azure AI Agents"),
        ("https://acme-secret.openai.azure.com/openai", "Azure OpenAI"),
        ("https://dashscope-intl.aliyuncs.com/api/v1", "DashScope"),
        ("https://api.openai.com/v1", "OpenAI"),
        ("https://api.fabric.microsoft.com/v1/workspaces/acme", "Microsoft Fabric"),
        ("http://127.0.0.1:8000/v1", "a server on this machine"),
        ("https://assistants.acme.example/v1", "another server"),
        ("http://localhost:port/v1", "a server"),
        ("", "another server"),
    ],
)
def test_a_server_is_named_without_telling_whose_it_is(base_url: str, expected: str) -> None:
    """A report may be posted: names of companies and projects are not in it."""
    assert server_name(base_url) == expected


def test_the_piece_of_the_contract_is_written(invoke: Invoke, tmp_path: Path) -> None:
    """With --as-contract it is YAML, with where it was seen."""
    path = tmp_path / "step.json"
    path.write_text(json.dumps(ODD))
    outcome = invoke("unknown", path, "--as-contract", "--seen-on", "llamphouse 1.3")

    assert outcome.code == 0
    assert outcome.out.endswith(
        "components:\n"
        "  schemas:\n"
        "    RunStep:\n"
        "      properties:\n"
        "        shard:\n"
        "          description: Not described yet. Seen on llamphouse 1.3.\n"
        "          type: integer\n"
    )


def test_nothing_unknown_is_told_only_when_something_was_looked_through(invoke: Invoke, tmp_path: Path) -> None:
    """A file of something else is an error, what was passed over is counted, and what is known needs no line."""
    path, other = tmp_path / "step.json", tmp_path / "other.txt"
    path.write_text(json.dumps(STEP) + '\n{"object": "thread.note"}\n{"cut')
    other.write_text("Nothing of this.")

    outcome = invoke("unknown", path)
    assert (outcome.code, outcome.out) == (0, "")
    assert "Looked through 1 object. Not looked through: 1 thread.note, 1 that cannot be read." in outcome.err
    outcome = invoke("unknown", other)
    assert (outcome.code, outcome.out) == (1, "")
    assert "is of this API" in outcome.err
    assert invoke("unknown", tmp_path / "none").code == 1
    assert invoke("unknown", path, "--json", "--as-contract").code == 2
