"""Write a review for people and programs: terminal, JSON, Markdown, GitHub annotations, HTML."""

from __future__ import annotations

from collections.abc import Callable

from workflow.review.report import github, html, json, markdown, terminal
from workflow.review.review import Review

FORMATS: dict[str, Callable[[Review], str]] = {
    "terminal": terminal.render,
    "json": json.render,
    "markdown": markdown.render,
    "github": github.render,
    "html": html.render,
}
"""What writes a review, by the name of the format."""
