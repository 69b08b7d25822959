"""The public surface of packages: every name an importer can use, with its type or signature."""

from __future__ import annotations

import builtins
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import griffe
from attrs import evolve, frozen

from workflow.review.python.signatures import (
    Member,
    Parameter,
    ancestors,
    fields,
    is_type_alias,
    makes_type_variable,
    parameters,
    target_of,
    type_text,
)

_ENUMERATIONS = frozenset({"enum.Enum", "enum.StrEnum", "enum.IntEnum", "enum.Flag", "enum.IntFlag"})
_WAYS_TO_CALL = frozenset({"async", "classmethod", "staticmethod", "contextmanager", "asynccontextmanager"})
_SPECIAL = re.compile(r"__\w+__")


@frozen
class Item:
    """One public name.

    Attributes:
        path: Dotted path by which it is imported.
        origin: Dotted path of where it is defined, which may be private.
        kind: `module`, `class`, `enumeration`, `alias` (of a type), `function`, `attribute`, `constant`, `member` of an
            enumeration, or `name` (of something that is defined outside the packages or made when it is asked for).
        type: Annotation of an attribute, value of a member, constant or alias, or what a function returns.
        parameters: Parameters of a function, or of what constructs a class.
        overloads: Signatures of a function that type checkers go by, as text.
        labels: What else decides how it is used: `async`, `classmethod`, `read-only`, ...
        bases: Public classes a class is derived from, however far away.
        file: Its file, relative to the folder that all packages are in.
        line: Its line there, from 1.
    """

    path: str
    origin: str
    kind: str
    type: str = ""
    parameters: tuple[Parameter, ...] = ()
    overloads: frozenset[str] = frozenset()
    labels: frozenset[str] = frozenset()
    bases: frozenset[str] = frozenset()
    file: str = ""
    line: int = 0

    @property
    def parent(self) -> str:
        """Path of what it is found in; empty for a package."""
        return self.path.rpartition(".")[0]

    @property
    def name(self) -> str:
        """The last part of its path."""
        return self.path.rpartition(".")[2]


Surface = dict[str, Item]
"""Public names by their path."""


def surface(folder: Path, packages: Sequence[str]) -> Surface:
    """Return the public names of packages by their path, without importing anything.

    Public are modules whose path has no part with an underscore before it, and in them the names of `__all__`; where
    there is none, what they define, and what the `__init__` of a package imports from that package. What is public in
    several places is told in each.

    Args:
        folder: The folder that all of them are in.
        packages: Their folders, relative to that one.

    Raises:
        SyntaxError: A module is not valid Python.
    """
    folder = folder.resolve()
    paths = [folder / package for package in packages]
    loader = griffe.GriffeLoader(search_paths=[str(path.parent) for path in paths], allow_inspection=False)
    roots = [loader.load(path.name, try_relative_path=False) for path in paths]
    reader = _Reader(folder, frozenset(path.name for path in paths), loader)
    items = {item.path: item for root in roots if isinstance(root, griffe.Module) for item in reader.module(root)}
    # A class that cannot be imported is nothing to ask for with `isinstance`.
    classes = {item.name for item in items.values() if item.kind == "class"} | set(dir(builtins))
    return {
        path: evolve(item, bases=frozenset(base for base in item.bases if "." in base or base in classes))
        for path, item in items.items()
    }


@frozen
class _Reader:
    """Reads items; knows where the packages are and which they are."""

    folder: Path
    packages: frozenset[str]
    loader: griffe.GriffeLoader

    def module(self, module: griffe.Module) -> Iterator[Item]:
        yield self._item("module", module.path, module, module)
        # Of an `__all__` that is worked out at run time nothing can be read: then it is as if there were none.
        exported = {str(name) for name in module.exports} if module.exports else None
        for name, member in module.members.items():
            target = target_of(member)
            if member is target and isinstance(target, griffe.Module):
                if not name.startswith("_"):
                    yield from self.module(target)
            elif _is_public(member, module, exported):
                yield from self._named(target, member, f"{module.path}.{name}")
        for name in sorted((exported or set()) - module.members.keys()):
            yield self._item("name", f"{module.path}.{name}", module, module)

    def _named(self, target: griffe.Object | None, member: Member, path: str) -> Iterator[Item]:
        if isinstance(target, griffe.Class):
            yield from self._class(target, member, path)
        elif isinstance(target, griffe.Function):
            labels = target.labels | {decorator.callable_path.rpartition(".")[2] for decorator in target.decorators}
            item = self._item("function", path, target, member)
            yield evolve(
                item,
                type=self._type(target.returns),
                parameters=tuple(parameters(target, self.loader, self.packages)),
                overloads=frozenset(self._overload(overload) for overload in target.overloads or ()),
                labels=frozenset(labels & _WAYS_TO_CALL),
            )
        elif isinstance(target, griffe.Attribute):
            yield self._attribute(target, member, path)
        elif isinstance(target, griffe.TypeAlias):
            yield evolve(self._item("alias", path, target, member), type=self._type(target.value))
        elif isinstance(member, griffe.Alias):
            # Of a module that is told at its own place, or of something outside the packages.
            yield evolve(self._item("name", path, None, member), type=_outside(member, self.packages))

    def _class(self, target: griffe.Class, member: Member, path: str) -> Iterator[Item]:
        bases = ancestors(target, self.packages)
        item = self._item("enumeration" if bases & _ENUMERATIONS else "class", path, target, member)
        yield evolve(item, bases=bases, parameters=tuple(fields(target, self.packages)))
        for name, inner in target.all_members.items():
            found = target_of(inner)
            if not name.startswith("_") or (_SPECIAL.fullmatch(name) and isinstance(found, griffe.Function)):
                yield from self._named(found, inner, f"{path}.{name}")

    def _attribute(self, target: griffe.Attribute, member: Member, path: str) -> Item:
        item = self._item("attribute", path, target, member)
        if "property" in target.labels:
            labels = frozenset({"read-only"} if target.setter is None else ())
            return evolve(item, type=self._type(target.annotation), labels=labels)
        if is_type_alias(target):
            return evolve(item, kind="alias", type=self._type(target.value))
        owner = target.parent
        if isinstance(owner, griffe.Class) and ancestors(owner, self.packages) & _ENUMERATIONS:
            return evolve(item, kind="member", type=str(target.value))
        if target.annotation is None and "instance-attribute" not in target.labels:
            return evolve(item, kind="constant", type=str(target.value))
        # What a method assigns may be written in many ways, so without an annotation its type is not known.
        return evolve(item, type=self._type(target.annotation))

    def _overload(self, overload: griffe.Function) -> str:
        given = ", ".join(
            f"{one.name}: {one.type or 'Any'}" + (f" = {one.default}" if one.default is not None else "")
            for one in parameters(overload, self.loader, self.packages)
        )
        return f"({given}) -> {self._type(overload.returns) or 'Any'}"

    def _type(self, annotation: griffe.Expr | str | None) -> str:
        return type_text(annotation, self.packages)

    def _item(self, kind: str, path: str, target: griffe.Object | None, member: Member) -> Item:
        line = (member.alias_lineno if isinstance(member, griffe.Alias) and target is None else member.lineno) or 1
        place = target or member.parent
        origin = member.target_path if isinstance(member, griffe.Alias) and target is None else member.canonical_path
        file = place.filepath if place is not None else None
        name = file.relative_to(self.folder).as_posix() if isinstance(file, Path) else ""
        return Item(path, origin, kind, file=name, line=line)


def _is_public(member: Member, module: griffe.Module, exported: set[str] | None) -> bool:
    if exported is not None:
        return member.name in exported
    if member.name.startswith("_") or makes_type_variable(member):
        return False
    if isinstance(member, griffe.Alias):
        return module.is_init_module and member.target_path.startswith(f"{module.path}.")
    return True


def _outside(member: griffe.Alias, packages: frozenset[str]) -> str:
    """Return where a name comes from, when that is outside the packages: what is inside may move."""
    return "" if member.target_path.partition(".")[0] in packages else member.target_path
