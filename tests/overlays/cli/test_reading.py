"""`list`, `get`, `runs` and `timeline`, over a server and over an archive."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from run_steps import RunSteps, duration
from run_steps._received import ReceivedItem
from run_steps._words import span_text
from run_steps.archive import Archive
from run_steps.serving import sample_store
from run_steps.stores import PageQuery
from tests.overlays.cli.conftest import Invoke, Outcome


@pytest.fixture(params=["server", "archive"])
def source(request: pytest.FixtureRequest, base_url: str, archive: Path) -> list[str]:
    """The options that name where to read from."""
    return ["--server", base_url] if request.param == "server" else ["--archive", str(archive)]


def test_list_writes_a_line_a_step(invoke: Invoke, source: list[str]) -> None:
    """Into a pipe each step is a line of columns with tabs between them, oldest first, on as many pages as it takes."""
    outcome = invoke("list", "thread_demo", "run_long", *source)

    lines = [line.split("\t") for line in outcome.out.splitlines()]
    assert outcome.code == 0
    assert len(lines) == 345
    assert lines[0] == ["step_long_000", "read_gauge", "completed", "1", "420", "2026-01-01T00:00:00Z"]
    assert not outcome.err


def test_json_is_what_the_server_sent(invoke: Invoke, source: list[str]) -> None:
    """With `--json` each line is a step with every field it has."""
    outcome = invoke("list", "thread_demo", "run_kinds", "--include", "--json", *source)

    stored = sample_store().list_steps("thread_demo", "run_kinds", PageQuery(limit=100, order="asc")).data
    assert [json.loads(line) for line in outcome.out.splitlines()] == [item.value for item in stored]


def test_json_of_an_archive_is_one_harmless_line_a_step(invoke: Invoke, tmp_path: Path) -> None:
    """As it was received, repeated keys too, where that is ASCII on one line; else what it says, written so."""
    plain = '{"id": "step_1", "n": 1.50, "n": 1e400, "t": "\\u001b[31m"}'
    texts = [plain, '{"id":\n"step_2"}', '{"id":\t"step_3"}', '{"id": "step_4", "t": "\x7f\u202eé"}']
    with Archive.create(tmp_path / "odd.sqlite") as archive:
        archive.put_runs("http://127.0.0.1/v1", "t", [ReceivedItem("r", '{"id": "r"}', {"id": "r"})])
        steps = [ReceivedItem(json.loads(text)["id"], text, json.loads(text)) for text in texts]
        archive.put_steps("t", "r", 0, steps, is_last=True)

    lines = invoke("list", "t", "r", "--json", "--archive", tmp_path / "odd.sqlite").out.splitlines()

    assert lines[0] == plain
    assert [json.loads(line) for line in lines] == [json.loads(text) for text in texts]
    assert all(line.isascii() and line.isprintable() for line in lines)


def test_the_window_of_a_list_can_be_chosen(invoke: Invoke, source: list[str]) -> None:
    """Order, size, and where to begin are those of the client."""

    def ids(*options: str) -> list[str]:
        outcome = invoke("list", "thread_demo", "run_long", *options, *source)
        assert outcome.code == 0
        return [line.split("\t")[0] for line in outcome.out.splitlines()]

    assert ids("--order", "desc", "--max-items", "1") == ["step_long_344"]
    assert ids("--after", "step_long_341") == ["step_long_342", "step_long_343", "step_long_344"]
    assert ids("--before", "step_long_002") == ["step_long_001", "step_long_000"]
    assert ids("--max-items", "0") == []
    assert ids("--limit", "1") == ids("-n", "1") == ["step_long_000"]


def test_fields_are_chosen_by_name(invoke: Invoke, source: list[str]) -> None:
    """In their order, for other programs as numbers and ISO times; a name that is none is told at once."""
    run = ("list", "thread_demo", "run_failed")
    lines = invoke(*run, "--fields", "took, began,step,error", *source).out.splitlines()
    as_json = invoke(*run, "--fields", "step,took,ended,tokens,error", "--json", *source).out.splitlines()
    runs = invoke("runs", "thread_demo", "-n", "1", "--fields", "run,took,reason", "--json", *source)
    wrong = invoke(*run, "--fields", "step,cost", "--server", "http://127.0.0.1:1/v1")
    none = invoke(*run, "--fields", " ,", *source)

    failure = "server_error: The tide service did not answer."
    assert lines == ["2\t2026-01-01T02:00:00Z\tstep_failed_1\t", f"30\t2026-01-01T02:00:03Z\tstep_failed_2\t{failure}"]
    assert json.loads(as_json[1]) == {
        "step": "step_failed_2",
        "took": 30.0,
        "ended": "2026-01-01T02:00:33Z",
        "tokens": 16,
        "error": failure,
    }
    assert json.loads(runs.out) == {"run": "run_empty", "took": None, "reason": None}
    assert (wrong.code, wrong.out, none.code) == (2, "", 2)
    assert "--fields: there is no 'cost'; choose of step, what, status, took, tokens, began, ended, kind" in wrong.err


def test_a_step_of_a_run_in_one_word(invoke: Invoke, source: list[str]) -> None:
    """As everywhere, thread and run may be written with a slash between."""
    two = invoke("get", "thread_demo/run_kinds", "step_kinds_04", *source)
    assert (two.code, two.out) == (0, invoke("get", "thread_demo", "run_kinds", "step_kinds_04", *source).out)
    missing = invoke("get", "thread_demo/run_kinds/step_kinds_04", "x", *source)
    assert missing.code == 2


def test_every_command_says_the_same_of_how_long_a_run_took(invoke: Invoke, base_url: str) -> None:
    """In a list, in its picture, while it is watched, and in Python."""
    with RunSteps(base_url=base_url) as client:
        runs = list(client.runs("thread_demo"))
    for run in runs:
        if (took := duration(run)) is None:
            continue
        name = ("thread_demo", run.id, "--server", base_url)
        (told,) = (line.split() for line in invoke("timeline", *name).out.splitlines() if line.startswith("  took "))
        assert " ".join(told[1:]).replace(":", ",").partition(",")[0] == span_text(took.total_seconds())
        assert invoke("watch", *name).out.splitlines()[-1].split("\t")[4] == f"{took.total_seconds():.0f}"


def test_a_run_is_named_in_one_word_or_two(invoke: Invoke, source: list[str]) -> None:
    """As for a pull, thread and run may stand with a slash between; a thread alone is no run."""
    for command in ("list", "timeline", "watch"):
        one, two = (
            invoke(command, "thread_demo/run_failed", *source),
            invoke(command, "thread_demo", "run_failed", *source),
        )
        assert (one.code, one.out) == (0, two.out)
        missing = invoke(command, "thread_demo", *source)
        assert (missing.code, missing.out) == (2, "")
        assert "THREAD/RUN" in missing.err


def test_get_shows_all_of_a_step(invoke: Invoke, source: list[str]) -> None:
    """Facts, then each call with its input and output in full, and what file search found."""
    outcome = invoke("get", "thread_demo", "run_kinds", "step_kinds_04", *source)

    step = sample_store().get_step("thread_demo", "run_kinds", "step_kinds_04").value
    (call,) = step["step_details"]["tool_calls"]
    assert outcome.code == 0
    assert outcome.out.startswith("step_kinds_04\n")
    assert "status     completed" in outcome.out
    assert f"1 file_search  {call['id']}" in outcome.out
    for result in call["file_search"]["results"]:
        assert result["file_name"] in outcome.out
        assert all(content["text"] in outcome.out for content in result.get("content", []))


def test_get_writes_json(invoke: Invoke, source: list[str]) -> None:
    """The step as it was sent; a server leaves out of it what is not asked for, an archive gives what it has."""
    full = invoke("get", "thread_demo", "run_kinds", "step_kinds_04", "--json", *source)
    short = invoke("get", "thread_demo", "run_kinds", "step_kinds_04", "--json", "--no-include", *source)

    stored = sample_store().get_step("thread_demo", "run_kinds", "step_kinds_04").value
    assert json.loads(full.out) == stored
    assert (json.loads(short.out) == stored) == ("--archive" in source)


def test_runs_are_listed(invoke: Invoke, source: list[str]) -> None:
    """The runs of a thread, newest first."""
    outcome = invoke("runs", "thread_demo", *source)

    stored = sample_store().list_runs("thread_demo", PageQuery(limit=100)).data
    assert [line.split("\t")[0] for line in outcome.out.splitlines()] == [item.id for item in stored]
    as_json = invoke("runs", "thread_demo", "--json", *source)
    assert [json.loads(line) for line in as_json.out.splitlines()] == [item.value for item in stored]


def test_an_archive_lists_the_runs_of_all_threads(invoke: Invoke, archive: Path, base_url: str) -> None:
    """Without a thread an archive gives all it has; a server cannot, and the message says so."""
    every = invoke("runs", "--archive", archive)
    few = invoke("runs", "--archive", archive, "--max-items", "2")
    refused = invoke("runs", "--server", base_url)

    assert every.out == invoke("runs", "thread_demo", "--archive", archive).out
    assert few.out.splitlines() == every.out.splitlines()[:2]
    assert (refused.code, refused.out) == (2, "")
    assert "Servers only list the runs of a thread" in refused.err
    assert invoke("runs", "--archive", archive, "--after", "run_long").code == 2


def test_an_archive_says_of_which_runs_it_lacks_something(
    invoke: Invoke, base_url: str, archive: Path, tmp_path: Path
) -> None:
    """A list that is incomplete looks like any other, so a note tells, and the list of runs marks them."""
    path = tmp_path / "a.sqlite"
    late = sample_store().get_run("thread_demo", "run_long").value | {"id": "run_late"}
    with Archive.create(path) as copy:
        copy.merge(archive)
        copy.put_runs(base_url, "thread_demo", [ReceivedItem("run_late", json.dumps(late), late)])
    runs = invoke("runs", "thread_demo", "--archive", path)

    states = {line.split("\t")[0]: line.split("\t")[-1] for line in runs.out.splitlines()}
    assert (states["run_late"], states["run_in_progress"], states["run_long"]) == (
        "incomplete",
        "still going",
        "complete",
    )
    assert runs.err.startswith("run-steps: 3 of 8 runs are incomplete in this archive: pull again while the server is ")
    for command in ("list", "timeline"):
        lacking = invoke(command, "thread_demo", "run_late", "--archive", path)
        going = invoke(command, "thread_demo", "run_in_progress", "--json", "--archive", path)
        whole = invoke(command, "thread_demo", "run_kinds", "--archive", path)
        assert (
            lacking.err
            == "run-steps: run_late is incomplete in this archive: pull it again while the server is there.\n"
        )
        assert "run_in_progress was still going when it was pulled" in going.err
        assert all(json.loads(line) for line in going.out.splitlines())
        assert whole.err == ""
    watched = invoke("watch", "thread_demo", "run_late", "--archive", path)
    assert "run_late is incomplete in this archive" in watched.err


def test_a_run_is_drawn(invoke: Invoke, source: list[str]) -> None:
    """The timeline names run, status and what went wrong."""
    outcome = invoke("timeline", "thread_demo", "run_failed", *source)

    assert outcome.code == 0
    assert outcome.out.startswith("run_failed: failed\n")
    assert "The tide service did not answer." in outcome.out
    assert "█" in outcome.out


def test_a_run_is_drawn_into_files(invoke: Invoke, source: list[str], tmp_path: Path) -> None:
    """HTML and SVG are written where they are wanted, and nothing else is."""
    html, svg = tmp_path / "run.html", tmp_path / "run.svg"
    outcome = invoke("timeline", "thread_demo", "run_kinds", "--html", html, "--svg", svg, *source)

    assert (outcome.code, outcome.out) == (0, "")
    assert str(html) in outcome.err
    assert "step_kinds_04" in html.read_text(encoding="utf-8")
    assert svg.read_text(encoding="utf-8").startswith("<svg")


def test_a_drawing_takes_no_file_away(invoke: Invoke, archive: Path, tmp_path: Path) -> None:
    """A file that is there is kept unless told otherwise, an archive always, and nothing is left beside them."""
    other, mine = tmp_path / "other.sqlite", tmp_path / "mine.txt"
    other.write_bytes(archive.read_bytes())
    mine.write_text("mine", encoding="utf-8")

    def draw(*options: str | Path) -> tuple[int, str]:
        outcome = invoke("timeline", "thread_demo", "run_failed", "--archive", archive, *options)
        return outcome.code, outcome.err

    for option in ("--html", "--svg"):
        code, message = draw(option, other, "--overwrite")
        assert (code, other.read_bytes()) == (1, archive.read_bytes())
        assert "other.sqlite is an archive, or another file of SQLite, which is never replaced" in message
        code, message = draw(option, mine)
        assert (code, mine.read_text(encoding="utf-8")) == (1, "mine")
        assert "mine.txt exists already. Choose another name, or give --overwrite" in message
    assert sorted(tmp_path.iterdir()) == [mine, other]

    assert draw("--svg", mine, "--overwrite")[0] == 0
    assert mine.read_text(encoding="utf-8").startswith("<svg")


def test_a_drawing_goes_where_its_name_says(invoke: Invoke, archive: Path, tmp_path: Path) -> None:
    """`-o` judges by the ending, and `-` is standard output, as for exports."""

    def draw(*options: str | Path) -> Outcome:
        return invoke("timeline", "thread_demo", "run_failed", "--archive", archive, *options)

    assert draw("-o", tmp_path / "a.html").code == draw("--output", tmp_path / "a.svg").code == 0
    assert draw("--svg", "-").out == (tmp_path / "a.svg").read_text(encoding="utf-8")
    assert draw("--html", "-").out.startswith("<!doctype html>")
    for refused in (
        ("-o", "a.png"),
        ("-o", "-", "--svg", "-"),
        ("-o", "a.svg", "--svg", "b.svg"),
        ("--html", "-", "--svg", "-"),
    ):
        assert (draw(*refused).code, draw(*refused).out) == (2, "")
    assert "would mix" in draw("--html", "-", "--json").err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.html", "a.svg"]


def test_two_drawings_need_two_files(invoke: Invoke, archive: Path, tmp_path: Path) -> None:
    """However differently the names are written."""
    link = tmp_path / "link.html"
    link.symlink_to(tmp_path / "run.html")
    outcome = invoke(
        "timeline", "thread_demo", "run_failed", "--html", link, "--svg", tmp_path / "run.html", "--archive", archive
    )

    assert (outcome.code, list(tmp_path.iterdir())) == (2, [link])
    assert "name a file for each" in outcome.err


def test_a_timeline_is_written_as_json(invoke: Invoke, source: list[str]) -> None:
    """A line a step, with the times and waits that the picture is drawn from."""
    outcome = invoke("timeline", "thread_demo", "run_failed", "--json", *source)

    first, second = (json.loads(line) for line in outcome.out.splitlines())
    assert (first["id"], first["duration"], first["status"]) == ("step_failed_1", 2.0, "completed")
    assert (second["status"], second["wait"]) == ("failed", 1.0)


@pytest.mark.parametrize(
    "arguments",
    [
        ("list", "thread_demo", "nothing"),
        ("list", "nothing", "run_long"),
        ("get", "thread_demo", "run_long", "nothing"),
        ("runs", "nothing"),
        ("timeline", "thread_demo", "nothing"),
    ],
)
def test_what_is_not_there_is_an_error(invoke: Invoke, source: list[str], arguments: tuple[str, ...]) -> None:
    """One line on stderr names what was not found; nothing is written, and the exit code is 1."""
    outcome = invoke(*arguments, *source)

    assert (outcome.code, outcome.out) == (1, "")
    assert len(outcome.err.splitlines()) == 1
    assert outcome.err.startswith("run-steps: ")
    assert "found with id 'nothing'" in outcome.err


def test_an_archive_that_is_not_there_is_an_error(invoke: Invoke, tmp_path: Path) -> None:
    """It is named, and not made."""
    outcome = invoke("list", "t", "r", "--archive", tmp_path / "none.db")

    assert outcome.code == 1
    assert "none.db" in outcome.err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("thread_id", ["", ".", "..", "a\nb"])
def test_what_is_no_id_is_a_wrong_usage(invoke: Invoke, base_url: str, thread_id: str) -> None:
    """It is told before anything is asked."""
    outcome = invoke("list", thread_id, "run_long", "--server", base_url)

    assert (outcome.code, outcome.out) == (2, "")
    assert "the thread" in outcome.err


def test_ids_of_any_form_are_looked_for(invoke: Invoke, source: list[str]) -> None:
    """Paths, SQL and options in disguise are ids like others, and not found."""
    for thread_id in ("../../etc/passwd", "'; DROP TABLE steps; --", "%2e%2e", "--debug"):
        outcome = invoke("runs", *source, "--", thread_id)
        assert (outcome.code, outcome.out) == (1, "")
        assert thread_id in outcome.err


def test_both_sources_are_a_wrong_usage(invoke: Invoke, base_url: str, archive: Path) -> None:
    """A server and an archive at once cannot be meant."""
    outcome = invoke("runs", "thread_demo", "--server", base_url, "--archive", archive)

    assert (outcome.code, outcome.out) == (2, "")
    assert "An archive needs neither server nor key" in outcome.err


def test_advice_is_given_in_options(invoke: Invoke, base_url: str) -> None:
    """What a program would write is told as what a person can type."""
    late = invoke("watch", "thread_demo", "run_in_progress", "--deadline", "0", "--server", base_url)
    insecure = invoke("runs", "thread_demo", "--server", "http://elsewhere.example/v1")

    assert "Raise --deadline, or" in late.err
    assert "or allow it with RUN_STEPS_INSECURE_HTTP=1." in insecure.err
