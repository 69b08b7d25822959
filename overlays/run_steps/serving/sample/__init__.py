"""Sample data written for this project: what the assistant of a small, invented harbour did on one day."""

from run_steps.serving.sample.messages import sample_messages
from run_steps.serving.sample.objects import thread
from run_steps.serving.sample.runs import MIDNIGHT, OTHER_THREAD_ID, THREAD_ID, sample_runs
from run_steps.stores import MemoryStore

__all__ = ["OTHER_THREAD_ID", "THREAD_ID", "sample_store"]


def sample_store() -> MemoryStore:
    """Return a new store with the sample data, the same at every call.

    The thread `thread_demo` has the runs `run_long` (345 steps), `run_kinds` (every kind of step and of tool call),
    `run_failed`, `run_cancelled`, `run_expired`, `run_in_progress` and `run_empty` (no steps); the thread
    `thread_other` has `run_other`. Each run follows a question, and each step that wrote a message has its message.
    """
    store = MemoryStore()
    for thread_id in (THREAD_ID, OTHER_THREAD_ID):
        store.put_thread(thread(thread_id, at=MIDNIGHT - 60))
    for run in sample_runs():
        store.put_run(run.payload)
        for step in run.steps:
            store.put_step(step)
        for message in sample_messages(run):
            store.put_message(message)
    return store
