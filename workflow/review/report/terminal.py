"""Write a review for a terminal, in colour where the terminal has it."""

from __future__ import annotations

from io import StringIO

from rich.console import Console
from rich.text import Text

from workflow.review.description import Place
from workflow.review.findings import Finding, Level, Part
from workflow.review.report.common import HEADLINES, approval_warnings, count_text, groups, version_text
from workflow.review.review import Review
from workflow.review.verdict import Verdict
from workflow.review.why import why

_STYLES = {Level.BREAKING: "bold red", Level.RISKY: "yellow", Level.SAFE: "green", Level.DOCS: "dim"}
_VERDICT_STYLES = {Verdict.BREAKING: "bold red", Verdict.RISKY: "bold yellow"}
_INDENT = 12


def render(review: Review) -> str:
    """Return the review as plain text, as wide as a terminal usually is."""
    text = StringIO()
    show(review, Console(file=text, width=120, no_color=True, highlight=False))
    return text.getvalue()


def show(review: Review, console: Console) -> None:
    """Print the review on a console."""
    headline = Text(f"{review.verdict}: ", style=_VERDICT_STYLES.get(review.verdict, "bold green"))
    headline.append(f"{HEADLINES[review.verdict]} {count_text(review)}", style="default")
    console.print(headline, soft_wrap=not console.is_terminal)
    for group in groups(review.shown):
        console.print()
        console.print(Text(group.title, style="bold"), soft_wrap=not console.is_terminal)
        for finding in group.findings:
            _show_finding(finding, review, console)
    console.print()
    for check in review.versions:
        style = "bold red" if check.enough is False else "default"
        console.print(Text(version_text(check), style=style), soft_wrap=not console.is_terminal)
    for warning in approval_warnings(review):
        console.print(Text(warning, style="yellow"), soft_wrap=not console.is_terminal)


def _show_finding(finding: Finding, review: Review, console: Console) -> None:
    level = Text(f"  {finding.worst_level:<{_INDENT - 2}}", style=_STYLES[finding.worst_level])
    _print(level, Text(finding.text.replace("`", "")), console)
    places = " → ".join(_place(place) for place in (finding.base, finding.revision) if place is not None)
    if finding.part is Part.PACKAGE and finding.location is not None:
        places = "{}:{}".format(*finding.location)
    details = [why(finding)]
    details += [f"{finding.rule} {finding.fingerprint}" + (f"  {places}" if places else "")]
    details += [f"Python: {change.text.replace('`', '')}" for change in finding.python if change.text != finding.text]
    reason = review.approved.reasons.get(finding.fingerprint)
    if reason:
        details.append(f"approved: {reason}")
    for detail in details:
        _print(Text(" " * _INDENT, style="dim"), Text(detail, style="dim"), console)


def _print(margin: Text, text: Text, console: Console) -> None:
    """Print a text beside a margin: a terminal breaks it between words, a file gets one line."""
    if not console.is_terminal:
        console.print(margin.append_text(text), soft_wrap=True)
        return
    for number, line in enumerate(text.wrap(console, max(20, console.width - _INDENT))):
        console.print((margin if number == 0 else Text(" " * _INDENT)).append_text(line), soft_wrap=True)


def _place(place: Place) -> str:
    return f"{place.document.path}:{place.line}"
