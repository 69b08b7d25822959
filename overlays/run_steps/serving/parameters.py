"""Read the query parameters of a request, strictly: a client's mistake should show here and not in production."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TypeAlias, cast

from run_steps._choices import Order
from run_steps.stores.paging import DEFAULT_LIMIT, MAX_LIMIT, PageQuery

Parameters: TypeAlias = Sequence[tuple[str, str]]
"""Query parameters in the order they came, decoded; a repeated one occurs repeatedly."""

_INTEGER = re.compile("[0-9]{1,9}")


class InvalidParameter(ValueError):
    """A query parameter has a value that is not allowed.

    Attributes:
        param: Name of the parameter.
    """

    def __init__(self, param: str, problem: str) -> None:
        self.param = param
        super().__init__(f"Invalid '{param}': {problem}")


def read_page_query(parameters: Parameters) -> PageQuery:
    """Return what a request asks of a list.

    Raises:
        InvalidParameter: `limit` or `order` has a value that is not allowed, or one of the parameters is repeated.
    """
    return PageQuery(
        limit=_read_limit(_single(parameters, "limit")),
        order=_read_order(_single(parameters, "order")),
        after=_single(parameters, "after"),
        before=_single(parameters, "before"),
    )


def read_run_id(parameters: Parameters) -> str | None:
    """Return the run whose messages a request asks for; raises as `read_page_query`, also for an empty id."""
    run_id = _single(parameters, "run_id")
    if run_id == "":
        raise InvalidParameter("run_id", "expected the id of a run, got nothing.")
    return run_id


def read_include(parameters: Parameters) -> frozenset[str]:
    """Return the fields a request wants included, whichever way it writes them.

    Servers differ, and so do their clients: `include[]` or `include`, repeated or with commas in between. Values that
    mean nothing here are kept; asking for more than there is does no harm.
    """
    return frozenset(_split(value for name, value in parameters if name in {"include[]", "include"}))


def _split(values: Iterable[str]) -> Iterable[str]:
    return (part.strip() for value in values for part in value.split(","))


def _single(parameters: Parameters, name: str) -> str | None:
    values = [value for key, value in parameters if key == name]
    if len(values) > 1:
        raise InvalidParameter(name, f"expected it once, got it {len(values)} times.")
    return values[0] if values else None


def _read_limit(value: str | None) -> int:
    if value is None:
        return DEFAULT_LIMIT
    if not _INTEGER.fullmatch(value) or not 1 <= int(value) <= MAX_LIMIT:
        raise InvalidParameter("limit", f"expected an integer from 1 to {MAX_LIMIT}, got '{value}'.")
    return int(value)


def _read_order(value: str | None) -> Order:
    if value is None:
        return "desc"
    if value not in {"asc", "desc"}:
        raise InvalidParameter("order", f"expected 'asc' or 'desc', got '{value}'.")
    return cast("Order", value)
