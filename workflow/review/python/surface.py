"""The public surface of a package: every name an importer can use, with its type or signature."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import griffe
from attrs import frozen


@frozen
class Parameter:
    """A parameter of a function.

    Attributes:
        name: Its name.
        kind: How it may be passed: `positional or keyword`, `keyword-only`, ...
        type: Its annotation as text.
        default: Its default as text; None when it is required.
    """

    name: str
    kind: str
    type: str
    default: str | None


@frozen
class Item:
    """One public name.

    Attributes:
        path: Dotted path below the package. Modules are named only when they hold nothing but functions.
        kind: `module`, `class`, `enumeration`, `alias` (of a type), `function`, `attribute`, or `member` of an
            enumeration.
        type: Annotation of an attribute, value of a member or alias, or what a function returns.
        required: Whether an attribute must be given when its class is constructed.
        parameters: Parameters of a function.
        bases: Bases of a class.
        file: Its file, relative to the folder of the package.
        line: Its line there, from 1.
    """

    path: str
    kind: str
    type: str = ""
    required: bool = False
    parameters: tuple[Parameter, ...] = ()
    bases: tuple[str, ...] = ()
    file: str = ""
    line: int = 0

    @property
    def parent(self) -> str:
        """Path of what it is defined in; empty for a module of the package itself."""
        return self.path.rpartition(".")[0]

    @property
    def name(self) -> str:
        """The last part of its path."""
        return self.path.rpartition(".")[2]


def surface(folder: Path, package: str) -> dict[str, Item]:
    """Return the public names of a package by their path, without importing it.

    Args:
        folder: The folder the package is in.
        package: Its import name.
    """
    root = griffe.load(package, search_paths=[str(folder)], allow_inspection=False)
    assert isinstance(root, griffe.Module)
    return {item.path: item for item in _items(root, folder.resolve(), len(package) + 1)}


def _items(owner: griffe.Module | griffe.Class, folder: Path, skipped: int) -> Iterator[Item]:
    has_alias = any(_is_type_alias(member) for member in owner.members.values())
    for name, member in owner.members.items():
        # Names imported from elsewhere are told where they are defined.
        if name.startswith("_") or isinstance(member, griffe.Alias):
            continue
        # A function beside an alias is how the package decodes it, which the classes it stands for do in themselves.
        if has_alias and isinstance(member, griffe.Function):
            continue
        path = member.path[skipped:]
        file = Path(str(member.filepath)).resolve().relative_to(folder).as_posix()
        line = member.lineno or 1
        if isinstance(member, griffe.Module):
            if not any(_is_module_or_type(inner) for inner in member.members.values()):
                # A module of functions is told as one; of others, what they define.
                yield Item(path, "module", file=file, line=line)
            yield from _items(member, folder, skipped)
        elif isinstance(member, griffe.Class):
            bases = tuple(str(base) for base in member.bases)
            yield Item(path, "enumeration" if _is_enumeration(bases) else "class", bases=bases, file=file, line=line)
            yield from _items(member, folder, skipped)
        elif isinstance(member, griffe.Function):
            returns = str(member.returns or "")
            parameters = tuple(_parameter(parameter) for parameter in member.parameters)
            yield Item(path, "function", returns, parameters=parameters, file=file, line=line)
        elif isinstance(member, griffe.Attribute):
            yield _attribute(member, owner, path, file, line)


def _attribute(member: griffe.Attribute, owner: griffe.Module | griffe.Class, path: str, file: str, line: int) -> Item:
    if isinstance(owner, griffe.Class) and _is_enumeration(tuple(str(base) for base in owner.bases)):
        return Item(path, "member", str(member.value), file=file, line=line)
    if member.annotation is None:
        return Item(path, "attribute", str(member.value), file=file, line=line)
    if _is_type_alias(member):
        return Item(path, "alias", str(member.value), file=file, line=line)
    required = isinstance(owner, griffe.Class) and member.value is None
    return Item(path, "attribute", str(member.annotation), required, file=file, line=line)


def _parameter(parameter: griffe.Parameter) -> Parameter:
    kind = parameter.kind.value if parameter.kind else ""
    default = None if parameter.default is None else str(parameter.default)
    return Parameter(parameter.name, kind, str(parameter.annotation or ""), default)


def _is_enumeration(bases: tuple[str, ...]) -> bool:
    return any(base.rpartition(".")[2] in ("Enum", "StrEnum", "IntEnum") for base in bases)


def _is_module_or_type(member: griffe.Object | griffe.Alias) -> bool:
    return isinstance(member, (griffe.Module, griffe.Class)) or _is_type_alias(member)


def _is_type_alias(member: griffe.Object | griffe.Alias) -> bool:
    return isinstance(member, griffe.Attribute) and str(member.annotation).rpartition(".")[2] == "TypeAlias"
