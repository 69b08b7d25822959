"""What an archive holds, to compare: with another archive, or with the store that a server served."""

from __future__ import annotations

import sqlite3
from hashlib import sha256
from pathlib import Path

from run_steps.stores import MemoryStore, PageQuery


def checksum(path: Path) -> str:
    """Return a checksum of all runs, steps, threads and messages of an archive, in the order a reader gets them."""
    digest = sha256()
    for key, texts in sorted(contents(path).items()):
        for text in (*key, *texts):
            digest.update(f"{len(text)}:{text}\n".encode())
    return digest.hexdigest()


def contents(path: Path) -> dict[tuple[str, str], list[str]]:
    """Return the JSON texts of an archive by thread and run: that of the run, then those of its steps.

    Those of the thread and of its messages are there by thread and nothing, where they were pulled.
    """
    found: dict[tuple[str, str], list[str]] = {}
    connection = sqlite3.connect(path)
    try:
        runs = "SELECT thread_id, run_id, runs.key, payload FROM runs JOIN threads ON threads.key = runs.thread"
        for thread_id, run_id, key, payload in connection.execute(runs).fetchall():
            steps = connection.execute("SELECT payload FROM steps WHERE run = ? ORDER BY position, key", (key,))
            found[thread_id, run_id] = [payload, *(step for (step,) in steps)]
        threads = (
            "SELECT thread_id, threads.key, payload FROM conversations JOIN threads ON threads.key = thread"
            " WHERE conversations.listed_at >= 0"
        )
        for thread_id, key, payload in connection.execute(threads).fetchall():
            messages = connection.execute(
                "SELECT payload FROM messages WHERE thread = ? ORDER BY position, key", (key,)
            )
            found[thread_id, ""] = [payload, *(message for (message,) in messages)]
    finally:
        connection.close()
    return found


def contents_of_store(store: MemoryStore, *thread_ids: str) -> dict[tuple[str, str], list[str]]:
    """Return the same of a store."""
    everything = PageQuery(limit=1_000_000, order="asc")
    return {
        (thread_id, run.id): [run.text, *(step.text for step in store.list_steps(thread_id, run.id, everything).data)]
        for thread_id in thread_ids
        for run in store.list_runs(thread_id, everything).data
    } | {
        (thread_id, ""): [
            store.get_thread(thread_id).text,
            *(message.text for message in store.list_messages(thread_id, everything).data),
        ]
        for thread_id in thread_ids
    }
