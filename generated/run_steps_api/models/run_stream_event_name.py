# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
from enum import StrEnum


class RunStreamEventName(StrEnum):
    DONE = "done"
    ERROR = "error"
    THREAD_CREATED = "thread.created"
    THREAD_MESSAGE_COMPLETED = "thread.message.completed"
    THREAD_MESSAGE_CREATED = "thread.message.created"
    THREAD_MESSAGE_DELTA = "thread.message.delta"
    THREAD_MESSAGE_INCOMPLETE = "thread.message.incomplete"
    THREAD_MESSAGE_IN_PROGRESS = "thread.message.in_progress"
    THREAD_RUN_CANCELLED = "thread.run.cancelled"
    THREAD_RUN_CANCELLING = "thread.run.cancelling"
    THREAD_RUN_COMPLETED = "thread.run.completed"
    THREAD_RUN_CREATED = "thread.run.created"
    THREAD_RUN_EXPIRED = "thread.run.expired"
    THREAD_RUN_FAILED = "thread.run.failed"
    THREAD_RUN_INCOMPLETE = "thread.run.incomplete"
    THREAD_RUN_IN_PROGRESS = "thread.run.in_progress"
    THREAD_RUN_QUEUED = "thread.run.queued"
    THREAD_RUN_REQUIRES_ACTION = "thread.run.requires_action"
    THREAD_RUN_STEP_CANCELLED = "thread.run.step.cancelled"
    THREAD_RUN_STEP_COMPLETED = "thread.run.step.completed"
    THREAD_RUN_STEP_CREATED = "thread.run.step.created"
    THREAD_RUN_STEP_DELTA = "thread.run.step.delta"
    THREAD_RUN_STEP_EXPIRED = "thread.run.step.expired"
    THREAD_RUN_STEP_FAILED = "thread.run.step.failed"
    THREAD_RUN_STEP_IN_PROGRESS = "thread.run.step.in_progress"

    def __str__(self) -> str:
        return str(self.value)
