"""Generate the packages of two descriptions and compare their surfaces."""

from __future__ import annotations

import tempfile
from pathlib import Path, PurePosixPath

from workflow.contract import ContractError
from workflow.document import DocumentError
from workflow.generate import PACKAGE, generate
from workflow.review.findings import PythonChange
from workflow.review.python.changes import Surface, compare_surfaces
from workflow.review.python.surface import surface
from workflow.review.sources import Source


def compare_packages(base: Source, revision: Source) -> list[PythonChange]:
    """Return what changed for someone who imports the generated package.

    Raises:
        DocumentError: A description cannot be generated from.
    """
    if base.text(base.root) == revision.text(revision.root):
        return []
    return compare_surfaces(_surface(base), _surface(revision))


def _surface(source: Source) -> Surface:
    with tempfile.TemporaryDirectory(prefix="review-") as temporary:
        folder = Path(temporary)
        # A copy, as a description of a git revision is no file.
        contract = folder / PurePosixPath(source.root).name
        contract.write_text(source.text(source.root), encoding="utf-8")
        try:
            generate(contract, folder)
        except ContractError as error:
            first, *others = error.faults
            more = f" (and {len(others)} more faults)" if others else ""
            raise DocumentError(source.name(source.root), first.line, first.reason + more) from None
        return surface(folder, PACKAGE)
