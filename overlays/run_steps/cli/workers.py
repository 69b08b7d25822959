"""Where a pull or an export runs: here, on several processes of this machine, or on a Dask cluster."""

from __future__ import annotations

from attrs import frozen

from run_steps.workers.executors import dask_cluster, local_processes
from run_steps.workers.sharding import OpenExecutor

DASK_SHARDS = 16
"""Parts to cut the work into for a cluster whose size is not known (count)."""

_SHARES = 4
"""Parts to cut the work of a process into where they cost nothing (count): who is done early takes what is left."""


@frozen
class Workers:
    """What the options say about who does the work.

    Attributes:
        wanted_shards: Parts to cut it into (count); None when left out.
        dask_address: Address of a Dask scheduler; None for this machine.
    """

    wanted_shards: int | None
    dask_address: str | None

    @property
    def shards(self) -> int:
        """Parts to cut the work into (count)."""
        return self.wanted_shards or (1 if self.dask_address is None else DASK_SHARDS)

    @property
    def shares(self) -> int:
        """Parts to cut the work into where more of them cost no more (count)."""
        return self.shards if self.dask_address is not None else self.shards * _SHARES


def open_workers(workers: Workers) -> OpenExecutor | None:
    """Return what opens the executor; None when the work is done in this process.

    Raises:
        ConfigurationError: Dask is not installed, or its address cannot be one.
    """
    if workers.dask_address is not None:
        return dask_cluster(workers.dask_address)
    return local_processes(workers.shards) if workers.shards > 1 else None
