"""Where shards run: processes of this machine, or a Dask cluster.

Each function returns what `run_steps.sharding.run_shards` takes: a callable that opens an executor.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import socket
import threading
from collections.abc import Generator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from importlib import import_module

from run_steps.errors import ConfigurationError
from run_steps.sharding import OpenExecutor


def local_processes(count: int | None = None) -> OpenExecutor:
    """Return what opens a pool of processes on this machine.

    The processes are started anew rather than forked, which is safe whatever threads this process has; a script that
    opens such a pool needs the usual `if __name__ == "__main__":`. They end at once when the job is given up, by an
    error or by Ctrl+C, and also when this process is killed.

    Args:
        count: Processes (count); as many as there are processors when None.

    Raises:
        ValueError: `count` is less than 1.
    """
    processes = (os.cpu_count() or 1) if count is None else count
    if processes < 1:
        raise ValueError(f"count must be at least 1, not {processes}")

    @contextmanager
    def open_pool() -> Generator[Executor]:
        near_end, far_end = socket.socketpair()
        with near_end, far_end:
            pool = ProcessPoolExecutor(
                processes, multiprocessing.get_context("spawn"), initializer=_end_with, initargs=(far_end,)
            )
            try:
                yield pool
            except BaseException:
                near_end.close()
                raise
            finally:
                pool.shutdown(cancel_futures=True)

    return open_pool


def dask_cluster(address: str, *, timeout: float = 10) -> OpenExecutor:
    """Return what opens a connection to a Dask cluster.

    The workers need this package and see files under the same paths as this machine.

    Args:
        address: Address of the scheduler, such as `tcp://10.0.0.5:8786`.
        timeout: How long connecting may take (seconds).

    Raises:
        ConfigurationError: Dask is not installed, or `address` is no address.
    """
    try:
        distributed = import_module("distributed")
    except ImportError as error:
        raise ConfigurationError(
            "Running on a Dask cluster needs Dask: pip install 'run-steps[dask]', here and on the workers."
        ) from error
    if "://" not in address:
        raise ConfigurationError(f"{address!r} is no address of a Dask scheduler, such as tcp://10.0.0.5:8786")

    @contextmanager
    def open_client() -> Generator[Executor]:
        try:
            client = distributed.Client(address, timeout=timeout, set_as_default=False)
        except OSError as error:
            raise ConfigurationError(
                f"No Dask scheduler answers at {address} ({error}). Check the address and that it runs."
            ) from error
        # A task that is run again is run again, rather than taken from what Dask remembers of the first attempt.
        with client, client.get_executor(pure=False) as executor:
            yield executor

    return open_client


def _end_with(far_end: socket.socket) -> None:
    """End this process at once when the other end of a connection is closed, as it is when its owner is killed."""
    # Ctrl+C in a terminal reaches workers too. It is for the parent to decide, or each worker would print a traceback.
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def wait_for_the_end() -> None:
        far_end.recv(1)
        os._exit(1)

    threading.Thread(target=wait_for_the_end, daemon=True).start()
