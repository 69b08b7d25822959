"""Finding files of the generated client that are not what the contract gives."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.workflow.conftest import tree
from workflow.drift import main
from workflow.generate import CONTRACT

MODEL = "run_steps_api/models/run_step.py"


def _change_one_character(folder: Path) -> None:
    path = folder / MODEL
    path.write_text(
        path.read_text(encoding="utf-8").replace("usage = src_dict", "usagf = src_dict", 1), encoding="utf-8"
    )


def _delete_a_file(folder: Path) -> None:
    (folder / MODEL).unlink()


def _add_a_file(folder: Path) -> None:
    (folder / "run_steps_api" / "helpers.py").write_text("x = 1\n")


def _link_nowhere(folder: Path) -> None:
    (folder / "run_steps_api" / "link").symlink_to("nowhere")


def test_the_committed_client_has_no_drift(capsys: pytest.CaptureFixture[str]) -> None:
    """The client in the repository is exactly what its contract gives."""
    assert main([]) == 0
    assert "exactly what the contract gives" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("spoil", "finding", "diff"),
    [
        (_change_one_character, f"changed: {{}}/{MODEL}", "-        usagf = src_dict"),
        (_delete_a_file, f"missing: {{}}/{MODEL}", "+class RunStep("),
        (_add_a_file, "stray: {}/run_steps_api/helpers.py", ""),
        (_link_nowhere, "stray: {}/run_steps_api/link", ""),
    ],
)
def test_drift_is_found_shown_and_left_alone(
    spoil: Callable[[Path], None],
    finding: str,
    diff: str,
    generated_copy: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Changed, missing and stray files are named with a diff and the command that mends them; no file is touched."""
    spoil(generated_copy)
    before = tree(generated_copy)

    assert main([str(CONTRACT), "--generated", str(generated_copy)]) == 1
    output = capsys.readouterr()
    assert finding.format(generated_copy) in output.out
    assert diff in output.out
    assert "nox -s generate" in output.err
    assert tree(generated_copy) == before


def test_caches_of_python_are_no_drift(generated_copy: Path) -> None:
    """Byte code that Python leaves beside the modules does not count."""
    cache = generated_copy / "run_steps_api" / "__pycache__"
    cache.mkdir()
    (cache / "client.cpython-311.pyc").write_bytes(b"\0")

    assert main([str(CONTRACT), "--generated", str(generated_copy)]) == 0


def test_a_bad_contract_is_no_drift(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A contract with faults ends with exit code 2 and the fault, not with a list of files."""
    contract = tmp_path / "openapi.yaml"
    contract.write_text("openapi: [")

    assert main([str(contract)]) == 2
    assert f"{contract}:1: not well-formed YAML" in capsys.readouterr().err
