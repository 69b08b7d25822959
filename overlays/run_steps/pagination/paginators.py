"""Give all items of a list, from as many pages as it takes, synchronously or not.

`cursors` decides what to ask for and which items of an answer are new; the paginators here ask, ahead where that is
wanted.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Coroutine, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing
from typing import Any, Generic, ParamSpec, TypeAlias, TypeVar

from run_steps._other_words import OtherAttributes
from run_steps.errors import APIError
from run_steps.pagination.cursors import ListPage, Page, PageRequest, Walk, Window, text_or_none
from run_steps.responses import RawResponse
from run_steps_api.models import ErrorResponse, SortOrder
from run_steps_api.types import UNSET, Unset

Item = TypeVar("Item")
P = ParamSpec("P")
T = TypeVar("T")

Fetched: TypeAlias = tuple[ListPage[Item], RawResponse[Any] | None]
"""A page and the response it came in, where that is known."""


class Paginator(OtherAttributes, Generic[Item]):
    """The items of a list, from as many pages as it takes.

    Iterating asks for a page when the first of its items is needed, and for no page more than that; with `prefetch` for
    one page ahead. Each iteration begins anew, with a request.

    Args:
        fetch: Asks for a page.
        walk: Begins a walk.
        prefetch: Whether to ask for the next page in a thread while the items of the present one are used.
    """

    def __init__(
        self, fetch: Callable[[PageRequest], Fetched[Item]], walk: Callable[[], Walk[Item]], *, prefetch: bool = False
    ) -> None:
        self._fetch = fetch
        self._walk = walk
        self._prefetch = prefetch

    def __iter__(self) -> Iterator[Item]:
        for page in self.pages():
            yield from page.items

    def pages(self) -> Iterator[Page[Item]]:
        """Return an iterator over the pages, each with the cursor to resume behind it.

        Raises:
            PaginationError: The pages lead nowhere.
            APIError: A page cannot be had.
        """
        return self._pages_ahead() if self._prefetch else self._pages()

    def _pages(self) -> Iterator[Page[Item]]:
        walk = self._walk()
        while not walk.is_done:
            yield walk.receive(*self._fetch(walk.request))

    def _pages_ahead(self) -> Iterator[Page[Item]]:
        walk = self._walk()
        executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="run-steps-prefetch")
        try:
            coming = None if walk.is_done else executor.submit(self._fetch, walk.request)
            while coming is not None:
                page = walk.receive(*coming.result())
                coming = None if walk.is_done else executor.submit(self._fetch, walk.request)
                yield page
        finally:
            # A request under way ends by itself, at its deadline at the latest; nobody has to wait for it.
            executor.shutdown(wait=False, cancel_futures=True)


class AsyncPaginator(OtherAttributes, Generic[Item]):
    """The items of a list, from as many pages as it takes; for `async for`, otherwise as `Paginator`.

    Args:
        fetch: Asks for a page.
        walk: Begins a walk.
        prefetch: Whether to ask for the next page in a task while the items of the present one are used. It needs
            asyncio; elsewhere pages are asked for as they are needed.
    """

    def __init__(
        self,
        fetch: Callable[[PageRequest], Coroutine[Any, Any, Fetched[Item]]],
        walk: Callable[[], Walk[Item]],
        *,
        prefetch: bool = False,
    ) -> None:
        self._fetch = fetch
        self._walk = walk
        self._prefetch = prefetch

    async def __aiter__(self) -> AsyncIterator[Item]:
        async with aclosing(self.pages()) as pages:
            async for page in pages:
                for item in page.items:
                    yield item

    def pages(self) -> AsyncGenerator[Page[Item], None]:
        """Return an asynchronous generator of the pages; raises as `Paginator.pages`."""
        return self._pages_ahead() if self._prefetch and _runs_on_asyncio() else self._pages()

    async def _pages(self) -> AsyncGenerator[Page[Item], None]:
        walk = self._walk()
        while not walk.is_done:
            yield walk.receive(*await self._fetch(walk.request))

    async def _pages_ahead(self) -> AsyncGenerator[Page[Item], None]:
        import asyncio  # noqa: PLC0415  synchronous programs start without it

        walk = self._walk()
        coming = None if walk.is_done else asyncio.create_task(self._fetch(walk.request))
        try:
            while coming is not None:
                page = walk.receive(*await coming)
                coming = None if walk.is_done else asyncio.create_task(self._fetch(walk.request))
                yield page
        finally:
            if coming is not None and not coming.done():
                coming.cancel()
                await asyncio.wait([coming])


def _runs_on_asyncio() -> bool:
    import asyncio  # noqa: PLC0415

    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True


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
        ask, walk = _bound_walk(function, args, kwargs, max_items)
        return Paginator(lambda request: (_checked_page(ask(request)), None), walk)

    return start


def paginated_async(
    function: Callable[P, Awaitable[ListPage[Item] | ErrorResponse | None]], *, max_items: int | None = None
) -> Callable[P, AsyncPaginator[Item]]:
    """Make a generated asynchronous list function, such as `list_run_steps.asyncio`, give all items.

    Arguments, what is returned and errors are those of `paginated`, for `async for`.
    """

    def start(*args: P.args, **kwargs: P.kwargs) -> AsyncPaginator[Item]:
        ask, walk = _bound_walk(function, args, kwargs, max_items)

        async def fetch(request: PageRequest) -> Fetched[Item]:
            return _checked_page(await ask(request)), None

        return AsyncPaginator(fetch, walk)

    return start


def _bound_walk(
    function: Callable[..., T], args: Sequence[Any], kwargs: Mapping[str, Any], max_items: int | None
) -> tuple[Callable[[PageRequest], T], Callable[[], Walk[Any]]]:
    """Bind a generated list function to its arguments: what asks it for a page, and what begins the walk."""
    window = Window(
        order="asc" if kwargs.get("order") == "asc" else "desc",
        page_size=kwargs.get("limit"),
        max_items=max_items,
        after=text_or_none(kwargs.get("after")),
        before=text_or_none(kwargs.get("before")),
    )

    def ask(request: PageRequest) -> T:
        cursors = {"after": request.after or UNSET, "before": request.before or UNSET}
        order = SortOrder(window.sent_order)
        return function(*args, **{**kwargs, **cursors, "order": order, "limit": request.limit})

    return ask, window.begin


def _checked_page(result: ListPage[Item] | ErrorResponse | None) -> ListPage[Item]:
    """Return a page; generated functions return errors as values, which is no way to end an iteration."""
    if isinstance(result, ErrorResponse):
        message = result.error.message if not isinstance(result.error, Unset) else result.detail
        raise APIError(f"The list cannot be had: {message}")
    if result is None:
        raise APIError("The list cannot be had: the server answered with a status that the contract does not name.")
    return result
