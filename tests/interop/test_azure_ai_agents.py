"""Azure's SDK for agents reads from our embedded server what our own client reads from it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme
from azure.ai.agents import AgentsClient
from azure.core.credentials import AccessToken

from run_steps import RunSteps, servers
from run_steps.archive import Archive
from run_steps.pagination import Order
from run_steps.pulling import Target, pull
from run_steps.serving import create_app, sample_store, serve

API_KEY = "sesame"


class _Credential:
    """The key as a token that never expires."""

    def get_token(self, *scopes: str, **options: object) -> AccessToken:
        """Return the token, whatever it is for."""
        del scopes, options
        return AccessToken(API_KEY, sys.maxsize)


@pytest.mark.parametrize("order", ["asc", "desc"])
def test_all_steps_of_all_runs_are_the_same(order: Order) -> None:
    """It follows our pages to their end, and reads each step by itself; it refuses http:// unless asked not to."""
    with (
        serve(create_app(sample_store(), api_key=API_KEY)) as base_url,
        RunSteps(base_url=base_url, api_key=API_KEY) as ours,
        AgentsClient(endpoint=base_url, credential=_Credential()) as theirs,
    ):
        for run in ours.runs("thread_demo"):
            steps = list(ours.list("thread_demo", run.id, order=order))
            listed = list(theirs.run_steps.list("thread_demo", run.id, order=order, enforce_https=False))
            assert [step.id for step in listed] == [step.id for step in steps]
            assert [step.as_dict() for step in listed] == [step.to_dict() for step in steps]
            for step in steps[:3]:
                got = theirs.run_steps.get("thread_demo", run.id, step.id, enforce_https=False)
                assert got.as_dict() == step.to_dict()


@pytest.fixture
def served_with_tls(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """An archive of the sample data, served as the guide says; the root of its address, and whom to trust for it."""
    guide = (Path(__file__).parents[2] / "docs" / "archive.md").read_text(encoding="utf-8")
    (module,) = re.findall(r"^```py\n(import os\n.*?)^```", guide, flags=re.DOTALL | re.MULTILINE)
    (command,) = re.findall(r"^(uvicorn .*)$", guide, flags=re.MULTILINE)
    (tmp_path / "served.py").write_text(module, encoding="utf-8")
    authority = trustme.CA()
    certificate = authority.issue_cert("localhost")
    certificate.private_key_pem.write_to_path(tmp_path / "key.pem")
    for blob in certificate.cert_chain_pems:
        blob.write_to_path(tmp_path / "cert.pem", append=True)
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    with serve(create_app(sample_store())) as base_url:
        pull(servers.compatible(base_url), tmp_path / "history.sqlite", [Target("thread_demo")])
    arguments = command.replace("8443", "0").split()[1:]
    process = subprocess.Popen(
        [sys.executable, "-m", "uvicorn", *arguments],
        cwd=tmp_path,
        env=os.environ | {"HISTORY_KEY": API_KEY, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        stderr=subprocess.PIPE,
        text=True,
    )
    with process:
        assert process.stderr is not None
        port = next(found[1] for line in process.stderr if (found := re.search(r"https://127\.0\.0\.1:(\d+)", line)))
        yield f"https://localhost:{port}", tmp_path / "ca.pem"
        process.terminate()
        process.stderr.read()


def test_it_reads_an_archive_behind_tls(served_with_tls: tuple[str, Path], tmp_path: Path) -> None:
    """Under the path of a project, without being asked to send its token over plain http."""
    root, authority = served_with_tls
    endpoint = f"{root}/api/projects/history"
    with (
        Archive.open(tmp_path / "history.sqlite") as archive,
        AgentsClient(endpoint=endpoint, credential=_Credential(), connection_verify=str(authority)) as theirs,
    ):
        listed = list(theirs.run_steps.list("thread_demo", "run_kinds", order="asc"))
        steps = list(archive.list("thread_demo", "run_kinds", order="asc"))
        assert [step.as_dict() for step in listed] == [step.to_dict() for step in steps]
