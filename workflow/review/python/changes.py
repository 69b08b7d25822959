"""Compare two surfaces: what code that imports the package has to change, if anything."""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import evolve

from workflow.review.findings import Level, PythonChange
from workflow.review.python.surface import Item, Parameter

Surface = dict[str, Item]


def compare_surfaces(base: Surface, revision: Surface) -> list[PythonChange]:
    """Return what changed for someone who imports the package, worst first.

    Args:
        base: The surface before.
        revision: The surface after.
    """
    renamed = _renamed(base, revision)
    names = _names(renamed)
    changes: list[PythonChange] = []
    for path, old in base.items():
        new = revision.get(path)
        if new is not None:
            changes += _compare_items(_with_names(old, names), new)
        elif path in renamed:
            new = revision[renamed[path]]
            text = f"the {old.kind} `{path}` is now called `{new.name}`"
            changes.append(_change(Level.BREAKING, "renamed", new, text))
        elif old.parent not in base or old.parent in revision:
            changes.append(
                evolve(_change(Level.BREAKING, "removed", old, f"the {old.kind} `{path}` is gone"), line=None)
            )
    arrived = set(renamed.values())
    for path, new in revision.items():
        if path not in base and path not in arrived and (new.parent not in revision or new.parent in base):
            changes.append(_added(new))
    return sorted(_gathered(changes), key=lambda change: -change.level.weight)


def _added(item: Item) -> PythonChange:
    if item.required:
        text = f"`{item.parent}` has a new attribute `{item.name}` that must be given to construct it"
        return _change(Level.RISKY, "required-argument-added", item, text)
    text = f"the enumeration `{item.parent}` has a new member `{item.name}`"
    if item.kind != "member":
        text = f"the {item.kind} `{item.path}` is new"
    return _change(Level.SAFE, f"{item.kind}-added", item, text)


def _renamed(base: Surface, revision: Surface) -> dict[str, str]:
    """Pair names that went with names that came at the same place and look the same but for the name."""
    renamed: dict[str, str] = {}
    # Aliases come last, as what they stand for may have a new name too.
    for is_alias in (False, True):
        names = _names(renamed)
        arrived: dict[tuple[object, ...], list[str]] = {}
        for path, item in revision.items():
            if path not in base and (item.kind == "alias") is is_alias:
                arrived.setdefault(_shape(item, revision), []).append(path)
        for path, item in base.items():
            if path in revision or item.kind == "attribute" or (item.kind == "alias") is not is_alias:
                continue
            candidates = arrived.get(_shape(_with_names(item, names), base), [])
            if len(candidates) == 1:
                renamed[path] = candidates[0]
    return renamed


def _names(renamed: dict[str, str]) -> dict[str, str]:
    """Return the last parts of renamed paths, before and after."""
    return {old.rpartition(".")[2]: new.rpartition(".")[2] for old, new in renamed.items()}


def _shape(item: Item, surface: Surface) -> tuple[object, ...]:
    if item.kind in ("class", "enumeration"):
        return item.kind, _members(item, surface)
    if item.kind == "alias":
        return item.kind, _choices(item.type)
    if item.kind == "module":
        return item.parent, item.kind, _members(item, surface)
    return item.parent, item.kind, item.type, item.parameters


def _members(item: Item, surface: Surface) -> tuple[object, ...]:
    prefix = item.path + "."
    return tuple(
        (path.removeprefix(prefix), other.type.replace(item.name, "_"), other.parameters)
        for path, other in surface.items()
        if path.startswith(prefix)
    )


def _with_names(item: Item, names: dict[str, str]) -> Item:
    """Write an item with the new names of what was renamed, which is told once and not wherever it is used."""
    if not names:
        return item

    def renamed(text: str) -> str:
        return re.sub(r"\w+", lambda word: names.get(word[0], word[0]), text)

    parameters = tuple(evolve(parameter, type=renamed(parameter.type)) for parameter in item.parameters)
    bases = tuple(renamed(base) for base in item.bases)
    is_value = item.kind == "member"
    return evolve(item, type=item.type if is_value else renamed(item.type), parameters=parameters, bases=bases)


def _compare_items(old: Item, new: Item) -> Iterator[PythonChange]:
    if old.kind != new.kind:
        text = f"`{new.path}` is now a {new.kind}, before a {old.kind}"
        yield _change(Level.BREAKING, "kind-changed", new, text)
        return
    if old.kind == "function":
        yield from _compare_parameters(old, new)
        if old.type != new.type:
            level = Level.SAFE if _choices(new.type) <= _choices(old.type) else Level.BREAKING
            text = f"`{new.path}` returns `{new.type}`, before `{old.type}`"
            yield _change(level, "return-type-changed", new, text)
    elif old.kind == "alias":
        yield from _compare_aliases(old, new)
    elif old.type != new.type:
        yield _type_change(old, new)
    if old.bases != new.bases:
        before, after = (", ".join(item.bases) or "nothing" for item in (old, new))
        text = f"`{new.path}` is derived from {after}, before {before}"
        yield _change(Level.BREAKING, "bases-changed", new, text)


def _compare_aliases(old: Item, new: Item) -> Iterator[PythonChange]:
    # Either way values change their class, and code that asks for the one they had meets them no more.
    before, after = _choices(old.type), _choices(new.type)
    for choice in sorted(before - after):
        yield _change(Level.RISKY, "alternative-removed", new, f"`{new.path}` can no longer be `{choice}`")
    for choice in sorted(after - before):
        yield _change(Level.RISKY, "alternative-added", new, f"`{new.path}` can now be `{choice}`")


def _type_change(old: Item, new: Item) -> PythonChange:
    if old.kind == "member":
        return _change(Level.BREAKING, "value-changed", new, f"`{new.path}` is now {new.type}, before {old.type}")
    text = f"the type of `{new.path}` is `{new.type}`, before `{old.type}`"
    if not _choices(new.type) <= _choices(old.type):
        return _change(Level.BREAKING, "attribute-type-changed", new, text)
    # Readers meet less than before; only who constructs the object may have to change.
    return _change(Level.RISKY if new.required else Level.SAFE, "attribute-type-narrowed", new, text)


def _compare_parameters(old: Item, new: Item) -> Iterator[PythonChange]:
    before = {parameter.name: parameter for parameter in old.parameters}
    after = {parameter.name: parameter for parameter in new.parameters}
    gone = [name for name in before if name not in after]
    come = [name for name in after if name not in before]
    for name, other in zip(gone, come, strict=False):
        if _same_but_name(before[name], after[other]):
            text = f"the parameter `{name}` of `{new.path}` is now called `{other}`"
            yield _change(Level.BREAKING, "parameter-renamed", new, text)
            gone, come = [n for n in gone if n != name], [n for n in come if n != other]
    for name in gone:
        yield _change(Level.BREAKING, "parameter-removed", new, f"`{new.path}` no longer takes `{name}`")
    for name in come:
        required = after[name].default is None
        text = f"`{new.path}` takes the new {'required' if required else 'optional'} argument `{name}`"
        kind = "required-argument-added" if required else "argument-added"
        yield _change(Level.BREAKING if required else Level.SAFE, kind, new, text)
    for name in (name for name in before if name in after):
        yield from _compare_parameter(new, before[name], after[name])
    yield from _compare_order(new, before, after)


def _same_but_name(old: Parameter, new: Parameter) -> bool:
    return evolve(old, name=new.name) == new


def _compare_parameter(function: Item, old: Parameter, new: Parameter) -> Iterator[PythonChange]:
    name = f"the argument `{new.name}` of `{function.path}`"
    if old.type != new.type:
        level = Level.SAFE if _choices(old.type) <= _choices(new.type) else Level.BREAKING
        yield _change(
            level, "parameter-type-changed", function, f"the type of {name} is `{new.type}`, before `{old.type}`"
        )
    if old.default is not None and new.default is None:
        yield _change(Level.BREAKING, "parameter-required", function, f"{name} is now required")
    elif old.default is None and new.default is not None:
        yield _change(Level.SAFE, "parameter-optional", function, f"{name} may now be left out")
    elif old.default != new.default:
        text = f"the default of {name} is `{new.default}`, before `{old.default}`"
        yield _change(Level.RISKY, "default-changed", function, text)
    if old.kind != new.kind:
        level = Level.SAFE if new.kind == "positional or keyword" else Level.BREAKING
        yield _change(level, "parameter-kind-changed", function, f"{name} is now {new.kind}, before {old.kind}")


def _compare_order(function: Item, before: dict[str, Parameter], after: dict[str, Parameter]) -> Iterator[PythonChange]:
    orders = [
        [name for name, parameter in side.items() if parameter.kind.startswith("positional") and name in other]
        for side, other in ((before, after), (after, before))
    ]
    if orders[0] != orders[1] and sorted(orders[0]) == sorted(orders[1]):
        text = f"the arguments of `{function.path}` come in another order: {', '.join(orders[1])}"
        yield _change(Level.BREAKING, "parameters-moved", function, text)


def _choices(annotation: str) -> frozenset[str]:
    """Split a union into its members, leaving brackets alone: `list[int | str] | None` has two."""
    parts, depth, start = list[str](), 0, 0
    for index, letter in enumerate(annotation):
        depth += (letter in "[(") - (letter in "])")
        if letter == "|" and depth == 0:
            parts.append(annotation[start:index].strip())
            start = index + 1
    return frozenset((*parts, annotation[start:].strip()))


def _gathered(changes: list[PythonChange]) -> Iterator[PythonChange]:
    """Tell once what happened alike to the functions of one operation."""
    seen: dict[tuple[str, str, str], PythonChange] = {}
    for change in changes:
        module, _, function = change.name.rpartition(".")
        if function not in _TWINS:
            yield change
            continue
        text = change.text.replace(change.name, module)
        seen.setdefault((module, change.kind, text), evolve(change, name=module, text=text))
    yield from seen.values()


_TWINS = frozenset({"get_kwargs", "sync", "sync_detailed", "asyncio", "asyncio_detailed"})


def _change(level: Level, kind: str, item: Item, text: str) -> PythonChange:
    sentence = text[:1].upper() + text[1:] + "."
    return PythonChange(level, kind, item.path, sentence, item.file, item.line)
