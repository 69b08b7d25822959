"""What a stream gives: its events, each with the step so far."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import define, field, frozen

from run_steps.streaming.deltas import resolved
from run_steps.streaming.sse import ServerSentEvent
from run_steps.watching.states import ChangeKind
from run_steps_api.models import Run, RunStep, RunStepDelta


@define(eq=False)
class StepSoFar:
    """A step at one moment of a stream; decoded when it is asked for.

    Attributes:
        tree: What is known of it, as `deltas` keeps it.
        has_ended: Whether it is over.
    """

    tree: Mapping[str, Any]
    has_ended: bool
    _step: RunStep | None = field(default=None, alias="step")

    @property
    def step(self) -> RunStep:
        """The step as a model."""
        if self._step is None:
            self._step = RunStep.from_dict(resolved(self.tree))
        return self._step


@frozen(eq=False)
class StreamEvent:
    """An event of a stream, and what it made of the run and its steps.

    Attributes:
        raw: The event as it came, also one of messages, of a kind that is not known, or that cannot be read.
        payload: The JSON object in it; None when there is none, or when it cannot be read.
        kind: `appeared`, `changed` or `ended` as in a watch; None when it tells nothing new of a run or step.
        run: The run so far; None when the stream did not tell of it yet.
    """

    raw: ServerSentEvent
    payload: dict[str, Any] | None = field(default=None, repr=False)
    kind: ChangeKind | None = None
    run: Run | None = field(default=None, repr=False)
    _so_far: StepSoFar | None = field(default=None, repr=False, alias="so_far")

    @property
    def name(self) -> str:
        """What the event is called, such as `thread.run.step.delta`."""
        return self.raw.name

    @property
    def step(self) -> RunStep | None:
        """The step this is about, as it was after this event; None when it is about something else.

        It is decoded, and its texts are joined, when it is first asked for.
        """
        return None if self._so_far is None else self._so_far.step

    @property
    def delta(self) -> RunStepDelta | None:
        """What is new of the step, where it comes as a delta; decoded whenever it is asked for.

        As it came it is in `payload`.
        """
        delta = self.payload.get("delta") if self.payload and self._so_far else None
        return RunStepDelta.from_dict(delta) if isinstance(delta, dict) else None
