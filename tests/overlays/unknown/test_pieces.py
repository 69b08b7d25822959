"""The pieces of the contract that would name what was found: they can be merged, and then nothing is unknown."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from run_steps.serving import sample_store
from run_steps.unknown import Sent, as_contract, find_unknown
from run_steps.unknown.finding import members_of, union_of
from run_steps.unknown.pieces import constant
from run_steps_api import models
from tests.overlays.streaming.recordings import CODE, RUN, SEARCH, STEP, ended
from workflow.generate import CONTRACT, main

KINDS = {
    "ToolCall": ["mcp", "bing_grounding", "deep_research"],
    "StepDetails": ["activities"],
    "CodeInterpreterOutput": ["image"],
}
FIELDS = {
    "Usage": ["prompt_token_details", "total_tokens"],
    "RunStep": ["expires_at", "last_error", "assistant_id"],
    "Run": ["model", "tools"],
    "FileSearch": ["ranking_options"],
    "FileSearchResult": ["score"],
    "FunctionCall": ["output"],
}

LOOK = """
import json, sys
from run_steps.unknown import Sent, as_contract, find_unknown
unknowns = find_unknown(map(Sent, json.load(sys.stdin))).unknowns
print(json.dumps([[one.to_dict() for one in unknowns], as_contract(unknowns)]))
"""


def _sample() -> list[Any]:
    """Return all the runs and steps of the sample, which has each kind of step and call."""
    store = sample_store()
    runs = list(store.runs("thread_demo"))
    return [run.to_dict() for run in runs] + [
        step.to_dict() for run in runs for step in store.list("thread_demo", run.id)
    ]


def _look(generated: Path) -> tuple[list[dict[str, Any]], Any]:
    """Look through the sample with the models of another contract; return what was found, and the pieces."""
    environment = {**os.environ, "PYTHONPATH": str(generated)}
    command = [sys.executable, "-c", LOOK]
    sample = json.dumps(_sample())
    result = subprocess.run(command, input=sample, env=environment, check=True, capture_output=True, text=True)
    unknowns, pieces = json.loads(result.stdout)
    return unknowns, pieces


def _without(contract: dict[str, Any]) -> dict[str, Any]:
    """Take kinds and fields out of a contract, and what is used nowhere then."""
    schemas = contract["components"]["schemas"]
    for union, kinds in KINDS.items():
        for kind in kinds:
            reference = schemas[union]["discriminator"]["mapping"].pop(kind)
            schemas[union]["anyOf"].remove({"$ref": reference})
    for schema, names in FIELDS.items():
        for name in names:
            del schemas[schema]["properties"][name]
    while unused := {name for name in schemas if f'schemas/{name}"' not in json.dumps(contract)}:
        for name in unused:
            del schemas[name]
    return contract


def _merge(contract: Any, piece: Any, key: str = "") -> Any:
    """Merge a piece into a contract as its head says."""
    if isinstance(contract, dict) and isinstance(piece, dict):
        return contract | {name: _merge(contract.get(name), inner, name) for name, inner in piece.items()}
    if key == "anyOf" and contract:
        return [*contract[:-1], *piece, contract[-1]]
    return [*contract, *piece] if key in ("enum", "x-enum-varnames") and contract else piece


def _generate(contract: dict[str, Any], folder: Path) -> Path:
    folder.mkdir()
    path = folder / "openapi.yaml"
    path.write_text(yaml.safe_dump(contract, sort_keys=False), encoding="utf-8")
    assert main([str(path), "--into", str(folder / "generated")]) == 0
    return folder / "generated"


def test_what_was_taken_out_of_the_contract_is_found_and_can_be_put_back(tmp_path: Path) -> None:
    """Five kinds and ten fields are found; with the pieces the contract keeps its rules, and nothing is unknown."""
    contract = yaml.safe_load(CONTRACT.read_text(encoding="utf-8"))
    reduced = _without(contract)
    unknowns, pieces = _look(_generate(reduced, tmp_path / "reduced"))

    names = {(one["what"], one["schema"], one["name"]) for one in unknowns}
    assert names >= {("kind", union, kind) for union, kinds in KINDS.items() for kind in kinds}
    assert names >= {("field", schema, name) for schema, fields in FIELDS.items() for name in fields}

    merged = _merge(reduced, yaml.safe_load(pieces))
    unknowns, pieces = _look(_generate(merged, tmp_path / "merged"))
    assert unknowns == []
    assert not [line for line in pieces.splitlines() if not line.startswith("#")]


def _pieces(*payloads: Any, server: str = "a server") -> Any:
    return yaml.safe_load(as_contract(find_unknown(Sent(payload, server) for payload in payloads).unknowns))


def test_a_piece_says_where_it_was_seen_and_is_open() -> None:
    """Nothing new is required but the tag of a kind; each object and each part of one has a name and an example."""
    call: dict[str, Any] = {"id": "call_1", "type": "star-chart", "stars": [{"name": "Vega"}], "on": {}, "note": None}
    schemas = _pieces(ended(CODE, call), server="llamphouse 1.3: a 'test'")["components"]["schemas"]

    assert schemas["ToolCall"] == {
        "anyOf": [{"$ref": "#/components/schemas/StarChartToolCall"}],
        "discriminator": {"mapping": {"star-chart": "#/components/schemas/StarChartToolCall"}},
    }
    seen = "Not described yet. Seen on llamphouse 1.3 a test."
    assert schemas["StarChartToolCall"] == {
        "description": seen,
        "type": "object",
        "required": ["type"],
        "properties": {
            "type": {"description": "Kind. Seen on llamphouse 1.3 a test.", "const": "star-chart"},
            "id": {"description": seen, "type": "string"},
            "stars": {
                "description": seen,
                "type": "array",
                "items": {"$ref": "#/components/schemas/StarChartToolCallStarsItem"},
            },
            "on": {"description": seen, "$ref": "#/components/schemas/StarChartToolCallOn"},
            "note": {"description": seen},
        },
        "examples": [{"type": "star-chart", "id": "text", "stars": [{"name": "text"}], "on": {}}],
    }
    assert schemas["StarChartToolCallOn"] == {
        "description": seen,
        "type": "object",
        "additionalProperties": True,
        "examples": [{}],
    }


def test_values_are_added_under_the_names_that_an_enumeration_gives() -> None:
    """Where the names of values were chosen by hand, one is proposed for the new value too."""
    search = {**SEARCH, "file_search": {"ranking_options": {"ranker": "default_2026_01_01"}}}
    schemas = _pieces(ended(search), {**STEP, "status": "paused"})["components"]["schemas"]

    assert schemas == {
        "Ranker": {"enum": ["default_2026_01_01"], "x-enum-varnames": ["DEFAULT_2026_01_01"]},
        "RunStepStatus": {"enum": ["paused"]},
    }


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        ({**STEP, "usage": {"total_tokens": "7"}}, {"Usage": {"type": ["string", "integer", "null"]}}),
        ({**STEP, "usage": {"total_tokens": 7.5}}, {"Usage": {"type": ["number", "null"]}}),
        ({**RUN, "model": 4}, {"Run": {"type": ["string", "integer", "null"]}}),
    ],
    ids=["text", "number", "model"],
)
def test_plain_values_of_another_type_widen_it(payload: Any, expected: dict[str, Any]) -> None:
    """A property that has plain values may have other ones."""
    schemas = _pieces(payload)["components"]["schemas"]

    assert {name: next(iter(schema["properties"].values())) for name, schema in schemas.items()} == expected


@pytest.mark.parametrize(
    "payload",
    [
        {**STEP, "last_error": "It broke."},
        {**STEP, "status": 7},
        {**STEP, "Ann Lee": 7},
        ended({"type": "function", "function": 7}),
        {**STEP, "step_details": {"type": "tool_calls", "tool_calls": [7]}},
    ],
    ids=["object", "enumeration", "name", "payload", "item"],
)
def test_what_nobody_can_decide_is_a_comment(payload: Any) -> None:
    """It is told, and changes nothing of the contract by itself."""
    told = as_contract(find_unknown([Sent(payload)]).unknowns)

    assert yaml.safe_load(told) is None
    assert "# Not decided here:\n#   " in told


def test_the_contract_calls_its_unions_and_values_as_the_pieces_expect() -> None:
    """The last member of a union is called for it, and values have the names that the generator gives."""
    fallbacks = [getattr(models, name) for name in models.__all__ if name.startswith("Unknown")]
    assert fallbacks
    assert all(members_of(fallback).union() == getattr(models, union_of(fallback)) for fallback in fallbacks)
    assert [member.name for member in models.RunStreamEventName] == [
        constant(member.value) for member in models.RunStreamEventName
    ]
