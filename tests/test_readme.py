"""The README keeps its promises: its examples run, its commands are those of CI, its links lead somewhere."""

import re
from pathlib import Path

import pytest

from tests.test_command_line_guide import terminal

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "examples" / "README.md", *sorted(ROOT.glob("docs/*.md"))]
EXAMPLE = re.compile(r"^```python\n(.*?)^```", flags=re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("page", [page for page in PAGES if page.name != "tables.md"], ids=lambda page: page.name)
def test_examples_run(page: Path) -> None:
    """The Python examples of a page run as they stand; those with pandas and Polars do so in tests/interop."""
    run_examples(page)


def run_examples(page: Path) -> None:
    """Run the Python examples of a page one after the other, as a reader would try them."""
    text = page.read_text(encoding="utf-8")
    namespace: dict[str, object] = {"__name__": "__example__"}
    for example in EXAMPLE.finditer(text):
        # Blank lines in front make the line of an error that of the page.
        code = "\n" * (text[: example.start()].count("\n") + 1) + example[1]
        exec(compile(code, str(page), "exec"), namespace)


@pytest.mark.parametrize(
    ("command", "count", "then", "shown"),
    [
        ("run-steps runs thread_demo", 3, "wc -c run.html", r"^ *\d{5} run\.html$"),
        ("run-steps pull", 4, "echo && wc -l steps.csv run.html", r"^ +3 steps\.csv$"),
    ],
)
def test_the_commands_of_the_readme_work(command: str, count: int, then: str, shown: str) -> None:
    """A first look, and taking the history along, go as they are shown, once the server and a run are named."""
    blocks = re.findall(
        r"^```sh\n(.*?)\n```", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
    (block,) = (block for block in blocks if command in block)
    skipped = (". .venv/bin/activate", "export RUN_STEPS_BASE_URL=", "run-steps serve ")
    lines = [line for line in block.splitlines() if not line.startswith(skipped)]
    assert len(lines) == count

    commands = " && ".join(line.partition(" #")[0] for line in lines).replace("THREAD RUN", "thread_demo run_failed")
    with terminal() as written:
        text = written(f"echo thread_demo/run_failed > threads.txt; {commands} && {then}")
    assert re.search(shown, text, re.MULTILINE), text


def test_ci_runs_the_command_of_the_readme() -> None:
    """What CI runs is what the README tells a newcomer to run."""
    commands = re.findall(r"^```sh\n(.*?)\n```", (ROOT / "README.md").read_text(encoding="utf-8"), flags=re.MULTILINE)
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8").replace(" --quiet", "")

    assert len(commands) >= 2
    assert commands[1] in ci
    assert ".ci/run" in (ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_to_files(page: Path) -> None:
    """Links to files of the repository lead to files that are there."""
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target
