"""Pulls that are killed again and again: `python -m tests.overlays.pulling.killing COUNT [SEED]`.

One pull alone, two at once into one archive, and one with workers that are processes, each killed with `kill -9` at so
many random moments, with all its workers. Then a pull comes to its end, and the archive must be what a clean one makes.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from run_steps import servers
from run_steps.archive import Archive
from run_steps.pulling import Target, pull
from run_steps.pulling.parts import parts_folder
from run_steps.serving import create_app, serve
from tests.overlays.history_server import history
from tests.overlays.pulling.comparing import checksum

THREADS, RUNS, STEPS = 24, 200, 3

WAYS: dict[str, list[list[str]]] = {"alone": [[]], "two at once": [[], []], "with workers": [["6"]]}
"""The further words of each pull that is started at once."""


def kill_again_and_again(base_url: str, path: Path, pulls: list[list[str]], kills: int, seed: int) -> Counter[str]:
    """Start pulls, and kill them at random moments after they began to store something; tell what was seen."""
    drawn, told = random.Random(seed), Counter[str]()
    command = [sys.executable, "-m", "tests.overlays.pulling.interrupted", base_url, str(path), str(THREADS)]
    done = 0
    while done < kills:
        running = [
            subprocess.Popen([*command, *more], stdout=subprocess.PIPE, text=True, start_new_session=True)
            for more in pulls
        ]
        begun = _begun(path)  # of the one before
        drawn.shuffle(running)
        for process in running:
            if any(pulls):
                while _begun(path) <= begun and process.poll() is None:
                    time.sleep(0.01)
            elif process.stdout:
                process.stdout.readline()  # of the first run, or that it waits
            time.sleep(drawn.uniform(0.0, 1.5 if any(pulls) else 0.3))
            if process.poll() is None:
                done += 1
                os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
        if path.exists():
            with Archive.create(path) as archive:
                told["damaged after a kill"] += bool(archive.damage())
    told["killed"] = done
    return told


def _begun(path: Path) -> set[Path]:
    return set(parts_folder(path).glob("*.lock"))


def main() -> None:
    """Kill so many pulls of each kind, and tell whether what they left comes to the same end."""
    kills, seed = int(sys.argv[1]), int((*sys.argv, "1")[2])
    targets = [Target(f"thread_{number:04}") for number in range(THREADS)]
    with serve(create_app(history(THREADS, RUNS, STEPS))) as base_url, TemporaryDirectory() as folder:
        server, whole = servers.compatible(base_url), Path(folder, "whole.sqlite")
        pull(server, whole, targets)
        clean = checksum(whole)
        for way, pulls in WAYS.items():
            path = Path(folder, f"{way}.sqlite")
            told = kill_again_and_again(base_url, path, pulls, kills, seed)
            result = pull(server, path, targets)
            with Archive.open(path) as archive:
                is_equal = checksum(path) == clean and not archive.damage() and not result.failed
            told["runs left for the last pull"] = result.pulled
            sys.stdout.write(f"{way}: {'equal to a clean one' if is_equal else 'NOT EQUAL'}, {dict(told)}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
