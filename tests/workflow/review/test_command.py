"""The commands: arguments, exit codes, git revisions."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.workflow.review.descriptions import compare, with_request
from workflow.review import corpus
from workflow.review.__main__ import main

WIDE = with_request({"type": "string"})
NARROW = with_request({"type": "string", "maxLength": 3})


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A git repository, current folder, whose branch main holds the wide contract."""
    monkeypatch.chdir(tmp_path)
    git("init", "--quiet", "--initial-branch=main")
    write(tmp_path / "openapi.yaml", WIDE)
    git("add", ".")
    git("commit", "--quiet", "--message=wide")
    git("checkout", "--quiet", "-b", "change")
    return tmp_path


def git(*arguments: str) -> None:
    """Run git as somebody."""
    names = ["-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *names, *arguments], check=True)


def write(path: Path, description: object) -> Path:
    """Write a description as JSON, which is YAML."""
    path.write_text(json.dumps(description, indent=1), encoding="utf-8")
    return path


def test_the_base_is_where_the_branch_left_main(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without arguments the working tree is compared with the merge base, and breaking changes give exit code 1."""
    assert main(["--wire-only"]) == 0
    assert "Nothing changed." in capsys.readouterr().out
    write(folder / "openapi.yaml", NARROW)
    assert main(["--wire-only", "--no-version-check"]) == 1
    assert "maximum length of 3" in capsys.readouterr().out


@pytest.mark.parametrize("base", ["main", "main:openapi.yaml", "wide.json"])
def test_a_base_is_a_revision_or_a_file(folder: Path, base: str) -> None:
    """A git revision, a path in it and a file are all understood."""
    write(folder / "wide.json", WIDE)
    write(folder / "openapi.yaml", NARROW)
    assert main([base, "--wire-only", "--format=json"]) == 1


def test_the_threshold_decides_the_exit_code(folder: Path) -> None:
    """What is only risky passes unless asked for; `none` lets everything pass."""
    described = {"type": "object", "properties": {"a": {"type": "string"}}}
    write(folder / "openapi.yaml", with_request(described))
    write(folder / "less.yaml", with_request({"type": "object"}))
    unversioned = ["--wire-only", "--no-version-check"]
    assert main(["openapi.yaml", "less.yaml", *unversioned]) == 0
    assert main(["openapi.yaml", "less.yaml", *unversioned, "--fail-on=risky"]) == 1
    write(folder / "openapi.yaml", NARROW)
    assert main(["main", *unversioned, "--fail-on=none"]) == 0


def test_a_version_that_was_not_raised_far_enough_fails(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever the threshold is, the version must follow the change, unless it shall not be checked."""
    write(folder / "openapi.yaml", NARROW)
    assert main(["main", "--wire-only", "--fail-on=none"]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("error: info.version: needs a major bump; it stayed 1.4.0, which is not enough.")
    assert "Raise it to 2.0.0 or beyond" in line
    info = dict[str, object](NARROW)["info"]
    assert isinstance(info, dict)
    write(folder / "openapi.yaml", {**NARROW, "info": {**info, "version": "2.0.0"}})
    assert main(["main", "--wire-only", "--fail-on=none"]) == 0


def test_an_approved_change_passes(folder: Path) -> None:
    """A change with an approval in force does not fail the command."""
    write(folder / "openapi.yaml", NARROW)
    (finding,) = compare(WIDE, NARROW)
    entry = f"- fingerprint: '{finding.fingerprint}'\n  reason: Agreed.\n  expires: 2999-12-31\n"
    (folder / "review-ignore.yaml").write_text(entry, encoding="utf-8")
    assert main(["--wire-only", "--no-version-check"]) == 0


@pytest.mark.parametrize("arguments", [["missing.yaml"], ["nowhere:openapi.yaml"], ["main", "missing.yaml"]])
def test_bad_input_gives_exit_code_2(folder: Path, arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """What cannot be read is named in one line on standard error."""
    assert folder.exists()
    assert main([*arguments, "--wire-only"]) == 2
    output = capsys.readouterr()
    assert output.out == ""
    assert output.err.startswith("error: ")
    assert len(output.err.splitlines()) == 1


def test_a_report_can_be_written_to_a_file(folder: Path) -> None:
    """`--output` names the file, and nothing else is printed."""
    write(folder / "openapi.yaml", NARROW)
    main(["--wire-only", "--format=html", "--output=review.html"])
    assert (folder / "review.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_a_corpus_is_scored(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The share of breaking pairs found and the false alarms are printed and decide the exit code."""
    write(folder / "wide.json", WIDE)
    write(folder / "narrow.json", NARROW)

    def cases(*breaking: bool) -> None:
        pairs = [("wide.json", "narrow.json"), ("narrow.json", "wide.json")]
        lines = [
            json.dumps({"case": f"case {base}", "base": base, "revision": revision, "breaking": answer})
            for (base, revision), answer in zip(pairs, breaking, strict=True)
        ]
        (folder / "cases.jsonl").write_text("\n".join(lines), encoding="utf-8")

    cases(True, False)
    assert corpus.main([str(folder)]) == 0
    assert "breaking found: 1 of 1 (100.0%)" in capsys.readouterr().out
    cases(False, True)
    assert corpus.main([str(folder)]) == 1
    assert "false alarms: 1 of 1" in capsys.readouterr().out
    assert corpus.main([str(folder / "missing")]) == 2
