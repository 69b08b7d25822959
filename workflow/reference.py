"""Write the API reference of both packages as Markdown, from what griffe reads in their sources.

A page is a public module. What several modules offer is told once, in the one it is defined below, and linked from the
others.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import griffe

from workflow import ROOT
from workflow.review.python.signatures import target_of

PACKAGES = (ROOT / "overlays" / "run_steps", ROOT / "generated" / "run_steps_api")
COMMANDS = "run_steps.cli"  # has a page of its own, the command line's
ENDPOINTS = "run_steps_api.api"
WAYS_TO_CALL = """Each endpoint is a module of four functions with the same arguments: `sync`, `asyncio`, and
`sync_detailed` and `asyncio_detailed`, which return the response as well. `client` may be `RunSteps.connection`."""
FIELDS_ONLY = "run_steps_api.models"  # all of them have the methods of one base class
ANY_CASE = re.compile(r"(?<![`\w\[])`([A-Za-z_][\w.]*)`(?![`\w])")
SPECIAL = re.compile(r"([\\\[\]*_<])")
LONGEST_LINE = 100
LONGEST_VALUE = 200

Documented = griffe.Class | griffe.Function | griffe.Attribute | griffe.TypeAlias


class Entry(NamedTuple):
    """A name of a public module, and where it is told."""

    name: str
    target: Documented
    page: str

    @property
    def link(self) -> str:
        """Where to read of it, from any page of the reference."""
        return f"{self.page}.md#{self.name}"


def reference(packages: Iterable[Path] = PACKAGES) -> dict[str, str]:
    """Return the pages of the reference, each with the name of its public module.

    Args:
        packages: The folders of the packages.
    """
    folders = list(packages)
    loader = griffe.GriffeLoader(
        search_paths=[folder.parent for folder in folders], docstring_parser="google", allow_inspection=False
    )
    roots = [loader.load(folder.name, try_relative_path=False) for folder in folders]
    loader.resolve_aliases()
    modules = {page.path: page for root in roots if isinstance(root, griffe.Module) for page in _pages(root)}
    offered = {path: _offered(module) for path, module in modules.items()}
    homes: dict[str, Entry] = {}
    for path in sorted(offered, key=len):  # the module nearest to the definition comes last
        for name, target in offered[path].items():
            if target.path not in homes or target.path.startswith(f"{path}."):
                homes[target.path] = Entry(name, target, path)
    return {
        path: _Writer(module, [homes[target.path] for target in offered[path].values()], homes).page()
        for path, module in modules.items()
    }


def _pages(root: griffe.Module) -> Iterator[griffe.Module]:
    yield root
    for module in sorted(root.modules.values(), key=lambda module: module.name):
        if isinstance(module, griffe.Module) and not module.name.startswith("_") and module.path != COMMANDS:
            yield module


def _offered(module: griffe.Module) -> dict[str, Documented]:
    """Return what a module offers by name: its `__all__`, else what is defined in it and in modules of no page."""
    names = module.exports or None  # a list that is computed reads as empty
    found: dict[str, Documented] = {}
    for name, member in module.members.items():
        if isinstance(member, griffe.Module):
            if module.parent and names is None:
                found |= _offered_below(member)
            continue
        if names is not None and name not in names:
            continue
        if names is None and (name.startswith("_") or not _is_ours(member, module)):
            continue
        target = target_of(member)
        if isinstance(target, griffe.Class | griffe.Function | griffe.Attribute | griffe.TypeAlias):
            found[name] = target
    return found


def _offered_below(module: griffe.Module) -> dict[str, Documented]:
    """Return the functions of endpoints, which share their names, each named with its module."""
    if below := [member for member in module.modules.values() if isinstance(member, griffe.Module)]:
        return {name: target for member in below for name, target in _offered_below(member).items()}
    return {f"{module.name}.{name}": target for name, target in _offered(module).items() if name == "sync"}


def _is_ours(member: griffe.Object | griffe.Alias, module: griffe.Module) -> bool:
    """Tell whether a name of a module without `__all__` is meant for others."""
    if isinstance(member, griffe.Alias):
        return module.is_package and not module.parent and member.target_path.split(".")[0] == module.name
    return not isinstance(member, griffe.Attribute) or member.has_docstring


class _Writer:
    """Writes one page."""

    def __init__(self, module: griffe.Module, entries: Iterable[Entry], homes: Mapping[str, Entry]) -> None:
        self._path = module.path
        self._module = module
        self._entries = sorted(entries, key=lambda entry: entry.name)
        self._homes = homes
        names = Counter(entry.name for entry in homes.values())
        self._named = {entry.name: entry for entry in homes.values() if names[entry.name] == 1}

    def page(self) -> str:
        """Return the page as Markdown."""
        own = [entry for entry in self._entries if entry.page == self._path]
        parts = [f"# {self._path}", *self._docstring(self._module)]
        if self._path == ENDPOINTS:
            parts.append(WAYS_TO_CALL)
        elif others := [entry for entry in self._entries if entry.page != self._path]:
            parts.append("\n".join(f"- [`{entry.name}`]({entry.link}): {self._summary(entry)}" for entry in others))
        for entry in own:
            parts += self._entry(entry.name, entry.target, 2)
        return "\n\n".join(parts) + "\n"

    def _entry(self, name: str, target: Documented, level: int) -> Iterator[str]:
        yield f'<a id="{name}"></a>'
        yield f"{'#' * level} `{name}`"
        if code := _code(name, target):
            yield f"```python\n{code}\n```"
        yield from self._docstring(target)
        if isinstance(target, griffe.Class):
            if any(str(base).endswith("Enum") for base in target.bases):
                yield "\n".join(
                    f"- `{member.name}`: `{member.value}`"
                    for member in target.attributes.values()
                    if not member.name.startswith("_")
                )
            elif self._path != FIELDS_ONLY:
                for member in target.members.values():
                    if isinstance(member, griffe.Function | griffe.Attribute) and _is_method(member):
                        yield from self._entry(f"{name}.{member.name}", member, level + 1)

    def _summary(self, entry: Entry) -> str:
        docstring = entry.target.docstring
        return self._linked(" ".join(docstring.value.split("\n\n")[0].split())) if docstring else ""

    def _docstring(self, target: griffe.Object) -> Iterator[str]:
        for section in target.docstring.parsed if target.docstring else []:
            match section:
                case griffe.DocstringSectionText():
                    yield self._linked(section.value)
                case griffe.DocstringSectionParameters():
                    yield self._list("Arguments", section.value)
                case griffe.DocstringSectionAttributes():
                    yield self._list("Attributes", section.value)
                case griffe.DocstringSectionReturns():
                    yield self._list("Returns", section.value)
                case griffe.DocstringSectionYields():
                    yield self._list("Yields", section.value)
                case griffe.DocstringSectionRaises():
                    yield self._list("Raises", section.value)
                case _:
                    raise ValueError(f"{target.path}: a docstring has a section {section.kind.value}, unknown here.")

    def _list(self, title: str, items: Iterable[griffe.DocstringElement]) -> str:
        lines = [f"**{title}:**", ""]
        for item in items:
            name = f"`{item.name}`" if isinstance(item, griffe.DocstringNamedElement) and item.name else ""
            kind = self._type(item.annotation) if item.annotation else ""
            if kind and name:
                kind = f"({kind})"
            head = " ".join(filter(None, (name, kind)))
            what = self._linked(" ".join(item.description.split()))
            lines.append(f"- {head}: {what}" if what else f"- {head}")
        return "\n".join(lines)

    def _type(self, annotation: str | griffe.Expr) -> str:
        """Return a type as Markdown, what has an entry linked."""
        if isinstance(annotation, str):
            return SPECIAL.sub(r"\\\1", annotation)
        return "".join(self._type_part(part) for part in annotation.iterate(flat=True))

    def _type_part(self, part: str | griffe.Expr) -> str:
        if isinstance(part, griffe.ExprName) and (entry := self._homes.get(part.canonical_path)):
            return f"[{part.name}]({entry.link})"
        return SPECIAL.sub(r"\\\1", str(part))

    def _linked(self, text: str) -> str:
        """Link what stands between backticks where it has an entry, outside of indented code."""
        return "\n".join(
            line if line.startswith("    ") else ANY_CASE.sub(self._link_of, line) for line in text.split("\n")
        )

    def _link_of(self, match: re.Match[str]) -> str:
        entry = self._named.get(match[1])
        return f"[{match[0]}]({entry.link})" if entry else match[0]


def _is_method(member: griffe.Function | griffe.Attribute) -> bool:
    is_public = not member.name.startswith("_") and member.has_docstring
    return is_public and (member.is_function or "property" in member.labels)


def _code(name: str, target: Documented) -> str:
    """Return how a name is called or what it is, in Python."""
    match target:
        case griffe.Attribute() | griffe.TypeAlias():
            if "property" in target.labels:
                return f"{name}: {target.annotation}" if isinstance(target, griffe.Attribute) else ""
            value = str(target.value)
            annotation = f": {target.annotation}" if isinstance(target, griffe.Attribute) and target.annotation else ""
            return f"{name}{annotation} = {value}" if len(value) <= LONGEST_VALUE else f"{name}{annotation}"
        case griffe.Function():
            return _call(name, target, returns=f" -> {target.returns}" if target.returns else "")
        case griffe.Class():
            bases = ", ".join(map(str, target.bases))
            init = target.members.get("__init__")
            head = f"class {name}({bases})" if bases else f"class {name}"
            return f"{head}\n\n{_call(name, init)}" if isinstance(init, griffe.Function) else head


def _call(name: str, function: griffe.Function, returns: str = "") -> str:
    arguments: list[str] = []
    star = False
    for parameter in function.parameters:
        if parameter.name in {"self", "cls"} or str(parameter.annotation) == "Never":
            continue  # `**others: Never` only takes what others call things, to answer with our words
        kind = parameter.kind
        if kind is griffe.ParameterKind.keyword_only and not star:
            arguments.append("*")
        star = star or kind in {griffe.ParameterKind.keyword_only, griffe.ParameterKind.var_positional}
        prefix = {"variadic positional": "*", "variadic keyword": "**"}.get(kind.value if kind else "", "")
        text = f"{prefix}{parameter.name}" + (f": {parameter.annotation}" if parameter.annotation else "")
        has_default = parameter.default is not None and not prefix
        arguments.append(f"{text} = {parameter.default}" if has_default else text)
    is_async = "async " if "async" in function.labels else ""
    short = f"{is_async}{name}({', '.join(arguments)}){returns}"
    if len(short) <= LONGEST_LINE:
        return short
    return f"{is_async}{name}(\n" + "".join(f"    {argument},\n" for argument in arguments) + f"){returns}"
