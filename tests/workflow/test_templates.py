"""The templates, the package they write, and the record of what they replace."""

import hashlib
import subprocess
from importlib.metadata import version

import pytest

import run_steps_api
from run_steps_api import AuthenticatedClient, Client, provenance
from workflow import ROOT
from workflow.document import read
from workflow.generate import CONTRACT, DO_NOT_EDIT, GENERATED
from workflow.templates import RECORD, originals


def test_the_originals_are_those_the_overrides_were_written_against() -> None:
    """A template of the generator that changed under an override is noticed."""
    assert RECORD.read_text(encoding="utf-8") == originals(), (
        "adapt the overrides, then run `python -m workflow.templates`"
    )


def test_provenance_tells_what_the_client_came_from() -> None:
    """The package names its contract, its generator and its formatter."""
    assert read(CONTRACT).data["info"]["version"] == provenance.CONTRACT_VERSION
    assert hashlib.sha256(CONTRACT.read_bytes()).hexdigest() == provenance.CONTRACT_SHA256
    assert version("openapi-python-client") == provenance.GENERATOR_VERSION
    assert version("ruff") == provenance.RUFF_VERSION
    assert len(provenance.TEMPLATES_SHA256) == 64
    assert provenance.CONTRACT_VERSION in (run_steps_api.__doc__ or "")


def test_every_generated_module_says_so() -> None:
    """Each module opens with the note that names the command."""
    modules = list(GENERATED.rglob("*.py"))

    assert modules
    assert all(path.read_text(encoding="utf-8").startswith(DO_NOT_EDIT) for path in modules)


def test_git_marks_the_generated_files() -> None:
    """Every generated file is collapsed in reviews and kept out of the language statistics."""
    paths = [path.relative_to(ROOT).as_posix() for path in GENERATED.rglob("*") if path.suffix in (".py", ".typed")]
    command = ["git", "check-attr", "linguist-generated", "--", *paths]
    lines = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.splitlines()

    assert len(lines) == len(paths)
    assert all(line.endswith(": linguist-generated: true") for line in lines)


@pytest.mark.parametrize("prefix", ["Bearer", ""])
def test_clients_keep_secrets_out_of_their_repr(prefix: str) -> None:
    """Token, headers, cookies and transport settings do not show, before and after the first use."""
    client = AuthenticatedClient(
        base_url="http://127.0.0.1:9",
        token="sk-secret",
        prefix=prefix,
        headers={"x-key": "sk-secret"},
        cookies={"session": "sk-secret"},
        httpx_args={"params": {"key": "sk-secret"}},
    )
    plain = Client(base_url="http://127.0.0.1:9", headers={"x-key": "sk-secret"}, cookies={"s": "sk-secret"})

    assert "sk-secret" not in repr(client) + repr(plain)
    with client, plain:
        assert client.get_httpx_client().headers["Authorization"].endswith("sk-secret")
        assert "sk-secret" not in repr(client) + repr(plain)
