"""LangChain and llama-index read the messages of an archive that is served as from the server they were pulled from.

llama-index wants openai-python 1, so it reads in `nox -s interop-openai1`, and LangChain there and in `nox -s interop`.
"""

# pyright: reportDeprecated=false, reportMissingTypeStubs=false, reportPrivateUsage=false
# openai-python marks all of the Assistants API as deprecated. LangChain has no other way to read without writing.

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import openai
import pytest
from attrs import frozen
from langchain_classic.agents.openai_assistant import OpenAIAssistantRunnable
from openai_responses import OpenAIMock
from openai_responses.helpers.builders.messages import build_message

from run_steps import servers
from run_steps.archive import Archive
from run_steps.pulling import Target, pull
from run_steps.serving import create_app, serve
from tests.interop.llamphouse_process import House, Run

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

MOCKED = "https://api.test/v1"


@pytest.fixture(scope="module")
def llama_index() -> Any:
    """Its assistants."""
    return pytest.importorskip("llama_index.agent.openai", reason="read in `nox -s interop-openai1`")


def langchain(base_url: str, *, as_agent: bool = False) -> OpenAIAssistantRunnable:
    """Return an assistant of LangChain that talks to a server."""
    return OpenAIAssistantRunnable(
        client=openai.OpenAI(base_url=base_url, api_key="none"),
        async_client=openai.AsyncOpenAI(base_url=base_url, api_key="none"),  # else it makes one for api.openai.com
        assistant_id="answer",
        check_every_ms=10,
        as_agent=as_agent,
    )


def langchain_answer(base_url: str, run: Run, *, as_agent: bool = False) -> Any:
    """Return what LangChain makes of a run, as it does once one that it began is over.

    Only by its synchronous half: the other one loops over the fields of a page instead of its messages, on any server.
    """
    runnable = langchain(base_url, as_agent=as_agent)
    return runnable._get_response(runnable._wait_for_run(run.run_id, run.thread_id))


def history(llama_index: Any, base_url: str, run: Run) -> list[Any]:
    """Return what llama-index says was written in a thread, and last of all what was written last."""
    client = openai.OpenAI(base_url=base_url, api_key="none")
    agent = llama_index.OpenAIAssistantAgent(client, assistant=None, tools=None, thread_id=run.thread_id)
    return [*agent.chat_history, agent.latest_message]


def sent(messages: Sequence[Any]) -> list[dict[str, Any]]:
    """Return the JSON of messages of openai-python, which the frameworks hand on."""
    return [message.to_dict(warnings=False) for message in messages]


def fault(read: Callable[[], Any]) -> tuple[type[Exception], str]:
    """Return what reading failed with."""
    with pytest.raises((AttributeError, TypeError)) as caught:
        read()
    return caught.type, str(caught.value)


@contextmanager
def served(path: Path) -> Generator[str]:
    """Serve an archive."""
    with Archive.open(path) as archive, serve(create_app(archive)) as base_url:
        yield base_url


@frozen
class Standard:
    """A mock that answers as OpenAI did, and a thread of it that was pulled."""

    mock: OpenAIMock
    run: Run
    raw: list[dict[str, Any]]
    archive: Path


@pytest.fixture(scope="module")
def standard(tmp_path_factory: pytest.TempPathFactory) -> Standard:
    """A thread with a question and an answer in two messages."""
    mock, path = OpenAIMock(base_url=MOCKED), tmp_path_factory.mktemp("standard") / "a.sqlite"
    with mock.router, openai.OpenAI(base_url=MOCKED, api_key="any") as client:
        assistant = client.beta.assistants.create(model="gpt-4o")
        thread = client.beta.threads.create()
        run = client.beta.threads.runs.create(thread.id, assistant_id=assistant.id)
        mock.state.beta.threads.runs.put(run.model_copy(update={"status": "completed"}))
        written = [("user", "How high is the water?"), ("assistant", "The level is 3.4 m."), ("assistant", "It falls.")]
        for number, (role, text) in enumerate(written):
            message: Any = {
                "id": f"msg_{number}",
                "created_at": 1_767_225_600 + number,
                "thread_id": thread.id,
                "role": role,
                "status": "completed",
                "content": [{"type": "text", "text": {"value": text, "annotations": []}}],
                "attachments": [],
                "metadata": {"boat": "Ida"},
                "assistant_id": assistant.id if role == "assistant" else None,
                "run_id": run.id if role == "assistant" else None,
            }
            mock.state.beta.threads.messages.put(build_message(message))
        raw = client.beta.threads.messages.with_raw_response.list(thread.id, order="asc").http_response.json()["data"]
        result = pull(servers.compatible(MOCKED), path, [Target(thread.id)])
        assert (result.messages, result.failed) == (3, 0)
    return Standard(mock, Run(thread.id, run.id), raw, path)


@pytest.fixture(scope="module")
def house_run(house: House) -> Run:
    """A run of llamphouse that LangChain began, in a new thread with a question."""
    answer: Any = langchain(house.base_url).invoke({"content": "How high is the water?"})
    (message,) = answer
    assert message.content[0].text == "The level is 3.4 m."
    return Run(message.thread_id, message.run_id)


@pytest.fixture(scope="module")
def house_archive(house: House, house_run: Run, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Its thread, pulled and served."""
    path = tmp_path_factory.mktemp("house_archive") / "a.sqlite"
    result = pull(servers.compatible(house.base_url), path, [Target(house_run.thread_id)])
    assert (result.messages, result.failed) == (2, 0)
    with served(path) as base_url:
        yield base_url


def test_langchain_reads_the_messages_of_a_run(standard: Standard) -> None:
    """Those that the run wrote, and of each the JSON that was pulled."""
    with standard.mock.router:
        theirs = sent(langchain_answer(MOCKED, standard.run))
    with served(standard.archive) as base_url:
        ours = sent(langchain_answer(base_url, standard.run))
    assert ours == theirs == standard.raw[1:]


def test_langchain_reads_the_answer_of_an_agent(standard: Standard) -> None:
    """As what an agent ends with: one text, and which run it is of."""
    with standard.mock.router:
        theirs = langchain_answer(MOCKED, standard.run, as_agent=True)
    with served(standard.archive) as base_url:
        ours = langchain_answer(base_url, standard.run, as_agent=True)
    assert ours == theirs
    assert ours.return_values["output"] == "The level is 3.4 m.\nIt falls."
    assert (ours.thread_id, ours.run_id) == (standard.run.thread_id, standard.run.run_id)


def test_langchain_reads_llamphouse(house: House, house_run: Run, house_archive: str) -> None:
    """What it began itself with llamphouse it reads again from the archive, to the same JSON."""
    raw = house.client.get(f"/threads/{house_run.thread_id}/messages", params={"order": "asc"}).json()["data"]
    theirs, ours = (sent(langchain_answer(url, house_run)) for url in (house.base_url, house_archive))
    assert ours == theirs == raw[1:]


def test_llama_index_reads_a_thread(standard: Standard, llama_index: Any) -> None:
    """Who said what, and below it the JSON that was pulled."""
    with standard.mock.router:
        theirs = history(llama_index, MOCKED, standard.run)
    with served(standard.archive) as base_url:
        ours = history(llama_index, base_url, standard.run)
    assert ours == theirs
    assert [(said.role.value, said.content) for said in ours[:3]] == [
        ("user", "How high is the water?"),
        ("assistant", "The level is 3.4 m."),
        ("assistant", "It falls."),
    ]
    assert sent([said.additional_kwargs["thread_message"] for said in ours]) == [*standard.raw, standard.raw[2]]


def test_what_llamphouse_alone_sends_is_served_as_it_came(house: House, house_run: Run, house_archive: str) -> None:
    """Texts that are plain and attachments that are null: whoever stumbles over them does so in the copy as well."""
    raw = house.client.get(f"/threads/{house_run.thread_id}/messages").json()["data"]
    assert [(message["content"], message["attachments"]) for message in raw] == [
        ([{"type": "text", "text": "The level is 3.4 m."}], None),
        ([{"type": "text", "text": "How high is the water?"}], None),
    ]
    for url in (house.base_url, house_archive):
        told = fault(partial(langchain_answer, url, house_run, as_agent=True))
        assert told == (TypeError, "'NoneType' object is not iterable")


def test_llama_index_cannot_read_llamphouse(house: House, house_run: Run, house_archive: str, llama_index: Any) -> None:
    """It wants texts to be objects, as OpenAI's are, and gets from the copy what it gets from llamphouse."""
    for url in (house.base_url, house_archive):
        told = fault(partial(history, llama_index, url, house_run))
        assert told == (AttributeError, "'str' object has no attribute 'value'")
