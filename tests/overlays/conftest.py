"""What several tests of the runtime share."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from run_steps import servers
from run_steps.pulling import Target, pull
from run_steps.serving import create_app, sample_store, serve


@pytest.fixture(scope="session")
def sample_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of the sample data, to read: runs that went well, failed, expired, or are still going."""
    path = tmp_path_factory.mktemp("sample") / "history.sqlite"
    with serve(create_app(sample_store())) as base_url:
        pull(servers.compatible(base_url), path, [Target("thread_demo"), Target("thread_other")])
    return path


@pytest.fixture(scope="session")
def dask_address() -> Iterator[str]:
    """A Dask cluster of two processes that gives a task up as soon as one worker died of it; its address."""
    config: Any = import_module("dask.config")
    distributed: Any = import_module("distributed")
    settings = {
        "distributed.scheduler.allowed-failures": 0,
        "distributed.logging.distributed": "critical",
        # So long after a worker died, Dask's local cluster gives it up if it is not there just then, as it is when it
        # was killed a second time.
        "distributed.deploy.lost-worker-timeout": "1h",
        # The time a result is asked for where a worker was.
        "distributed.comm.timeouts.connect": "10s",
    }
    with (
        config.set(settings),
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address="127.0.0.1:0"
        ) as cluster,
    ):
        yield cluster.scheduler_address
