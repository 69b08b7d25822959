"""Tell what published descriptions bring: ``python -m workflow.upstream NAME[=FILE]...``.

Each description is cut down to our part, which is compared with the part recorded last, and recorded on request.
Nothing here changes the contract. Exit codes: 0 when nothing is to be told, 1 when something is, 2 when a description
could not be read.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import httpx
from attrs import evolve, frozen

from workflow.document import Document, DocumentError, parse
from workflow.review.findings import visible
from workflow.review.report import FORMATS
from workflow.review.review import review
from workflow.review.sources import Source
from workflow.review.verdict import Verdict
from workflow.upstream.covers import Coverage, Entry, Intended, covers, unfolded
from workflow.upstream.slicing import Slice, sliced

FOLDER = Path("upstream")
SOURCES = FOLDER / "sources.toml"
CONTRACT = "openapi.yaml"

_MAX_BYTES = 64 * 2**20

_MALFORMED = (AttributeError, KeyError, TypeError, ValueError)
"""What comes of mappings that are none, and the like: whatever others publish, it costs only what they publish."""


@frozen
class Published:
    """A description that others publish, as `sources.toml` names it.

    Attributes:
        name: What the command and the recorded slice call it.
        title: What readers call it.
        places: Addresses it may be at; the first that has our part counts.
        paths: Shapes of the paths that are ours.
        intended: What is meant to differ between our contract and this one.
        shared: What is meant to differ between our contract and any.
    """

    name: str
    title: str
    places: tuple[str, ...]
    paths: tuple[str, ...]
    intended: tuple[Intended, ...] = ()
    shared: tuple[Intended, ...] = ()

    @property
    def recorded(self) -> Path:
        """The file of the slice recorded last."""
        return FOLDER / f"{self.name}.json"


@frozen
class _Given(Source):
    """A description that is in memory."""

    given: str = ""

    def read(self, path: str) -> Document:
        return parse(self.text(path), path)

    def text(self, path: str) -> str:
        if path != self.root:
            raise DocumentError(path, None, "there is no such file")
        return self.given


class GoneError(Exception):
    """No place has our part of a description any more."""


def load_sources(path: Path) -> dict[str, Published]:
    """Read which descriptions are published where.

    Raises:
        DocumentError: The file is not there or lacks something.
    """
    try:
        settings = tomllib.loads(path.read_text(encoding="utf-8"))
        shared = _intended(settings.pop("intended", []))
        return {
            name: Published(
                name,
                one["title"],
                tuple(one["places"]),
                tuple(one["paths"]),
                _intended(one.get("intended", [])),
                shared,
            )
            for name, one in settings.items()
        }
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise DocumentError(str(path), None, f"cannot be read: {error}") from None
    except KeyError as error:
        raise DocumentError(str(path), None, f"a source lacks {error}") from None


def _intended(entries: Sequence[Mapping[str, Any]]) -> tuple[Intended, ...]:
    return tuple(Intended(tuple(entry["what"]), entry["reason"]) for entry in entries)


def cut(text: str, name: str, source: Published) -> Slice:
    """Cut our part out of the text of a description.

    Raises:
        DocumentError: It is no description.
        GoneError: Nothing in it is ours.
    """
    try:
        result = sliced(parse(text, name).data, source.paths)
    except _MALFORMED as error:
        raise DocumentError(name, None, f"not a description: {error}") from None
    if not result.data["paths"]:
        raise GoneError(f"{name}: none of its paths is ours any more")
    return result


def fetched(source: Published, client: httpx.Client) -> tuple[str, Slice]:
    """Return the place that has our part of a description, and that part.

    Raises:
        GoneError: No place has it, with what each said.
    """
    reasons: list[str] = []
    for place in source.places:
        try:
            return place, cut(_text_at(place, client), place, source)
        except httpx.HTTPStatusError as error:
            reasons.append(f"{place}: status {error.response.status_code}")
        except (httpx.HTTPError, UnicodeDecodeError) as error:
            reasons.append(f"{place}: {type(error).__name__}: {error}")
        except (DocumentError, GoneError) as error:
            reasons.append(str(error))
    raise GoneError("\n".join(reasons))


def _text_at(place: str, client: httpx.Client) -> str:
    with client.stream("GET", place) as response:
        response.raise_for_status()
        content = bytearray()
        for piece in response.iter_bytes():
            content += piece
            if len(content) > _MAX_BYTES:
                raise DocumentError(place, None, f"is larger than {_MAX_BYTES} bytes")
    return content.decode("utf-8-sig")


def written(data: Mapping[str, Any]) -> str:
    """Return the text of a slice; JSON, as no two readers of YAML agree on all of it."""
    return json.dumps(data, indent=1, ensure_ascii=False) + "\n"


def brought(source: Published, new: str, today: dt.date, form: str) -> str:
    """Return what a new slice brings, in the words of the review; empty when it is the one recorded last."""
    old = source.recorded.read_text(encoding="utf-8") if source.recorded.exists() else ""
    if old == new:
        return ""
    if not old:
        return f"{source.title}: nothing was recorded yet.\n"
    base, revision = _Given(str(source.recorded), None, old), _Given(f"{source.name} now", None, new)
    found = review(base, revision, wire_only=True, approvals=[], today=today)
    if found.verdict is Verdict.NONE:
        return f"{source.title}: only the way it is written changed.\n"
    return FORMATS[form](evolve(found, versions=()))


def coverage(source: Published, data: Mapping[str, Any], today: dt.date) -> Coverage:
    """Compare our contract with a slice."""
    theirs = _Given(source.name, None, written(unfolded(data)))
    found = covers(Source(CONTRACT), theirs, today, [*source.intended, *source.shared])
    own = {pattern for decision in source.intended for pattern in decision.what}
    return evolve(found, unused=tuple(pattern for pattern in found.unused if pattern in own))


def told(source: Published, found: Coverage) -> str:
    """Write down how far our contract covers a description."""
    parts = [f"## {source.title}: {len(found.open)} to look at, {_meant(found)} meant\n"]
    refused = [_line(entry) for entry in found.refused]
    if refused:
        parts.append(
            "From our contract to theirs, what one side may send and the other refuses:\n\n" + "".join(refused)
        )
    # Others chose these names: as code they are nothing but text.
    unnamed = [_line(evolve(entry, text=f"`{visible(entry.text).replace('`', '')}`")) for entry in found.unnamed]
    if unnamed:
        parts.append("What they name and our contract does not:\n\n" + "".join(unnamed))
    if found.unused:
        unused = "".join(f"- `{pattern}`\n" for pattern in found.unused)
        parts.append("Said to be meant, and not there:\n\n" + unused)
    return "\n".join(parts)


def _meant(found: Coverage) -> int:
    return len(found.refused) + len(found.unnamed) - len(found.open)


def _line(entry: Entry) -> str:
    return (
        f"- {entry.text} (`{visible(entry.where).replace('`', '')}`)"
        + (f" Meant: {entry.reason}" if entry.reason else "")
        + "\n"
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code."""
    options = parser().parse_args(arguments)
    today = dt.datetime.now(dt.UTC).date()
    try:
        sources = load_sources(SOURCES)
        asked = dict(_asked(word, sources) for word in options.names or sources)
    except DocumentError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    code = 0
    for source, file in asked.items():
        try:
            code = max(code, _tell(source, file, options, today))
        except (DocumentError, GoneError, *_MALFORMED) as error:
            reason = f"not a description: {error!r}" if isinstance(error, _MALFORMED) else str(error)
            print(f"error: {source.name}: {reason}", file=sys.stderr)
            if options.into is not None:
                (options.into / f"{source.name}.gone").write_text(f"{reason}\n", encoding="utf-8")
            code = 2
    return code


def _asked(word: str, sources: Mapping[str, Published]) -> tuple[Published, str]:
    name, _, file = word.partition("=")
    if name not in sources:
        raise DocumentError(str(SOURCES), None, f"names no {name!r}, only {', '.join(sources)}")
    return sources[name], file


def _tell(source: Published, file: str, options: argparse.Namespace, today: dt.date) -> int:
    place, new = _found(source, file, fetch=options.fetch)
    for reference in new.left_open:
        print(f"{source.name}: left open, as it leads nowhere in {place}: {reference}", file=sys.stderr)
    text = written(new.data)
    if options.covers:
        answer = coverage(source, new.data, today)
        print(told(source, answer))
        return 1 if answer.open else 0
    form = "terminal" if options.into is None else "markdown"
    report = brought(source, text, today, form)
    paths = len(new.data["paths"])
    print(f"{source.title}: {paths} path{'s' * (paths != 1)} and {new.components} components of {place}\n")
    print(report or "As it was recorded.\n")
    if options.into is not None and not report:
        (options.into / f"{source.name}.same").touch()
    elif options.into is not None:
        (options.into / f"{source.name}.json").write_text(text, encoding="utf-8")
        more = told(source, coverage(source, new.data, today))
        (options.into / f"{source.name}.md").write_text(f"{report}\n{more}\nFrom {place}\n", encoding="utf-8")
    if report and options.record:
        source.recorded.write_text(text, encoding="utf-8")
        print(f"Recorded in {source.recorded}.")
    return 1 if report else 0


def _found(source: Published, file: str, *, fetch: bool) -> tuple[str, Slice]:
    if fetch and not file:
        with httpx.Client(follow_redirects=True, timeout=60) as client:
            return fetched(source, client)
    path = Path(file) if file else source.recorded
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        hint = "" if file else f"; give {source.name}=FILE, or --fetch"
        raise DocumentError(str(path), None, f"cannot be read: {error}{hint}") from None
    return str(path), cut(text, str(path), source)


def parser() -> argparse.ArgumentParser:
    """Return what understands the arguments of the command."""
    command = argparse.ArgumentParser(
        prog="python -m workflow.upstream", description="Tell what published descriptions of the interface bring."
    )
    help_text = f"a source of {SOURCES}, and the file its description is in; default: all sources, as recorded last"
    command.add_argument("names", nargs="*", metavar="NAME[=FILE]", help=help_text)
    command.add_argument("--fetch", action="store_true", help="get the descriptions from where they are published")
    command.add_argument("--record", action="store_true", help="record the slice, so that the next is compared with it")
    help_text = "tell instead whether our contract accepts whatever the description says, and what it does not name"
    command.add_argument("--covers", action="store_true", help=help_text)
    help_text = "folder for what came of each source: its slice and a report, why it is gone, or that it is the same"
    command.add_argument("--into", metavar="FOLDER", type=Path, help=help_text)
    return command


if __name__ == "__main__":
    sys.exit(main())
