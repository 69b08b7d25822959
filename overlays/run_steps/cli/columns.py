"""The columns of tables of steps and of runs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from run_steps._words import iso_text, moment_text, span_text
from run_steps.cli.output import Column
from run_steps.timeline.building import error_of, required_of
from run_steps.timeline.calls import calls_of, label_of, text_of
from run_steps.timeline.summary import alerts
from run_steps.timeline.terminal import status_style
from run_steps.timestamps import end_times_of, first_seconds, seconds_or_none
from run_steps_api.models import Run, RunStep, Usage
from run_steps_api.types import Unset


def what_of(step: RunStep) -> str:
    """Return what a step did: the names of its tools, each once with how often."""
    return label_of(text_of(step.type_), calls_of(step.step_details))


def began_of(item: RunStep | Run) -> str:
    """Return when a step or run was created, in UTC; nothing when the server does not report it."""
    began = seconds_or_none(item.created_at)
    return "" if began is None else moment_text(began).removesuffix(" UTC")


def seconds_of(item: RunStep | Run) -> float | None:
    """Return how long a step or run took (seconds); None while it is going or when the server does not report it."""
    began, ended = seconds_or_none(item.created_at), first_seconds(end_times_of(item))
    return None if began is None or ended is None or ended < began else ended - began


def took_of(item: RunStep | Run) -> str:
    """Return the same in words; nothing for None."""
    seconds = seconds_of(item)
    return "" if seconds is None else span_text(seconds)


def tokens_of(usage: Usage | Unset | None) -> str:
    """Return how many tokens were used; nothing when the server does not report it."""
    return f"{usage.total_tokens}" if isinstance(usage, Usage) and isinstance(usage.total_tokens, int) else ""


def reason_of(run: Run) -> str:
    """Return why a run failed or ended early, or what it waits for; empty when it does neither."""
    return "; ".join(text for _, text in alerts(error_of(run), required_of(run)))


def iso_of(time: object) -> str:
    """Return a time of a server as other programs read it, ISO 8601 in UTC; nothing when there is none."""
    seconds = seconds_or_none(time)
    return "" if seconds is None else iso_text(seconds)


def _ended_of(item: RunStep | Run) -> str:
    return iso_of(first_seconds(end_times_of(item)))


def _total_of(item: RunStep | Run) -> int | None:
    return int(tokens) if (tokens := tokens_of(item.usage)) else None


def _told(name: Literal["input", "output"]) -> Callable[[RunStep], str]:
    return lambda step: "\n".join(filter(None, (getattr(call, name) for call in calls_of(step.step_details))))


STEP_COLUMNS = (
    Column[RunStep]("step", lambda step: step.id, importance=6),
    Column[RunStep]("what", what_of, importance=5, narrowest=12),
    Column[RunStep]("status", lambda step: text_of(step.status), importance=4, style=status_style),
    Column[RunStep]("took", took_of, seconds_of, importance=3, is_number=True),
    Column[RunStep]("tokens", lambda step: tokens_of(step.usage), _total_of, importance=2, is_number=True),
    Column[RunStep]("began (UTC)", began_of, lambda step: iso_of(step.created_at), "began", importance=1),
    Column[RunStep]("ended", _ended_of, on_demand=True),
    Column[RunStep]("kind", lambda step: text_of(step.type_), on_demand=True),
    Column[RunStep]("run", lambda step: text_of(step.run_id), on_demand=True),
    Column[RunStep]("thread", lambda step: text_of(step.thread_id), on_demand=True),
    Column[RunStep]("assistant", lambda step: text_of(step.assistant_id), on_demand=True),
    Column[RunStep]("error", error_of, narrowest=12, on_demand=True),
    Column[RunStep]("input", _told("input"), narrowest=12, on_demand=True),
    Column[RunStep]("output", _told("output"), narrowest=12, on_demand=True),
)
"""What can be shown of a step."""

RUN_COLUMNS = (
    Column[Run]("run", lambda run: run.id, importance=6),
    Column[Run]("status", lambda run: text_of(run.status), importance=5, style=status_style),
    Column[Run]("took", took_of, seconds_of, importance=4, is_number=True),
    Column[Run]("tokens", lambda run: tokens_of(run.usage), _total_of, importance=3, is_number=True),
    Column[Run]("began (UTC)", began_of, lambda run: iso_of(run.created_at), "began", importance=2),
    Column[Run]("model", lambda run: run.model or "", importance=1, narrowest=8),
    Column[Run]("reason", reason_of, importance=0, narrowest=12, is_optional=True),
    Column[Run]("ended", _ended_of, on_demand=True),
    Column[Run]("thread", lambda run: text_of(run.thread_id), on_demand=True),
    Column[Run]("assistant", lambda run: text_of(run.assistant_id), on_demand=True),
)
"""What can be shown of a run."""
