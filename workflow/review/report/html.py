"""Write a review as one HTML page that needs nothing else: no network, no other file."""

from __future__ import annotations

import difflib
import re
from base64 import b64encode
from hashlib import sha256
from html import escape
from importlib.resources import files

from workflow.review.description import Place
from workflow.review.findings import Finding, Level
from workflow.review.report.common import (
    HEADLINES,
    Group,
    approval_warnings,
    counts,
    excerpt,
    groups,
    version_text,
)
from workflow.review.review import Review
from workflow.review.why import why

_MEANINGS = {
    Level.BREAKING: "something that worked does not any more",
    Level.RISKY: "something that worked may not, depending on the client",
    Level.SAFE: "everything that worked still works",
    Level.DOCS: "only what people read changed",
}


_MAX_NAMED = 50
"""Operations named per group (count)."""


def render(review: Review) -> str:
    """Return the page."""
    assets = files("workflow.review.report")
    style, script = ((assets / name).read_text(encoding="utf-8") for name in ("page.css", "page.js"))
    body = "\n".join([_head(review), _filters(review), *(_group(group, review) for group in groups(review.shown))])
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{_policy(style, script)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>API review: {review.verdict}</title>
<style>{style}</style>
</head>
<body>
<main>
{body}
{_changelog(review)}
</main>
<script>{script}</script>
</body>
</html>
"""


def _head(review: Review) -> str:
    versions = "".join(
        f'<li class="{"short" if check.enough is False else ""}">{escape(version_text(check))}</li>'
        for check in review.versions
    )
    warnings = "".join(f'<li class="short">{escape(warning)}</li>' for warning in approval_warnings(review))
    return f"""<header class="verdict {review.verdict}">
<h1><span class="word">{review.verdict}</span> {escape(HEADLINES[review.verdict])}</h1>
<p class="names"><code>{escape(review.base)}</code> → <code>{escape(review.revision)}</code></p>
<ul>{versions}{warnings}</ul>
</header>"""


def _filters(review: Review) -> str:
    buttons = [
        f'<label class="filter {level}"><input type="checkbox" value="{level}" checked> '
        f"<b>{count}</b> {level} <small>{_MEANINGS[level]}</small></label>"
        for level, count in counts(review).items()
    ]
    if not buttons:
        return ""
    return f'<fieldset class="filters"><legend>Show</legend>{"".join(buttons)}</fieldset>'


def _group(group: Group, review: Review) -> str:
    rest = ""
    if len(group.operations) > 1:
        names = "".join(f"<li><code>{_broken(name)}</code></li>" for name in group.operations[:_MAX_NAMED])
        if len(group.operations) > _MAX_NAMED:
            names += f"<li>and {len(group.operations) - _MAX_NAMED} more</li>"
        rest = f"<details><summary>{len(group.operations)} operations</summary><ul>{names}</ul></details>"
    findings = "\n".join(_finding(finding, review) for finding in group.findings)
    return f'<section class="group">\n<h2>{_broken(group.title)}</h2>{rest}\n{findings}\n</section>'


def _finding(finding: Finding, review: Review) -> str:
    reason = review.approved.reasons.get(finding.fingerprint)
    approved = f'<p class="approved">Approved: {escape(reason)}</p>' if reason else ""
    python = "".join(
        f'<li class="{change.level}">{_sentence(change.text)}</li>'
        for change in finding.python
        if change.text != finding.text
    )
    in_python = f'<div class="python"><h3>In Python</h3><ul>{python}</ul></div>' if python else ""
    level, fingerprint = finding.worst_level, finding.fingerprint
    return f"""<article class="finding {level}" id="{fingerprint}" data-level="{level}">
<p class="text"><span class="level">{level}</span> {_sentence(finding.text)}</p>
<p class="why">{escape(why(finding)).capitalize()}.</p>
<p class="facts"><code>{finding.rule}</code> <a href="#{fingerprint}"><code>{fingerprint}</code></a></p>
{approved}{in_python}{_sides(finding)}
</article>"""


def _sides(finding: Finding) -> str:
    if finding.base is None and finding.revision is None:
        return ""
    before, after = excerpt(finding.base, finding.revision), excerpt(finding.revision, finding.base)
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    lines = [[escape(line) or " " for line in side] for side in (before, after)]
    changed = [set[int](), set[int]()]
    for kind, old, old_end, new, new_end in matcher.get_opcodes():
        if kind != "equal":
            changed[0].update(range(old, old_end))
            changed[1].update(range(new, new_end))
        if kind == "replace":
            for left, right in zip(range(old, old_end), range(new, new_end), strict=False):
                lines[0][left], lines[1][right] = _marked(before[left], after[right])
    sides = (
        _side("base", finding.base, lines[0], changed[0]),
        _side("revision", finding.revision, lines[1], changed[1]),
    )
    return f'<div class="sides">{"".join(sides)}</div>'


def _marked(before: str, after: str) -> tuple[str, str]:
    """Mark the words that differ between two lines."""
    old, new = (re.findall(r"\w+|\s+|.", line) for line in (before, after))
    sides = ["", ""]
    for kind, start, end, new_start, new_end in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        for side, words in enumerate((old[start:end], new[new_start:new_end])):
            text = escape("".join(words))
            sides[side] += text if kind == "equal" or not text else f"<mark>{text}</mark>"
    return sides[0], sides[1]


def _policy(style: str, script: str) -> str:
    """Allow this page its own style and script, and nothing else."""
    hashes = (b64encode(sha256(text.encode()).digest()).decode() for text in (style, script))
    allowed = "style-src 'sha256-{}'; script-src 'sha256-{}'".format(*hashes)
    return f"default-src 'none'; {allowed}; base-uri 'none'; form-action 'none'"


def _side(name: str, place: Place | None, lines: list[str], changed: set[int]) -> str:
    where = f"{escape(place.document.path)}:{place.line}" if place is not None else ""
    caption = f"<figcaption>{name} <span>{where}</span></figcaption>"
    if not lines:
        return f'<figure class="{name} missing">{caption}<p>not there</p></figure>'
    code = "".join(
        f'<span class="line{" changed" if index in changed else ""}">{line}</span>' for index, line in enumerate(lines)
    )
    return f'<figure class="{name}">{caption}<pre>{code}</pre></figure>'


def _changelog(review: Review) -> str:
    if not review.changelog:
        return ""
    return f'<section class="changelog"><h2>Draft of the changelog</h2><pre>{escape(review.changelog)}</pre></section>'


def _sentence(text: str) -> str:
    """Escape a sentence and set words in backticks as code."""
    parts = text.split("`")
    return "".join(
        f"<code>{_broken(part)}</code>" if index % 2 and index < len(parts) - 1 else escape(part)
        for index, part in enumerate(parts)
    )


def _broken(text: str) -> str:
    """Escape a name and let it break where a reader would: after dots, slashes and underscores."""
    return escape(text).replace("/", "/<wbr>").replace(".", ".<wbr>").replace("_", "_<wbr>")
