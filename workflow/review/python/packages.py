"""Find the packages that belong to a contract and compare what they offer."""

from __future__ import annotations

import ast
import functools
import hashlib
import tempfile
from pathlib import Path, PurePosixPath

from attrs import evolve, frozen

from workflow.contract import ContractError
from workflow.document import DocumentError
from workflow.generate import generate
from workflow.review.findings import Finding, PythonChange
from workflow.review.python.changes import compare_surfaces
from workflow.review.python.generator import Files, generator_change, provenance
from workflow.review.python.surface import Surface, surface
from workflow.review.python.version import pinned_versions
from workflow.review.sources import Source

GENERATED = "generated"
"""Folder, beside a contract, of the package that is generated from it."""

OVERLAYS = "overlays"
"""Folder, beside a contract, of the packages that are written by hand."""


@frozen
class Comparison:
    """What happened to the packages that belong to a contract.

    Attributes:
        client: What changed in the generated package for someone who imports it, worst first.
        overlays: What changed in the packages written by hand.
        generator: That another generator or other templates wrote the client; None when the same did.
    """

    client: tuple[PythonChange, ...] = ()
    overlays: tuple[PythonChange, ...] = ()
    generator: Finding | None = None


def compare_packages(base: Source, revision: Source) -> Comparison:
    """Compare the packages that belong to two contracts: those beside them, at the same revision.

    A client that was generated from another contract does not belong to it. Then, if the contracts differ, one is
    generated for the review, as it is for a contract that has no packages beside it.

    Raises:
        DocumentError: There is no client of a contract and none can be generated, or a module is not valid Python.
    """
    before, after = _beside(base), _beside(revision)
    if not before or not after:
        # A contract that stands alone does not say that all packages went or came.
        before, after = _client(before), _client(after)
    if base.content(base.root) != revision.content(revision.root):
        before, after = _with_client(before, base), _with_client(after, revision)
    elif not before or not after:
        return Comparison()
    pins = pinned_versions(base), pinned_versions(revision)
    generator = generator_change(_client(before), _client(after), pins)
    if before == after:
        return Comparison(generator=generator)
    changes = compare_surfaces(_surface(before, base), _surface(after, revision))
    sides: tuple[list[PythonChange], list[PythonChange]] = [], []
    for change in changes:
        sides[not _is_client(change.file)].append(evolve(change, file=revision.beside(change.file)))
    client, overlays = map(tuple, sides)
    return Comparison(client, overlays, generator)


def _beside(source: Source) -> Files:
    files = source.files_beside((GENERATED, OVERLAYS))
    return {name: content for name, content in files.items() if name.endswith((".py", ".pyi"))}


def _is_client(name: str) -> bool:
    return name.startswith(f"{GENERATED}/")


def _client(files: Files) -> Files:
    return {name: content for name, content in files.items() if _is_client(name)}


def _with_client(files: Files, source: Source) -> Files:
    contract = source.content(source.root)
    if provenance(files).get("CONTRACT_SHA256") == hashlib.sha256(contract).hexdigest():
        return files
    rest = {name: content for name, content in files.items() if not _is_client(name)}
    with tempfile.TemporaryDirectory(prefix="review-") as temporary:
        folder = Path(temporary)
        # A copy, as a description of a git revision is no file.
        path = folder / PurePosixPath(source.root).name
        path.write_bytes(contract)
        try:
            package = generate(path, folder / GENERATED)
        except ContractError as error:
            first, *others = error.faults
            more = f" (and {len(others)} more faults)" if others else ""
            raise DocumentError(source.name(source.root), first.line, first.reason + more) from None
        return rest | {module.relative_to(folder).as_posix(): module.read_bytes() for module in package.rglob("*.py")}


def _surface(files: Files, source: Source) -> Surface:
    with tempfile.TemporaryDirectory(prefix="review-") as temporary:
        folder = Path(temporary)
        for name, content in files.items():
            if (fault := _fault(content)) is not None:
                raise DocumentError(source.name(source.beside(name)), fault.lineno, f"not valid Python: {fault.msg}")
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        return surface(folder, [name.removesuffix("/__init__.py") for name in sorted(files) if _is_package(name)])


@functools.cache
def _fault(module: bytes) -> SyntaxError | None:
    # What is not valid would be passed over otherwise. Most modules are the same on both sides.
    try:
        ast.parse(module)
    except SyntaxError as error:
        return error
    return None


def _is_package(name: str) -> bool:
    """Whether a file makes its folder a package that is imported by its own name."""
    path = PurePosixPath(name)
    return path.name == "__init__.py" and len(path.parts) == 3
