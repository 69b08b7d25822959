"""The way through the pages of a list, whatever the server says about them: what to ask for, and what an answer adds.

Servers are not to be trusted here: `has_more` is true on last and on empty pages or missing, cursors are null or not on
the page, and an `after` may be ignored. So the cursor is taken from the items, and a page that brings items again is an
error. Nothing here asks a server anything; `paginators` does.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any, Generic, Protocol, TypeVar

from attrs import define, field, frozen

from run_steps._choices import Order
from run_steps._ids import checked_cursor
from run_steps._other_words import OtherAttributes
from run_steps.errors import Advice, InvalidArgument, PaginationError
from run_steps.responses import RawResponse
from run_steps.timestamps import seconds_or_none
from run_steps_api.types import Misfit, Unset

_logger = logging.getLogger(__name__)

Item = TypeVar("Item")
Item_co = TypeVar("Item_co", covariant=True)

DEFAULT_PAGE_SIZE = 100
"""Items asked for at a time (count): the most that servers give."""

MAX_EMPTY_PAGES = 10
"""Pages without items that are followed one after the other, when a server claims that more come (count)."""


_ENOUGH_TO_SHOW = 5
"""Items whose order is no accident (count): ids made at random are in it for one page of sixteen, at most."""


class ListPage(Protocol[Item_co]):
    """A page as generated list functions return it."""

    @property
    def data(self) -> Sequence[Item_co]:
        """The items."""
        ...

    @property
    def last_id(self) -> str | Unset | None:
        """Id of the last item, or nothing."""
        ...

    @property
    def has_more(self) -> bool | Unset | None:
        """Whether more items follow, as far as the server can be believed."""
        ...


@frozen
class PageRequest:
    """What to ask a server for.

    Attributes:
        limit: Items wanted on the page (count).
        after: Id of the item the page follows.
        before: Id of the item the page precedes.
        order: Order of the list; None for the one it is asked for in anyway.
    """

    limit: int
    after: str | None
    before: str | None
    order: Order | None = None


@frozen
class Page(OtherAttributes, Generic[Item]):
    """One page of a list.

    Attributes:
        items: Its items as requested; away from the cursor when that was `before`.
        cursor: Where to resume: the id to give as `after` (or `before`) to go on behind this page. None when it is
            empty.
        response: What the server sent; None where the function that fetched the page does not give it.
        misfits: What stood among the items and is none, such as one without an id: where, why, and as it was sent.
    """

    items: Sequence[Item]
    cursor: str | None
    response: RawResponse[Any] | None = field(default=None, repr=False)
    misfits: Sequence[Misfit] = ()


@define
class Walk(Generic[Item]):
    """The way through a list: what to ask for next, and what an answer adds.

    Args:
        cursor: Id of the item to begin behind; None for the beginning of the list.
        page_size: Items to ask for at a time (count).
        max_items: Items to give in all (count); None for all there are.
        until: Id of an item that ends the walk, itself excluded; None for none.
        order: Order of the list, where the walk may turn to another; None where it may not.
        keep: Which items to give, where a server may send others as well; None for all.
    """

    cursor: str | None = None
    page_size: int = DEFAULT_PAGE_SIZE
    max_items: int | None = None
    until: str | None = None
    order: Order | None = None
    keep: Callable[[Item], bool] | None = None
    is_done: bool = field(init=False, default=False)
    _page_number: int = field(init=False, default=0)
    _empty_pages: int = field(init=False, default=0)
    _given: int = field(init=False, default=0)
    # Ids of the pages a server that goes round in circles comes back to: the first, the one before, and one that moves
    # ahead in ever greater steps, so that any circle is found without keeping all ids.
    _first: frozenset[str] = field(init=False, default=frozenset())
    _previous: frozenset[str] = field(init=False, default=frozenset())
    _landmark: frozenset[str] = field(init=False, default=frozenset())
    _has_logged: bool = field(init=False, default=False)
    _held: list[Item] | None = field(init=False, default=None)

    def __attrs_post_init__(self) -> None:
        """Check the numbers.

        Raises:
            InvalidArgument: `page_size` is below 1 or `max_items` below 0.
        """
        if self.page_size < 1:
            raise InvalidArgument(f"page_size must be at least 1, not {self.page_size}")
        if self.max_items is not None and self.max_items < 0:
            raise InvalidArgument(f"max_items must be at least 0, not {self.max_items}")
        self.is_done = self.max_items == 0

    @property
    def request(self) -> PageRequest:
        """What to ask for next: no more items than are wanted."""
        wanted = self.page_size if self.max_items is None or self._held is not None else self.max_items - self._given
        limit = min(self.page_size, wanted)
        return PageRequest(limit, after=self.cursor, before=self.until, order=self.order)

    def receive(self, page: ListPage[Item], response: RawResponse[Any] | None = None) -> Page[Item]:
        """Take in the page that was asked for, and move on.

        Args:
            page: The page as the server sent it.
            response: The response it came in.

        Returns:
            The items it adds, and where to resume behind them.

        Raises:
            PaginationError: The page repeats items of earlier ones, or does not lead on though it claims that more
                follow.
        """
        self._page_number += 1
        misfits = self._misfits(page)
        items = self._new_items(page)
        if page.has_more is not False and self._would_lose(items):
            self._turn()
            return Page((), None, response, misfits)
        reached_end = self._cut_at_end(items)
        if not items and not reached_end:
            self._follow_empty_page(page)
        elif items:
            self._empty_pages = 0
            self.cursor = _id(items[-1]) or text_or_none(page.last_id)
        if self._held is not None:
            self._held += items
            self.is_done = self.is_done or page.has_more is False
            items = self._held[::-1] if self.is_done else []
        if self.keep is not None:
            items = [item for item in items if self.keep(item)]
        if self.max_items is not None:
            del items[self.max_items - self._given :]
        self._given += len(items)
        self.is_done = self.is_done or reached_end or page.has_more is False or self._given == self.max_items
        if items and self.cursor is None and not self.is_done:
            raise PaginationError("The server sent items without ids and no cursor: the next page cannot be asked for.")
        return Page(items, _id(items[-1]) if items else None, response, misfits)

    def _would_lose(self, items: Sequence[Item]) -> bool:
        """Return whether the first page shows a server that orders by time but pages by id, newest first.

        Of items of one second it sends the oldest first, and what follows that one by id is what precedes it in the
        list: the others of that second are lost. Oldest first, both orders are one.
        """
        if self.order != "desc" or self._page_number > 1 or self.cursor or self.until:
            return False
        times = [seconds_or_none(getattr(item, "created_at", None)) for item in items]
        if len(items) < _ENOUGH_TO_SHOW or None in times:
            return False
        neighbours = [
            (one[0] == other[0], one[1] > other[1])
            for one, other in pairwise(zip(times, map(_age, items), strict=True))
        ]
        return any(is_tie for is_tie, _ in neighbours) and all(is_tie != falls for is_tie, falls in neighbours)

    def _turn(self) -> None:
        """Begin anew with the oldest item, and hold what comes until the newest is there."""
        _logger.info("The server orders by time and pages by id: the list is read oldest first, and then turned round.")
        self.order, self._held, self._page_number = "asc", [], 0
        self._first = self._previous = self._landmark = frozenset()

    def _misfits(self, page: ListPage[Item]) -> list[Misfit]:
        """Return what stands among the items of a page and is none; log it once a list."""
        found = [Misfit(f"data[{position}]", *rest) for position, *rest in getattr(page.data, "misfits", ())]
        if found and not self._has_logged:
            self._has_logged = True
            _logger.warning(
                "The server sent %d of %d items that cannot be read and were left out, the first as %s: expected %s. "
                "`Page.misfits` has them.",
                len(found),
                len(found) + len(page.data),
                found[0].name,
                found[0].expected,
            )
        return found

    def _new_items(self, page: ListPage[Item]) -> list[Item]:
        """Return the items of a page without the one the cursor names, which some servers send again first."""
        names = [_id(item) for item in page.data]
        items = list(page.data)
        if self.cursor is not None and self.cursor in names:
            items = [item for item, name in zip(items, names, strict=True) if name != self.cursor]
        ids = frozenset(name for name in names if name and name != self.cursor)
        asked = f"when it was asked for what comes after {self.cursor!r}"
        if again := ids & (self._first | self._previous | self._landmark):
            what = "started over at the first page" if ids <= self._first else "sent items again"
            example = f"{len(again)} of its {len(ids)} items, such as {min(again)!r}, were there before"
            raise PaginationError(
                f"The server {what} {asked}: page {self._page_number} leads nowhere, {example}.",
                advice=Advice.OTHER_ORDER,
            )
        if len(items) != len(page.data) and names[0] != self.cursor:
            raise PaginationError(f"The server sent what comes before that item {asked}: it does not page.")
        if page.data and not items and page.has_more is not False:
            raise PaginationError(f"The server sent that very item {asked}, and claims that more follow.")
        self._previous = ids or self._previous
        if self._page_number == 1:
            self._first = ids
        if self._page_number & (self._page_number - 1) == 0:
            self._landmark = ids
        return items

    def _cut_at_end(self, items: list[Item]) -> bool:
        """Cut off what lies at and behind the item that ends the walk."""
        if self.until is None:
            return False
        position = next((index for index, item in enumerate(items) if _id(item) == self.until), None)
        if position is None:
            return False
        del items[position:]
        return True

    def _follow_empty_page(self, page: ListPage[Item]) -> None:
        """Go on behind a page without items only where it gives a cursor that leads on."""
        self._empty_pages += 1
        cursor = text_or_none(page.last_id)
        if not page.has_more or cursor is None or cursor == self.cursor:
            self.is_done = True
        elif self._empty_pages == MAX_EMPTY_PAGES:
            raise PaginationError(
                f"The server sent {MAX_EMPTY_PAGES} empty pages in a row, each claiming that more follow."
            )
        else:
            self.cursor = cursor


def _checked_after(value: str | None) -> str | None:
    return checked_cursor("after", value)


def _checked_before(value: str | None) -> str | None:
    return checked_cursor("before", value)


@frozen(kw_only=True)
class Window:
    """Which part of a list to read.

    Attributes:
        order: By `created_at`: newest first (`desc`) or oldest first (`asc`).
        page_size: Items to ask for at a time (count, up to 100); None for 100.
        max_items: Items to give in all (count); None for all there are.
        after: Id of an item: begin with the one that follows it in that order.
        before: Id of an item: walk backwards from it, nearest first; together with `after`, end before it.
        keep: Which items to give, where a server may send others as well; None for all.

    Raises:
        InvalidArgument: A value cannot work.
    """

    order: Order = "desc"
    page_size: int | None = None
    max_items: int | None = None
    after: str | None = field(default=None, converter=_checked_after)
    before: str | None = field(default=None, converter=_checked_before)
    keep: Callable[[Any], bool] | None = None

    def __attrs_post_init__(self) -> None:
        """Check the values together."""
        if self.order not in ("asc", "desc"):
            raise InvalidArgument(f"order must be 'asc' or 'desc', not {self.order!r}")
        self.begin()  # wrong numbers are refused now, not when the first item is asked for

    @property
    def is_backwards(self) -> bool:
        """Whether the walk leads away from `before`."""
        return self.before is not None and self.after is None

    @property
    def sent_order(self) -> Order:
        """The order to ask a server for.

        What precedes an item follows it in the other order, so that a walk backwards is asked for as one forwards:
        known servers answer `before` alone with the first items of the list instead of the nearest ones, which would
        silently lose all that lies between.
        """
        if self.is_backwards:
            return "desc" if self.order == "asc" else "asc"
        return self.order

    def begin(self) -> Walk[Any]:
        """Return a new walk through this part of the list."""
        size = DEFAULT_PAGE_SIZE if self.page_size is None else self.page_size
        cursor, until = (self.before, None) if self.is_backwards else (self.after, self.before)
        return Walk(
            cursor=cursor,
            page_size=size,
            max_items=self.max_items,
            until=until,
            order=self.sent_order,
            keep=self.keep,
        )


def _age(item: object) -> tuple[int, str]:
    """Return a key by which items are in order whose ids are counted up or made of the time."""
    item_id = _id(item) or ""
    return len(item_id), item_id


def _id(item: object) -> str | None:
    return text_or_none(getattr(item, "id", None))


def text_or_none(value: object) -> str | None:
    """Return text that says something, and None for all else."""
    return value if isinstance(value, str) and value else None
