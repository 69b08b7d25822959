"""The weekly look at what others publish, with its scripts run as they are, in a scratch repository."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.workflow.runner import Runner
from tests.workflow.scratch import copy_of_project, edit, git
from tests.workflow.upstream.published import openapi
from workflow.upstream.__main__ import cut, load_sources, written

SOURCE = """
[{0}]
title = "{0}"
places = ["{1}"]
paths = ["/threads/{{}}/runs*"]
"""


@pytest.mark.skipif(shutil.which("jq") is None, reason="needs jq, as gh has it")
def test_a_source_gets_a_pull_request_or_an_issue(tmp_path: Path, places: tuple[str, dict[str, bytes]]) -> None:
    """What is new comes as a branch and a pull request, what is gone as an issue, what is as it was as nothing."""
    url, content = places
    content["/new"] = content["/same"] = json.dumps(openapi()).encode()
    origin = copy_of_project(tmp_path / "origin")
    sources = "".join(SOURCE.format(name, f"{url}/{name}") for name in ("new", "gone", "same"))
    (origin / "upstream" / "sources.toml").write_text(sources, encoding="utf-8")
    same = load_sources(origin / "upstream" / "sources.toml")["same"]
    recorded = written(cut(content["/same"].decode(), "same", same).data)
    (origin / "upstream" / "same.json").write_text(recorded, encoding="utf-8")
    git(origin, "add", ".")
    git(origin, "commit", "--quiet", "--message=sources")
    values: dict[str, object] = {
        "github.repository": "o/r",
        "github.run_id": 7,
        "github.server_url": "https://x",
        "github.token": "t",
    }
    runner = Runner(tmp_path, origin, values)
    for name in ("issue-list", "pr-list"):
        (runner.gh / name).write_text("[]", encoding="utf-8")

    runner.run("upstream.yml", "report")
    runner.run("upstream.yml", "tell")

    assert "new: nothing was recorded yet." in runner.summary
    title = "The description of gone is gone"
    assert [words for words in runner.asked() if " list " not in words] == [
        "auth setup-git",
        "pr create --head upstream/new --title Record what new publishes --body-file body.md",
        f"issue create --title {title} --body-file body.md",
    ]
    assert f"{url}/gone: status 404" in (runner.gh / "body").read_text(encoding="utf-8")
    assert git(origin, "show", "--name-only", "--format=%s", "upstream/new").split("\n\n") == [
        "Record what new publishes",
        "upstream/new.json\n",
    ]
    assert git(origin, "show", "upstream/new:upstream/new.json") == recorded
    assert git(origin, "branch", "--list", "upstream/*").split() == ["upstream/new"]

    (runner.gh / "asked").unlink()
    (runner.gh / "issue-list").write_text('[{"number": 3}]', encoding="utf-8")
    (runner.gh / "pr-list").write_text('[{"number": 4}]', encoding="utf-8")
    runner.run("upstream.yml", "tell")
    close = "--comment It is there again: https://x/o/r/actions/runs/7"
    assert [words for words in runner.asked() if " list " not in words] == [
        "auth setup-git",
        f"issue close 3 {close}",
        "pr edit 4 --body-file body.md",
        "issue edit 3 --body-file body.md",
        f"issue close 3 {close}",
    ]


def test_a_source_that_was_not_looked_at_fails(tmp_path: Path) -> None:
    """When nothing came of a source, for whatever reason, the job is red: nothing says that all is as it was."""
    origin = copy_of_project(tmp_path / "origin")
    edit(origin / "workflow" / "upstream" / "__main__.py", "def main(", "def main_is_gone(")
    git(origin, "commit", "--quiet", "--all", "--message=broken")
    runner = Runner(tmp_path, origin, {})
    with pytest.raises(AssertionError, match="openai was not looked at"):
        runner.run("upstream.yml", "report")
