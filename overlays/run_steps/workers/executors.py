"""Where shards run: processes of this machine, or a Dask cluster.

Each function returns what `run_steps.workers.sharding.run_shards` takes: a callable that opens an executor.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import socket
import threading
from collections.abc import Callable, Generator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures import wait as wait_for
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from typing import Any, ParamSpec, TypeVar

from run_steps._installation import install_command
from run_steps.errors import ConfigurationError
from run_steps.workers.sharding import OpenExecutor

P = ParamSpec("P")
R = TypeVar("R")


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
            f"Running on a Dask cluster needs Dask, here and on the workers: {install_command('dask')}"
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
        with client, _DaskExecutor(client) as executor:
            yield executor

    return open_client


class _DaskExecutor(Executor):
    """Runs tasks on the cluster of a Dask client, and hears of each one's end whatever becomes of its worker.

    The executor that Dask has itself asks for the result of a task and then for its state. When a worker is killed that
    holds the results of tasks which are done, the two no longer agree, and its future gets a `TypeError` or never ends.

    Args:
        client: A `distributed.Client` that the caller opens and closes.
    """

    def __init__(self, client: Any) -> None:
        self._client = client
        self._futures: list[Future[Any]] = []

    def submit(self, fn: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> Future[R]:
        """Have a function of a module called on a worker; see `concurrent.futures.Executor.submit`."""
        future: Future[R] = Future()
        # A task that is run again is run again, rather than taken from what Dask remembers of the first attempt.
        remote = self._client.submit(fn, *args, **kwargs, pure=False)

        def cancel_too(future: Future[R]) -> None:
            if future.cancelled():
                remote.cancel()

        self._futures.append(future)
        future.add_done_callback(cancel_too)
        remote.add_done_callback(partial(_settle, future))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002 - as in Executor
        """Wait for the tasks, or cancel them first; the client stays open."""
        if cancel_futures:
            for future in self._futures:
                future.cancel()
        if wait:
            wait_for(self._futures)


def _settle(future: Future[Any], remote: Any) -> None:
    """Give a future the end of a task on a cluster; runs in a thread that Dask has for such calls."""
    try:
        # Waits anew when the result was lost with its worker and the task is done once more.
        report = partial(future.set_result, remote.result())
    except BaseException as error:  # noqa: BLE001 - raised where the result is asked for
        report = partial(future.set_exception, error)
    # Until now it could be cancelled.
    if future.set_running_or_notify_cancel():
        report()


def _end_with(far_end: socket.socket) -> None:
    """End this process at once when the other end of a connection is closed, as it is when its owner is killed."""
    # Ctrl+C in a terminal reaches workers too. It is for the parent to decide, or each worker would print a traceback.
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def wait_for_the_end() -> None:
        far_end.recv(1)
        os._exit(1)

    threading.Thread(target=wait_for_the_end, daemon=True).start()
