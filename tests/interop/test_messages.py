"""What was written in a thread of llamphouse is pulled, served, and read by clients of others as from llamphouse."""

# openai-python marks all of the Assistants API as deprecated.
# pyright: reportDeprecated=false

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import openai
import pytest

from run_steps import AsyncRunSteps, RunSteps, message_text, servers
from run_steps.archive import Archive
from run_steps.pulling import Target, check, pull
from run_steps.reader import written_messages
from run_steps.serving import create_app, serve
from tests.interop.llamphouse_process import House, Run

pytestmark = pytest.mark.filterwarnings("ignore:The Assistants API:DeprecationWarning")

ASKED = [
    {"role": "user", "content": "How high is the water?", "metadata": {"boat": "Ida"}},
    {
        "role": "user",
        "content": [{"type": "text", "text": "And tonight?"}, {"type": "image_file", "image_file": "f_1"}],
    },
]


@pytest.fixture(scope="module")
def run(house: House) -> Run:
    """A run in a thread with two questions, which it answers."""
    thread_id = house.create_thread()
    for message in ASKED:
        house.client.post(f"/threads/{thread_id}/messages", json=message).raise_for_status()
    return house.run("every_kind", thread_id=thread_id)


@pytest.fixture(scope="module")
def archive(house: House, run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The thread, pulled."""
    path = tmp_path_factory.mktemp("archive") / "a.sqlite"
    result = pull(servers.compatible(house.base_url), path, [Target(run.thread_id)])
    assert (result.messages, result.failed, result.not_served) == (3, 0, ())
    return path


@pytest.fixture(scope="module")
def base_url(archive: Path) -> Iterator[str]:
    """The archive, served."""
    with Archive.open(archive) as opened, serve(create_app(opened)) as base_url:
        yield base_url


def test_everything_written_is_there(archive: Path, run: Run) -> None:
    """The archive is whole, and a picture of the run can show what it wrote."""
    with Archive.open(archive) as opened:
        findings = check(opened, [Target(run.thread_id)])
        assert (findings.failures, findings.messages, findings.unlisted_messages, findings.is_proved) == (
            [],
            3,
            0,
            True,
        )
        steps = list(opened.list(run.thread_id, run.run_id))
        messages, failure = written_messages(opened, run.thread_id, run.run_id, steps)
        texts = [message_text(message) for message in opened.messages(run.thread_id, order="asc")]
    assert ([message_text(message) for message in messages], failure) == (["The level is 3.4 m."], None)
    assert texts == ["How high is the water?", "And tonight?\n[image f_1]", "The level is 3.4 m."]


@pytest.mark.parametrize("order", ["asc", "desc"])
def test_raw_answers_are_the_same_json(house: House, base_url: str, run: Run, order: str) -> None:
    """Lists, single messages and the thread, whoever asks."""
    path = f"/threads/{run.thread_id}/messages"
    with httpx.Client(base_url=base_url, trust_env=False) as ours:
        theirs = house.client.get(path, params={"order": order}).json()
        assert ours.get(path, params={"order": order}).json()["data"] == theirs["data"]
        for message in theirs["data"]:
            one = f"{path}/{message['id']}"
            assert ours.get(one).json() == house.client.get(one).json() == message
        thread = f"/threads/{run.thread_id}"
        assert ours.get(thread).json() == house.client.get(thread).json()


def test_openai_python_reads_the_same(house: House, base_url: str, run: Run) -> None:
    """Both of its clients, lists, one message, and the thread: as from llamphouse, and as our own clients."""

    def read(url: str) -> list[Any]:
        with openai.OpenAI(base_url=url, api_key="none") as client:
            threads = client.beta.threads
            items = list(threads.messages.list(run.thread_id, order="asc", limit=2))
            one = threads.messages.retrieve(items[-1].id, thread_id=run.thread_id)
            thread = threads.retrieve(run.thread_id)
            return [item.model_dump(mode="json", warnings=False) for item in (*items, one, thread)]

    async def read_on(url: str) -> list[Any]:
        async with openai.AsyncOpenAI(base_url=url, api_key="none") as client:
            messages = client.beta.threads.messages.list(run.thread_id, order="asc", limit=2)
            return [item.model_dump(mode="json", warnings=False) async for item in messages]

    async def read_ours(url: str) -> list[Any]:
        async with AsyncRunSteps(base_url=url) as client:
            return [message.to_dict() async for message in client.messages(run.thread_id, order="asc", page_size=2)]

    assert read(base_url) == read(house.base_url)
    assert asyncio.run(read_on(base_url)) == read(base_url)[:3]
    assert asyncio.run(read_ours(base_url)) == asyncio.run(read_ours(house.base_url))


@pytest.mark.parametrize("served", [True, False], ids=["ours", "llamphouse"])
def test_the_messages_of_a_run_are_told_from_others(house: House, base_url: str, run: Run, served: bool) -> None:
    """Our server knows which a run wrote; llamphouse lists all of the thread, and our client leaves the others out."""
    with RunSteps(base_url=base_url if served else house.base_url) as client:
        (message,) = client.messages(run.thread_id, run_id=run.run_id)
        assert message.misfits == []
    assert message_text(message) == "The level is 3.4 m."
