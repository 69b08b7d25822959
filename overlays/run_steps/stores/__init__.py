"""Where threads, messages, runs and steps are kept: what server and archive share, and a store in memory."""

from run_steps._choices import Order
from run_steps._received import Item, JsonObject
from run_steps.errors import (
    UnknownCursor,
    UnknownMessage,
    UnknownMessages,
    UnknownObject,
    UnknownRun,
    UnknownStep,
    UnknownThread,
)
from run_steps.stores.interface import StepStore
from run_steps.stores.memory import MemoryStore
from run_steps.stores.paging import Page, PageQuery
from run_steps.stores.reader import StoreReader

__all__ = [
    "Item",
    "JsonObject",
    "MemoryStore",
    "Order",
    "Page",
    "PageQuery",
    "StepStore",
    "StoreReader",
    "UnknownCursor",
    "UnknownMessage",
    "UnknownMessages",
    "UnknownObject",
    "UnknownRun",
    "UnknownStep",
    "UnknownThread",
]
