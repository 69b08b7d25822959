"""Make everything that follows from an edited contract: ``python -m workflow.regenerate [BASE]``.

The client is generated, the change reviewed against the base, the versions raised as the review asks, and the draft of
the changelog written under Unreleased. What was done already is left alone, so a second run changes nothing.
"""

from __future__ import annotations

import argparse
import datetime as dt
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from attrs import evolve, frozen
from rich.console import Console

from workflow.contract import ContractError
from workflow.document import DocumentError, parse
from workflow.generate import generate
from workflow.review.__main__ import base_of
from workflow.review.approvals import FILE, load_decisions
from workflow.review.changelog import drafted
from workflow.review.findings import Finding
from workflow.review.report import terminal
from workflow.review.review import Review, review
from workflow.review.sources import Source, git

CONTRACT = "openapi.yaml"
GENERATED = "generated"
VERSION = "overlays/run_steps/__init__.py"
CHANGELOG = "CHANGELOG.md"

WRITTEN = (CONTRACT, GENERATED, VERSION, CHANGELOG)
"""What the command may change."""

INPUTS = ("generator-config.yaml", "templates", "workflow", "pyproject.toml", "constraints.txt", FILE)
"""What else decides how the client comes out, and goes into the same commit."""

_SECTIONS = ("Added", "Changed", "Deprecated", "Removed", "Fixed", "Security")
_UNRELEASED = re.compile(r"^## \[Unreleased\]\n.*?(?=^## |\Z)", flags=re.DOTALL | re.MULTILINE)
_ENTRY = re.compile(r"^- .*\n(?:[ \t]+\S.*\n)*", flags=re.MULTILINE)
_MARK = re.compile(r"<!--((?: [0-9a-f]{12})+) -->")


@frozen
class Regenerated:
    """What a run found, and the files it changed.

    Attributes:
        review: What the change means, once the versions were raised.
        changed: The names of the files, in no order; of the client only its folder.
    """

    review: Review
    changed: frozenset[str]


def regenerate(base: str | None, today: dt.date) -> Regenerated:
    """Bring client, versions and changelog of the current folder up to its contract.

    Args:
        base: What the change is reviewed against, as `nox -s review` takes it; None for the merge base with main.
        today: The day that decides which sunsets and approvals have passed.

    Raises:
        ContractError: The contract has faults. Nothing was written.
        DocumentError: There is no such base, or it cannot be compared.
    """
    source = base_of(base, Source(CONTRACT))
    before = _contents()
    generate(Path(CONTRACT), Path(GENERATED), house_rules=True)
    found = _review(source, today)
    due = {check.name: str(check.due) for check in found.versions if check.enough is False}
    if "info.version" in due:
        _edit(CONTRACT, lambda text: with_contract_version(text, due["info.version"]))
        generate(Path(CONTRACT), Path(GENERATED), house_rules=True)
    if "package version" in due:
        _edit(VERSION, lambda text: with_package_version(text, due["package version"]))
    versions = [
        evolve(check, revision=due.get(check.name, check.revision), enough=check.name in due or check.enough)
        for check in found.versions
    ]
    found = evolve(found, versions=tuple(versions))
    old = source.text_beside(CHANGELOG) or ""
    _edit(CHANGELOG, lambda text: with_draft(text, drafted(found.findings), old))
    after = _contents()
    return Regenerated(found, frozenset(name for name in WRITTEN if before[name] != after[name]))


def _review(base: Source, today: dt.date) -> Review:
    approvals, severities = load_decisions(Path(FILE))
    given = Source(CONTRACT)
    return review(base, given, wire_only=False, approvals=approvals, today=today, severities=severities)


def _contents() -> dict[str, object]:
    return {
        name: {str(file): file.read_bytes() for file in path.rglob("*.py")} if path.is_dir() else path.read_bytes()
        for name, path in ((name, Path(name)) for name in WRITTEN)
        if path.exists()
    }


def _edit(name: str, change: Callable[[str], str]) -> None:
    path = Path(name)
    text = path.read_text(encoding="utf-8")
    if (edited := change(text)) != text:
        path.write_text(edited, encoding="utf-8")


def with_contract_version(text: str, version: str) -> str:
    """Return a contract with another `info.version`, and nothing else changed."""
    lines = text.splitlines(keepends=True)
    index = parse(text, CONTRACT).line(["info", "version"]) - 1
    lines[index] = re.sub(r"""(\bversion"?: *["']?)[^\s"',#}]+""", rf"\g<1>{version}", lines[index], count=1)
    return "".join(lines)


def with_package_version(text: str, version: str) -> str:
    """Return the module that states the version of the package, with another one."""
    return re.sub(r'^__version__ = "[^"]+"$', f'__version__ = "{version}"', text, count=1, flags=re.MULTILINE)


def with_draft(changelog: str, entries: Mapping[str, Mapping[str, Finding]], base: str) -> str:
    """Return a changelog whose section Unreleased tells what a review found.

    Each line that is added ends with the fingerprint of its finding, in a comment that no reader sees. A line that has
    one is left as it is, so that people may write it better; one that this branch brought for a finding that is gone
    goes too.

    Args:
        changelog: The changelog, in the form of Keep a Changelog.
        entries: The lines by section, each with its finding.
        base: The changelog where the branch began: what stands there stays.
    """
    wanted = {finding.fingerprint for lines in entries.values() for finding in lines.values()}
    found = _UNRELEASED.search(changelog)
    if found is None:
        start = re.search(r"^## ", changelog, flags=re.MULTILINE)
        at = start.start() if start else len(changelog)
        heading = "" if not wanted else "## [Unreleased]\n\n"
        changelog = changelog[:at] + heading + changelog[at:]
        found = _UNRELEASED.search(changelog)
    if found is None:
        return changelog

    def kept(entry: re.Match[str]) -> str:
        marks = _marks(entry[0])
        return entry[0] if not marks or marks & wanted or entry[0] in base else ""

    section = _ENTRY.sub(kept, found[0])
    told = _marks(section)
    for title, lines in entries.items():
        new = [
            f"{line} <!-- {finding.fingerprint} -->"
            for line, finding in lines.items()
            if finding.fingerprint not in told and line not in section.splitlines()
        ]
        if new:
            section = _with_lines(section, title, new)
    if section != found[0]:
        section = re.sub(r"^### \w+\n\s*(?=^#|\Z)", "", section, flags=re.MULTILINE)  # headings that lost all lines
    rest = changelog[found.end() :]
    return changelog[: found.start()] + (section.rstrip("\n") + "\n" + ("\n" if rest else "")) + rest


def _marks(text: str) -> set[str]:
    return {mark for marks in _MARK.findall(text) for mark in marks.split()}


def _with_lines(section: str, title: str, lines: Sequence[str]) -> str:
    """Return a section with lines added at the end of one of its parts, which is made where it belongs."""
    parts = re.split(r"^(?=### )", section, flags=re.MULTILINE)
    heading = f"### {title}\n"
    added = "\n".join(lines) + "\n\n"
    for index, part in enumerate(parts):
        if part.startswith(heading):
            parts[index] = part.rstrip("\n") + ("\n" if "\n- " in part else "\n\n") + added
            return "".join(parts)
    later = {f"### {name}\n" for name in _SECTIONS[_SECTIONS.index(title) + 1 :]}
    index = next((i for i, part in enumerate(parts) if any(map(part.startswith, later))), len(parts))
    parts[index - 1] = parts[index - 1].rstrip("\n") + "\n\n"
    parts.insert(index, f"{heading}\n{added}")
    return "".join(parts)


def _commit(summary: str) -> None:
    paths = [name for name in (*WRITTEN, *INPUTS) if Path(name).exists()]
    for arguments in (["add", "--", *paths], ["commit", "--quiet", f"--message={summary}", "--", *paths]):
        result = git(*arguments)
        if result.returncode != 0:
            reason = (result.stderr or result.stdout).decode("utf-8", "replace").strip()
            raise DocumentError("git", None, f"could not {arguments[0]}: {reason}")


def _is_committed() -> bool:
    return not git("status", "--porcelain", "--", *WRITTEN, *INPUTS).stdout


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code: 0 when all was done, 2 when it could not be."""
    parser = argparse.ArgumentParser(
        prog="python -m workflow.regenerate",
        description="Generate the client, review the change, raise the versions it asks for, draft the changelog.",
    )
    parser.add_argument("base", nargs="?", metavar="BASE", help="as for the review; default: the merge base with main")
    parser.add_argument("--commit", action="store_true", help="commit the contract and all that follows from it")
    options = parser.parse_args(arguments)
    try:
        done = regenerate(options.base, dt.datetime.now(dt.UTC).date())
        terminal.show(done.review, Console(highlight=False))
        versions = ", ".join(f"{check.name} {check.revision}" for check in done.review.versions)
        summary = f"Regenerate the client: {done.review.verdict}, {versions}"
        print(f"\n{', '.join(sorted(done.changed)) or 'nothing'} changed.")
        if _is_committed():
            print("All of it is committed.")
        elif options.commit:
            _commit(summary)
            print(f"Committed: {summary}")
            if rest := git("status", "--porcelain").stdout.decode("utf-8", "replace"):
                print(f"Not in it, as nothing of the client is made from it:\n{rest.rstrip()}")
        else:
            hint = f"Read {CHANGELOG}, then commit" if CHANGELOG in done.changed else "Commit"
            print(f"{hint} with: git add --all && git commit")
    except (ContractError, DocumentError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
