"""A pull in a process of its own, to be killed: `python -m tests.overlays.pulling.interrupted URL ARCHIVE THREADS`.

With `SHARDS` behind it the pull has workers, for so many parts. It waits for another pull into the same archive. It
tells each run or part on standard output, so that whoever kills it knows where it is.
"""

from __future__ import annotations

import sys
from functools import partial

from run_steps import RunStepsError, servers
from run_steps.pulling import Target, pull, pull_sharded
from run_steps.workers import local_processes


def main() -> None:
    """Pull so many threads of a history server."""
    base_url, path, threads, *shards = sys.argv[1:]
    targets = [Target(f"thread_{number:04}") for number in range(int(threads))]

    def tell(progress: object) -> None:
        sys.stdout.write(f"{progress}\n")
        sys.stdout.flush()

    server = partial(servers.compatible, base_url)
    try:
        if shards:
            workers, count = local_processes(2), int(shards[0])
            pull_sharded(
                server, path, targets, shards=count, open_executor=workers, concurrency=4, on_done=tell, on_wait=tell
            )
        else:
            pull(server(), path, targets, concurrency=4, on_progress=tell, on_wait=tell)
    except RunStepsError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
