"""The command tells what a published description brings, records it on request, and says when one is gone."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workflow.upstream.published import PATTERNS, openapi, swagger
from workflow.document import DocumentError
from workflow.upstream import __main__ as upstream
from workflow.upstream.__main__ import GoneError, Published, cut, load_sources, main

SOURCES = """
[runs]
title = "Runs"
places = {places}
paths = ["/threads/{{}}/runs*"]

[others]
title = "Others"
places = []
paths = ["/others*"]
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a contract and two sources, the current one."""
    monkeypatch.chdir(tmp_path)
    write("openapi.yaml", openapi())
    (tmp_path / "upstream").mkdir()
    (tmp_path / "upstream" / "sources.toml").write_text(SOURCES.format(places="[]"), encoding="utf-8")
    return tmp_path


def write(path: str, description: object) -> str:
    """Write a description as JSON, which is YAML; return its path."""
    Path(path).write_text(json.dumps(description), encoding="utf-8")
    return path


@pytest.mark.usefixtures("folder")
def test_what_a_description_brings_is_told_until_it_is_recorded(capsys: pytest.CaptureFixture[str]) -> None:
    """The slice is compared with the one recorded last, in the words of the review; recording is asked for."""
    write("old.json", openapi())
    assert main(["runs=old.json"]) == 1
    assert capsys.readouterr().out.startswith("Runs: 1 path and 9 components of old.json\n\nRuns: nothing was recorded")
    assert not Path("upstream/runs.json").exists()
    assert main(["runs=old.json", "--record"]) == 1
    assert main(["runs=old.json"]) == 0
    assert "As it was recorded." in capsys.readouterr().out

    new = openapi()
    new["components"]["schemas"]["Status"]["enum"].append("stuck")
    new["paths"]["/models"]["post"] = {"responses": {}}
    assert main(["runs=" + write("new.json", new)]) == 1
    out = capsys.readouterr().out
    assert 'risky     In responses Status now includes the value "stuck".' in out
    assert "info.version" not in out
    assert "/models" not in out

    new["components"]["schemas"]["Status"] = {"$ref": "common.json#/Status"}
    assert main(["runs=" + write("new.json", new)]) == 1
    assert "left open, as it leads nowhere in new.json: common.json#/Status" in capsys.readouterr().err
    assert main(["runs=old.json"]) == 0


@pytest.mark.usefixtures("folder")
def test_another_way_of_writing_the_same_brings_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """From Swagger 2.0 to OpenAPI only the dialect changed, and from one order to another nothing."""
    assert main(["runs=" + write("old.json", swagger()), "--record"]) == 1
    assert main(["runs=" + write("new.json", openapi()), "--record"]) == 1
    assert "compatible: Clients go on working. 1 safe\n" in capsys.readouterr().out
    turned = openapi()
    turned["components"] = dict(reversed(turned["components"].items()))
    assert main(["runs=" + write("turned.json", turned)]) == 1
    assert "Runs: only the way it is written changed." in capsys.readouterr().out


def test_a_source_without_our_part_costs_no_other(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One that cannot be read, or has none of our paths, is told with its reason; the others are told as ever."""
    write("runs.json", openapi())
    Path("broken.yaml").write_text("a: [", encoding="utf-8")
    for file, reason in (("runs.json", "none of its paths is ours any more"), ("broken.yaml", "not well-formed YAML")):
        assert main([f"others={file}", "runs=runs.json", "--into", str(folder)]) == 2
        output = capsys.readouterr()
        assert reason in output.err
        assert "Runs: 1 path" in output.out
        assert reason in (folder / "others.gone").read_text(encoding="utf-8")
    assert main(["nobody=runs.json"]) == 2
    assert capsys.readouterr().err == "error: upstream/sources.toml: names no 'nobody', only runs, others\n"
    assert main(["others"]) == 2
    assert "give others=FILE, or --fetch" in capsys.readouterr().err


@pytest.mark.usefixtures("folder")
def test_reports_are_written_for_others_to_post(folder: Path) -> None:
    """`--into` writes the slice, what it brings and how far our contract covers it, and nothing when all is old."""
    write("runs.json", openapi())
    into = folder / "told"
    into.mkdir()
    assert main(["runs=runs.json", "--into", str(into)]) == 1
    assert sorted(path.name for path in into.iterdir()) == ["runs.json", "runs.md"]
    report = (into / "runs.md").read_text(encoding="utf-8")
    assert report.startswith("Runs: nothing was recorded yet.\n")
    assert "\n## Runs: " in report
    assert report.endswith("\nFrom runs.json\n")
    (into / "runs.json").replace("upstream/runs.json")
    (into / "runs.md").unlink()
    assert main(["runs=runs.json", "--into", str(into)]) == 0
    assert [path.name for path in into.iterdir()] == ["runs.same"]
    Path("upstream/runs.json").unlink()
    Path("openapi.yaml").unlink()
    assert main(["runs=runs.json", "--into", str(into)]) == 1
    assert "could not be told: openapi.yaml: there is no such file" in (into / "runs.md").read_text(encoding="utf-8")


def test_the_first_place_with_our_part_counts(
    folder: Path, places: tuple[str, dict[str, bytes]], capsys: pytest.CaptureFixture[str]
) -> None:
    """Places that are gone, hold something else or too much are passed over; when none is left, each is told."""
    url, content = places
    names = [f"{url}/{name}" for name in ("gone", "page", "new", "runs")]
    (folder / "upstream" / "sources.toml").write_text(SOURCES.format(places=json.dumps(names)), encoding="utf-8")
    content["/page"] = b"<html>"
    content["/new"] = json.dumps({**openapi(), "paths": {}}).encode()
    content["/runs"] = json.dumps(swagger()).encode()
    assert main(["runs", "--fetch"]) == 1
    assert f"Runs: 1 path and 9 components of {url}/runs" in capsys.readouterr().out
    content["/runs"] = b"\xff"
    assert main(["runs", "--fetch", "--into", str(folder)]) == 2
    told = (folder / "runs.gone").read_text(encoding="utf-8").splitlines()
    assert [line.removeprefix(url).partition(":")[0] for line in told] == ["/gone", "/page", "/new", "/runs"]
    assert told[0].endswith(": status 404")


def test_nothing_is_read_without_end(
    folder: Path,
    places: tuple[str, dict[str, bytes]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A place that sends more than any description is given up."""
    url, content = places
    monkeypatch.setattr(upstream, "_MAX_BYTES", 100)
    (folder / "upstream" / "sources.toml").write_text(SOURCES.format(places=json.dumps([url + "/runs"])))
    content["/runs"] = b" " * 101
    assert main(["runs", "--fetch"]) == 2
    assert "is larger than 100 bytes" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "fault"), [("[runs]", "a source lacks 'title'"), ("[runs", "cannot be read"), (None, "cannot be read")]
)
def test_faults_of_the_list_of_sources_are_told(tmp_path: Path, text: str | None, fault: str) -> None:
    """A list that is not there, or lacks something, is named."""
    path = tmp_path / "sources.toml"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(DocumentError, match=fault):
        load_sources(path)


SOURCE = Published("runs", "Runs", (), PATTERNS)
RUBBISH = st.sampled_from([None, "", "x", 0, [], {}, [None], {"x": None}, {"$ref": 1}])


@given(st.sampled_from([openapi, swagger]), st.data())
@settings(max_examples=150)
def test_whatever_is_published_costs_only_itself(description: Any, data: st.DataObject) -> None:
    """A description with anything in the place of anything is cut, or refused with a reason."""
    spoiled = description()
    place: Any = spoiled
    while True:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        key = data.draw(st.sampled_from(keys))
        inner = place[key]
        if not isinstance(inner, dict | list) or not inner or data.draw(st.booleans()):
            place[key] = data.draw(RUBBISH)
            break
        place = inner
    with contextlib.suppress(DocumentError, GoneError):
        cut(json.dumps(spoiled), "spoiled.json", SOURCE)
