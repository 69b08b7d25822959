"""What to pull is read from whatever people and programs write."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from run_steps.pulling import Target, read_targets, target
from run_steps.pulling.target_files import count_targets, open_targets

EXPECTED = [Target("thread_1"), Target("thread_2", "run_2"), Target("thread_3")]

IDS = st.text(st.characters(categories=["L", "N"], include_characters="_-"), min_size=1, max_size=8)


@pytest.mark.parametrize(
    "text",
    [
        "thread_1\nthread_2/run_2\nthread_3\n",
        "\n# last week's\n  thread_1  \r\nthread_2\trun_2\r\n\n  # gone\nthread_3",
        "thread_1\nthread_2, run_2\nthread_3",
        "thread_1\nthread_2 run_2\nthread_3",
        "\ufeffthread_1\nthread_2;run_2\nthread_3",
    ],
)
def test_lines_name_a_thread_or_a_thread_and_a_run(text: str) -> None:
    """A slash, blank, tab, comma or semicolon stands between the ids; empty lines and comments are passed over."""
    assert list(read_targets(text.splitlines(keepends=True))) == EXPECTED


@pytest.mark.parametrize(
    "text",
    [
        "thread_id,run_id\nthread_1,\nthread_2,run_2\nthread_3,\n",
        "Run_ID;name;Thread_ID\n;a;thread_1\nrun_2;b;thread_2\n;;thread_3\n",
        "sep=;\r\nThread ID;runId\r\nthread_1;\r\nthread_2;run_2\r\nthread_3;\r\n",
        'name\tthread_id\trun_id\n"a\nb"\tthread_1\t\n\tthread_2\trun_2\n\t\t\n\tthread_3\t\n',
    ],
)
def test_csv_names_its_columns(text: str) -> None:
    """Columns may come in any order, beside others, separated as spreadsheets of any country do it."""
    assert list(read_targets(text.splitlines(keepends=True))) == EXPECTED


def test_json_lines_may_be_what_a_server_sent() -> None:
    """Objects with the two ids, and threads and runs as servers send them, are understood."""
    lines = [
        '{"object": "thread", "id": "thread_1"}',
        '{"object": "thread.run", "id": "run_2", "thread_id": "thread_2", "status": "completed"}',
        "",
        '{"thread_id": "thread_3", "run_id": null}',
    ]
    assert list(read_targets(lines)) == EXPECTED


@pytest.mark.parametrize(
    "text",
    [
        '["thread_1", "thread_2/run_2", {"thread_id": "thread_3"}]',
        '\ufeff[\n  {"object": "thread", "id": "thread_1"},\n  "thread_2 run_2",\n  "thread_3"\n]\n',
    ],
)
def test_an_array_may_stand_on_any_number_of_lines(text: str) -> None:
    """Texts and objects, as programs print them."""
    assert list(read_targets(text.splitlines(keepends=True))) == EXPECTED
    assert list(read_targets(["[]"])) == []


@pytest.mark.parametrize(
    "text",
    [
        "thread_1\n{'thread_id': 1}",
        'thread_1\n["thread_2"]',
        'thread_1\n"thread_2"',
        "run_id,status\nrun_1,completed\n",
    ],
)
def test_what_was_meant_otherwise_is_no_id(text: str) -> None:
    """JSON and CSV in the wrong place are refused with what to write, rather than asked for."""
    with pytest.raises(ValueError, match="thread_id"):
        list(read_targets(text.splitlines(keepends=True)))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_files_come_in_the_encodings_of_spreadsheets(tmp_path: Path, encoding: str) -> None:
    """UTF-8, with a mark at the beginning or without, and UTF-16 with one."""
    file = tmp_path / "targets.csv"
    file.write_text("thread_id,run_id\nthread_1,\nthread_2,run_2\nthread_3,\n", encoding=encoding)
    with open_targets(file) as targets:
        assert list(targets) == EXPECTED
    assert count_targets(file) == 3


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("thread_caf\u00e9\n".encode("latin-1"), "targets.csv is not UTF-8"),
        ("thread_1".encode("utf-16") + b"\0", "targets.csv is not UTF-16"),
        (b"PK\x03\x04rest", "targets.csv is a workbook"),
    ],
)
def test_other_files_are_told_to_be_saved_anew(tmp_path: Path, content: bytes, message: str) -> None:
    """As the spreadsheet names it."""
    file = tmp_path / "targets.csv"
    file.write_bytes(content)
    with pytest.raises(ValueError, match=message) as raised:
        count_targets(file)
    assert 'in Excel, save it as "CSV UTF-8"' in str(raised.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("thread_1\nthread_2/run_2/step_3\n", "list.txt, line 2: 'thread_2/run_2/step_3' is neither"),
        ("thread_1\n\n/run_2", "list.txt, line 3: '/run_2' is neither"),
        ('{"thread_id": "thread_1"}\n{"thread_id": 7}', "list.txt, line 2: expected an object with a text `thread_id`"),
        ('\n{"thread_id": "thread_1"}\n{"thread', "list.txt, line 3: this is not JSON"),
        ('{"thread_id": "thread_1"}\n[]', "list.txt, line 2: expected an object"),
        ('{"thread_id": "thread_1", "run_id": 3}', "list.txt, line 1: expected an object"),
        ("thread_id,run_id\nthread_1,run_1\n,run_2\n", "list.txt, line 3: thread_id must be the id of something"),
        ("thread_id,run_id\nthread_1,\n..,run_2\n", "list.txt, line 3: thread_id must be the id of something"),
        ('thread_id\nthread_1\n"thread_2\n', "list.txt, line 3: unexpected end of data"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(text: str, message: str) -> None:
    """What, where and why, instead of pulling something else."""
    with pytest.raises(ValueError, match=r"list\.txt, line") as raised:
        list(read_targets(text.splitlines(keepends=True), "list.txt"))
    assert message in str(raised.value)


def test_nothing_is_read_from_nothing() -> None:
    """Empty input has no targets, and is no error."""
    assert list(read_targets([])) == []
    assert list(read_targets(["\n", "  \n"])) == []


def test_input_is_read_as_it_is_needed() -> None:
    """Millions of targets are not held in memory."""

    def endless() -> object:
        number = 0
        while True:
            yield f"thread_{number}"
            number += 1

    targets = read_targets(endless())  # type: ignore[arg-type]
    assert [next(targets), next(targets)] == [Target("thread_0"), Target("thread_1")]


@given(st.lists(st.tuples(IDS, st.none() | IDS), max_size=5))
def test_what_is_written_is_read(pairs: list[tuple[str, str | None]]) -> None:
    """Any ids of letters, digits, dashes and underscores come back, from lines."""
    lines = [thread_id if run_id is None else f"{thread_id}/{run_id}" for thread_id, run_id in pairs]
    if lines and lines[0] != "thread_id":
        assert list(read_targets(lines)) == [Target(*pair) for pair in pairs]


def test_a_word_is_a_target() -> None:
    """Arguments of a command are read as lines are."""
    assert target(" thread_1/run_1 ") == Target("thread_1", "run_1")
    with pytest.raises(ValueError, match="'' is neither"):
        target("")
