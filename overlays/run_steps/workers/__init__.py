"""Work in parts: shards of a job, run by processes of this machine, a Dask cluster or any other executor."""

from run_steps.workers.executors import dask_cluster, local_processes
from run_steps.workers.sharding import OpenExecutor, WorkersLost, run_shards, split_evenly

__all__ = ["OpenExecutor", "WorkersLost", "dask_cluster", "local_processes", "run_shards", "split_evenly"]
