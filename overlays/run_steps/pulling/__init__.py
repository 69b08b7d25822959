"""Pull the history of threads and runs from a server into an archive, before the server goes."""

from run_steps.pulling.pull import PULL_RETRIES, PullProgress, PullResult, pull, pull_into
from run_steps.pulling.targets import Target, read_targets, target

__all__ = [
    "PULL_RETRIES",
    "PullProgress",
    "PullResult",
    "Target",
    "pull",
    "pull_into",
    "read_targets",
    "target",
]
