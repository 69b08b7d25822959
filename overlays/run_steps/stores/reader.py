"""Read models from a store, as from a server: what makes a `Reader` of every store."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from run_steps._choices import Order
from run_steps._received import ReceivedItem, ReceivedPage
from run_steps.errors import DECODING_FAULTS, InvalidResponse, fault_text
from run_steps.pagination.cursors import ListPage, PageRequest, Window
from run_steps.pagination.paginators import Fetched, Paginator
from run_steps.stores.includes import asked_for, visible_item, visible_page
from run_steps.stores.interface import StepStore
from run_steps.stores.paging import Page, PageQuery
from run_steps_api.models import Message, MessageList, Run, RunList, RunStep, RunStepList, Thread
from run_steps_api.parsing import parse_json

Decoded = TypeVar("Decoded")
Model = TypeVar("Model")


class StoreReader(StepStore):
    """A store that also reads like a `RunSteps`; see `run_steps.reader.Reader`."""

    def list(
        self,
        thread_id: str,
        run_id: str,
        *,
        order: Order = "desc",
        page_size: int | None = None,
        max_items: int | None = None,
        after: str | None = None,
        before: str | None = None,
        include: Iterable[str] = (),
    ) -> Paginator[RunStep]:
        """Return the steps of a run, as `RunSteps.list`; raises `UnknownThread` and `UnknownRun` while iterating."""
        window = Window(order=order, page_size=page_size, max_items=max_items, after=after, before=before)
        included = asked_for(self, include)

        def read(query: PageQuery) -> Page:
            return visible_page(self.list_steps(thread_id, run_id, query), included)

        return _paginator(read, window, RunStepList.from_dict)

    def list_received(self, thread_id: str, run_id: str, window: Window) -> Paginator[ReceivedItem]:
        """Return the steps of a run as they were received, without models: several times as fast as `list`.

        Args:
            thread_id: Id of the thread.
            run_id: Id of the run.
            window: Which part of the list.

        Returns:
            A paginator, which raises `UnknownThread` and `UnknownRun` while iterating. What is no JSON object counts as
            a misfit.
        """
        return Paginator(
            lambda request: (_received(self.list_steps(thread_id, run_id, _query(request, window))), None), window.begin
        )

    def retrieve(self, thread_id: str, run_id: str, step_id: str, *, include: Iterable[str] = ()) -> RunStep:
        """Return one step, as `RunSteps.retrieve`.

        Raises:
            UnknownObject: The store has no such thread, run or step.
            InvalidResponse: The step is not what the contract says.
        """
        step = visible_item(self.get_step(thread_id, run_id, step_id), asked_for(self, include))
        return _decoded(lambda: RunStep.from_dict(parse_json(step.text.encode())))

    def runs(
        self,
        thread_id: str,
        *,
        order: Order = "desc",
        page_size: int | None = None,
        max_items: int | None = None,
        after: str | None = None,
        before: str | None = None,
    ) -> Paginator[Run]:
        """Return the runs of a thread, as `RunSteps.runs`; raises `UnknownThread` while iterating."""
        window = Window(order=order, page_size=page_size, max_items=max_items, after=after, before=before)
        return _paginator(lambda query: self.list_runs(thread_id, query), window, RunList.from_dict)

    def run(self, thread_id: str, run_id: str) -> Run:
        """Return one run, as `RunSteps.run`; raises as `retrieve`."""
        found = self.get_run(thread_id, run_id)
        return _decoded(lambda: Run.from_dict(parse_json(found.text.encode())))

    def messages(
        self,
        thread_id: str,
        *,
        run_id: str | None = None,
        order: Order = "desc",
        page_size: int | None = None,
        max_items: int | None = None,
        after: str | None = None,
        before: str | None = None,
    ) -> Paginator[Message]:
        """Return the messages of a thread, as `RunSteps.messages`.

        `UnknownThread` is raised while iterating, and `UnknownMessages` where they were never pulled.
        """
        window = Window(order=order, page_size=page_size, max_items=max_items, after=after, before=before)
        return _paginator(
            lambda query: self.list_messages(thread_id, query, run_id=run_id), window, MessageList.from_dict
        )

    def message(self, thread_id: str, message_id: str) -> Message:
        """Return one message, as `RunSteps.message`; raises as `retrieve`."""
        found = self.get_message(thread_id, message_id)
        return _decoded(lambda: Message.from_dict(parse_json(found.text.encode())))

    def thread(self, thread_id: str) -> Thread:
        """Return one thread, as `RunSteps.thread`; raises as `retrieve`."""
        found = self.get_thread(thread_id)
        return _decoded(lambda: Thread.from_dict(parse_json(found.text.encode())))


def _paginator(
    read: Callable[[PageQuery], Page],
    window: Window,
    from_dict: Callable[[Mapping[str, Any]], ListPage[Model]],
) -> Paginator[Model]:
    def fetch(request: PageRequest) -> Fetched[Model]:
        page = read(_query(request, window))

        def decode() -> ListPage[Model]:
            items = [_value(item.text) for item in page.data]
            return from_dict({"data": items, "has_more": page.has_more})

        return _decoded(decode), None

    return Paginator(fetch, window.begin)


def _query(request: PageRequest, window: Window) -> PageQuery:
    return PageQuery(limit=request.limit, order=window.sent_order, after=request.after, before=request.before)


def _received(page: Page) -> ReceivedPage:
    items = [(item.text, _value(item.text)) for item in page.data]
    return ReceivedPage.from_dict({"data": items, "has_more": page.has_more})


def _value(text: str) -> Any:
    """Return what a text says; one that is damaged as it is, which costs this item and no other."""
    try:
        return parse_json(text.encode())
    except (ValueError, RecursionError):
        return text


def _decoded(decode: Callable[[], Decoded]) -> Decoded:
    try:
        return decode()
    except DECODING_FAULTS as error:
        raise InvalidResponse(
            f"What the server sent is JSON of another shape than the contract's ({fault_text(error)}); "
            "`run-steps export` and `run-steps serve` give it as it came."
        ) from error
