"""An Assistants-compatible run-steps server for demos, tests and trying things out, on loopback and over any store.

`with serve(create_app(sample_store())) as base_url:` is all it takes; `run-steps serve --sample` does it by hand.
"""

from run_steps._installation import install_command
from run_steps.serving.sample import sample_store
from run_steps.stores import (
    Item,
    MemoryStore,
    Page,
    PageQuery,
    StepStore,
    UnknownCursor,
    UnknownMessage,
    UnknownMessages,
    UnknownObject,
    UnknownRun,
    UnknownStep,
    UnknownThread,
)

try:
    from run_steps.serving.app import create_app
    from run_steps.serving.running import serve
except ModuleNotFoundError as error:
    if error.name not in {"starlette", "uvicorn"}:
        raise
    raise ImportError(
        f"run_steps.serving needs {error.name}, which is not installed: {install_command('server')}",
        name=error.name,
    ) from None

__all__ = [
    "Item",
    "MemoryStore",
    "Page",
    "PageQuery",
    "StepStore",
    "UnknownCursor",
    "UnknownMessage",
    "UnknownMessages",
    "UnknownObject",
    "UnknownRun",
    "UnknownStep",
    "UnknownThread",
    "create_app",
    "sample_store",
    "serve",
]
