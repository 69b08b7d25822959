"""Whatever a server sends is stored and given back unchanged."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from run_steps._received import ReceivedItem, ReceivedPage, parse_received
from run_steps.archive import ROW_COLUMNS, Archive
from run_steps.errors import InvalidResponse
from run_steps.stores import PageQuery
from tests.overlays.archive.filling import all_steps, put_run, received, received_text, run, step

numbers = count()

ODD_IDS = [
    "'; DROP TABLE steps; --",
    '" OR 1=1',
    "../../etc/passwd",
    "a/b?c#d%2e",
    "-1",
    "0x1",
    "1e3",
    " ",
    "\u202egnp.exe",
    "a\x00b",
    "a\x00c",
    "line\nbreak",
    "\ud83d",
    "Ü",
    "ü",
    "x" * 100_000,
    "?",
    "NULL",
    "%",
    "_",
]

TEXTS = st.text(st.characters(exclude_categories=()), max_size=8)
NUMBERS = st.integers() | st.floats() | st.integers(2**63, 2**70)
TIMES = (
    NUMBERS | st.datetimes().map(str) | st.sampled_from(["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59.999999Z"])
)
JSON = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda children: st.lists(children, max_size=4) | st.dictionaries(TEXTS, children, max_size=4),
    max_leaves=6,
)
NOTED = ["assistant_id", "type", "status", "usage", "last_error", "step_details", "completed_at", "object"]
"""Fields that an archive reads, apart from times."""


@st.composite
def payloads(draw: st.DrawFn) -> dict[str, Any]:
    """Return a JSON object with an id and anything else, also where an archive looks."""
    known = dict.fromkeys(NOTED, JSON) | {"created_at": TIMES | JSON, "completed_at": TIMES | JSON}
    shaped: dict[str, st.SearchStrategy[Any]] = {
        "usage": st.dictionaries(st.sampled_from(["prompt_tokens", "total_tokens"]), JSON),
        "last_error": st.dictionaries(st.sampled_from(["code", "message"]), JSON),
        "step_details": st.fixed_dictionaries({"tool_calls": st.lists(st.fixed_dictionaries({"type": JSON}) | JSON)}),
    }
    value = draw(st.dictionaries(TEXTS, JSON, max_size=3))
    value |= draw(st.fixed_dictionaries({}, optional=known | {name: known[name] | of for name, of in shaped.items()}))
    return value | {"id": draw(TEXTS.filter(bool))}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """An archive to write to."""
    with Archive.create(tmp_path_factory.mktemp("archive") / "a.sqlite") as archive:
        yield archive


@pytest.mark.parametrize(
    "text",
    [
        '{"id":"step_a","n":1.50e+2}',
        '{"id":"step_a","n":1E400,"n":-0.0}',
        '{"id":"other","id":"step_a"}',
        '{ "id" :\r\n\t"step_a" }',
        '{"id":"step_\\u0061","t":"\\/\\ud83d\\ude00😀"}',
        '{"id":"step_a","t":"\\ud83d"}',
        '{"id":"step_a","t":"\\u0000"}',
        '{"id":"step_a","n":123456789012345678901234567890}',
        '{"id":"step_a","n":NaN}',
    ],
)
def test_the_text_is_kept_to_the_byte(archive: Archive, text: str) -> None:
    """How numbers, keys, escapes and blanks were written is kept, for runs and for steps."""
    thread_id = f"thread_{next(numbers)}"
    put_run(archive, thread_id, received_text(text), [received_text(text)])

    assert archive.get_run(thread_id, "step_a").text == text
    assert archive.get_step(thread_id, "step_a", "step_a").text == text


def test_half_a_surrogate_pair_sent_as_bytes_is_kept_as_an_escape(archive: Archive) -> None:
    """What no file can hold in UTF-8 is kept in the way JSON writes it, with the same meaning."""
    body = b'{"data":[{"id":"step_a","t":"\xed\xa0\xbd","status":"\xed\xa0\xbd"}]}'
    (item,) = ReceivedPage.from_dict(parse_received(body)).data
    put_run(archive, "thread_surrogate", run("run_a"), [item])

    assert archive.get_step("thread_surrogate", "run_a", "step_a").value["t"] == "\ud83d"


def test_a_very_long_text_is_kept(archive: Archive) -> None:
    """The output of a tool may be megabytes long."""
    output = "ü\x00<&'\"" * 2_000_000
    item = received({"id": "step_a", "output": output})
    put_run(archive, "thread_long", run("run_a"), [item])

    assert len(item.text) > 10_000_000
    assert archive.get_step("thread_long", "run_a", "step_a").text == item.text


def test_odd_ids_are_told_apart(archive: Archive) -> None:
    """Ids that look like SQL, paths, numbers or nothing are ids like others, for threads, runs and steps."""
    for thread_id in ODD_IDS:
        put_run(archive, thread_id, run(thread_id), [step(step_id) for step_id in ODD_IDS])

    for thread_id in ODD_IDS:
        assert archive.get_run(thread_id, thread_id).value["id"] == thread_id
        assert archive.finished_runs(thread_id)
        assert archive.is_finished(thread_id, thread_id)
        for position, step_id in enumerate(ODD_IDS):
            assert archive.get_step(thread_id, thread_id, step_id).value["id"] == step_id
            query = PageQuery(order="asc", after=step_id, limit=1)
            following = [item.value["id"] for item in archive.list_steps(thread_id, thread_id, query).data]
            assert following == ODD_IDS[position + 1 : position + 2]


@given(payloads(), payloads())
def test_any_object_with_an_id_is_stored_and_read_back(
    archive: Archive, run_value: dict[str, Any], step_value: dict[str, Any]
) -> None:
    """Whatever else a run or a step is, it neither fails nor changes, and its row can be read."""
    thread_id = f"thread_{next(numbers)}"
    stored_run, stored_step = received(run_value), received(step_value)
    put_run(archive, thread_id, stored_run, [stored_step])

    assert archive.get_run(thread_id, run_value["id"]).text == stored_run.text
    assert [item.text for item in all_steps(archive, thread_id, run_value["id"])] == [stored_step.text]


def test_rows_of_odd_steps_can_be_read(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Whatever steps hold, each has a row whose texts have a UTF-8 form and whose numbers are numbers or None."""
    path = tmp_path_factory.mktemp("archive") / "a.sqlite"
    with Archive.create(path) as archive:

        @given(payloads())
        def put(value: dict[str, Any]) -> None:
            put_run(archive, f"thread_{next(numbers)}", run("run_a"), [received(value)])

        put()
        for row in (row for batch in archive.rows() for row in batch):
            values = dict(zip(ROW_COLUMNS, row, strict=True))
            assert json.dumps(values, allow_nan=False).encode()
            for name in ("thread_id", "run_id", "step_id", "tools", "server", "payload"):
                assert values[name].encode() or name == "tools"
            for name in ("assistant_id", "type", "status", "error_code", "error_message"):
                assert values[name] is None or values[name].encode() is not None
            for name in ("prompt_tokens", "completion_tokens", "total_tokens"):
                assert values[name] is None or type(values[name]) is int
            for name in ("created_at", "ended_at"):
                assert values[name] is None or 0 <= values[name] < 253_402_300_800


@pytest.mark.parametrize(
    ("sent", "seconds"),
    [
        (1735689600, 1735689600.0),
        (1735689600.25, 1735689600.25),
        (1735689600250, 1735689600.25),
        ("2025-01-01T00:00:00.250Z", 1735689600.25),
        ("2025-01-01T01:00:00+01:00", 1735689600.0),
        ("1735689600", 1735689600.0),
        (0, None),
        (-1, None),
        (None, None),
        ("", None),
        ("yesterday", None),
        ("0001-01-01T00:00:00", None),
        ("9999-12-31T23:59:59-14:00", None),
        (1e400, None),
        (10**400, None),
        (2**62, None),
        ({}, None),
        ([1], None),
    ],
)
def test_times_become_unix_seconds(tmp_path_factory: pytest.TempPathFactory, sent: Any, seconds: float | None) -> None:
    """The column holds a time in whatever form a server writes it, and nothing where it is none."""
    path = tmp_path_factory.mktemp("archive") / "a.sqlite"
    with Archive.create(path) as archive:
        put_run(archive, "thread_a", run("run_a"), [received({"id": "a", "created_at": sent})])
        values = dict(zip(ROW_COLUMNS, next(archive.rows())[0], strict=True))

    assert values["created_at"] == seconds


def test_columns_tell_what_a_step_was(archive: Archive) -> None:
    """The columns beside the payload are read from the step, its run and its thread."""
    value = {
        "id": "step_columns",
        "assistant_id": "asst_a",
        "type": "tool_calls",
        "status": "failed",
        "created_at": 1735689600,
        "failed_at": 1735689605,
        "step_details": {"tool_calls": [{"type": "function"}, {"type": "code_interpreter"}, {"type": "function"}, 7]},
        "usage": {"prompt_tokens": 1, "completion_tokens": 2, "total_tokens": 2**70},
        "last_error": {"code": "server_error", "message": "It broke."},
    }
    put_run(archive, "thread_columns", run("run_columns"), [received(value)])
    rows = [dict(zip(ROW_COLUMNS, row, strict=True)) for batch in archive.rows() for row in batch]
    (row,) = [row for row in rows if row["step_id"] == "step_columns"]

    assert row.pop("pulled_at") > 1735689600
    assert row == {
        "thread_id": "thread_columns",
        "run_id": "run_columns",
        "step_id": "step_columns",
        "assistant_id": "asst_a",
        "type": "tool_calls",
        "status": "failed",
        "created_at": 1735689600.0,
        "ended_at": 1735689605.0,
        "tools": "function,code_interpreter",
        "prompt_tokens": 1,
        "completion_tokens": 2,
        "total_tokens": None,
        "error_code": "server_error",
        "error_message": "It broke.",
        "server": "http://127.0.0.1/v1",
        "completed": 1,
        "reason": None,
        "payload": json.dumps(value),
    }


def test_what_has_no_id_is_refused(archive: Archive) -> None:
    """A run or step that could never be found again is an error, and nothing of its page is stored."""
    nameless = ReceivedItem(None, "{}", {})
    with pytest.raises(InvalidResponse, match="a run without an id"):
        archive.put_runs("http://127.0.0.1/v1", "thread_nameless", [run("run_a"), nameless])
    put_run(archive, "thread_nameless", run("run_b"))
    with pytest.raises(InvalidResponse, match="a step without an id"):
        archive.put_steps("thread_nameless", "run_b", 0, [received({"id": "step_a"}), nameless])

    assert [item.id for item in archive.list_runs("thread_nameless", PageQuery()).data] == ["run_b"]
    assert all_steps(archive, "thread_nameless", "run_b") == []
