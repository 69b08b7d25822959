"""Compare two surfaces: what code that imports the package has to change, if anything."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from attrs import evolve, frozen

from workflow.review.findings import Level, PythonChange
from workflow.review.python.signatures import UNKNOWN, Parameter
from workflow.review.python.surface import Item, Surface


@frozen
class _Change:
    """A change with the names it is about, which may be public in several places.

    Attributes:
        told: What is told of it.
        item: What changed, as it is or, when it is gone, was.
        origins: Where that is, and was, defined.
    """

    told: PythonChange
    item: Item
    origins: frozenset[str]


def compare_surfaces(base: Surface, revision: Surface) -> list[PythonChange]:
    """Return what changed for someone who imports the packages, worst first.

    Args:
        base: The surface before.
        revision: The surface after.
    """
    renamed = _renamed(base, revision)
    names = _names(renamed, base)
    changes: list[_Change] = []
    for path, old in base.items():
        new = revision.get(path)
        if new is not None:
            told = _compare_items(_with_names(old, names), new, base, revision)
            changes += [_Change(change, new, frozenset({new.origin})) for change in told]
        elif path in renamed:
            new = revision[renamed[path]]
            # What a module holds moves with it.
            if renamed.get(old.parent) != new.parent:
                changes.append(_Change(_moved(old, new), new, frozenset({old.origin, new.origin})))
        elif old.parent not in base or old.parent in revision:
            changes.append(_Change(_removed(old, base, revision), old, frozenset({old.origin})))
    arrived = set(renamed.values())
    for path, new in revision.items():
        if path not in base and path not in arrived and (new.parent not in revision or new.parent in base):
            told = _added(new, base, revision)
            changes += [_Change(change, new, frozenset({new.origin})) for change in told]
    once = _told_once(_without_modules(changes, base, revision), base, revision)
    return sorted(_gathered(once), key=lambda change: -change.level.weight)


def _moved(old: Item, new: Item) -> PythonChange:
    is_near = old.parent == new.parent
    text = f"the {old.kind} `{old.path}` is now {f'called `{new.name}`' if is_near else f'`{new.path}`'}"
    return _change(Level.BREAKING, "renamed" if is_near else "moved", new, text)


def _removed(old: Item, base: Surface, revision: Surface) -> PythonChange:
    text = f"the {old.kind} `{old.path}` is gone"
    elsewhere = [path for path, item in base.items() if item.origin == old.origin and path in revision]
    owner = base.get(old.parent)
    if elsewhere and owner is not None and owner.kind == "module":
        text += f"; it is still there as `{min(elsewhere, key=len)}`"
    return evolve(_change(Level.BREAKING, "removed", old, text), line=None)


def _added(item: Item, base: Surface, revision: Surface) -> Iterator[PythonChange]:
    owner = revision.get(item.parent)
    if item.kind == "attribute" and owner is not None and _required(owner, item.name):
        # Told of the class, as an argument of what constructs it.
        return
    if item.name == "__init__" and item.parent in base:
        required = [one.name for one in item.parameters[1:] if one.default is None and "variadic" not in one.kind]
        if required:
            text = f"`{item.path}` takes the new required argument{'s' * (len(required) > 1)} `{', '.join(required)}`"
            yield _change(Level.BREAKING, "required-argument-added", item, text)
            return
    text = f"the enumeration `{item.parent}` has a new member `{item.name}`"
    if item.kind != "member":
        text = f"the {item.kind} `{item.path}` is new"
    yield _change(Level.SAFE, f"{item.kind}-added", item, text)


def _required(owner: Item, name: str) -> bool:
    return any(field.name == name and field.default is None for field in owner.parameters)


def _without_modules(changes: Sequence[_Change], base: Surface, revision: Surface) -> list[_Change]:
    """Leave out modules that came or went when all they hold is told by itself, as the names of `models` are."""
    told = {origin for change in changes if change.item.kind != "module" for origin in change.origins}
    held: dict[str, list[str]] = {}
    for item in (*base.values(), *revision.values()):
        # How a union is decoded goes with it.
        is_decoder = item.name.lower() == f"{item.parent.rpartition('.')[2]}_from_dict"
        if (item.path not in base or item.path not in revision) and not is_decoder:
            held.setdefault(item.parent, []).append(item.origin)

    def is_told(change: _Change) -> bool:
        origins = held.get(change.item.path, [])
        return change.item.kind == "module" and bool(origins) and told.issuperset(origins)

    return [change for change in changes if not is_told(change)]


def _told_once(changes: Sequence[_Change], base: Surface, revision: Surface) -> list[PythonChange]:
    """Tell what is public in several places where it is defined, or where importers find it soonest."""

    def place(change: _Change) -> tuple[bool, int, int, str]:
        item = change.item
        owner = revision.get(item.parent) or base.get(item.parent)
        is_inherited = owner is not None and f"{owner.origin}.{item.name}" != item.origin and owner.kind != "module"
        return is_inherited, item.path.count("."), len(item.path), item.path

    first: dict[tuple[object, ...], _Change] = {}
    for change in changes:
        item, told = change.item, change.told
        same = re.sub(r"`[\w.]+\b", lambda word: "`" + word[0].rpartition(".")[2], told.text)
        key = item.origin, told.level, *((told.kind, same) if told.kind not in ("renamed", "moved") else ())
        if key not in first or place(change) < place(first[key]):
            first[key] = change
    # A class is constructed by its own name.
    return [evolve(change.told, text=change.told.text.replace(".__init__`", "`")) for change in first.values()]


def _renamed(base: Surface, revision: Surface) -> dict[str, str]:
    """Pair names that went with names that came and look the same but for the name."""
    renamed: dict[str, str] = {}
    # Aliases come last, as what they stand for may have a new name too.
    for is_alias in (False, True):
        names = _names(renamed, base)
        arrived: dict[tuple[object, ...], list[Item]] = {}
        for path, item in revision.items():
            if path not in base and (item.kind == "alias") is is_alias and _can_be_renamed(item, revision):
                arrived.setdefault(_shape(item, revision), []).append(item)
        for path, item in base.items():
            if path in revision or (item.kind == "alias") is not is_alias or not _can_be_renamed(item, base):
                continue
            candidates = arrived.get(_shape(_with_names(item, names), base), [])
            if len({candidate.origin for candidate in candidates}) == 1:
                best = min(candidates, key=lambda other: (other.parent != item.parent, len(other.path)))
                candidates.remove(best)
                renamed[path] = best.path
    return renamed


def _can_be_renamed(item: Item, surface: Surface) -> bool:
    """Whether an item has enough of its own to be known under another name."""
    if item.kind in ("attribute", "name") or item.name.startswith("__"):
        return False
    return item.kind not in ("class", "module") or bool(_members(item, surface))


def _names(renamed: dict[str, str], base: Surface) -> dict[str, str]:
    """Return the last parts of the paths of renamed types, before and after."""
    return {
        old.rpartition(".")[2]: new.rpartition(".")[2]
        for old, new in renamed.items()
        if base[old].kind in ("class", "enumeration", "alias")
    }


def _shape(item: Item, surface: Surface) -> tuple[object, ...]:
    if item.kind in ("class", "enumeration"):
        return item.kind, item.bases, _members(item, surface)
    if item.kind == "alias":
        return item.kind, _choices(item.type)
    if item.kind == "module":
        return item.kind, _members(item, surface)
    return item.parent, item.kind, item.type, item.parameters, item.labels


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
    bases = frozenset(renamed(base) for base in item.bases)
    is_value = item.kind in ("member", "constant")
    return evolve(item, type=item.type if is_value else renamed(item.type), parameters=parameters, bases=bases)


def _compare_items(old: Item, new: Item, base: Surface, revision: Surface) -> Iterator[PythonChange]:
    if old.kind != new.kind:
        text = f"`{new.path}` is now {_article(new.kind)}, before {_article(old.kind)}"
        yield _change(Level.BREAKING, "kind-changed", new, text)
        return
    if old.kind == "function":
        yield from _compare_parameters(old, new)
        if not _is_same(old.type, new.type):
            level = Level.SAFE if not old.type or _choices(new.type) <= _choices(old.type) else Level.BREAKING
            text = f"`{new.path}` returns `{new.type or 'anything'}`, before `{old.type or 'anything'}`"
            yield _change(level, "return-type-changed", new, text)
        for overload in sorted(old.overloads - new.overloads):
            text = f"type checkers no longer know `{new.path}` as `{overload}`"
            yield _change(Level.BREAKING, "overload-removed", new, text)
        for overload in sorted(new.overloads - old.overloads):
            text = f"type checkers now know `{new.path}` as `{overload}`"
            yield _change(Level.SAFE, "overload-added", new, text)
    elif old.kind in ("class", "enumeration"):
        yield from _compare_fields(old, new, base, revision)
    elif old.kind == "alias":
        yield from _compare_aliases(old, new)
    elif old.kind == "name" and old.type != new.type:
        text = f"`{new.path}` is now `{new.type or new.origin}`, before `{old.type or old.origin}`"
        yield _change(Level.BREAKING, "kind-changed", new, text)
    elif old.type and not _is_same(old.type, new.type):
        yield _type_change(old, new, revision)
    yield from _compare_labels(old, new)
    if old.bases != new.bases:
        yield from _compare_bases(old, new, base, revision)


def _compare_labels(old: Item, new: Item) -> Iterator[PythonChange]:
    for label in sorted(old.labels ^ new.labels):
        comes = label in new.labels
        level = Level.SAFE if label == "read-only" and not comes else Level.BREAKING
        yield _change(level, "kind-changed", new, f"`{new.path}` is {'now' if comes else 'no longer'} {label}")


def _compare_bases(old: Item, new: Item, base: Surface, revision: Surface) -> Iterator[PythonChange]:
    before, after = ({item.name for item in side.values() if item.kind == "class"} for side in (base, revision))
    for level, bases, text in (
        # That a class came or went is told of that class.
        (Level.BREAKING, old.bases - new.bases - (before - after), "no longer"),
        (Level.SAFE, new.bases - old.bases - (after - before), "now"),
    ):
        if bases:
            derived = ", ".join(f"`{base}`" for base in sorted(bases))
            yield _change(level, "bases-changed", new, f"`{new.path}` is {text} derived from {derived}")


def _article(kind: str) -> str:
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"


def _compare_aliases(old: Item, new: Item) -> Iterator[PythonChange]:
    # Either way values change their class, and code that asks for the one they had meets them no more.
    before, after = _choices(old.type), _choices(new.type)
    for choice in sorted(before - after):
        yield _change(Level.RISKY, "alternative-removed", new, f"`{new.path}` can no longer be `{choice}`")
    for choice in sorted(after - before):
        yield _change(Level.RISKY, "alternative-added", new, f"`{new.path}` can now be `{choice}`")


def _type_change(old: Item, new: Item, revision: Surface) -> PythonChange:
    if old.kind in ("member", "constant"):
        level = Level.BREAKING if old.kind == "member" else Level.RISKY
        text = f"`{new.path}` is now {new.type}, before {old.type}"
        if max(len(new.type), len(old.type)) > _MAX_VALUE:
            text = f"`{new.path}` has another value"
        return _change(level, "value-changed", new, text)
    text = f"the type of `{new.path}` is `{new.type or 'not told'}`, before `{old.type}`"
    if not _choices(new.type) <= _choices(old.type):
        return _change(Level.BREAKING, "attribute-type-changed", new, text)
    # Readers meet less than before; only who constructs the object may have to change.
    owner = revision.get(new.parent)
    level = Level.RISKY if owner is not None and _required(owner, new.name) else Level.SAFE
    return _change(level, "attribute-type-narrowed", new, text)


def _compare_fields(old: Item, new: Item, base: Surface, revision: Surface) -> Iterator[PythonChange]:
    """Compare what constructs a class; that its fields came, went or have another type is told of its attributes."""
    before = {field.name: field for field in old.parameters}
    after = {field.name: field for field in new.parameters}
    # Models come from what a server sent; hardly anybody but the package constructs them.
    is_model = f"{new.path}.from_dict" in revision
    worst = Level.RISKY if is_model else Level.BREAKING
    for name in before:
        if name not in after and (f"{old.path}.{name}" not in base or f"{old.path}.{name}" in revision):
            yield _change(worst, "parameter-removed", new, f"`{new.path}` no longer takes `{name}`")
    for name, field in after.items():
        if name not in before:
            if field.default is None:
                text = f"`{new.path}` has a new attribute `{name}` that must be given to construct it"
                yield _change(worst, "required-argument-added", new, text)
        else:
            known = evolve(before[name], type=field.type)
            for change in _compare_parameter(new, known, field):
                if change.level is not Level.SAFE:
                    yield evolve(change, level=min(change.level, worst, key=lambda level: level.weight))
    if not is_model:
        yield from _compare_order(new, before, after)


def _compare_parameters(old: Item, new: Item) -> Iterator[PythonChange]:
    before = {parameter.name: parameter for parameter in old.parameters}
    after = {parameter.name: parameter for parameter in new.parameters}
    gone = [name for name in before if name not in after]
    come = [name for name in after if name not in before]
    for name, other in zip(tuple(gone), tuple(come), strict=False):
        if _same_but_name(before[name], after[other]):
            text = f"the parameter `{name}` of `{new.path}` is now called `{other}`"
            # Who passes it by position does not see its name.
            level = Level.SAFE if before[name].kind in _NAMELESS else Level.BREAKING
            yield _change(level, "parameter-renamed", new, text)
            gone, come = [n for n in gone if n != name], [n for n in come if n != other]
            after = {name if n == other else n: parameter for n, parameter in after.items()}
    # One that is typed to take nothing only says better what is wrong with a call.
    catches_all = (one for one in new.parameters if one.kind == "variadic keyword" and one.type != "Never")
    catch_all = next(catches_all, None)
    for name in gone:
        if catch_all is not None and before[name].kind == "keyword-only":
            text = f"`{new.path}` takes `{name}` as one of `**{catch_all.name}`"
            yield _change(Level.RISKY, "parameter-swallowed", new, text)
        else:
            yield _change(Level.BREAKING, "parameter-removed", new, f"`{new.path}` no longer takes `{name}`")
    for name in come:
        required = after[name].default is None and not after[name].kind.startswith("variadic")
        text = f"`{new.path}` takes the new {'required' if required else 'optional'} argument `{name}`"
        kind = "required-argument-added" if required else "argument-added"
        yield _change(Level.BREAKING if required else Level.SAFE, kind, new, text)
    for name in (name for name in before if name in after and after[name].name == name):
        yield from _compare_parameter(new, before[name], after[name])
    yield from _compare_order(new, before, after)


def _same_but_name(old: Parameter, new: Parameter) -> bool:
    return evolve(old, name=new.name) == new


def _compare_parameter(function: Item, old: Parameter, new: Parameter) -> Iterator[PythonChange]:
    name = f"the argument `{new.name}` of `{function.path}`"
    if not _is_same(old.type, new.type):
        level = Level.SAFE if _accepts(new.type, old.type) else Level.BREAKING
        yield _change(
            level, "parameter-type-changed", function, f"the type of {name} is `{new.type}`, before `{old.type}`"
        )
    if old.default is not None and new.default is None:
        yield _change(Level.BREAKING, "parameter-required", function, f"{name} is now required")
    elif old.default is None and new.default is not None:
        yield _change(Level.SAFE, "parameter-optional", function, f"{name} may now be left out")
    elif old.default != new.default and UNKNOWN not in (old.default, new.default):
        text = f"the default of {name} is `{new.default}`, before `{old.default}`"
        yield _change(Level.RISKY, "default-changed", function, text)
    if old.kind != new.kind:
        level = Level.SAFE if new.kind == "positional or keyword" else Level.BREAKING
        yield _change(level, "parameter-kind-changed", function, f"{name} is now {new.kind}, before {old.kind}")


def _compare_order(function: Item, before: dict[str, Parameter], after: dict[str, Parameter]) -> Iterator[PythonChange]:
    """Compare the places of arguments; those that came or went and must be given are told as that."""
    old = [name for name, one in before.items() if one.kind.startswith("positional") and name in after]
    new = [name for name, one in after.items() if one.kind.startswith("positional")]
    new = [name for name in new if name in before or after[name].default is not None]
    if [name for name in old if after[name].kind.startswith("positional")] != new[: len(old)]:
        text = f"the arguments of `{function.path}` come in another order: {', '.join(f'`{name}`' for name in new)}"
        yield _change(Level.BREAKING, "parameters-moved", function, text)


def _is_same(old: str, new: str) -> bool:
    return old == new or _choices(old) == _choices(new)


def _accepts(new: str, old: str) -> bool:
    return new in ("", "Any", "object") or _choices(old) <= _choices(new)


def _choices(annotation: str) -> frozenset[str]:
    """Split a union into its members, leaving brackets alone: `list[int | str] | None` has two."""
    choices = set[str]()
    for part in _split(annotation, "|"):
        literal = re.fullmatch(r"Literal\[(.*)\]", part, flags=re.DOTALL)
        choices.update(f"Literal[{value}]" for value in _split(literal[1], ",")) if literal else choices.add(part)
    return frozenset(choices)


def _split(text: str, separator: str) -> list[str]:
    parts, depth, start = list[str](), 0, 0
    for index, letter in enumerate(text):
        depth += (letter in "[(") - (letter in "])")
        if letter == separator and depth == 0:
            parts.append(text[start:index].strip())
            start = index + 1
    return [*parts, text[start:].strip()]


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


_MAX_VALUE = 60
_NAMELESS = ("positional-only", "variadic positional", "variadic keyword")
_TWINS = frozenset({"get_kwargs", "sync", "sync_detailed", "asyncio", "asyncio_detailed"})


def _change(level: Level, kind: str, item: Item, text: str) -> PythonChange:
    sentence = text[:1].upper() + text[1:] + "."
    return PythonChange(level, kind, item.path, sentence, item.file, item.line)
