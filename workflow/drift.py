"""Prove that the committed client is exactly what the contract gives: ``python -m workflow.drift``.

The client is generated into a temporary folder outside the project and compared byte for byte; the working tree is
only read.
"""

from __future__ import annotations

import argparse
import difflib
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

from attrs import frozen

from workflow.contract import ContractError
from workflow.generate import CONTRACT, GENERATED, generate, relative

MEND = "nox -s generate"
"""The command that makes the generated client current."""


@frozen
class Drift:
    """One file that is not what the contract gives.

    Attributes:
        kind: `changed`, `missing` (the contract gives it, it is not there) or `stray` (it is there, the contract
            does not give it).
        path: The file, relative to the generated folder, with forward slashes.
        diff: Unified diff from the file as it stands to the file as it should be; for a stray file empty.
    """

    kind: Literal["changed", "missing", "stray"]
    path: str
    diff: str


def compare(actual: Path, expected: Path) -> Iterator[Drift]:
    """Yield every difference between two folders, sorted by path; none when both hold the same files and bytes.

    Args:
        actual: The folder as it stands. Caches that Python leaves there (`__pycache__`) do not count.
        expected: The folder as it should be.
    """
    actual_files, expected_files = _files(actual), _files(expected)
    for path in sorted(actual_files.keys() | expected_files.keys()):
        is_bytes, should_bytes = actual_files.get(path), expected_files.get(path)
        if is_bytes == should_bytes:
            continue
        if should_bytes is None:
            yield Drift("stray", path, "")
        else:
            yield Drift("missing" if is_bytes is None else "changed", path, _diff(path, is_bytes or b"", should_bytes))


def _files(folder: Path) -> dict[str, bytes]:
    # A symbolic link is read as what it points to; a dangling one counts as an empty file and so as drift.
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else b""
        for path in folder.rglob("*")
        if "__pycache__" not in path.parts and (path.is_symlink() or not path.is_dir())
    }


def _diff(path: str, is_bytes: bytes, should_bytes: bytes) -> str:
    before, after = (
        content.decode("utf-8", errors="backslashreplace").splitlines(keepends=True)
        for content in (is_bytes, should_bytes)
    )
    lines = difflib.unified_diff(before, after, f"{path} (as it stands)", f"{path} (from the contract)")
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def find_drift(contract: Path, generated: Path) -> list[Drift]:
    """Generate afresh and compare.

    Args:
        contract: The contract.
        generated: The folder that holds the committed client.

    Returns:
        Every difference; an empty list when the client is current.

    Raises:
        ContractError: The contract has faults, so there is nothing to compare with.
    """
    with tempfile.TemporaryDirectory(prefix="run-steps-drift-") as temporary:
        expected = Path(temporary) / "generated"
        generate(contract, expected)
        return list(compare(generated, expected))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code: 0 without drift, 1 with drift, 2 when the contract has faults."""
    parser = argparse.ArgumentParser(
        prog="python -m workflow.drift",
        description="Fail when the committed client is not exactly what the contract gives.",
    )
    parser.add_argument("contract", nargs="?", type=Path, default=CONTRACT, help="the contract (default: openapi.yaml)")
    parser.add_argument("--generated", type=Path, default=GENERATED, help="the committed client (default: generated)")
    options = parser.parse_args(arguments)
    try:
        drifts = find_drift(relative(options.contract), options.generated)
    except ContractError as error:
        print(error, file=sys.stderr)
        return 2
    name = relative(options.generated)
    if not drifts:
        print(f"{name} is exactly what the contract gives.")
        return 0
    for drift in drifts:
        print(f"{drift.kind}: {name}/{drift.path}")
        if drift.diff:
            print(drift.diff)
    count = f"{len(drifts)} file" + "s" * (len(drifts) > 1)
    print(f"{count} in {name} not as the contract gives. Mend it with: {MEND}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
