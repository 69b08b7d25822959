"""Pull the history of threads and runs from a server into an archive, before the server goes."""

from run_steps.pulling.checking import Findings, check
from run_steps.pulling.puller import DEFAULT_CONCURRENCY, PULL_RETRIES, pull, pull_into
from run_steps.pulling.results import PullProgress, PullResult
from run_steps.pulling.shards import pull_sharded
from run_steps.pulling.targets import Target, read_targets, target

__all__ = [
    "DEFAULT_CONCURRENCY",
    "PULL_RETRIES",
    "Findings",
    "PullProgress",
    "PullResult",
    "Target",
    "check",
    "pull",
    "pull_into",
    "pull_sharded",
    "read_targets",
    "target",
]
