"""Review a change of the contract: ``python -m workflow.review [BASE [REVISION]]``.

Exit codes: 0 when nothing reached the threshold of ``--fail-on`` and every version was raised far enough, 1 when not, 2
for bad input.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gc
import sys
from collections.abc import Sequence
from pathlib import Path

from attrs import evolve
from rich.console import Console

from workflow.document import DocumentError
from workflow.review.approvals import FILE, load_decisions
from workflow.review.findings import Level
from workflow.review.report import FORMATS, terminal
from workflow.review.report.common import version_text
from workflow.review.review import Review, review
from workflow.review.sources import Source, git, source

_CONTRACT = "openapi.yaml"
_MAIN_BRANCHES = ("main", "origin/main")
_NEVER = "none"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command.

    Args:
        arguments: What follows the name of the command; what the shell gave when left out.

    Returns:
        The exit code.
    """
    options = parser().parse_args(arguments)
    today = dt.datetime.now(dt.UTC).date()
    try:
        revision = source(options.revision)
        base = base_of(options.base, revision)
        approvals, severities = load_decisions(Path(options.approvals))
        result = review(
            base,
            revision,
            wire_only=options.wire_only,
            approvals=approvals,
            today=today,
            strict=options.strict,
            severities={**severities, **dict(options.severity)},
        )
    except DocumentError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    _write(evolve(result, least=Level(options.level)), options.format, options.output)
    short = [] if options.no_version_check else [check for check in result.versions if check.enough is False]
    for check in short:
        advice = f"Raise it to {check.due} or beyond, or give --no-version-check."
        print(f"error: {version_text(check)} {advice}", file=sys.stderr)
    is_open = options.fail_on != _NEVER and bool(result.open_findings(Level(options.fail_on)))
    return 1 if is_open or short else 0


def parser() -> argparse.ArgumentParser:
    """Return what understands the arguments of the command."""
    command = argparse.ArgumentParser(
        prog="python -m workflow.review",
        description="Review a change of the contract and of the packages that belong to it.",
    )
    command.add_argument(
        "base",
        nargs="?",
        metavar="BASE",
        help="the contract before: a file, GIT-REVISION:PATH, or a git revision; default: the merge base with main",
    )
    command.add_argument(
        "revision",
        nargs="?",
        metavar="REVISION",
        default=_CONTRACT,
        help=f"the contract after, a file or GIT-REVISION:PATH; default: {_CONTRACT}",
    )
    command.add_argument("--wire-only", action="store_true", help="compare the descriptions, not the packages")
    command.add_argument(
        "--strict", action="store_true", help="let a property that comes to a closed object of a response break clients"
    )
    command.add_argument(
        "--severity",
        action="append",
        default=[],
        type=_severity,
        metavar="RULE=LEVEL",
        help="the level of a rule here, such as default-changed=risky; may be repeated",
    )
    command.add_argument(
        "--level", choices=[*Level], default=Level.DOCS, help="the least level that reports show; default: docs, all"
    )
    command.add_argument("--format", choices=FORMATS, default="terminal", help="how to write the review")
    command.add_argument("--output", metavar="FILE", type=Path, help="where to write it; default: standard output")
    levels = (Level.BREAKING.value, Level.RISKY.value, _NEVER)
    help_text = "the level from which unapproved changes make the command exit with 1; default: breaking"
    command.add_argument("--fail-on", choices=levels, default=levels[0], help=help_text)
    command.add_argument(
        "--no-version-check", action="store_true", help="let a version pass that was not raised far enough"
    )
    command.add_argument("--approvals", metavar="FILE", default=FILE, help=f"accepted changes; default: {FILE}")
    return command


def _severity(text: str) -> tuple[str, Level]:
    rule, _, level = text.partition("=")
    try:
        return rule, Level(level)
    except ValueError:
        raise argparse.ArgumentTypeError(f"expected RULE=LEVEL, with one of {', '.join(Level)}") from None


def base_of(argument: str | None, revision: Source) -> Source:
    """Understand what a user wrote for the base of a review: nothing stands for the merge base with main.

    Raises:
        DocumentError: There is no such merge base here.
    """
    if argument is None:
        return Source(revision.root, _merge_base())
    is_file = Path(argument).exists() or Path(argument).suffix in (".yaml", ".yml", ".json")
    if ":" not in argument and not is_file:
        return Source(revision.root, argument)
    return source(argument)


def _merge_base() -> str:
    for branch in _MAIN_BRANCHES:
        result = git("merge-base", "HEAD", branch)
        if result.returncode == 0:
            found = result.stdout.decode().strip()
            head = git("rev-parse", "HEAD").stdout.decode().strip()
            # What readers know the revision by; twelve digits still name it to git.
            return "HEAD" if found == head else found[:12]
    raise DocumentError("BASE", None, "no merge base with main was found here; name the base")


def _write(result: Review, form: str, output: Path | None) -> None:
    if output is not None:
        output.write_text(FORMATS[form](result), encoding="utf-8")
    elif form == "terminal":
        terminal.show(result, Console(highlight=False))
    else:
        sys.stdout.write(FORMATS[form](result))


if __name__ == "__main__":
    # Nearly all objects live until the end; looking for garbage among them would take a third of the time.
    gc.disable()
    sys.exit(main())
