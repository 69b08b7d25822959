"""What changes for someone who imports the generated package."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from textwrap import dedent

import pytest

from tests.workflow.review.descriptions import TODAY
from workflow.document import DocumentError
from workflow.generate import CONTRACT
from workflow.review.findings import Level, PythonChange
from workflow.review.python.changes import compare_surfaces
from workflow.review.python.surface import Item, surface
from workflow.review.review import review
from workflow.review.sources import Source
from workflow.review.verdict import Bump

MODEL = """
    from enum import StrEnum

    from attrs import define

    class Size(StrEnum):
        SMALL = "small"

    @define
    class Parcel:
        key: str
        size: Size | None = None

    def sync(key: str, *, limit: int = 20) -> Parcel | None: ...

    def sync_detailed(key: str, *, limit: int = 20) -> Parcel | None: ...

    def _hidden() -> None: ...
"""


UNION = """
    from typing import TypeAlias

    from . import Parcel, Size

    Content: TypeAlias = (
        Parcel
        | list[Parcel]
    )

    def content_from_dict(source: dict[str, object]) -> Content: ...
"""


def changes(tmp_path: Path, old: str, new: str) -> list[PythonChange]:
    """Compare the package with a revision in which some text is replaced by other text."""
    assert old in MODEL + UNION
    surfaces = list[dict[str, Item]]()
    for name, replaced in (("base", old), ("revision", new)):
        package = tmp_path / name / "parcels"
        package.mkdir(parents=True)
        for file, text in (("__init__.py", MODEL), ("content.py", UNION)):
            (package / file).write_text(dedent(text.replace(old, replaced)), encoding="utf-8")
        surfaces.append(surface(tmp_path / name, ["parcels"]))
    return compare_surfaces(*surfaces)


@pytest.mark.parametrize(
    ("old", "new", "kind", "level"),
    [
        ("class Parcel:", "class Package:", "renamed", Level.BREAKING),
        ("class Size(StrEnum):", "class Size(str):", "kind-changed", Level.BREAKING),
        ('SMALL = "small"', 'SMALL = "small"\n        LARGE = "large"', "member-added", Level.SAFE),
        ('SMALL = "small"', 'SMALL = "S"', "value-changed", Level.BREAKING),
        ("size: Size | None = None", "pass", "removed", Level.BREAKING),
        (
            "key: str\n        size",
            "key: str\n        owner: str\n        size",
            "required-argument-added",
            Level.BREAKING,
        ),
        ("        key: str\n", "        key: str | None\n", "attribute-type-changed", Level.BREAKING),
        ("size: Size | None = None", "size: None = None", "attribute-type-narrowed", Level.SAFE),
        ("| list[Parcel]", "| list[Parcel] | Size", "alternative-added", Level.RISKY),
        ("| list[Parcel]", "", "alternative-removed", Level.RISKY),
        ("Content:", "Contents:", "renamed", Level.BREAKING),
        ("limit: int = 20", "limit: int", "parameter-required", Level.BREAKING),
        ("limit: int = 20", "limit: int = 10", "default-changed", Level.RISKY),
        ("limit: int = 20", "limit: int | str = 20", "parameter-type-changed", Level.SAFE),
        ("limit: int = 20", "limit: str = 20", "parameter-type-changed", Level.BREAKING),
        ("limit: int = 20", "size: int = 20", "parameter-renamed", Level.BREAKING),
        ("limit: int = 20", "limit: int = 20, after: str = ''", "argument-added", Level.SAFE),
        ("limit: int = 20", "limit: int = 20, after: str", "required-argument-added", Level.BREAKING),
        (", *, limit", ", limit", "parameter-kind-changed", Level.SAFE),
        ("-> Parcel | None", "-> Parcel", "return-type-changed", Level.SAFE),
        ("-> Parcel | None", "-> Parcel | str | None", "return-type-changed", Level.BREAKING),
    ],
)
def test_a_change_in_python_has_its_kind_and_level(tmp_path: Path, old: str, new: str, kind: str, level: Level) -> None:
    """What an importer has to change is breaking, what only some notice is risky, the rest is safe."""
    assert (kind, level) in {(change.kind, change.level) for change in changes(tmp_path, old, new)}


def test_the_twins_of_an_operation_are_told_once(tmp_path: Path) -> None:
    """What happened alike to `sync` and `sync_detailed` is one change."""
    (change,) = changes(tmp_path, "limit: int = 20", "limit: int = 10")
    assert "default" in change.text


def test_the_order_of_a_union_is_no_change(tmp_path: Path) -> None:
    """The same alternatives in another order are the same type."""
    old = "Parcel\n        | list[Parcel]"
    assert changes(tmp_path, old, "list[Parcel]\n        | Parcel") == []


def test_private_names_are_nobodys_business(tmp_path: Path) -> None:
    """A name that starts with an underscore may change at will."""
    assert changes(tmp_path, "_hidden", "_renamed") == []


def contract(folder: Path, text: str, package_version: str = "0.1.0") -> Source:
    """Write a contract and the version of its package into a folder."""
    folder.mkdir()
    (folder / "pyproject.toml").write_text('[tool.hatch.version]\npath = "package.py"\n', encoding="utf-8")
    (folder / "package.py").write_text(f'__version__ = "{package_version}"\n', encoding="utf-8")
    path = folder / "openapi.yaml"
    path.write_text(text, encoding="utf-8")
    return Source(str(path))


def test_a_change_in_python_is_tied_to_its_cause(tmp_path: Path) -> None:
    """Both clients are generated, and what changed in them stands with the change of the contract."""
    text = CONTRACT.read_text(encoding="utf-8")
    base = contract(tmp_path / "base", text)
    revision = contract(tmp_path / "revision", _edited(text), package_version="0.1.1")
    result = review(base, revision, wire_only=False, approvals=[], today=TODAY)
    tied = {finding.rule: [change.kind for change in finding.python] for finding in result.findings}
    assert tied["became-optional"] == ["attribute-type-changed"]
    assert tied["optional-property-added"] == ["attribute-added"]
    assert tied["enum-value-added"] == ["member-added"]
    assert result.findings[0].worst_level is Level.BREAKING
    asked = [(check.name, check.required, check.enough) for check in result.versions]
    assert asked == [("info.version", Bump.MAJOR, False), ("package version", Bump.MINOR, False)]
    assert result.changelog.startswith("## [0.2.0]\n")


def test_a_shared_parameter_is_tied_to_the_functions_that_take_it(tmp_path: Path) -> None:
    """A parameter described beside the paths explains what happens to the functions of every operation with it."""
    text = CONTRACT.read_text(encoding="utf-8")
    name = "      name: after\n"
    assert text.count(name) == 1
    required = text.replace(name, name + "      required: true\n")
    sources = contract(tmp_path / "base", text), contract(tmp_path / "revision", required)
    (finding,) = review(*sources, wire_only=False, approvals=[], today=TODAY).findings
    kinds = Counter(change.kind for change in finding.python)
    assert kinds == {"parameter-required": 4, "parameter-type-changed": 4}


def test_a_new_alternative_is_told_once_with_its_class(tmp_path: Path) -> None:
    """A new kind of tool call is one change of the contract, with the new class and the wider union below it."""
    text = CONTRACT.read_text(encoding="utf-8")
    sources = contract(tmp_path / "base", text), contract(tmp_path / "revision", _with_another_tool(text))
    (finding,) = review(*sources, wire_only=False, approvals=[], today=TODAY).findings
    assert (finding.rule, finding.worst_level) == ("alternative-added", Level.RISKY)
    assert sorted(change.kind for change in finding.python) == ["alternative-added", "class-added"]


def test_a_renamed_schema_and_operation_are_told_once_each(tmp_path: Path) -> None:
    """A new name of a class, a union or a function is one change in Python, not one wherever the name is used."""
    text = CONTRACT.read_text(encoding="utf-8")
    renamed = text.replace("McpToolCall", "McpCall").replace("operationId: listRunSteps", "operationId: listSteps")
    renamed = renamed.replace('/ToolCall"', '/Call"').replace("    ToolCall:", "    Call:")
    sources = contract(tmp_path / "base", text), contract(tmp_path / "revision", renamed)
    result = review(*sources, wire_only=False, approvals=[], today=TODAY)
    told = [(finding.rule, [change.kind for change in finding.python]) for finding in result.findings if finding.python]
    assert sorted(told) == [("operation-id-changed", ["renamed"]), *[("schema-renamed", ["renamed"])] * 2]


def test_a_contract_that_cannot_be_generated_from_is_refused(tmp_path: Path) -> None:
    """What the generator refuses is reported under the name and line of the contract, not of a temporary copy."""
    text = CONTRACT.read_text(encoding="utf-8")
    line = text[: text.index("operationId: retrieveRunStep")].count("\n") + 1
    base = contract(tmp_path / "base", text)
    revision = contract(
        tmp_path / "revision", text.replace("operationId: retrieveRunStep", "operationId: listRunSteps")
    )
    with pytest.raises(DocumentError) as refusal:
        review(base, revision, wire_only=False, approvals=[], today=TODAY)
    assert (refusal.value.path, refusal.value.line) == (revision.root, line)


def _with_another_tool(text: str) -> str:
    """Describe one more kind of tool call, as an existing one is described."""

    def copied(part: str) -> str:
        return part.replace("QuarkSearch", "PelicanSearch").replace("quark_search", "pelican_search")

    start, end = text.index("    QuarkSearchToolCall:"), text.index("    BrowserToolCall:")
    text = text[:end] + copied(text[start:end]) + text[end:]
    for lead in ("        - $ref", "          quark_search"):
        line = f'{lead}: "#/components/schemas/QuarkSearchToolCall"\n'
        assert line in text
        text = text.replace(line, line + copied(line))
    return text


def _edited(text: str) -> str:
    """Change a schema's required properties, its properties and an enumeration."""
    for old, new in (
        ("required: [type, function]", "required: [type]"),
        (
            "        server_label:\n",
            (
                "        duration_ms:\n          description: How long it took (milliseconds).\n"
                "          type: integer\n"
                "        server_label:\n"
            ),
        ),
        ("enum: [in_progress, cancelled,", "enum: [in_progress, paused, cancelled,"),
    ):
        assert old in text
        text = text.replace(old, new, 1)
    return text
