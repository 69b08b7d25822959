"""`run-steps serve`: an archive, for any client to read on when its server is gone, or sample data to try."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from run_steps._http.loopback import is_loopback
from run_steps._words import count_text
from run_steps.archive import Archive
from run_steps.cli.archive_notes import note_archive
from run_steps.cli.output import write_line, write_note
from run_steps.cli.source import key_of
from run_steps.serving import create_app, sample_store
from run_steps.serving.running import serve_until_interrupted


def serve_archive(
    path: Path | None, streamed: Path | None, host: str, port: int, hosts: Sequence[str], key_variable: str | None
) -> None:
    """Serve an archive, or sample data, until SIGINT or SIGTERM.

    Args:
        path: The archive; None for the sample data.
        streamed: A stream of events to play to whoever creates a run; None to refuse to create any.
        host: Name or address to listen on.
        port: Port to listen on; 0 takes a free one.
        hosts: Names under which clients may reach it, besides this machine's own.
        key_variable: Environment variable with the key that requests must carry; None for no key.
    """
    key = None if key_variable is None else key_of(key_variable, os.environ)()
    if key is None and not is_loopback(host):
        write_note("Whoever reaches this machine can read the archive; --key-env asks for a key.")

    events = None if streamed is None else streamed.read_bytes()
    play = None if events is None else lambda: [events]

    def announce_sample(base_url: str) -> None:
        write_line(f"Serving the sample thread_demo at {base_url} (Ctrl+C stops it)")

    def announce(base_url: str) -> None:
        steps, runs = count_text(held.steps, "step"), count_text(held.runs, "run")
        write_line(f"Serving {steps} of {runs} at {base_url} (Ctrl+C stops it)")

    if path is None:
        serve_until_interrupted(
            create_app(sample_store(), api_key=key, play=play, hosts=hosts), announce_sample, host, port
        )
        return
    with Archive.open(path) as archive:
        held = archive.summary()
        note_archive(archive)
        app = create_app(archive, api_key=key, play=play, hosts=hosts)
        serve_until_interrupted(app, announce, host, port)
