"""Run steps as they stream: read the events of a run, whoever asked for them, and have its steps at any moment.

`sse` makes events of bytes, `deltas` adds a delta to a step, `accumulation` makes steps of events, and `streams` reads.
"""

from run_steps.streaming.accumulation import Accumulation
from run_steps.streaming.events import StreamEvent
from run_steps.streaming.sse import EventParser, ServerSentEvent
from run_steps.streaming.streams import AsyncStepStream, StepStream

__all__ = ["Accumulation", "AsyncStepStream", "EventParser", "ServerSentEvent", "StepStream", "StreamEvent"]
