"""The store in memory keeps what it is given, and refuses what a server could not send."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from run_steps.serving import MemoryStore, PageQuery, UnknownRun, UnknownStep, UnknownThread


def test_a_step_is_returned_as_it_was_put(store: MemoryStore, make_step: Callable[..., dict[str, Any]]) -> None:
    """Every field comes back, known to this project or not."""
    step = make_step("step_1", created_at=5, status="completed", invented={"deep": [1, None, "ü"]})
    store.put_step(step)
    assert store.get_step("thread_a", "run_a", "step_1").value == step


def test_a_change_of_what_was_put_does_not_show(store: MemoryStore, make_step: Callable[..., dict[str, Any]]) -> None:
    """The store holds a copy; the caller may go on with its own object."""
    step = make_step("step_1", step_details={"type": "message_creation"})
    store.put_step(step)
    step["step_details"]["type"] = "tool_calls"
    assert store.get_step("thread_a", "run_a", "step_1").value["step_details"] == {"type": "message_creation"}


def test_a_step_put_again_replaces_the_one_before_in_its_place(
    store: MemoryStore, make_step: Callable[..., dict[str, Any]]
) -> None:
    """A step that makes progress changes where it stands, also among steps of the same second."""
    for step_id in ("step_1", "step_2", "step_3"):
        store.put_step(make_step(step_id, status="in_progress"))
    store.put_step(make_step("step_2", status="completed"))

    page = store.list_steps("thread_a", "run_a", PageQuery(order="asc"))
    assert [(step.id, step.value["status"]) for step in page.data] == [
        ("step_1", "in_progress"),
        ("step_2", "completed"),
        ("step_3", "in_progress"),
    ]


def test_a_step_may_not_move_in_time(store: MemoryStore, make_step: Callable[..., dict[str, Any]]) -> None:
    """Replacing a step by one created at another time is refused, for it would jump between pages."""
    store.put_step(make_step("step_1", created_at=5))
    with pytest.raises(ValueError, match="'step_1' was 5 and is now 6"):
        store.put_step(make_step("step_1", created_at=6))


def test_a_run_put_again_keeps_its_steps(store: MemoryStore, make_step: Callable[..., dict[str, Any]]) -> None:
    """A run that makes progress is replaced, its steps are not."""
    store.put_step(make_step("step_1"))
    store.put_run({"id": "run_a", "thread_id": "thread_a", "created_at": 1, "status": "completed"})
    assert store.get_run("thread_a", "run_a").value["status"] == "completed"
    assert store.get_step("thread_a", "run_a", "step_1").id == "step_1"


def test_a_thread_added_again_keeps_its_runs(store: MemoryStore) -> None:
    """Adding a thread that is there changes nothing."""
    store.add_thread("thread_a")
    assert store.get_run("thread_a", "run_a").id == "run_a"


@pytest.mark.parametrize(
    ("path", "error"),
    [
        (("nowhere", "run_a", "step_1"), UnknownThread),
        (("thread_a", "nowhere", "step_1"), UnknownRun),
        (("thread_a", "run_a", "nowhere"), UnknownStep),
    ],
)
def test_what_is_not_there_is_named(
    store: MemoryStore, make_step: Callable[..., dict[str, Any]], path: tuple[str, str, str], error: type[LookupError]
) -> None:
    """Looking for something the store lacks tells which part of the path is unknown."""
    store.put_step(make_step("step_1"))
    with pytest.raises(error, match="'nowhere'"):
        store.get_step(*path)


def test_runs_and_steps_need_something_to_belong_to(
    store: MemoryStore, make_step: Callable[..., dict[str, Any]]
) -> None:
    """A run of an unknown thread and a step of an unknown run are refused instead of kept out of sight."""
    with pytest.raises(UnknownThread, match="'thread_b'"):
        store.put_run({"id": "run_b", "thread_id": "thread_b", "created_at": 1})
    with pytest.raises(UnknownRun, match="'run_b'"):
        store.put_step(make_step("step_1", run_id="run_b"))


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"id": ""}, "id of the step must be a non-empty text"),
        ({"run_id": None}, "run_id of the step must be a non-empty text, not None"),
        ({"thread_id": 7}, "thread_id of the step must be a non-empty text, not 7"),
        ({"created_at": "2026-01-01"}, "created_at of the step 'step_1' must be a number"),
        ({"created_at": True}, "created_at of the step 'step_1' must be a number"),
        ({"usage": {1, 2}}, "step cannot be written as JSON"),
        ({"score": float("nan")}, "step cannot be written as JSON"),
    ],
)
def test_a_step_that_could_not_be_served_is_refused(
    store: MemoryStore, make_step: Callable[..., dict[str, Any]], fields: dict[str, Any], message: str
) -> None:
    """A store says at once what is wrong with a step, rather than a server later on."""
    with pytest.raises(ValueError, match=message):
        store.put_step(make_step("step_1") | fields)
    assert store.list_steps("thread_a", "run_a", PageQuery()).data == []
