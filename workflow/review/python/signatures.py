"""Read what griffe found of a class or function: annotations, arguments, fields, bases."""

from __future__ import annotations

import re
from collections.abc import Iterator

import griffe
from attrs import frozen

UNKNOWN = "..."
"""A default that no signature tells: of an argument that may be left out of `**options`."""

_SHORT = re.compile(r"\b(?:typing|typing_extensions|collections\.abc|builtins)\.")
_QUALIFIED = re.compile(r"(?P<qualifier>Required|NotRequired|ReadOnly)\[(?P<type>.*)\]")
_RECORD_DECORATORS = frozenset({"define", "frozen", "mutable", "s", "attrs", "dataclass"})
_RECORD_BASES = frozenset({"TypedDict", "NamedTuple"})
_FIELD_MAKERS = frozenset({"field", "ib", "attrib"})
_TYPE_VARIABLES = frozenset({"TypeVar", "ParamSpec", "TypeVarTuple"})

Member = griffe.Object | griffe.Alias
"""What griffe keeps under a name: the thing itself, or where it is imported from."""


@frozen
class Parameter:
    """A parameter of a function, or a field that is given when a class is constructed.

    Attributes:
        name: Its name.
        kind: How it may be passed: `positional or keyword`, `keyword-only`, ...
        type: Its annotation as text.
        default: Its default as text; None when it is required, `UNKNOWN` when nothing tells what it is.
    """

    name: str
    kind: str
    type: str
    default: str | None


def target_of(member: Member) -> griffe.Object | None:
    """Return what a name stands for; None when that is outside the packages that were loaded."""
    if isinstance(member, griffe.Object):
        return member
    try:
        target = member.final_target
    except griffe.GriffeError:
        return None
    return target if isinstance(target, griffe.Object) else None


def type_text(annotation: griffe.Expr | str | None, packages: frozenset[str]) -> str:
    """Write an annotation the same whatever way its names were imported.

    Args:
        annotation: The annotation.
        packages: Packages whose names are written without their module, as they may move.
    """
    # What `Annotated` adds is for other programs than the type checker.
    while isinstance(annotation, griffe.ExprSubscript) and _last(annotation.left) == "Annotated":
        annotation = (
            annotation.slice.elements[0] if isinstance(annotation.slice, griffe.ExprTuple) else annotation.slice
        )
    if not isinstance(annotation, griffe.Expr):
        return str(annotation or "")
    parts: list[str] = []
    for part in annotation.modernize().iterate(flat=True):
        is_first = isinstance(part, griffe.ExprName) and not isinstance(part.parent, griffe.ExprName)
        path = part.canonical_path if isinstance(part, griffe.ExprName) and is_first else str(part)
        parts.append(str(part) if path.partition(".")[0] in packages else path)
    return _SHORT.sub("", "".join(parts))


def ancestors(target: griffe.Class, packages: frozenset[str]) -> frozenset[str]:
    """Return the public names of all classes it is derived from, which is what `isinstance` and `except` ask for."""
    names = (type_text(base, packages).partition("[")[0] for one in _lineage(target) for base in one.bases)
    return frozenset(name for name in names if not name.rpartition(".")[2].startswith("_"))


def parameters(function: griffe.Function, loader: griffe.GriffeLoader, packages: frozenset[str]) -> Iterator[Parameter]:
    """Yield the arguments of a function; for `**options: Unpack[Options]`, one for each key of `Options`."""
    for parameter in function.parameters:
        kind = parameter.kind.value if parameter.kind else ""
        options = _unpacked(parameter.annotation, loader) if kind == "variadic keyword" else None
        if options is not None:
            yield from _keys(options, packages)
        else:
            default = None if parameter.default is None else str(parameter.default)
            yield Parameter(parameter.name, kind, type_text(parameter.annotation, packages), default)


def fields(target: griffe.Class, packages: frozenset[str]) -> Iterator[Parameter]:
    """Yield the fields that are given when a class is constructed, in order; none unless it is a record.

    Records are classes of attrs and dataclasses, named tuples and typed dictionaries.
    """
    if not is_record(target):
        return
    by_keyword = any("kw_only=True" in str(decorator.value) for decorator in target.decorators)
    for name, member in target.all_members.items():
        field = target_of(member)
        if not isinstance(field, griffe.Attribute) or not _is_field(field):
            continue
        is_keyword = by_keyword or "kw_only=True" in str(field.value)
        kind = "keyword-only" if is_keyword else "positional or keyword"
        yield Parameter(name.lstrip("_"), kind, type_text(field.annotation, packages), _default(field))


def is_record(target: griffe.Class) -> bool:
    """Whether the fields of a class are the arguments of its constructor."""
    decorators = {decorator.callable_path.rpartition(".")[2] for decorator in target.decorators}
    bases = {name.rpartition(".")[2] for name in ancestors(target, frozenset())}
    return bool(decorators & _RECORD_DECORATORS or bases & _RECORD_BASES)


def makes_type_variable(member: Member) -> bool:
    """Whether a name is only there for the annotations of a module."""
    value = member.value if isinstance(member, griffe.Attribute) else None
    return isinstance(value, griffe.ExprCall) and _last(value.function) in _TYPE_VARIABLES


def is_type_alias(member: Member) -> bool:
    """Whether a name stands for a type: by its annotation, or because nothing but a type is written so."""
    if not isinstance(member, griffe.Attribute):
        return isinstance(member, griffe.TypeAlias)
    if member.annotation is not None:
        return _last(member.annotation) == "TypeAlias"
    return isinstance(member.parent, griffe.Module) and isinstance(member.value, griffe.ExprSubscript)


def _lineage(target: griffe.Class) -> list[griffe.Class]:
    try:
        return [target, *target.mro()]
    except ValueError:
        return [target]


def _unpacked(annotation: griffe.Expr | str | None, loader: griffe.GriffeLoader) -> griffe.Class | None:
    if not isinstance(annotation, griffe.ExprSubscript) or _last(annotation.left) != "Unpack":
        return None
    if not isinstance(annotation.slice, griffe.Expr):
        return None
    try:
        found = target_of(loader.modules_collection[annotation.slice.canonical_path])
    except (KeyError, griffe.GriffeError):
        return None
    return found if isinstance(found, griffe.Class) else None


def _keys(options: griffe.Class, packages: frozenset[str]) -> Iterator[Parameter]:
    for name, member in options.all_members.items():
        key = target_of(member)
        if not isinstance(key, griffe.Attribute) or not isinstance(key.parent, griffe.Class):
            continue
        text = type_text(key.annotation, packages)
        required = str(key.parent.keywords.get("total")) != "False"
        while found := _QUALIFIED.fullmatch(text):
            text = found["type"]
            required = {"Required": True, "NotRequired": False}.get(found["qualifier"], required)
        yield Parameter(name, "keyword-only", text, None if required else UNKNOWN)


def _is_field(attribute: griffe.Attribute) -> bool:
    # What is a ClassVar belongs to the class alone; griffe takes the word away and leaves this label.
    is_annotated = attribute.annotation is not None and "instance-attribute" in attribute.labels
    return is_annotated and "property" not in attribute.labels and _argument(attribute.value, "init") != "False"


def _default(field: griffe.Attribute) -> str | None:
    if _argument(field.value, "") is None:
        is_optional = isinstance(field.parent, griffe.Class) and (
            str(field.parent.keywords.get("total")) == "False" or "NotRequired[" in str(field.annotation)
        )
        value = None if field.value is None else str(field.value)
        return UNKNOWN if is_optional else value
    factory = _argument(field.value, "factory") or _argument(field.value, "default_factory")
    return f"{factory}()" if factory else _argument(field.value, "default")


def _argument(value: griffe.Expr | str | None, name: str) -> str | None:
    """Return an argument of what makes a field, as text; an empty text when only a call was asked for."""
    if not isinstance(value, griffe.ExprCall) or _last(value.function) not in _FIELD_MAKERS:
        return None
    if not name:
        return ""
    arguments = (one for one in value.arguments if isinstance(one, griffe.ExprKeyword) and one.name == name)
    return next((str(argument.value) for argument in arguments), None)


def _last(expression: griffe.Expr | str) -> str:
    return str(expression).rpartition(".")[2]
