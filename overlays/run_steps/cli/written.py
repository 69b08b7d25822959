"""What steps wrote, for commands that show it in place of the ids of messages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from attrs import define, field

from run_steps._messages import message_text
from run_steps.cli.output import write_note
from run_steps.errors import APIError, APIStatusError, NotFound
from run_steps.pulling.endpoints import says_not_served
from run_steps.reader import FEW_MESSAGES, Reader, written_messages
from run_steps.streaming import StreamEvent
from run_steps.timeline.calls import text_of
from run_steps.watching import is_over
from run_steps_api.models import Message, MessageCreationDetails, RunStep

ReadMessages: TypeAlias = Callable[[Sequence[RunStep]], tuple[list[Message], APIError | None]]
"""Reads the messages that steps wrote: gives those that are to be had, and what went wrong, if anything did."""


def read_messages(reader: Reader, thread_id: str, run_id: str, steps: Sequence[RunStep]) -> list[Message]:
    """Return the messages that steps wrote; say on stderr when they could not be read."""
    messages, failure = written_messages(reader, thread_id, run_id, steps)
    _note(failure)
    return messages


@define
class Written:
    """What the steps of a run wrote, while it is followed.

    Attributes:
        read: Reads the messages of steps; None when only a stream tells them.
        messages: The messages that are known, by id.
    """

    read: ReadMessages | None = None
    messages: dict[str, Message] = field(factory=dict)
    _lacking: list[RunStep] = field(factory=list, init=False)

    def hear(self, event: StreamEvent) -> None:
        """Keep the message that an event of a stream tells."""
        payload = event.payload or {}
        if payload.get("object") == "thread.message" and isinstance(payload.get("id"), str):
            self.messages[payload["id"]] = Message.from_dict(payload)

    def text(self, step: RunStep) -> str:
        """Return what a step that is over wrote; nothing for one that goes on, wrote nothing, or nobody knows what."""
        details = step.step_details
        message_id = text_of(details.message_creation.message_id) if isinstance(details, MessageCreationDetails) else ""
        if not message_id or not is_over(step):
            return ""
        message = self.messages.get(message_id)
        if self.read is not None and (message is None or text_of(message.status) == "in_progress"):
            self._lacking.append(step)
            # A run that is far when it is first seen has many, which are listed rather than asked for one by one.
            steps = self._lacking if len(self._lacking) == FEW_MESSAGES + 1 else [step]
            messages, failure = self.read(steps)
            self.messages |= {message.id: message for message in messages}
            if failure is not None and not (isinstance(failure, NotFound) and self.messages):
                self.read = None  # nobody is asked in vain for ever
                _note(failure)
            message = self.messages.get(message_id)
        return "" if message is None else message_text(message)


def _note(failure: APIError | None) -> None:
    """Say why messages could not be read; not of those that are not there, or no longer."""
    if failure is not None and not (isinstance(failure, APIStatusError) and says_not_served(failure)):
        write_note(f"What messages say could not be read: {failure}")
