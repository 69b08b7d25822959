"""Generating the client: the same everywhere, whole or not at all, and clear about what is wrong."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.workflow.conftest import tree
from workflow import ROOT
from workflow.generate import CONTRACT, GENERATED, main

Edit = Callable[[str, str], Path]


def _line(path: Path, passage: str) -> int:
    return path.read_text(encoding="utf-8")[: path.read_text(encoding="utf-8").index(passage)].count("\n") + 1


def test_the_same_bytes_in_every_surrounding(tmp_path: Path) -> None:
    """Hash seed, current folder, locale, and ruff settings around the target change no byte."""
    for number, (seed, settings) in enumerate([("0", ""), ("42", "line-length = 60\n[lint]\nselect = ['ALL']\n")]):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "ruff.toml").write_text(settings)
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT), "LC_ALL": "C"}
        command = [sys.executable, "-m", "workflow.generate", str(CONTRACT), "--into", str(folder / "generated")]
        subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)

    assert tree(tmp_path / "0" / "generated") == tree(tmp_path / "1" / "generated") == tree(GENERATED)


def test_nothing_but_the_package_is_left(generated_copy: Path) -> None:
    """Generating replaces the package, drops files it no longer has, and leaves no temporary folder."""
    (generated_copy / "run_steps_api" / "left_over.py").touch()

    assert main([str(CONTRACT), "--into", str(generated_copy)]) == 0
    assert tree(generated_copy) == tree(GENERATED)
    assert [path.name for path in generated_copy.iterdir()] == ["run_steps_api"]


@pytest.mark.parametrize(
    ("old", "new", "place", "reason"),
    [
        pytest.param("  title: Run steps", "  title: [Run steps", "  version: ", "not well-formed YAML", id="yaml"),
        pytest.param(
            '"#/components/schemas/Usage"\n',
            '"#/components/schemas/Usages"\n',
            '"#/components/schemas/Usages"',
            "$ref '#/components/schemas/Usages' leads nowhere",
            id="dangling reference",
        ),
        pytest.param(
            "        usage:\n          description: Tokens used; null while the step is going.",
            "        value:\n          $ref: '#/nowhere'\n"
            "        usage:\n          description: Tokens used; null while the step is going.",
            "          $ref: '#/nowhere'",
            "$ref '#/nowhere' leads nowhere",
            id="dangling reference of a property named like a keyword",
        ),
        pytest.param(
            '"#/components/schemas/Usage"\n',
            '"usage.yaml"\n',
            '"usage.yaml"',
            "$ref 'usage.yaml' leaves the file",
            id="reference to another file",
        ),
        pytest.param(
            "operationId: retrieveRunStep",
            "operationId: listRunSteps",
            "operationId: listRunSteps\n      tags: [run steps]\n      summary: Retrieve",
            "operationId 'listRunSteps' is taken already",
            id="duplicate operationId",
        ),
        pytest.param("openapi: 3.1.0", "openapi: 3.0.3", "openapi", "not an OpenAPI 3.1 description", id="version"),
        pytest.param(
            "        minimum: 1\n",
            "        minimum: one\n",
            "        minimum: one",
            "not valid OpenAPI 3.1",
            id="schema",
        ),
        pytest.param(
            "      properties:\n        message_id:\n"
            "          description: Id of the message.\n          type: string\n",
            "      properties:\n        message_id:\n"
            "          description: Id of the message.\n          type: string\n          format: date-time\n",
            "        message_id:\n          description: Id of the message.\n          type: string\n          format",
            "datetime.datetime is not decoded by the templates",
            id="value the templates do not decode",
        ),
        pytest.param(
            "          const: image\n",
            "          type: string\n",
            "    CodeInterpreterOutput:\n",
            "CodeInterpreterImage, a member of CodeInterpreterOutput before its last, needs a required `type`",
            id="union without a tag",
        ),
        pytest.param(
            "        type:\n          description: Kind of the error, such as",
            "        to_dict:\n          description: Kind of the error, such as",
            "        to_dict:\n",
            "every model has an attribute of this name",
            id="name of an attribute that models have",
        ),
        pytest.param(
            "          description: One page of steps.\n          content:\n            application/json:",
            "          description: One page of steps.\n          content:\n            application/xml:",
            '        "200":\n          description: One page of steps',
            "Unsupported content_type application/xml",
            id="warning of the generator",
        ),
        pytest.param(
            '        - $ref: "#/components/parameters/OpenAIBeta"\n      responses:\n',
            '        - $ref: "#/components/parameters/OpenAIBeta"\n        - name: flags\n          in: header\n'
            "          description: x\n          schema: {type: object, properties: {a: {type: string}}}\n"
            "      responses:\n",
            "        - name: flags",
            "not allowed in header",
            id="parameter of a kind the generator refuses",
        ),
    ],
)
def test_a_bad_contract_changes_nothing(
    old: str,
    new: str,
    place: str,
    reason: str,
    edited: Edit,
    generated_copy: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """What is wrong is said with its file and line, the exit code is 2, and the client stays as it was."""
    contract = edited(old, new)

    assert main([str(contract), "--into", str(generated_copy)]) == 2
    message = capsys.readouterr().err
    assert f"{contract}:{_line(contract, place)}: " in message
    assert reason in message
    assert "Nothing was written" in message
    assert tree(generated_copy) == tree(GENERATED)
    assert [path.name for path in generated_copy.iterdir()] == ["run_steps_api"]


def test_a_missing_contract_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A contract that is not there is named, and nothing is made."""
    assert main([str(tmp_path / "nowhere.yaml"), "--into", str(tmp_path / "generated")]) == 2
    assert "nowhere.yaml: there is no such file" in capsys.readouterr().err
    assert not (tmp_path / "generated").exists()
