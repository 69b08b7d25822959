"""The guide to the review shows what the command really prints."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from workflow import ROOT
from workflow.review.__main__ import main
from workflow.review.__main__ import parser as command
from workflow.review.corpus import DISPUTED
from workflow.review.findings import Level

GUIDE = (ROOT / "docs" / "review.md").read_text(encoding="utf-8")
EXAMPLE = re.compile(
    r"^(?P<fence>`{3,})console\n\$ python -m workflow\.review (?P<arguments>.*?)\n(?P<shown>.*?)^(?P=fence)$",
    flags=re.DOTALL | re.MULTILINE,
)
SESSIONS = [(example["arguments"], example["shown"]) for example in EXAMPLE.finditer(GUIDE)]


@pytest.mark.parametrize(("arguments", "shown"), SESSIONS, ids=[arguments[:60] for arguments, _ in SESSIONS])
def test_examples_show_what_is_printed(
    arguments: str, shown: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each example of the guide prints what stands below it; a line of three dots stands for any lines."""
    for name in ("tests", "generator-config.yaml"):
        (tmp_path / name).symlink_to(ROOT / name)
    monkeypatch.chdir(tmp_path)
    main(shlex.split(arguments))
    output = capsys.readouterr()
    pattern = re.escape(shown).replace(re.escape("...\n"), "(?:.*\n)*")
    assert re.fullmatch(pattern, output.out + output.err)


def test_the_guide_names_every_option_level_and_disputed_case() -> None:
    """What the command takes and tells is explained."""
    options = re.findall(r"--[a-z-]+", command().format_help())
    for word in {*options, *Level, *DISPUTED} - {"--help"}:
        assert f"`{word}" in GUIDE, word
