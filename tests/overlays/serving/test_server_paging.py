"""Paging is slicing: whatever the order, the direction and the cursors, a page is what a list in memory would give."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
from attrs import evolve, frozen
from hypothesis import given
from hypothesis import strategies as st

from run_steps._choices import Order
from run_steps.serving import MemoryStore, Page, PageQuery, UnknownCursor
from run_steps.stores.paging import select_span

ORDERS: tuple[Order, ...] = ("asc", "desc")
STEPS_OF_RUN_LONG = "/threads/thread_demo/runs/run_long/steps"

orders = st.sampled_from(ORDERS)
limits = st.integers(1, 12)
# Few different times, so that most steps share theirs with others.
times = st.lists(st.integers(0, 4), max_size=25)


@frozen
class Case:
    """A run, a request for a page of it, and its step ids in the requested order."""

    store: MemoryStore
    query: PageQuery
    ids: list[str]


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A run with steps in any order of arrival, and a request whose cursors name some of them."""
    created_at = draw(times)
    order = draw(orders)
    ids = in_order(created_at, order)
    cursors = st.none() | st.sampled_from(ids) if ids else st.none()
    query = PageQuery(limit=draw(limits), order=order, after=draw(cursors), before=draw(cursors))
    return Case(filled_store(created_at), query, ids)


def filled_store(created_at: Sequence[int]) -> MemoryStore:
    """Return a store whose run `run_a` has the steps `0`, `1`, ... in order of arrival."""
    store = MemoryStore()
    store.add_thread("thread_a")
    store.put_run({"id": "run_a", "thread_id": "thread_a", "created_at": 1})
    for number, at in enumerate(created_at):
        add_step(store, str(number), at)
    return store


def add_step(store: MemoryStore, step_id: str, created_at: int) -> None:
    """Add a step to the run `run_a`."""
    store.put_step({"id": step_id, "run_id": "run_a", "thread_id": "thread_a", "created_at": created_at})


def in_order(created_at: Sequence[int], order: Order) -> list[str]:
    """Return the ids of the steps of `filled_store` by time, then by arrival, or in the reverse of that."""
    ids = [str(number) for number in sorted(range(len(created_at)), key=lambda number: created_at[number])]
    return ids if order == "asc" else ids[::-1]


def ids_of(page: Page) -> list[str]:
    """Return the ids of the steps of a page."""
    return [step.id for step in page.data]


@given(cases())
def test_a_page_is_a_slice_of_the_list(case: Case) -> None:
    """A page holds the items between the cursors that are nearest to where one reads on from."""
    after, before, limit = case.query.after, case.query.before, case.query.limit
    start = 0 if after is None else case.ids.index(after) + 1
    stop = len(case.ids) if before is None else case.ids.index(before)
    window = case.ids[start:stop]
    backwards = before is not None and after is None

    page = case.store.list_steps("thread_a", "run_a", case.query)

    assert ids_of(page) == (window[-limit:] if backwards else window[:limit])
    assert page.has_more == (len(window) > limit)


@given(st.data())
def test_a_span_lies_within_the_list(data: st.DataObject) -> None:
    """Whatever the cursors, a span begins before it ends, inside the list, and is no longer than the limit."""
    count, limit = data.draw(st.integers(1, 20)), data.draw(limits)
    cursors = st.none() | st.integers(0, count - 1)
    span = select_span(count, limit=limit, after=data.draw(cursors), before=data.draw(cursors))
    assert 0 <= span.start <= span.stop <= min(count, span.start + limit)


@given(times, orders, limits)
def test_following_after_yields_every_step_once(created_at: list[int], order: Order, limit: int) -> None:
    """Reading on from the last id of each page gives the whole list, in as many pages as it needs."""
    store, query = filled_store(created_at), PageQuery(limit=limit, order=order)
    pages = [store.list_steps("thread_a", "run_a", query)]
    while pages[-1].has_more:
        query = evolve(query, after=pages[-1].data[-1].id)
        pages.append(store.list_steps("thread_a", "run_a", query))

    assert [step_id for page in pages for step_id in ids_of(page)] == in_order(created_at, order)
    assert len(pages) == max(1, -(-len(created_at) // limit))


@given(times.filter(bool), orders, limits)
def test_following_before_yields_every_step_once(created_at: list[int], order: Order, limit: int) -> None:
    """Reading back from the first id of each page gives everything ahead of the step one started from."""
    store, ids = filled_store(created_at), in_order(created_at, order)
    query = PageQuery(limit=limit, order=order, before=ids[-1])
    pages = [store.list_steps("thread_a", "run_a", query)]
    while pages[0].has_more:
        query = evolve(query, before=pages[0].data[0].id)
        pages.insert(0, store.list_steps("thread_a", "run_a", query))

    assert [step_id for page in pages for step_id in ids_of(page)] == ids[:-1]


@given(times, orders, limits, st.lists(st.integers(0, 4), min_size=1, max_size=5))
def test_steps_added_between_pages_disturb_no_reader(
    created_at: list[int], order: Order, limit: int, added: list[int]
) -> None:
    """Whoever pages while steps are added, at whatever time, sees each of the earlier ones once and in order."""
    store, query, seen = filled_store(created_at), PageQuery(limit=limit, order=order), list[str]()
    while (page := store.list_steps("thread_a", "run_a", query)).data:
        seen += ids_of(page)
        query = evolve(query, after=seen[-1])
        if added:
            add_step(store, f"added-{len(added)}", added.pop())

    assert [step_id for step_id in seen if not step_id.startswith("added")] == in_order(created_at, order)
    assert len(seen) == len(set(seen))


@pytest.mark.parametrize(
    ("param", "query"), [("after", PageQuery(after="elsewhere")), ("before", PageQuery(before="elsewhere"))]
)
def test_a_cursor_that_names_no_step_of_the_run_is_refused(param: str, query: PageQuery) -> None:
    """A store says which cursor is wrong, so that a client can be told."""
    with pytest.raises(UnknownCursor, match=f"'elsewhere'.*'{param}'") as caught:
        filled_store([1, 2]).list_steps("thread_a", "run_a", query)
    assert caught.value.param == param


@pytest.mark.parametrize("wrong", [{"limit": 0}, {"limit": -1}, {"order": "up"}])
def test_a_query_that_makes_no_sense_cannot_be_made(wrong: dict[str, Any]) -> None:
    """A limit below one and an order there is not are refused at once, whoever asks."""
    with pytest.raises(ValueError, match=next(iter(wrong))):
        PageQuery(**wrong)


@pytest.mark.parametrize("order", ORDERS)
def test_the_long_run_reads_alike_in_both_directions(sample_api: httpx.Client, order: Order) -> None:
    """Over HTTP, pages forward and pages backward join to the same list, in both orders."""
    forward = read_forward(sample_api, order)
    backward = read_backward(sample_api, order, start=forward[-1])

    assert len(forward) == 345
    assert backward == forward[:-1]
    assert read_forward(sample_api, "asc" if order == "desc" else "desc") == forward[::-1]


def test_both_cursors_together_read_the_window_from_its_beginning(sample_api: httpx.Client) -> None:
    """With `after` and `before`, pages run from the one to the other and leave both out."""
    params = {"order": "asc", "after": "step_long_010", "before": "step_long_014", "limit": "2"}
    first = sample_api.get(STEPS_OF_RUN_LONG, params=params).json()
    last = sample_api.get(STEPS_OF_RUN_LONG, params=params | {"after": first["last_id"]}).json()

    assert [step["id"] for step in first["data"] + last["data"]] == [
        "step_long_011",
        "step_long_012",
        "step_long_013",
    ]
    assert (first["has_more"], last["has_more"]) == (True, False)


def test_a_page_says_where_it_begins_and_ends(sample_api: httpx.Client) -> None:
    """Without parameters a list gives the 20 newest steps, and the ids of its first and last."""
    page = sample_api.get(STEPS_OF_RUN_LONG).json()

    assert page["object"] == "list"
    assert [step["id"] for step in page["data"]] == [f"step_long_{number:03}" for number in range(344, 324, -1)]
    assert (page["first_id"], page["last_id"], page["has_more"]) == ("step_long_344", "step_long_325", True)


def test_a_run_without_steps_gives_an_empty_page_without_cursors(sample_api: httpx.Client) -> None:
    """The ids of an empty page are null and nothing follows it."""
    page = sample_api.get("/threads/thread_demo/runs/run_empty/steps").json()

    assert page == {"object": "list", "data": [], "first_id": None, "last_id": None, "has_more": False}


def test_a_reader_follows_a_run_that_is_being_written(store: MemoryStore, api: httpx.Client) -> None:
    """While another thread adds steps, a client that pages by `after` sees every one of them once and in order."""

    def write() -> None:
        for number in range(200):
            add_step(store, f"step_{number:03}", number // 7)

    seen: list[str] = []
    with ThreadPoolExecutor(1) as executor:
        writing = executor.submit(write)
        while True:
            finished = writing.done()
            after = {"after": seen[-1]} if seen else {}
            page = api.get("/threads/thread_a/runs/run_a/steps", params={"order": "asc", "limit": "9"} | after).json()
            seen += [step["id"] for step in page["data"]]
            if finished and not page["has_more"]:
                break

    assert seen == [f"step_{number:03}" for number in range(200)]


def read_forward(client: httpx.Client, order: Order) -> list[str]:
    """Return the step ids of the long run, read by `after`."""
    ids: list[str] = []
    params = {"order": order, "limit": "50"}
    while True:
        page = client.get(STEPS_OF_RUN_LONG, params=params).json()
        ids += [step["id"] for step in page["data"]]
        if not page["has_more"]:
            return ids
        params["after"] = page["last_id"]


def read_backward(client: httpx.Client, order: Order, *, start: str) -> list[str]:
    """Return the step ids of the long run ahead of `start`, read by `before`."""
    ids: list[str] = []
    params = {"order": order, "limit": "50", "before": start}
    while True:
        page = client.get(STEPS_OF_RUN_LONG, params=params).json()
        ids = [step["id"] for step in page["data"]] + ids
        if not page["has_more"]:
            return ids
        params["before"] = page["first_id"]
