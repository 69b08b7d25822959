"""Compare what two forms say of arrays."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workflow.review.schemas.change import Change, Child, Context, Sense
from workflow.review.schemas.effect import Effect
from workflow.review.schemas.form import Contains, Form, Schema
from workflow.review.schemas.numbers import written


def compare_arrays(context: Context, base: Form, revision: Form) -> Iterator[Change | Child]:
    """Compare items, tuples, `contains` and uniqueness of two forms that both accept arrays."""
    if base.unique != revision.unique:
        effect = Effect.NARROWER if revision.unique else Effect.WIDER
        rule = "unique-items-added" if revision.unique else "unique-items-removed"
        text = "the items of {} must now all differ" if revision.unique else "the items of {} may now be equal"
        yield Change(rule, effect, text, base.place("uniqueItems"), revision.place("uniqueItems"))
    shared = min(len(base.prefix), len(revision.prefix))
    for index in range(shared):
        yield Child(base.prefix[index], revision.prefix[index], f"[{index}]")
    if len(base.prefix) != len(revision.prefix):
        yield _prefix_change(context, base, revision, shared)
    if base.items or revision.items:
        yield Child(base.items, revision.items, "[]")
    for index in range(max(len(base.contains), len(revision.contains))):
        before = base.contains[index] if index < len(base.contains) else None
        after = revision.contains[index] if index < len(revision.contains) else None
        yield from _compare_contains(base, revision, before, after)
    unevaluated = base.unevaluated_items, revision.unevaluated_items
    yield from compare_optional("unevaluatedItems", "[rest]", (base, revision), unevaluated)


def compare_optional(
    keyword: str, name: str, forms: tuple[Form, Form], schemas: tuple[Schema | None, Schema | None]
) -> Iterator[Change | Child]:
    """Compare a keyword that demands something of inner values, or is absent and demands nothing.

    Args:
        keyword: The keyword.
        name: How the inner values are named after the outer.
        forms: The forms of base and revision.
        schemas: What the keyword demands in base and revision.
    """
    places = forms[0].place(keyword), forms[1].place(keyword)
    before, after = schemas
    rule = re.sub("([A-Z])", lambda letter: "-" + letter[1].lower(), keyword)
    if before and after:
        yield Child(before, after, name)
    elif after:
        yield Change(f"{rule}-added", Effect.NARROWER, f"{{}} is now restricted by {keyword}", *places)
    elif before:
        yield Change(f"{rule}-removed", Effect.WIDER, f"{{}} is no longer restricted by {keyword}", *places)


def _prefix_change(context: Context, base: Form, revision: Form, shared: int) -> Change:
    longest = max(len(base.prefix), len(revision.prefix))
    effect = Effect.SAME
    for index in range(shared, longest):
        effect |= context.effect(base.item_schema(index), revision.item_schema(index))
    action = "added" if len(revision.prefix) > len(base.prefix) else "removed"
    text = f"{{}} describes its first {len(revision.prefix)} items one by one, before {len(base.prefix)}"
    places = base.place("prefixItems"), revision.place("prefixItems")
    return Change(f"prefix-items-{action}", effect, text, *places, detail=f"{len(base.prefix)} {len(revision.prefix)}")


def _compare_contains(
    base: Form, revision: Form, before: Contains | None, after: Contains | None
) -> Iterator[Change | Child]:
    if before is None or after is None:
        place_before = before.place if before else base.place()
        place_after = after.place if after else revision.place()
        if after is not None:
            text = "{} must now contain certain items"
            yield Change("contains-added", Effect.NARROWER, text, place_before, place_after)
        else:
            text = "{} need no longer contain certain items"
            yield Change("contains-removed", Effect.WIDER, text, place_before, place_after)
        return
    yield Child(before.schema, after.schema, "[contained]")
    if before.most is not None or after.most is not None:
        # With an upper count a narrower schema matches fewer items, which lets more arrays pass.
        yield Child(before.schema, after.schema, "[contained]", Sense.REVERSED)
    if before.least != after.least:
        action, effect = ("increased", Effect.NARROWER) if after.least > before.least else ("decreased", Effect.WIDER)
        least = written(before.least), written(after.least)
        text = f"the least count of certain items in {{}} {action} from {least[0]} to {least[1]}"
        places = base.place("minContains"), revision.place("minContains")
        yield Change(f"min-contains-{action}", effect, text, *places, detail=" ".join(least))
    most_before, most_after = (float("inf") if c.most is None else c.most for c in (before, after))
    if most_before != most_after:
        action, effect = ("increased", Effect.WIDER) if most_after > most_before else ("decreased", Effect.NARROWER)
        most = written(most_before), written(most_after)
        text = f"the greatest count of certain items in {{}} {action} from {most[0]} to {most[1]}"
        places = base.place("maxContains"), revision.place("maxContains")
        yield Change(f"max-contains-{action}", effect, text, *places, detail=" ".join(most))
