"""Walking through pages: nothing lost, nothing twice, no loop, whatever a server says."""

import asyncio
import contextlib
import itertools
import queue
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
from attrs import frozen
from hypothesis import given, settings
from hypothesis import strategies as st

from run_steps import AsyncPaginator, AsyncRunSteps, PaginationError, Paginator, RunSteps, paginated, paginated_async
from run_steps._choices import Order
from run_steps.errors import APIError
from run_steps.pagination.cursors import MAX_EMPTY_PAGES, PageRequest, Walk, Window
from run_steps.serving import MemoryStore, create_app, serve
from run_steps_api import Client
from run_steps_api.api.run_steps import list_run_steps
from run_steps_api.models import RunStep
from run_steps_api.types import UNSET, Unset

COUNT = 23
BEGAN = 1_735_689_600
IDS = [f"step_{number:02d}" for number in range(COUNT)]


def _payload(number: int) -> dict[str, Any]:
    return {
        "id": f"step_{number:02d}",
        "object": "thread.run.step",
        "created_at": 1735689600 + number // 3,  # several steps share a second
        "run_id": "run_1",
        "assistant_id": "asst_1",
        "thread_id": "thread_1",
        "type": "message_creation",
        "status": "completed",
        "step_details": {"type": "message_creation", "message_creation": {"message_id": f"msg_{number}"}},
    }


def _store(count: int) -> MemoryStore:
    store = MemoryStore()
    store.add_thread("thread_1")
    store.put_run({"id": "run_1", "thread_id": "thread_1", "created_at": 1})
    for number in range(count):
        store.put_step(_payload(number))
    return store


def _expected(
    ids: Sequence[str], order: str, after: str | None, before: str | None, max_items: int | None
) -> Sequence[str]:
    """Return what a list in memory gives: the steps between the cursors, walked away from a lone `before`."""
    ordered = list(ids) if order == "asc" else list(reversed(ids))
    start = ordered.index(after) + 1 if after else 0
    stop = ordered.index(before) if before else len(ordered)
    window = ordered[start:stop]
    if before and not after:
        window.reverse()
    return window[:max_items]


@pytest.fixture(scope="module")
def base_url() -> Iterator[str]:
    """Serve a run of 23 steps."""
    with serve(create_app(_store(COUNT))) as url:
        yield url


CURSORS = [None, IDS[0], IDS[7], IDS[-1]]


@pytest.mark.parametrize("order", ["asc", "desc"])
@pytest.mark.parametrize("page_size", [1, 4, 23, 100])
@pytest.mark.parametrize("max_items", [None, 0, 1, 4, 9, 100])
def test_both_clients_give_what_a_list_in_memory_gives(
    order: Order, page_size: int, max_items: int | None, base_url: str
) -> None:
    """Every combination of order, page size, cursors and total, synchronously and not, gives the same steps."""
    expected, synchronous = [], []
    combinations = list(itertools.product(CURSORS, CURSORS))
    with RunSteps(base_url=base_url) as client:
        for after, before in combinations:
            steps = client.list(
                "thread_1", "run_1", order=order, page_size=page_size, max_items=max_items, after=after, before=before
            )
            synchronous.append([step.id for step in steps])
            expected.append(_expected(IDS, order, after, before, max_items))

    async def read() -> list[list[str]]:
        found: list[list[str]] = []
        async with AsyncRunSteps(base_url=base_url) as client:
            for after, before in combinations:
                steps = client.list(
                    "thread_1",
                    "run_1",
                    order=order,
                    page_size=page_size,
                    max_items=max_items,
                    after=after,
                    before=before,
                )
                found.append([step.id async for step in steps])
        return found

    assert synchronous == expected
    assert asyncio.run(read()) == expected


@settings(max_examples=20)
@given(data=st.data(), count=st.integers(0, 30), order=st.sampled_from(["asc", "desc"]), page_size=st.integers(1, 9))
def test_steps_that_are_added_while_reading_cost_nothing(
    data: st.DataObject, count: int, order: Order, page_size: int
) -> None:
    """Steps appended between pages lose and repeat no other; read oldest first, the new ones come too."""
    store = _store(count)
    total = count
    with serve(create_app(store)) as url, RunSteps(base_url=url) as client:
        found: list[str] = []
        for page in client.list("thread_1", "run_1", order=order, page_size=page_size).pages():
            found += [step.id for step in page.items]
            if total < 60 and data.draw(st.booleans()):
                store.put_step(_payload(total))
                total += 1

    assert len(found) == len(set(found))
    ids = [f"step_{number:02d}" for number in range(total)]
    if order == "desc":
        assert found == list(reversed(ids[:count]))
    else:
        assert found == ids[: len(found)]
        assert len(found) >= count


def test_a_page_is_asked_for_when_its_first_item_is_needed() -> None:
    """Nothing is asked for ahead, nothing behind the wanted total, and never more items than wanted."""
    asked: list[PageRequest] = []

    def fetch(request: PageRequest) -> Any:
        asked.append(request)
        start = 0 if request.after is None else int(request.after) + 1
        return _fake(range(start, start + request.limit)), None

    paginator: Paginator[_Item] = Paginator(fetch, Window(page_size=4, max_items=6).begin)
    items = iter(paginator)

    assert asked == []
    assert [next(items).id for _ in range(4)] == ["0", "1", "2", "3"]
    assert asked == [PageRequest(4, None, None, "desc")]
    assert [item.id for item in items] == ["4", "5"]
    assert asked == [PageRequest(4, None, None, "desc"), PageRequest(2, "3", None, "desc")]
    assert [item.id for item in paginator] == ["0", "1", "2", "3", "4", "5"], "each iteration begins anew"


def test_an_iteration_resumes_behind_any_page(base_url: str) -> None:
    """The cursor of a page leads to the item behind it, forwards and backwards."""
    with RunSteps(base_url=base_url) as client:
        for name, start in (("after", IDS[2]), ("before", IDS[20])):

            def read(cursor: str | None, name: str = name) -> Paginator[RunStep]:
                after, before = (cursor, None) if name == "after" else (None, cursor)
                return client.list("thread_1", "run_1", order="asc", page_size=5, after=after, before=before)

            page = next(read(start).pages())
            whole, first, rest = ([step.id for step in steps] for steps in (read(start), page.items, read(page.cursor)))
            assert first + rest == whole


@frozen
class _Item:
    id: str
    created_at: float | None = None


@frozen
class _Page:
    data: list[_Item]
    has_more: bool | Unset | None
    last_id: str | Unset | None = None


def _fake(numbers: Sequence[int], *, has_more: bool | Unset | None = True, last_id: str | Unset | None = None) -> _Page:
    return _Page([_Item(str(number)) for number in numbers], has_more, last_id=last_id)


Fetch = Callable[[PageRequest], _Page]


def _server(count: int, page_size: int = 3, **lies: Any) -> Fetch:
    """Return a server of `count` items that follows `after`, and lies as told."""

    def fetch(request: PageRequest) -> _Page:
        after = request.after or "-1"
        start = int(after) + 1 if after.lstrip("-").isdigit() else count  # behind what it does not know, nothing comes
        numbers = range(start, min(start + page_size, count))
        honest: dict[str, Any] = {
            "has_more": start + page_size < count,
            "last_id": str(numbers[-1]) if numbers else None,
        }
        return _fake(numbers, **{**honest, **lies})

    return fetch


def _walk(fetch: Fetch, limit: int = 1000, **arguments: Any) -> list[str]:
    walk: Walk[_Item] = Walk(**arguments)
    found: list[str] = []
    for _ in range(limit):
        if walk.is_done:
            return found
        found += [item.id for item in walk.receive(fetch(walk.request)).items]
    raise AssertionError("the walk does not end")


@pytest.mark.parametrize("count", [0, 1, 3, 6, 8])
@pytest.mark.parametrize(
    "lies",
    [
        {},
        {"has_more": True},
        {"has_more": None},
        {"has_more": UNSET},
        {"last_id": None},
        {"last_id": ""},
        {"last_id": UNSET},
        {"last_id": "not on the page"},
        {"has_more": True, "last_id": "not on the page"},
    ],
    ids=str,
)
def test_wrong_ends_and_wrong_cursors_do_no_harm(count: int, lies: dict[str, Any]) -> None:
    """`has_more` that never turns false or is missing, and missing or wrong cursors, lose and repeat nothing."""
    fetch = _server(count, **lies)
    assert _walk(fetch, page_size=3) == [str(number) for number in range(count)]


def test_an_empty_page_with_a_cursor_is_followed() -> None:
    """A server that filters behind the scenes may send pages without items, each with a cursor that leads on."""
    pages = {None: _fake([], last_id="a"), "a": _fake([], last_id="b"), "b": _fake([1, 2], has_more=False)}

    assert _walk(lambda request: pages[request.after]) == ["1", "2"]


def test_empty_pages_without_end_are_an_error() -> None:
    """A server that claims more behind one empty page after the other is stopped."""
    numbers = itertools.count()

    with pytest.raises(PaginationError, match=f"{MAX_EMPTY_PAGES} empty pages in a row"):
        _walk(lambda _: _fake([], last_id=f"cursor_{next(numbers)}"))


def test_a_server_that_sends_the_cursor_item_again_is_followed() -> None:
    """A server whose `after` includes the item itself gives each item once."""

    def fetch(request: PageRequest) -> _Page:
        start = int(request.after or 0)
        return _fake(range(start, min(start + 3, 8)), has_more=start + 3 < 8)

    assert _walk(fetch) == [str(number) for number in range(8)]


def _ignores_after(_: PageRequest) -> _Page:
    return _fake([0, 1, 2])


def _sends_only_the_cursor_item(request: PageRequest) -> _Page:
    return _fake([0, 1, 2] if request.after is None else [int(request.after)])


def _sends_items_without_ids(_: PageRequest) -> _Page:
    return _Page([_Item("")], has_more=True)


def _goes_round_in_a_circle() -> Fetch:
    """Send ten pages honestly, then the fifth of them over and over."""
    numbers = itertools.chain(range(0, 30, 3), itertools.cycle(range(12, 30, 3)))
    return lambda _: _fake(range(start := next(numbers), start + 3))


def _forgets_after_once(page: int) -> Fetch:
    """Answer the page with this number as if no `after` had been given."""
    honest, numbers = _server(30), itertools.count(1)
    return lambda request: honest(PageRequest(3, None, None) if next(numbers) == page else request)


@pytest.mark.parametrize(
    ("fetch", "complaint"),
    [
        (_ignores_after, "started over at the first page when it was asked for what comes after '2'"),
        (_sends_only_the_cursor_item, "sent that very item when it was asked for what comes after '2'"),
        (_forgets_after_once(5), "started over at the first page when it was asked for what comes after '11'"),
        (_goes_round_in_a_circle(), "sent items again"),
        (_sends_items_without_ids, "items without ids and no cursor"),
    ],
)
def test_a_server_that_leads_nowhere_is_named(fetch: Fetch, complaint: str) -> None:
    """Where the cursor cannot advance on a page with items, the error tells what the server did."""
    with pytest.raises(PaginationError, match=complaint):
        _walk(fetch)


def _orders_by_second_and_pages_by_id(request: PageRequest) -> _Page:
    """Twelve items of four seconds, within one as they were made; `after` is a bound of ids."""
    newest_first = request.order != "asc"
    items = sorted(range(1, 13), key=lambda number: -((number - 1) // 3) if newest_first else number)
    if request.after:
        items = [
            number for number in items if (number < int(request.after)) is newest_first and str(number) != request.after
        ]
    found = [_Item(str(number), created_at=BEGAN + (number - 1) // 3) for number in items]
    return _Page(found[: request.limit], has_more=len(found) > request.limit)


@pytest.mark.parametrize("page_size", [5, 7, 11, 100])
def test_a_server_that_pages_by_another_order_than_it_lists_loses_nothing(page_size: int) -> None:
    """Newest first it would leave out items of one second: they are read oldest first, and turned round."""
    asked = _walk(_orders_by_second_and_pages_by_id, page_size=page_size, order="desc")
    if page_size == 100:  # on one page nothing is lost
        asked.sort(key=int, reverse=True)
    assert asked == [str(number) for number in range(12, 0, -1)]


def test_a_server_that_pages_by_another_order_is_not_said_to_start_over() -> None:
    """Where the walk may not turn, the error says what helps."""
    with pytest.raises(PaginationError, match="sent items again") as caught:
        _walk(_orders_by_second_and_pages_by_id, page_size=2)
    assert "order='asc'" in caught.value.advice


@pytest.mark.parametrize("fetch", [_ignores_after, _forgets_after_once(5)])
def test_no_item_is_given_twice_before_the_error(fetch: Fetch) -> None:
    """A server that starts over is noticed before its repeated items are handed out."""
    walk: Walk[_Item] = Walk()
    found: list[str] = []
    with pytest.raises(PaginationError):  # noqa: PT012 - which page raises is the server's doing
        while True:
            found += [item.id for item in walk.receive(fetch(walk.request)).items]

    assert found == [str(number) for number in range(len(found))]


@pytest.mark.parametrize(("name", "value"), [("page_size", 0), ("page_size", -1), ("max_items", -1)])
def test_impossible_numbers_are_refused_at_once(name: str, value: int) -> None:
    """A wrong number is told when the list is asked for, not when it is read."""
    with RunSteps(base_url="http://127.0.0.1:9/v1") as client, pytest.raises(ValueError, match=f"{name} must be"):
        client.list("thread_1", "run_1", **{name: value})  # type: ignore[arg-type]


def test_any_generated_list_function_can_be_paginated(base_url: str) -> None:
    """A generated function, synchronous or not, gives all items with its own arguments."""
    with Client(base_url=base_url) as client:
        steps = paginated(list_run_steps.sync)("thread_1", "run_1", client=client, limit=4, after=IDS[19])
        assert [step.id for step in steps] == IDS[18::-1]
        first = paginated(list_run_steps.sync, max_items=2)("thread_1", "run_1", client=client)
        assert [step.id for step in first] == IDS[:-3:-1]

    async def read() -> list[str]:
        async with Client(base_url=base_url) as client:
            steps = paginated_async(list_run_steps.asyncio)("thread_1", "run_1", client=client, limit=4)
            return [step.id async for step in steps]

    assert asyncio.run(read()) == IDS[::-1]


def test_an_error_that_comes_as_a_value_ends_the_iteration(base_url: str) -> None:
    """Generated functions return documented errors; paginated, they are raised."""
    with Client(base_url=base_url) as client, pytest.raises(APIError, match="No run found with id 'run_2'"):
        list(paginated(list_run_steps.sync)("thread_1", "run_2", client=client))


@pytest.mark.parametrize("order", ["asc", "desc"])
@pytest.mark.parametrize("max_items", [None, 0, 4, 9])
def test_fetching_ahead_changes_nothing_but_the_time(order: Order, max_items: int | None, base_url: str) -> None:
    """With the next page on its way, in a thread or a task, the steps are the same."""
    expected = _expected(IDS, order, None, None, max_items)
    with RunSteps(base_url=base_url) as client:
        steps = client.list("thread_1", "run_1", order=order, page_size=4, max_items=max_items, prefetch=True)
        assert [step.id for step in steps] == expected

    async def read() -> list[str]:
        async with AsyncRunSteps(base_url=base_url) as client:
            steps = client.list("thread_1", "run_1", order=order, page_size=4, max_items=max_items, prefetch=True)
            return [step.id async for step in steps]

    assert asyncio.run(read()) == expected


def test_one_page_ahead_and_no_more() -> None:
    """While the items of a page are used the next one is asked for, and no further one before it is begun."""
    asked: queue.Queue[str | None] = queue.Queue()

    def fetch(request: PageRequest) -> Any:
        asked.put(request.after)
        start = 0 if request.after is None else int(request.after) + 1
        return _fake(range(start, start + 3)), None

    walk = Window(page_size=3).begin
    paginator: Paginator[_Item] = Paginator(fetch, walk, prefetch=True)
    pages = paginator.pages()

    assert asked.empty()
    assert [item.id for item in next(pages).items] == ["0", "1", "2"]
    assert [asked.get(timeout=5), asked.get(timeout=5)] == [None, "2"]
    assert asked.empty()
    assert [item.id for item in next(pages).items] == ["3", "4", "5"]
    assert asked.get(timeout=5) == "5"


def test_leaving_early_cancels_the_page_that_is_on_its_way() -> None:
    """A task that fetches ahead does not outlive the iteration that began it."""

    async def read() -> tuple[list[str], bool]:
        cancelled = False
        found: list[str] = []

        async def fetch(request: PageRequest) -> Any:
            nonlocal cancelled
            try:
                await asyncio.sleep(0 if request.after is None else 3600)
            except asyncio.CancelledError:
                cancelled = True
                raise
            return _fake([0, 1, 2]), None

        walk = Window(page_size=3).begin
        paginator: AsyncPaginator[_Item] = AsyncPaginator(fetch, walk, prefetch=True)
        async with contextlib.aclosing(paginator.pages()) as pages:
            async for page in pages:
                found += [item.id for item in page.items]
                await asyncio.sleep(0)  # let the task begin
                break
        return found, cancelled

    assert asyncio.run(read()) == (["0", "1", "2"], True)


def test_an_error_ahead_is_raised_when_its_page_is_reached() -> None:
    """The items that came before a page that cannot be had are given first."""

    def fetch(request: PageRequest) -> Any:
        if request.after is not None:
            raise APIError("gone")
        return _fake([0, 1, 2]), None

    walk = Window(page_size=3).begin
    paginator: Paginator[_Item] = Paginator(fetch, walk, prefetch=True)
    pages = paginator.pages()

    assert [item.id for item in next(pages).items] == ["0", "1", "2"]
    with pytest.raises(APIError, match="gone"):
        next(pages)
