"""Walk through the pages of a list, whatever the server says about them.

`Walk` decides what to ask for next and which items of an answer are new; `Paginator` and `AsyncPaginator` only ask.
Servers are not to be trusted here: `has_more` is true on last and on empty pages or missing, cursors are null or not on
the page, and an `after` may be ignored. So the cursor is taken from the items, and a page that brings items again is an
error.
"""

from __future__ import annotations

import functools
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from typing import Any, Generic, Literal, ParamSpec, Protocol, TypeAlias, TypeVar

from attrs import define, field, frozen

from run_steps.errors import APIError, PaginationError
from run_steps.responses import RawResponse
from run_steps_api.models import ErrorResponse
from run_steps_api.types import UNSET, Unset

Item = TypeVar("Item")
Item_co = TypeVar("Item_co", covariant=True)
P = ParamSpec("P")
T = TypeVar("T")

DEFAULT_PAGE_SIZE = 100
"""Items asked for at a time (count): the most that servers give."""

MAX_EMPTY_PAGES = 10
"""Pages without items that are followed one after the other, when a server claims that more come (count)."""

Direction = Literal["after", "before"]
"""Which cursor leads on: `after` the last item of a page, or `before` its first."""


class ListPage(Protocol[Item_co]):
    """A page as generated list functions return it."""

    @property
    def data(self) -> Sequence[Item_co]:
        """The items."""
        ...

    @property
    def first_id(self) -> str | Unset | None:
        """Id of the first item, or nothing."""
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
    """

    limit: int
    after: str | None
    before: str | None


@frozen
class Page(Generic[Item]):
    """One page of a list.

    Attributes:
        items: Its items in the order of the walk: as requested, or away from the cursor when that was `before`.
        cursor: Where to resume: the id to give as `after` (or `before`) to go on behind this page. None when it is
            empty.
        response: What the server sent; None where the function that fetched the page does not tell.
    """

    items: Sequence[Item]
    cursor: str | None
    response: RawResponse[Any] | None = field(default=None, repr=False)


@define
class Walk(Generic[Item]):
    """The way through a list: what to ask for next, and what an answer adds.

    Args:
        direction: Which cursor leads on.
        cursor: Where to begin; None for the beginning of the list.
        page_size: Items to ask for at a time (count).
        max_items: Items to give in all (count); None for all there are.
        until: Id of an item that ends the walk, itself excluded; None for none.
    """

    direction: Direction = "after"
    cursor: str | None = None
    page_size: int = DEFAULT_PAGE_SIZE
    max_items: int | None = None
    until: str | None = None
    is_done: bool = field(init=False, default=False)
    _page_number: int = field(init=False, default=0)
    _empty_pages: int = field(init=False, default=0)
    _given: int = field(init=False, default=0)
    # Ids of the pages a server that goes round in circles comes back to: the first, the one before, and one that moves
    # ahead in ever greater steps, so that any circle is found without keeping all ids.
    _first: frozenset[str] = field(init=False, default=frozenset())
    _previous: frozenset[str] = field(init=False, default=frozenset())
    _landmark: frozenset[str] = field(init=False, default=frozenset())

    def __attrs_post_init__(self) -> None:
        """Check the numbers.

        Raises:
            ValueError: `page_size` is below 1 or `max_items` below 0.
        """
        if self.page_size < 1:
            raise ValueError(f"page_size must be at least 1, not {self.page_size}")
        if self.max_items is not None and self.max_items < 0:
            raise ValueError(f"max_items must be at least 0, not {self.max_items}")
        self.is_done = self.max_items == 0

    @property
    def request(self) -> PageRequest:
        """What to ask for next: no more items than are wanted."""
        limit = self.page_size if self.max_items is None else min(self.page_size, self.max_items - self._given)
        if self.direction == "after":
            return PageRequest(limit, after=self.cursor, before=self.until)
        return PageRequest(limit, after=None, before=self.cursor)

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
        items = self._new_items(page)
        reached_end = self._cut_at_end(items)
        if not items and not reached_end:
            self._follow_empty_page(page)
        elif items:
            self._empty_pages = 0
            self.cursor = _id(items[-1]) or self._cursor_of(page)
        if self.max_items is not None:
            del items[self.max_items - self._given :]
        self._given += len(items)
        self.is_done = self.is_done or reached_end or page.has_more is False or self._given == self.max_items
        if items and self.cursor is None and not self.is_done:
            raise PaginationError("The server sent items without ids and no cursor: the next page cannot be asked for.")
        return Page(items, _id(items[-1]) if items else None, response)

    def _new_items(self, page: ListPage[Item]) -> list[Item]:
        """Return the items of a page in the order of the walk, without the one the cursor names."""
        data = page.data if self.direction == "after" else reversed(page.data)
        items = [item for item in data if self.cursor is None or _id(item) != self.cursor]
        ids = frozenset(found for item in items if (found := _id(item)))
        asked = f"when it was asked for what comes {self.direction} {self.cursor!r}"
        if again := ids & (self._first | self._previous | self._landmark):
            what = "started over at the first page" if again & self._first else "sent items again"
            example = f"{len(again)} of its {len(ids)} items, such as {min(again)!r}, were there before"
            raise PaginationError(f"The server {what} {asked}: page {self._page_number} leads nowhere, {example}.")
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
        position = next((index for index, item in enumerate(items) if self.until and _id(item) == self.until), None)
        if position is None:
            return False
        del items[position:]
        return True

    def _follow_empty_page(self, page: ListPage[Item]) -> None:
        """Go on behind a page without items only where it gives a cursor that leads on."""
        self._empty_pages += 1
        cursor = self._cursor_of(page)
        if not page.has_more or cursor is None or cursor == self.cursor:
            self.is_done = True
        elif self._empty_pages == MAX_EMPTY_PAGES:
            raise PaginationError(
                f"The server sent {MAX_EMPTY_PAGES} empty pages in a row, each claiming that more follow."
            )
        else:
            self.cursor = cursor

    def _cursor_of(self, page: ListPage[Item]) -> str | None:
        return _text(page.last_id if self.direction == "after" else page.first_id)


Fetched: TypeAlias = tuple[ListPage[Item], RawResponse[Any] | None]
"""A page and the response it came in, where that is known."""


class Paginator(Generic[Item]):
    """The items of a list, from as many pages as it takes.

    Iterating asks for a page when the first of its items is needed, and for no page more than that. Each iteration
    begins anew, with a request.

    Args:
        fetch: Asks for a page.
        walk: Begins a walk.
    """

    def __init__(self, fetch: Callable[[PageRequest], Fetched[Item]], walk: Callable[[], Walk[Item]]) -> None:
        self._fetch = fetch
        self._walk = walk

    def __iter__(self) -> Iterator[Item]:
        for page in self.pages():
            yield from page.items

    def pages(self) -> Iterator[Page[Item]]:
        """Yield the pages, each with the cursor to resume behind it.

        Raises:
            PaginationError: The pages lead nowhere.
            APIError: A page cannot be had.
        """
        walk = self._walk()
        while not walk.is_done:
            yield walk.receive(*self._fetch(walk.request))


class AsyncPaginator(Generic[Item]):
    """The items of a list, from as many pages as it takes; for `async for`, otherwise as `Paginator`.

    Args:
        fetch: Asks for a page.
        walk: Begins a walk.
    """

    def __init__(
        self, fetch: Callable[[PageRequest], Awaitable[Fetched[Item]]], walk: Callable[[], Walk[Item]]
    ) -> None:
        self._fetch = fetch
        self._walk = walk

    async def __aiter__(self) -> AsyncIterator[Item]:
        async for page in self.pages():
            for item in page.items:
                yield item

    async def pages(self) -> AsyncIterator[Page[Item]]:
        """Yield the pages, each with the cursor to resume behind it; raises as `Paginator.pages`."""
        walk = self._walk()
        while not walk.is_done:
            yield walk.receive(*await self._fetch(walk.request))


def paginated(
    function: Callable[P, ListPage[Item] | ErrorResponse | None], *, max_items: int | None = None
) -> Callable[P, Paginator[Item]]:
    """Make a generated list function give all items instead of one page.

    `paginated(list_run_steps.sync)("thread_1", "run_1", client=client)` takes the arguments of the function: `limit` is
    the size of a page (100 unless given), `after` or `before` where to begin.

    Args:
        function: A generated function that returns a page, such as `list_run_steps.sync`.
        max_items: Items to give in all (count); None for all there are.

    Returns:
        A function with the parameters of `function` that returns a paginator of its items.
    """

    def start(*args: P.args, **kwargs: P.kwargs) -> Paginator[Item]:
        def fetch(request: PageRequest) -> Fetched[Item]:
            return _checked_page(_with_cursor(function, kwargs, request)(*args)), None

        return Paginator(fetch, _walk_of(kwargs, max_items))

    return start


def paginated_async(
    function: Callable[P, Awaitable[ListPage[Item] | ErrorResponse | None]], *, max_items: int | None = None
) -> Callable[P, AsyncPaginator[Item]]:
    """Make a generated asynchronous list function, such as `list_run_steps.asyncio`, give all items; as `paginated`."""

    def start(*args: P.args, **kwargs: P.kwargs) -> AsyncPaginator[Item]:
        async def fetch(request: PageRequest) -> Fetched[Item]:
            return _checked_page(await _with_cursor(function, kwargs, request)(*args)), None

        return AsyncPaginator(fetch, _walk_of(kwargs, max_items))

    return start


def start_walk(
    *, after: str | None, before: str | None, page_size: int | None, max_items: int | None
) -> Callable[[], Walk[Any]]:
    """Return a function that begins the walk which these arguments describe.

    `before` alone walks backwards, away from it; with `after` the walk goes forward from there and ends at `before`.

    Raises:
        ValueError: `page_size` or `max_items` is out of range.
    """
    size = DEFAULT_PAGE_SIZE if page_size is None else page_size

    def begin() -> Walk[Any]:
        if before is not None and after is None:
            return Walk(direction="before", cursor=before, page_size=size, max_items=max_items)
        return Walk(direction="after", cursor=after, page_size=size, max_items=max_items, until=before)

    begin()  # wrong numbers are told now, not when the first item is asked for
    return begin


def _walk_of(kwargs: Mapping[str, Any], max_items: int | None) -> Callable[[], Walk[Any]]:
    after, before = _text(kwargs.get("after")), _text(kwargs.get("before"))
    return start_walk(after=after, before=before, page_size=kwargs.get("limit"), max_items=max_items)


def _with_cursor(function: Callable[..., T], kwargs: Mapping[str, Any], request: PageRequest) -> Callable[..., T]:
    cursors = {"after": request.after or UNSET, "before": request.before or UNSET}
    return functools.partial(function, **{**kwargs, **cursors, "limit": request.limit})


def _checked_page(result: ListPage[Item] | ErrorResponse | None) -> ListPage[Item]:
    """Return a page; generated functions return errors as values, which is no way to end an iteration."""
    if isinstance(result, ErrorResponse):
        message = result.error.message if not isinstance(result.error, Unset) else result.detail
        raise APIError(f"The list cannot be had: {message}")
    if result is None:
        raise APIError("The list cannot be had: the server answered with a status that the contract does not name.")
    return result


def _id(item: object) -> str | None:
    return _text(getattr(item, "id", None))


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
