"""An OpenAPI description in memory: its files, the place of every value, and where references lead."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from attrs import define, evolve, field

from workflow.document import Document, DocumentError, Node
from workflow.review.sources import Source

_DATA = frozenset({"example", "examples", "default", "enum", "const", "value", "mapping"})
"""Keys below which a `$ref` is data, not a reference."""

_NAMES = frozenset({"properties", "patternProperties", "dependentSchemas", "$defs", "schemas", "headers", "responses"})
"""Keys below which stand names that people chose, `default` and `x-note` among them."""

_MAPS = frozenset(
    {
        "$defs", "allOf", "anyOf", "callbacks", "definitions", "dependentSchemas", "headers", "oneOf", "parameters",
        "pathItems", "paths", "patternProperties", "prefixItems", "properties", "requestBodies", "responses", "schemas",
        "securitySchemes", "webhooks",
    }
)  # fmt: skip
"""Keys below which stand objects that may be references, each followed where it is read."""

_FOLLOWED = frozenset(
    {
        "additionalItems", "additionalProperties", "contains", "contentSchema", "else", "if", "itemSchema", "items",
        "not", "propertyNames", "requestBody", "schema", "then", "unevaluatedItems", "unevaluatedProperties",
    }
)  # fmt: skip
"""Keys of objects that may be references, each followed where it is read."""

_REFERRED_DATA = frozenset({"enum", "examples", "mapping"})
"""Data that practice refers to, or to parts of which it does."""

_MAX_CHAIN = 100


@define(eq=False)  # not frozen, for what is said of nodes
class Place:
    """A value in a document and the way to it from the root."""

    document: Document
    node: Node
    parent: Place | None = None
    key: str = ""

    @property
    def value(self) -> object:
        """The scalar here; None for a mapping, a sequence and null."""
        return self.node.value

    @property
    def line(self) -> int:
        """The line of the value in its file, from 1."""
        return self.node.line

    @property
    def is_mapping(self) -> bool:
        """Whether keys and values are here."""
        return self.node.members is not None

    def get(self, *keys: str) -> Place | None:
        """Return the place below these keys, or None when there is none."""
        place: Place = self
        for key in keys:
            node = place.node.members.get(key) if place.node.members is not None else None
            if node is None:
                return None
            place = place.child(key, node)
        return place

    def child(self, key: str, node: Node) -> Place:
        """Return the place of a node below this one; it may have been written in another file."""
        return Place(node.home or self.document, node, self, key)

    def text(self, key: str) -> str | None:
        """Return the text below a key, or None when something else or nothing is there."""
        node = self.node.members.get(key) if self.node.members is not None else None
        return node.value if node is not None and isinstance(node.value, str) else None

    def flag(self, key: str) -> bool:
        """Whether `true` stands below a key."""
        node = self.node.members.get(key) if self.node.members is not None else None
        return node is not None and node.value is True

    def members(self) -> Iterator[tuple[str, Place]]:
        """Yield the members of a mapping; nothing for any other value."""
        for key, node in (self.node.members or {}).items():
            yield key, self.child(key, node)

    def items(self) -> Iterator[Place]:
        """Yield the items of a sequence; nothing for any other value."""
        for index, node in enumerate(self.node.items or []):
            yield self.child(str(index), node)

    def children(self) -> Iterator[tuple[str, Place]]:
        """Yield the members of a mapping or the items of a sequence, with their key or index as text."""
        for key, node in self.node.children():
            yield key, self.child(key, node)

    def descriptive(self) -> Iterator[Place]:
        """Yield the mappings and lists below that describe, leaving out data such as examples, and extensions."""
        is_named = self.key in _NAMES
        for key, node in self.node.children():
            is_plain = node.members is None and node.items is None
            if not is_plain and (is_named or (key not in _DATA and not key.startswith("x-"))):
                yield self.child(key, node)

    def keys(self) -> list[str]:
        """Return the keys from the root of the document to here."""
        keys: list[str] = []
        place: Place = self
        while place.parent is not None:
            keys.append(place.key)
            place = place.parent
        return keys[::-1]

    @property
    def component(self) -> tuple[str, str] | None:
        """The kind and name that this has among the components; None when it stands elsewhere."""
        kinds = self.parent.parent if self.parent is not None else None
        is_component = kinds is not None and kinds.key == "components" and kinds.parent and kinds.parent.parent is None
        return (self.parent.key, self.key) if is_component and self.parent is not None else None

    def pointer(self) -> str:
        """Return the JSON pointer of this place in its file."""
        return "".join("/" + key.replace("~", "~0").replace("/", "~1") for key in self.keys())

    def error(self, reason: str) -> DocumentError:
        """Build the error that says `reason` about this place."""
        return DocumentError(self.document.path, self.line, reason)


def container(node: Node) -> int:
    """Return the identity of what a node holds: the same for all nodes that are put in place of references to it."""
    return id(node.members if node.members is not None else node.items if node.items is not None else node)


@define
class Description:
    """A description and every file it refers to, read when first needed.

    Attributes:
        source: Where the files come from.
        root: The outermost value of the description.
        version: Version of OpenAPI: (3, 0), (3, 1) or (3, 2).
        targets: What its references lead to, by file and fragment.
        taken: The identities of what was put in place of references to it.
    """

    source: Source
    root: Place
    version: tuple[int, int]
    _documents: dict[str, Place] = field(factory=dict[str, Place])
    _paths: dict[int, str] = field(factory=dict[int, str])
    targets: dict[tuple[str, str], Place] = field(factory=dict[tuple[str, str], Place], init=False)
    taken: set[int] = field(factory=set[int], init=False)
    _referred: dict[int, tuple[Node, tuple[str, str]]] = field(
        factory=dict[int, tuple[Node, tuple[str, str]]], init=False
    )
    _read_as: dict[tuple[int, str], tuple[str, str]] = field(factory=dict[tuple[int, str], tuple[str, str]], init=False)
    _shortened: dict[str, str] = field(factory=dict[str, str], init=False)
    _heirs_by_parent: dict[int, dict[str, Place]] | None = None

    def resolve(self, place: Place) -> Place:
        """Follow the `$ref` at a place, and those it leads to, to the value meant.

        Raises:
            DocumentError: A reference leads nowhere, in a circle or to another host.
        """
        for _ in range(_MAX_CHAIN):
            target = self.referred(place)
            if target is None:
                return place
            place = target
        raise place.error("references lead in a circle here and never to a value")

    def referred(self, place: Place) -> Place | None:
        """Return what the `$ref` at a place refers to, which may be a reference in turn; None when there is none.

        Raises:
            DocumentError: It leads nowhere or to another host.
        """
        reference = place.text("$ref")
        if reference is None:
            return None
        known = self._referred.get(container(place.node))
        if known is None:
            written = id(place.document), reference
            if written not in self._read_as:
                self._read_as[written] = self._split(place, reference, self._paths[id(place.document)])
            file, fragment = self._read_as[written]
            if (file, fragment) not in self.targets:
                self.targets[file, fragment] = self._find(place, reference, file, fragment)
            # The node is kept, so that no other gets its identity.
            known = self._referred[container(place.node)] = place.node, (file, fragment)
        return self.targets[known[1]]

    def texts(self) -> dict[str, str]:
        """Return the texts of all files by the way to each from the folder of the description."""
        return {self._from_here(path): place.document.text for path, place in self._documents.items()}

    def keyed_targets(self) -> dict[tuple[str, str], Place]:
        """Return what references lead to, by file, from the folder of the description, and fragment.

        The description itself is the file without a name.
        """
        return {(self._from_here(file), fragment): place for (file, fragment), place in self.targets.items()}

    def led_to(self, place: Place) -> dict[tuple[str, str], Place]:
        """Return what a mapping leads to itself, by its reference or its discriminator, keyed as all targets are."""
        known = self._referred.get(container(place.node))
        if known is not None:
            file, fragment = known[1]
            return {(self._from_here(file), fragment): self.targets[known[1]]}
        if "discriminator" not in (place.node.members or {}):
            return {}
        try:
            children = self.children(place)
        except DocumentError:
            return {}  # data that looks like a schema: those of schemas were followed before
        return {
            (f"{tag} {self._from_here(self._paths[id(child.document)])}", child.pointer()): child
            for tag, child in children.items()
        }

    def _from_here(self, path: str) -> str:
        known = self._shortened.get(path)
        if known is None:
            home = posixpath.dirname(posixpath.normpath(self.source.root))
            known = "" if path == self._paths[id(self.root.document)] else posixpath.relpath(path, home or ".")
            self._shortened[path] = known
        return known

    def children(self, parent: Place) -> dict[str, Place]:
        """Return the schemas that the discriminator of a schema leads to, by tag.

        Those are what its mapping names, and every component that includes it by `allOf`, under its own name:
        https://spec.openapis.org/oas/v3.1.1#discriminator-object.
        """
        discriminator = parent.get("discriminator")
        if discriminator is None or parent.get("oneOf") is not None or parent.get("anyOf") is not None:
            return {}
        mapped: dict[str, Place] = {}
        for tag, value in _mapping(discriminator):
            target = self._mapped(value)
            if target is not None:
                mapped[tag] = target
        default = discriminator.get("defaultMapping")
        target = self._mapped(default) if default is not None else None
        if target is not None:
            mapped["any other tag"] = target
        heirs = self._heirs()
        known = {id(parent.node)} | {id(place.node) for place in mapped.values()}
        pending = [parent, *mapped.values()]
        while pending:
            for name, place in heirs.get(id(pending.pop().node), {}).items():
                if id(place.node) not in known:
                    known.add(id(place.node))
                    mapped.setdefault(name, place)
                    pending.append(place)
        return mapped

    def _mapped(self, value: Place) -> Place | None:
        """Return the schema that a value of a mapping names or refers to, if there is one.

        Raises:
            DocumentError: It refers to another host or out of the folder.
        """
        text = str(value.value)
        for root in (self.root, Place(value.document, value.document.root)):
            named = root.get("components", "schemas", text)
            if named is not None:
                return self.resolve(named)
        if not ({"/", "#"} & set(text) or text.endswith((".yaml", ".yml", ".json"))):
            return None
        file, fragment = self._split(value, text, self._paths[id(value.document)])
        try:
            return self.resolve(self._find(value, text, file, fragment))
        except DocumentError:
            return None

    def _heirs(self) -> dict[int, dict[str, Place]]:
        """Return the components that include each schema by `allOf`, by the identity of its node."""
        if self._heirs_by_parent is None:
            self._heirs_by_parent = {}
            for root in self._documents.values():
                schemas = root.get("components", "schemas")
                for name, written in schemas.members() if schemas is not None else ():
                    place = self.resolve(written)
                    included = place.get("allOf")
                    for member in included.items() if included is not None else ():
                        if member.text("$ref") is not None:
                            parent = self.resolve(member)
                            self._heirs_by_parent.setdefault(id(parent.node), {})[name] = place
        return self._heirs_by_parent

    def check_references(self) -> None:
        """Follow every reference of every file once, so that none is found missing halfway.

        OpenAPI has references in place of certain objects, and practice has them in place of anything: an operation, a
        map of properties, a list of values. Those are replaced by what they refer to, here and for good.

        Raises:
            DocumentError: The first that leads nowhere or to another host.
        """
        self._add(self.source.root, self.root)
        pending = [self.root]
        entered = {self.root.document.path}
        walked: set[int] = set()
        while pending:
            place = pending.pop()
            if _is_replaced(place):
                place = self._replace(place)
            if container(place.node) in walked:
                continue
            walked.add(container(place.node))
            members = place.node.members or {}
            targets = [self.resolve(place)] if "$ref" in members else []
            if place.key not in _NAMES:
                if not _REFERRED_DATA.isdisjoint(members):
                    self._replace_data(place)
                discriminator = place.get("discriminator") if "discriminator" in members else None
                values = [value for _, value in _mapping(discriminator)]
                values += [value] if discriminator and (value := discriminator.get("defaultMapping")) else []
                targets += [target for value in values if (target := self._mapped(value)) is not None]
            for target in targets:
                if target.document.path not in entered:
                    entered.add(target.document.path)
                    pending.append(self._documents[self._paths[id(target.document)]])
            pending.extend(place.descriptive())

    def _replace_data(self, place: Place) -> None:
        """Put what references lead to in place of data below a place, or of parts of it."""
        for key in _REFERRED_DATA:
            for data in (child for child in (place.get(key),) if child is not None):
                if data.text("$ref") is not None:
                    self._replace(data)
                elif key == "examples":
                    for _, example in data.members():
                        if example.text("$ref") is not None:
                            self._replace(example)

    def _replace(self, place: Place) -> Place:
        """Put what a reference leads to in its place, with what stands beside it."""
        target, parent = self.resolve(place), place.parent
        assert parent is not None
        outer: Place | None = parent
        while outer is not None:
            if container(outer.node) == container(target.node):
                raise place.error("this reference, in place of something that is no schema, leads back to itself")
            outer = outer.parent
        self.taken.add(container(target.node))
        node = evolve(target.node, line=place.line, home=target.document)
        if _is_path_item(place) and target.node.members is not None and len(place.node.members or ()) > 1:
            own = {key: member for key, member in (place.node.members or {}).items() if key != "$ref"}
            home = target.document
            taken = {key: evolve(member, home=member.home or home) for key, member in target.node.members.items()}
            node = evolve(place.node, members=taken | own)
        if parent.node.members is not None:
            parent.node.members[place.key] = node
        elif parent.node.items is not None:
            parent.node.items[int(place.key)] = node
        return parent.child(place.key, node)

    def _add(self, path: str, root: Place) -> None:
        self._documents[path] = root
        self._paths[id(root.document)] = path

    def _split(self, place: Place, reference: str, here: str) -> tuple[str, str]:
        if reference.startswith("#"):
            return here, unquote(reference[1:])
        parts = urlsplit(reference)
        if parts.scheme or parts.netloc:
            raise place.error(f"refers to {reference!r}; only files beside the description are read, never a URL")
        file = posixpath.normpath(posixpath.join(posixpath.dirname(here), unquote(parts.path))) if parts.path else here
        home = posixpath.dirname(posixpath.normpath(self.source.root))
        if posixpath.relpath(file, home or ".").split("/")[0] == ".." or posixpath.isabs(unquote(parts.path)):
            raise place.error(
                f"refers to {reference!r}, outside the folder of the description; only what is in it is read"
            )
        return file, unquote(parts.fragment)

    def _find(self, place: Place, reference: str, file: str, fragment: str) -> Place:
        if file not in self._documents:
            try:
                document = self.source.read(file)
            except DocumentError as error:
                if error.line is not None:
                    raise
                raise place.error(f"refers to {reference!r}: {error.reason}") from None
            self._add(file, Place(document, document.root))
        target: Place | None = self._documents[file]
        if fragment and not fragment.startswith("/"):
            target = _anchor(self._documents[file], fragment)
        for key in fragment.split("/")[1:]:
            target = _step(target, key.replace("~1", "/").replace("~0", "~")) if target is not None else None
        if target is None:
            raise place.error(f"refers to {reference!r}, which is not there")
        return target


def load(source: Source) -> Description:
    """Read a description and make sure it can be compared.

    Raises:
        DocumentError: It cannot be read, is not OpenAPI 3.0 or 3.1, or a reference in it leads nowhere.
    """
    document = source.read(source.root)
    root = Place(document, document.root)
    description = Description(source, root, _version(root))
    description.check_references()
    return description


def _version(root: Place) -> tuple[int, int]:
    if not root.is_mapping or root.get("openapi") is None:
        hint = (
            "Swagger 2.0 must be converted to OpenAPI 3 first"
            if root.get("swagger")
            else "the key 'openapi' is missing"
        )
        raise root.error(f"not an OpenAPI 3 description: {hint}")
    version = root.text("openapi") or str(root.node.members["openapi"].value if root.node.members else "")
    for known in ((3, 0), (3, 1), (3, 2)):
        if version.split(".")[:2] == [str(part) for part in known]:
            break
    else:
        raise DocumentError(root.document.path, _line(root, "openapi"), f"OpenAPI {version} is not 3.0, 3.1 or 3.2")
    for key in ("info", "paths", "components", "webhooks"):
        place = root.get(key)
        if place is not None and (place.value is not None or place.node.items is not None):
            raise place.error(f"not an OpenAPI description: '{key}' must be a mapping")
    if all(root.get(key) is None for key in ("paths", "components", "webhooks")):
        raise root.error("not an OpenAPI description: it has no paths, components or webhooks")
    return known


def _is_replaced(place: Place) -> bool:
    """Whether a reference stands here in place of something that is read as it is."""
    parent = place.parent
    if parent is None or place.text("$ref") is None:
        return False
    if parent.key == "headers":
        return bool({"encoding", "itemEncoding", "prefixEncoding"} & set(place.keys()[-4:-2]))
    if len(place.node.members or ()) > 1 and _is_path_item(place):
        return True
    return parent.key not in _MAPS and place.key not in _FOLLOWED


def _is_path_item(place: Place) -> bool:
    """Whether operations stand here: what stands beside a reference there counts, by the practice of all tools."""
    keys = place.keys()
    if {"schema", "schemas"} & set(keys):
        return False
    return keys[:-1] in (["paths"], ["webhooks"], ["components", "pathItems"]) or keys[-3:-2] == ["callbacks"]


def _mapping(discriminator: Place | None) -> Iterator[tuple[str, Place]]:
    mapping = discriminator.get("mapping") if discriminator is not None else None
    return mapping.members() if mapping is not None else iter(())


def _line(root: Place, key: str) -> int:
    place = root.get(key)
    return place.line if place is not None else root.line


def _step(place: Place, key: str) -> Place | None:
    items = place.node.items
    if items is None:
        return place.get(key)
    if key.isdecimal() and int(key) < len(items):
        return place.child(key, items[int(key)])
    return None


def _anchor(root: Place, name: str) -> Place | None:
    """Find the schema that calls itself `name` with `$anchor` or `$dynamicAnchor`."""
    pending = [root]
    while pending:
        place = pending.pop()
        if name in (place.text("$anchor"), place.text("$dynamicAnchor")):
            return place
        pending.extend(child for _, child in place.members())
        pending.extend(place.items())
    return None
