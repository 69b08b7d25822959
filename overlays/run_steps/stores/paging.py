"""Which items of a list make up a page.

Cursors and limits become positions here, apart from where the items are kept, so that every store pages alike.
"""

from __future__ import annotations

from collections.abc import Sequence

from attrs import field, frozen
from attrs.validators import ge, in_

from run_steps._choices import Order
from run_steps._received import Item

DEFAULT_LIMIT = 20
"""Items on a page when the request does not say (count)."""

MAX_LIMIT = 100
"""Most items a request may ask for on one page (count)."""


@frozen(kw_only=True)
class PageQuery:
    """What a request asks of a list.

    Attributes:
        limit: Most items on the page (count), at least 1.
        order: By `created_at`; `desc` is the exact reverse of `asc`, also among items of the same second.
        after: Id of an item; the page holds the items that follow it in the requested order.
        before: Id of an item; the page holds the items that precede it in the requested order, and of those the
            nearest ones. Together with `after` it only ends the window, which is then read from the side of `after`.
    """

    limit: int = field(default=DEFAULT_LIMIT, validator=ge(1))
    order: Order = field(default="desc", validator=in_(("asc", "desc")))
    after: str | None = None
    before: str | None = None


@frozen
class Page:
    """One page of a list.

    Attributes:
        data: The items in the requested order.
        has_more: Whether more items lie further in the direction of travel: beyond the last item of the page, or
            ahead of its first one when the page was asked for by `before` alone.
    """

    data: Sequence[Item]
    has_more: bool


@frozen
class Span:
    """Positions of a page, from `start` up to and without `stop`, and whether more lie beyond it."""

    start: int
    stop: int
    has_more: bool


def select_span(count: int, *, limit: int, after: int | None = None, before: int | None = None) -> Span:
    """Return the positions of a page in a list of `count` items, all in the requested order.

    Args:
        count: Length of the list.
        limit: Most items on the page (count).
        after: Position of the item the page follows.
        before: Position of the item the page precedes.

    Returns:
        The span; empty when nothing lies between the cursors.
    """
    if after is None and before is not None:
        start = max(0, before - limit)
        return Span(start, before, has_more=start > 0)
    start = 0 if after is None else after + 1
    end = count if before is None else max(start, before)
    stop = min(start + limit, end)
    return Span(start, stop, has_more=stop < end)
