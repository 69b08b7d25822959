"""Decode the mixed page, from text to models; use what was decoded."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import cast

import msgspec
import orjson
from openai._models import construct_type
from openai.pagination import SyncCursorPage
from openai.types.beta.threads.runs import RunStep as OpenAIRunStep

from benchmarks import msgspec_models
from benchmarks.measuring import Table, interleaved
from benchmarks.payloads import page
from benchmarks.stock import stock_from_dict
from run_steps_api.models import RunStepList
from run_steps_api.parsing import parse_json
from workflow.generate import CONTRACT


def measure(published: Path | None, *, rounds: int) -> list[Table]:
    """Compare decoders.

    Args:
        published: The published description of the API, where it is at hand: the generator's output for it is another
            row.
        rounds: Times each contestant is measured (count).
    """
    text = page()
    stock = stock_from_dict(CONTRACT, "stock_on_our_contract", "RunStepList")
    structs = msgspec.json.Decoder(msgspec_models.RunStepList)
    contestants: dict[str, Callable[[], object]] = {
        "ours, msgspec": lambda: RunStepList.from_dict(parse_json(text)),
        "ours, json": lambda: RunStepList.from_dict(json.loads(text)),
        "msgspec Structs": lambda: structs.decode(text),
        "orjson alone": lambda: orjson.loads(text),
        "msgspec alone, untyped": lambda: msgspec.json.decode(text),
        "json alone": lambda: json.loads(text),
        "openai-python": lambda: _openai(text),
        "stock templates, our contract, json": lambda: stock(json.loads(text)),
    }
    if published:
        from_dict = stock_from_dict(published, "stock_on_published", "ListRunStepsResponse")
        contestants["stock templates, published description, json"] = lambda: from_dict(json.loads(text))
    figures = interleaved(contestants, rounds=rounds, repeat=10)
    decoded = Table(f"Decoding a page of 100 mixed steps ({len(text) / 1000:.0f} kB)", figures)
    return [decoded, _measure_use(text, rounds=rounds)]


def _measure_use(text: bytes, *, rounds: int) -> Table:
    """Compare what programs do with a page that was decoded."""
    ours, again = RunStepList.from_dict(parse_json(text)), RunStepList.from_dict(parse_json(text))
    theirs, their_again = _openai(text), _openai(text)
    contestants: dict[str, Callable[[], object]] = {
        "ours, to_dict": ours.to_dict,
        "ours, decode and to_dict": lambda: RunStepList.from_dict(parse_json(text)).to_dict(),
        "ours, to_json": ours.to_json,
        "ours, ==": lambda: ours == again,
        "ours, read five attributes": lambda: [
            (step.id, step.status, step.type_, step.created_at, step.usage) for step in ours.data
        ],
        "openai-python, to_dict": theirs.to_dict,
        "openai-python, decode and to_dict": lambda: _openai(text).to_dict(),
        "openai-python, to_json": lambda: theirs.to_json(indent=None),
        "openai-python, ==": lambda: theirs == their_again,
        "openai-python, read five attributes": lambda: [
            (step.id, step.status, step.type, step.created_at, step.usage) for step in theirs.data
        ],
    }
    return Table("Using that page", interleaved(contestants, rounds=rounds, repeat=10))


def _openai(text: bytes) -> SyncCursorPage[OpenAIRunStep]:
    made = construct_type(type_=SyncCursorPage[OpenAIRunStep], value=json.loads(text))
    return cast("SyncCursorPage[OpenAIRunStep]", made)
