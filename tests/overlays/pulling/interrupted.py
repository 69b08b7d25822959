"""A pull in a process of its own, to be killed: `python -m tests.overlays.pulling.interrupted URL ARCHIVE THREADS`.

It tells each run on standard output, so that whoever kills it knows where it is.
"""

from __future__ import annotations

import sys

from run_steps import RunStepsError, servers
from run_steps.pulling import Target, pull


def main() -> None:
    """Pull so many threads of a history server."""
    base_url, path, threads = sys.argv[1:]
    targets = [Target(f"thread_{number:04}") for number in range(int(threads))]

    def tell(progress: object) -> None:
        sys.stdout.write(f"{progress}\n")
        sys.stdout.flush()

    try:
        pull(servers.compatible(base_url), path, targets, concurrency=4, on_progress=tell)
    except RunStepsError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
