"""Events to steps, without I/O: what each event of a stream makes of the run and its steps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from attrs import define, field

from run_steps._http.limits import has_too_many_values
from run_steps.errors import DECODING_FAULTS
from run_steps.streaming.deltas import with_delta, with_object
from run_steps.streaming.events import StepSoFar, StreamEvent
from run_steps.streaming.sse import ServerSentEvent
from run_steps.watching import is_over
from run_steps.watching.states import ChangeKind, kind_of_change
from run_steps_api.models import Run, RunStep
from run_steps_api.parsing import parse_json

_STEP, _RUN = "thread.run.step", "thread.run"

_DONE = "[DONE]"
"""What the last event of a stream holds instead of JSON."""


@define
class Accumulation:
    """What a stream said so far.

    Attributes:
        run: The run, None when the stream did not tell of it.
        is_flawed: Whether something of the stream could not be read, so that steps may lack it.
    """

    run: Run | None = field(init=False, default=None)
    is_flawed: bool = field(init=False, default=False)
    _steps: dict[str, StepSoFar] = field(init=False, factory=dict[str, StepSoFar])
    _is_from_the_start: bool = field(init=False, default=False)
    _is_listed: bool = field(init=False, default=False)

    @property
    def steps(self) -> tuple[RunStep, ...]:
        """The steps as they are now, in the order in which the stream told of them."""
        return tuple(so_far.step for so_far in self._steps.values())

    @property
    def is_complete(self) -> bool:
        """Whether `steps` are proved to be all of the run, as they ended."""
        if self.run is None or not is_over(self.run):
            return False
        # Some servers tell of runs alone, and a run that completed has done something.
        has_steps = bool(self._steps) or self.run.status != "completed"
        has_ended = has_steps and all(so_far.has_ended for so_far in self._steps.values())
        return self._is_listed or (self._is_from_the_start and has_ended and not self.is_flawed)

    def take(self, raw: ServerSentEvent) -> StreamEvent:
        """Take in an event; one that cannot be read changes nothing, and says so in `is_flawed`."""
        if raw.data.strip() == _DONE:
            return StreamEvent(raw, run=self.run)
        try:
            content = raw.data.encode("utf-8", "surrogatepass")
            payload = None if has_too_many_values(content) else parse_json(content)
            if isinstance(payload, dict):
                subject = _subject(raw.name, payload)
                if subject == _RUN:
                    return self._take_run(raw, payload)
                if subject == _STEP:
                    return self._take_step(raw, payload)
                return StreamEvent(raw, payload, run=self.run)
        except DECODING_FAULTS:
            pass  # not JSON, nested too deeply, with too many parts, or without an id
        self.is_flawed = True
        return StreamEvent(raw, run=self.run)

    def take_listed(self, run: Run, steps: Iterable[RunStep]) -> None:
        """Take over what a server lists, in place of what the stream said."""
        self.run, self._is_listed = run, True
        self._steps = {step.id: StepSoFar(step.to_dict(), is_over(step), step=step) for step in steps}

    def _take_run(self, raw: ServerSentEvent, payload: dict[str, Any]) -> StreamEvent:
        run = Run.from_dict(payload)
        kind = kind_of_change(self.run, run)
        if self.run is None:
            self._is_from_the_start = raw.name == "thread.run.created" and not self._steps
        elif self.run.id != run.id:
            self.is_flawed = True  # two runs in one stream: the steps of both are there, and only one is told
        self.run = run
        return StreamEvent(raw, payload, kind, run)

    def _take_step(self, raw: ServerSentEvent, payload: dict[str, Any]) -> StreamEvent:
        step_id = payload["id"]
        if not isinstance(step_id, str):
            raise TypeError(f"id: expected str, got {type(step_id).__name__}")
        before = self._steps.get(step_id)
        delta = payload.get("delta")
        after = _after_delta(before, step_id, delta) if isinstance(delta, dict) else _after_object(before, payload)
        self._steps[step_id] = after
        return StreamEvent(raw, payload, _kind(before, after), self.run, so_far=after)


def _subject(name: str, payload: Mapping[str, Any]) -> str | None:
    """Return what an event is about, by the object it holds, or else by its name."""
    word = payload.get("object")
    if not isinstance(word, str):
        word = name
    if word == _STEP or word.startswith(_STEP + "."):
        return _STEP
    return _RUN if word == _RUN or word.startswith(_RUN + ".") else None


def _kind(before: StepSoFar | None, after: StepSoFar) -> ChangeKind | None:
    if after is before:
        return None
    if after.has_ended and not (before and before.has_ended):
        return "ended"
    return "changed" if before else "appeared"


def _after_delta(before: StepSoFar | None, step_id: str, delta: Mapping[str, Any]) -> StepSoFar:
    """Return the step with a delta; one that ended stays as its last object told it."""
    if before is not None and before.has_ended:
        return before
    tree = before.tree if before else {"id": step_id}
    merged = with_delta(tree, {**delta, "id": None})
    if before is not None and merged is tree:
        return before
    after = StepSoFar(merged, has_ended=False)
    # Details alone end nothing, so that a step need not be decoded for each of their pieces.
    after.has_ended = set(delta) != {"step_details"} and is_over(after.step)
    return after


def _after_object(before: StepSoFar | None, payload: dict[str, Any]) -> StepSoFar:
    """Return the step after an event that holds it whole.

    When it has ended, that is how it ended. Otherwise it may be older than deltas that came, and takes nothing away.
    """
    step = RunStep.from_dict(payload)
    has_ended = is_over(step)
    if before is None:
        return StepSoFar(payload, has_ended, step=step)
    if has_ended:
        return before if before.has_ended and before.step == step else StepSoFar(payload, has_ended, step=step)
    if before.has_ended:
        return before
    tree = with_object(before.tree, payload)
    return before if tree is before.tree else StepSoFar(tree, has_ended=False)
