"""The packages as committed: what a review tells of changes that the contract does not explain."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from textwrap import dedent

import griffe
import pytest

from tests.workflow.review.descriptions import TODAY
from workflow.document import DocumentError
from workflow.review.__main__ import main
from workflow.review.findings import Level, Part, PythonChange
from workflow.review.python.changes import compare_surfaces
from workflow.review.python.surface import surface
from workflow.review.review import Review, review
from workflow.review.sources import Source
from workflow.review.verdict import Bump, Verdict

MODULES = {
    "__init__.py": """
        from typing import TYPE_CHECKING

        if TYPE_CHECKING:
            from parcels._client import Client
            from parcels.errors import NotFound

        __all__ = ["Client", "NotFound", "made_when_asked"]
    """,
    "_client.py": """
        from collections.abc import Iterator
        from contextlib import contextmanager
        from typing import TypedDict, Unpack

        from parcels._base import Base
        from parcels.settings import Order, Policy

        class Options(TypedDict, total=False):
            timeout: float
            headers: dict[str, str]

        class Client(Base):
            def __init__(self, url: str, *, policy: Policy | None = None) -> None:
                self.url = url

            def list(
                self, key: str, order: Order = "asc", limit: int = 20, **options: Unpack[Options]
            ) -> list[str]: ...

            def close(self) -> None: ...

            @property
            def host(self) -> str: ...

            @property
            def timeout(self) -> float: ...

            @timeout.setter
            def timeout(self, value: float) -> None: ...

            @contextmanager
            def opened(self) -> Iterator[str]: ...

            def _send(self) -> None: ...
    """,
    "_base.py": """
        class Base:
            def inherited(self) -> str: ...
    """,
    "errors.py": """
        class Failed(Exception):
            status: int

        class NotFound(Failed):
            pass

        class Gone(Failed):
            pass
    """,
    "settings.py": """
        from enum import Enum
        from typing import Any, Literal, TypeVar, overload

        import httpx
        from attrs import field, frozen

        T = TypeVar("T")
        Order = Literal["asc", "desc"]
        LIMIT = 20

        class Size(Enum):
            SMALL = "small"
            LARGE = "large"

        @frozen
        class Policy:
            attempts: int = field(default=4)
            wait: float = 0.5

        def choose(size: Size, /, *sizes: Size, transport: httpx.Client | None = None) -> Policy: ...

        def pass_on(**settings: Any) -> None: ...

        @overload
        def weigh(size: Size) -> float: ...

        @overload
        def weigh(size: None) -> None: ...

        def weigh(size: Size | None) -> float | None: ...
    """,
}


def write(folder: Path, modules: dict[str, str]) -> Path:
    """Write the package `parcels` into a folder."""
    for name, text in modules.items():
        path = folder / "parcels" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text), encoding="utf-8")
    return folder


def edited(*edits: tuple[str, str, str]) -> dict[str, str]:
    """Return the modules with texts replaced, each given with its module."""
    modules = dict(MODULES)
    for name, old, new in edits:
        assert old in modules[name], old
        modules[name] = modules[name].replace(old, new)
    return modules


def changes(folder: Path, modules: dict[str, str]) -> list[PythonChange]:
    """Compare the package with a revision of it."""
    sides = write(folder / "base", MODULES), write(folder / "revision", modules)
    return compare_surfaces(*(surface(side, ["parcels"]) for side in sides))


CASES = [
    (("_client.py", "def close", "def shut"), "renamed", Level.BREAKING, "parcels.Client.close"),
    (("_client.py", "def close(self) -> None: ...", ""), "removed", Level.BREAKING, "parcels.Client.close"),
    (("_base.py", "def inherited", "def other"), "renamed", Level.BREAKING, "parcels.Client.inherited"),
    (("_client.py", "class Client(Base)", "class Client"), "removed", Level.BREAKING, "parcels.Client.inherited"),
    (("_client.py", ", *, policy", ", policy"), "parameter-kind-changed", Level.SAFE, "`policy` of `parcels.Client`"),
    (
        ("_client.py", ", *, policy: Policy | None = None", ""),
        "parameter-removed",
        Level.BREAKING,
        "`parcels.Client` no longer takes `policy`",
    ),
    (("_client.py", "headers: dict[str, str]", ""), "parameter-removed", Level.BREAKING, "takes `headers`"),
    (("_client.py", "timeout: float\n            h", "h"), "parameter-removed", Level.BREAKING, "takes `timeout`"),
    (("_client.py", "headers: dict", "proxies: dict"), "parameter-renamed", Level.BREAKING, "`proxies`"),
    (
        ("_client.py", "headers: dict[str, str]", "headers: Required[dict[str, str]]"),
        "parameter-required",
        Level.BREAKING,
        "`headers`",
    ),
    (("_client.py", "headers:", "retries: int\n            headers:"), "argument-added", Level.SAFE, "`retries`"),
    (("_client.py", "limit: int = 20", "limit: int = 10"), "default-changed", Level.RISKY, "`10`, before `20`"),
    (
        ("_client.py", "limit: int = 20", "after: str = '', limit: int = 20"),
        "parameters-moved",
        Level.BREAKING,
        "`limit`",
    ),
    (("_client.py", "limit: int = 20", "*, limit: int = 20"), "parameter-kind-changed", Level.BREAKING, "`limit`"),
    (("_client.py", "def close", "async def close"), "kind-changed", Level.BREAKING, "now async"),
    (("_client.py", "@contextmanager\n", "\n"), "kind-changed", Level.BREAKING, "no longer contextmanager"),
    (
        ("_client.py", "@property\n            def host", "def host"),
        "kind-changed",
        Level.BREAKING,
        "`parcels.Client.host`",
    ),
    (
        ("_client.py", "@timeout.setter\n            def timeout(self, value: float) -> None: ...", ""),
        "kind-changed",
        Level.BREAKING,
        "read-only",
    ),
    (
        ("_client.py", "def host(self) -> str", "def host(self) -> str | None"),
        "attribute-type-changed",
        Level.BREAKING,
        "host",
    ),
    (("_client.py", "self.url", "self.address"), "removed", Level.BREAKING, "`parcels.Client.url`"),
    (("__init__.py", '"NotFound", ', ""), "removed", Level.BREAKING, "still there as `parcels.errors.NotFound`"),
    (("__init__.py", ', "made_when_asked"', ""), "removed", Level.BREAKING, "made_when_asked"),
    (("errors.py", "class NotFound(Failed)", "class NotFound(Exception)"), "bases-changed", Level.BREAKING, "`Failed`"),
    (
        ("errors.py", "class Gone(Failed)", "class Gone(Failed, LookupError)"),
        "bases-changed",
        Level.SAFE,
        "`LookupError`",
    ),
    (("errors.py", "status: int", "code: int"), "removed", Level.BREAKING, "`parcels.errors.Failed.status`"),
    (("settings.py", 'LARGE = "large"', ""), "removed", Level.BREAKING, "member `parcels.settings.Size.LARGE`"),
    (("settings.py", 'LARGE = "large"', 'BIG = "large"'), "renamed", Level.BREAKING, "`BIG`"),
    (("settings.py", 'Literal["asc", "desc"]', 'Literal["asc"]'), "alternative-removed", Level.RISKY, "desc"),
    (("settings.py", "LIMIT = 20", "LIMIT = 10"), "value-changed", Level.RISKY, "10, before 20"),
    (("settings.py", "LIMIT = 20", f"LIMIT = {'1' * 99}"), "value-changed", Level.RISKY, "has another value"),
    (("settings.py", "LIMIT = 20", ""), "removed", Level.BREAKING, "LIMIT"),
    (("settings.py", "field(default=4)", "field(default=5)"), "default-changed", Level.RISKY, "`5`, before `4`"),
    (("settings.py", "field(default=4)", "field(factory=int)"), "default-changed", Level.RISKY, "`int()`"),
    (("settings.py", "field(default=4)", "field()"), "parameter-required", Level.BREAKING, "`attempts`"),
    (("settings.py", "wait: float = 0.5", ""), "removed", Level.BREAKING, "`parcels.settings.Policy.wait`"),
    (
        ("settings.py", "wait: float", "server: str\n            wait: float"),
        "required-argument-added",
        Level.BREAKING,
        "server",
    ),
    (("settings.py", "@frozen", "@frozen(kw_only=True)"), "parameter-kind-changed", Level.BREAKING, "`wait`"),
    (
        ("settings.py", "attempts: int", "first: int = 0\n            attempts: int"),
        "parameters-moved",
        Level.BREAKING,
        "`first`",
    ),
    (
        ("settings.py", "httpx.Client", "httpx.AsyncClient"),
        "parameter-type-changed",
        Level.BREAKING,
        "httpx.AsyncClient",
    ),
    (("settings.py", "size: Size, /", "one: Size, /"), "parameter-renamed", Level.SAFE, "`one`"),
    (("settings.py", ", *sizes: Size", ", *"), "parameter-removed", Level.BREAKING, "`sizes`"),
    (
        ("settings.py", "transport: httpx.Client | None = None", "**others: Any"),
        "parameter-swallowed",
        Level.RISKY,
        "`**others`",
    ),
    (("settings.py", "(**settings", "(name: str, **settings"), "required-argument-added", Level.BREAKING, "`name`"),
    (("settings.py", "size: None) -> None", "size: int) -> None"), "overload-removed", Level.BREAKING, "size: None"),
    (("settings.py", "def pass_on", "def hand_on"), "renamed", Level.BREAKING, "pass_on"),
]


@pytest.mark.parametrize(("edit", "kind", "level", "words"), CASES)
def test_a_change_of_the_surface_has_its_kind_and_level(
    tmp_path: Path, edit: tuple[str, str, str], kind: str, level: Level, words: str
) -> None:
    """Whatever an importer may depend on is told where it is public, with what it asks of them."""
    told = changes(tmp_path, edited(edit))
    assert [change for change in told if (change.kind, change.level) == (kind, level) and words in change.text]


@pytest.mark.parametrize("edit", [edit for edit, _, level, _ in CASES if level is not Level.SAFE])
def test_nothing_that_griffe_calls_breaking_is_missed(tmp_path: Path, edit: tuple[str, str, str]) -> None:
    """Where griffe's own comparison of two packages finds a breaking change, so does the review, or calls it risky."""
    worst = {change.level for change in changes(tmp_path, edited(edit))} & {Level.BREAKING, Level.RISKY}
    sides = [
        griffe.load("parcels", search_paths=[str(tmp_path / side)], allow_inspection=False)
        for side in ("base", "revision")
    ]
    assert worst or not list(griffe.find_breaking_changes(*sides))


@pytest.mark.parametrize(
    "edits",
    [
        [("_client.py", "def _send", "def _deliver")],
        [("_client.py", "self.url = url", "self.url = str(url)")],
        [("_client.py", "import Iterator", "import Iterator as Iterator")],
        [("settings.py", "import httpx", "from httpx import Client"), ("settings.py", "httpx.Client", "Client")],
        [("settings.py", "httpx.Client | None", '"None | httpx.Client"')],
        [
            ("settings.py", "Any, Literal", "Annotated, Any, Literal"),
            ("settings.py", "**settings: Any", "**settings: Annotated[Any, 'x']"),
        ],
        [("settings.py", "T = TypeVar", "U = TypeVar"), ("settings.py", '"T"', '"U"')],
        [("settings.py", "SMALL =", "# The smallest.\n            SMALL =")],
        [("_base.py", "class Base", "class Foundation"), ("_client.py", "Base", "Foundation")],
        [("errors.py", "class NotFound(Failed)", "class _Known(Failed): ...\n\n        class NotFound(_Known)")],
    ],
)
def test_what_importers_cannot_see_is_no_change(tmp_path: Path, edits: list[tuple[str, str, str]]) -> None:
    """Private names, ways to write an import or annotation, and where a method is inherited from may change at will."""
    assert changes(tmp_path, edited(*edits)) == []


def test_names_handed_on_by_a_star_are_public(tmp_path: Path) -> None:
    """A package that exports all its module exports loses what that module loses."""
    init = "from parcels.errors import *\nfrom parcels.errors import __all__ as names\n\n__all__ = [*names, 'Client']\n"
    sides = []
    for side, names in (("base", ["Failed", "Gone"]), ("revision", ["Failed"])):
        modules = {**MODULES, "__init__.py": init, "errors.py": f"__all__ = {names}\n" + dedent(MODULES["errors.py"])}
        sides.append(surface(write(tmp_path / side, modules), ["parcels"]))
    assert "parcels.Gone" in sides[0]
    assert [change.text for change in compare_surfaces(*sides)] == ["The class `parcels.Gone` is gone."]


def moved(old: str, new: str) -> dict[str, str]:
    """Return the modules with one of them under another name, and imported from there."""
    modules = {name: text.replace(f"parcels.{old}", f"parcels.{new}") for name, text in MODULES.items()}
    modules[f"{new}.py"] = modules.pop(f"{old}.py")
    return modules


def test_a_private_module_may_move(tmp_path: Path) -> None:
    """A class that is imported from the top of a package may be defined anywhere."""
    assert changes(tmp_path, moved("_client", "_reader")) == []


def test_a_public_module_that_becomes_private_is_told_once(tmp_path: Path) -> None:
    """All that went with it is not listed, and what is still public elsewhere is no change."""
    (change,) = changes(tmp_path, moved("errors", "_errors"))
    assert (change.level, change.text) == (Level.BREAKING, "The module `parcels.errors` is gone.")


def test_a_public_module_that_moves_is_told_with_its_new_name(tmp_path: Path) -> None:
    """What it holds moved with it, which is one change."""
    (change,) = changes(tmp_path, moved("settings", "choices"))
    assert (change.level, change.kind) == (Level.BREAKING, "renamed")
    assert change.text == "The module `parcels.settings` is now called `choices`."


def test_what_subclasses_inherit_is_told_once(tmp_path: Path) -> None:
    """An argument that all errors take is one change, told of the class that defines it."""
    modules = edited(("errors.py", "status: int", "def __init__(self, status: int) -> None: ..."))
    told = changes(tmp_path, modules)
    assert [change.text for change in told if change.kind == "required-argument-added"] == [
        "`parcels.errors.Failed` takes the new required argument `status`."
    ]


PARCELS = {
    "openapi": "3.1.0",
    "info": {"title": "Parcels", "version": "1.0.0"},
    "paths": {},
}


def git(*arguments: str) -> None:
    """Run git as somebody."""
    names = ["-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *names, *arguments], check=True)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A git repository, current folder, whose branch main holds a contract and a package 1.0.0."""
    monkeypatch.chdir(tmp_path)
    git("init", "--quiet", "--initial-branch=main")
    (tmp_path / "openapi.yaml").write_text(json.dumps(PARCELS), encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text('[project]\nversion = "1.0.0"\n', encoding="utf-8")
    write(tmp_path / "overlays", MODULES)
    git("add", ".")
    git("commit", "--quiet", "--message=first")
    git("checkout", "--quiet", "-b", "change")
    return tmp_path


def reviewed(base: str, revision: str | None = None) -> Review:
    """Review the project between two git revisions, or a git revision and the working tree."""
    sources = Source("openapi.yaml", base), Source("openapi.yaml", revision)
    return review(*sources, wire_only=False, approvals=[], today=TODAY)


def test_a_method_renamed_by_hand_asks_for_a_version_of_the_package(project: Path) -> None:
    """It is a finding of its own with file and line; the contract, which did not change, keeps its version."""
    write(project / "overlays", edited(("_client.py", "def close", "def shut")))
    result = reviewed("main")
    (finding,) = result.findings
    assert (finding.part, finding.rule, finding.location) == (
        Part.PACKAGE,
        "python-renamed",
        ("overlays/parcels/_client.py", 21),
    )
    assert [(check.name, check.required, check.enough) for check in result.versions] == [
        ("info.version", Bump.NONE, True),
        ("package version", Bump.MAJOR, False),
    ]
    assert (result.verdict, result.bump) == (Verdict.BREAKING, Bump.MAJOR)


def test_two_revisions_are_compared_as_committed(project: Path) -> None:
    """The working tree plays no part when both sides are revisions, and none is changed."""
    write(project / "overlays", edited(("settings.py", "LIMIT = 20", "LIMIT = 30")))
    git("commit", "--quiet", "--all", "--message=second")
    write(project / "overlays", edited(("settings.py", "LIMIT = 20", "")))
    (finding,) = reviewed("main", "HEAD").findings
    assert finding.text == "`parcels.settings.LIMIT` is now 30, before 20."
    assert [finding.rule for finding in reviewed("main", "main").findings] == []
    assert [finding.rule for finding in reviewed("HEAD").findings] == ["python-removed"]


def test_a_package_that_goes_is_told(project: Path) -> None:
    """A folder of packages may be emptied down to one of them."""
    write(project / "overlays", {"../crates/__init__.py": "SIZE = 3\n"})
    git("add", ".")
    git("commit", "--quiet", "--message=crates")
    shutil.rmtree(project / "overlays" / "crates")
    (finding,) = reviewed("HEAD").findings
    assert (finding.level, finding.text) == (Level.BREAKING, "The module `crates` is gone.")


def test_what_is_not_python_is_refused(project: Path) -> None:
    """A module that cannot be read is named with its line, instead of counting as empty."""
    (project / "overlays" / "parcels" / "errors.py").write_text("x = 1\nclass\n", encoding="utf-8")
    with pytest.raises(DocumentError, match="not valid Python") as refusal:
        reviewed("main")
    assert (refusal.value.path, refusal.value.line) == ("overlays/parcels/errors.py", 2)


def test_the_version_of_the_package_decides_the_exit_code(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A lost method fails until the version is raised, and approving it does not make the version high enough."""
    write(project / "overlays", edited(("_client.py", "def close(self) -> None: ...", "")))
    (finding,) = reviewed("main").findings
    entry = f"- fingerprint: '{finding.fingerprint}'\n  reason: Agreed.\n  expires: 2999-12-31\n"
    (project / "review-ignore.yaml").write_text(entry, encoding="utf-8")
    assert main(["main"]) == 1
    error = "package version: needs a major bump; it stayed 1.0.0, which is not enough. Raise it to 2.0.0 or beyond"
    assert error in capsys.readouterr().err
    assert main(["main", "--no-version-check"]) == 0
    (project / "pyproject.toml").write_text('[project]\nversion = "2.0.0"\n', encoding="utf-8")
    assert main(["main"]) == 0


@pytest.mark.parametrize(
    ("form", "place"),
    [
        ("terminal", "overlays/parcels/_client.py:21"),
        ("markdown", "overlays/parcels/\\_client.py:21"),
        ("github", "file=overlays/parcels/_client.py,line=21"),
        ("html", "The package"),
    ],
)
def test_every_report_has_the_package(project: Path, form: str, place: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The finding stands in each report, at its line where the report tells lines."""
    write(project / "overlays", edited(("_client.py", "def close", "def shut")))
    main(["main", "--format", form])
    output = capsys.readouterr().out
    assert "shut" in output
    assert place in output
