"""Compare the media types something is written in, and the schemas of each."""

from __future__ import annotations

from workflow.review.description import Description, Place
from workflow.review.findings import Level
from workflow.review.schemas.change import Direction
from workflow.review.wire.walk import JSON, Subject, Walk, Writing

_INTERPRETED = frozenset({"schema", "itemSchema", "encoding", "itemEncoding", "prefixEncoding"})
_FORMS = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})
"""Media types whose plain fields are texts, as in a query."""

_XML = Writing(is_text=True, has_fields=True, goes_on=True)


def compare_content(walk: Walk, base: Place, revision: Place, direction: Direction, subject: Subject) -> None:
    """Compare the `content` of two request bodies, responses, parameters or headers."""
    before, after = _media_types(base), _media_types(revision)
    _match_renamed(walk, before, after, subject)
    _match_ranges(walk, before, after, direction, subject)
    for name in dict.fromkeys([*before, *after]):
        old, new = before.get(name), after.get(name)
        member = subject.member(f" {name}") if _differs(before, after) else subject
        if old is not None and new is not None:
            walk.texts(old, new, member, _INTERPRETED)
            _compare_encoding(walk, old, new, direction, member)
            schemas = old.get("schema"), new.get("schema")
            if (_says_nothing(schemas[1]) and _are_bytes(walk.base, schemas[0], name)) or (
                _says_nothing(schemas[0]) and _are_bytes(walk.revision, schemas[1], name)
            ):
                continue
            walk.schemas(*schemas, direction, member, writing=_writing(name, old, new))
            walk.schemas(old.get("itemSchema"), new.get("itemSchema"), direction, member.member(" item"))
        elif old is not None:
            # Whoever sends or asks for it is refused.
            text = f"{{}} is no longer written as {name}"
            walk.report(
                "media-type-removed", Level.BREAKING, text, subject, (old, revision), direction=direction, detail=name
            )
        elif new is not None:
            text = f"{{}} can now be written as {name}"
            walk.report("media-type-added", Level.SAFE, text, subject, (base, new), direction=direction, detail=name)


def _writing(media_type: str, base: Place, revision: Place) -> Writing:
    """Return how a media type writes values: forms, plain text and XML know no numbers."""
    essence = media_type.partition(";")[0]
    if essence in _FORMS:
        encodings = [encoding for place in (base, revision) if (encoding := place.get("encoding")) is not None]
        other = {
            name
            for encoding in encodings
            for name, field in encoding.members()
            if not (field.text("contentType") or "text/plain").startswith("text/plain")
        }
        return Writing(has_fields=True, is_repeated=True, other=frozenset(other))
    if essence in ("application/xml", "text/xml") or essence.endswith("+xml"):
        return _XML
    return Writing(is_text=True) if essence == "text/plain" else JSON


def _are_bytes(description: Description, schema: Place | None, media_type: str) -> bool:
    """Whether a schema says of a media type that is no text only that it is bytes.

    OpenAPI 3.1 says nothing there: https://spec.openapis.org/oas/v3.1.1#considerations-for-file-uploads
    """
    kind, _, subtype = media_type.partition(";")[0].partition("/")
    if schema is None or kind in ("text", "multipart", "*") or subtype.endswith(("json", "xml", "-urlencoded", "*")):
        return False
    schema = description.resolve(schema)
    is_marked = schema.text("format") == "binary" or schema.text("contentMediaType") is not None
    return is_marked and schema.text("type") == "string" and not (schema.node.members or {}).keys() - _OF_BYTES


_OF_BYTES = frozenset({"type", "format", "contentMediaType", "description", "title", "example", "examples"})


def _says_nothing(schema: Place | None) -> bool:
    return schema is None or schema.node.members == {}


def _differs(before: dict[str, Place], after: dict[str, Place]) -> bool:
    return len(before.keys() | after.keys()) > 1


def _media_types(owner: Place) -> dict[str, Place]:
    content = owner.get("content")
    return {name.lower().replace(" ", ""): place for name, place in content.members()} if content is not None else {}


def _match_renamed(walk: Walk, before: dict[str, Place], after: dict[str, Place], subject: Subject) -> None:
    """Give media types that differ only in parameters, such as a charset, one name."""
    gone = {name.partition(";")[0]: name for name in before if name not in after}
    new = {name.partition(";")[0]: name for name in after if name not in before}
    for essence in gone.keys() & new.keys():
        old_name, new_name = gone[essence], new[essence]
        places = before.pop(old_name), after[new_name]
        before[new_name] = places[0]
        text = f"the parameters of the media type of {{}} changed from {old_name} to {new_name}"
        walk.report("media-type-changed", Level.SAFE, text, subject, places, detail=f"{old_name} {new_name}")


def _match_ranges(
    walk: Walk, before: dict[str, Place], after: dict[str, Place], direction: Direction, subject: Subject
) -> None:
    """Pair a media type that went with the range that now holds it, and the other way round."""
    for names, wider, rule in ((before, after, "media-type-widened"), (after, before, "media-type-narrowed")):
        for name in [name for name in names if name not in wider]:
            holding = next((other for other in wider if other not in names and _holds(other, name)), None)
            if holding is None:
                continue
            places = (names[name], wider[holding]) if names is before else (wider[holding], names[name])
            gains = names is before
            harmful = gains == (direction is Direction.RESPONSE)
            text = f"{{}} is now written as {holding if gains else name}, before as {name if gains else holding}"
            level = Level.BREAKING if harmful else Level.SAFE
            walk.report(rule, level, text, subject, places, direction=direction, detail=f"{name} {holding}")
            before[f"{name} ({holding})"], after[f"{name} ({holding})"] = places
            del names[name]
    for mapping, other in ((before, after), (after, before)):
        for name in list(mapping):
            if "*" in name and any(key.endswith(f" ({name})") for key in other) and name not in other:
                del mapping[name]


def _holds(wide: str, name: str) -> bool:
    """Whether a range of media types, such as `*/*` or `text/*`, holds another type or range."""
    kind, _, rest = wide.partition(";")[0].partition("/")
    own_kind = name.partition("/")[0]
    return "*" in wide and rest == "*" and kind in ("*", own_kind) and wide != name


def _compare_encoding(walk: Walk, base: Place, revision: Place, direction: Direction, subject: Subject) -> None:
    for keyword in ("encoding", "itemEncoding", "prefixEncoding"):
        before, after = base.get(keyword), revision.get(keyword)
        if (before.node.plain() if before else {}) != (after.node.plain() if after else {}):
            text = "the way {} writes its parts changed"
            places = before or base, after or revision
            walk.report("encoding-changed", Level.RISKY, text, subject, places, direction=direction, detail=keyword)
