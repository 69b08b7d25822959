"""An archive that is served reads like the server it was pulled from."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from run_steps import RunSteps
from run_steps.archive import Archive
from run_steps.serving import create_app, sample_store, serve
from run_steps.stores import PageQuery
from run_steps.stores.includes import FILE_SEARCH_CONTENT
from tests.overlays.archive.filling import put_run, put_store, received, received_text, run

RUNS = "/threads/thread_demo/runs"
EVERYTHING = PageQuery(limit=1000)
PATHS = [
    RUNS,
    f"{RUNS}?order=asc&limit=2&after=run_failed",
    f"{RUNS}/run_failed",
    f"{RUNS}/run_long/steps",
    f"{RUNS}/run_long/steps?limit=100&order=asc",
    f"{RUNS}/run_long/steps?limit=3&before=step_long_010",
    f"{RUNS}/run_kinds/steps?limit=100&include[]={FILE_SEARCH_CONTENT}",
    f"{RUNS}/run_long/steps/step_long_010",
    f"{RUNS}/run_empty/steps",
    f"{RUNS}/run_9",
    f"{RUNS}/run_9/steps",
    f"{RUNS}/run_long/steps/step_9",
    f"{RUNS}/run_long/steps?after=step_9",
    "/threads/thread_9/runs",
]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of the sample data."""
    path = tmp_path_factory.mktemp("archive") / "sample.sqlite"
    with Archive.create(path) as archive:
        put_store(archive, sample_store(), "thread_demo")
    return path


@pytest.fixture(scope="module")
def original() -> Iterator[str]:
    """The base URL of a server with the sample data."""
    with serve(create_app(sample_store())) as base_url:
        yield base_url


@pytest.fixture(scope="module")
def served(path: Path) -> Iterator[str]:
    """The base URL of a server over the archive."""
    with Archive.open(path) as archive, serve(create_app(archive)) as base_url:
        yield base_url


@pytest.mark.parametrize("request_path", PATHS)
def test_answers_are_the_same_byte_for_byte(original: str, served: str, request_path: str) -> None:
    """Whatever is asked, status and body are those of the server that the archive came from."""
    before, after = (httpx.get(base_url + request_path, trust_env=False) for base_url in (original, served))

    assert (after.status_code, after.content) == (before.status_code, before.content)


def test_the_client_reads_the_same(original: str, served: str) -> None:
    """Our client gets the same runs and steps from the archive as from the server."""
    with RunSteps(base_url=original) as before, RunSteps(base_url=served) as after:
        runs = list(before.runs("thread_demo"))
        assert list(after.runs("thread_demo")) == runs
        for found in runs:
            steps = before.list("thread_demo", found.id, include=FILE_SEARCH_CONTENT)
            assert list(after.list("thread_demo", found.id)) == list(steps)


def test_several_threads_read_at_once(path: Path) -> None:
    """Threads that share an archive each get whole answers."""
    store = sample_store()
    expected = [item.id for item in store.list_runs("thread_demo", EVERYTHING).data]
    with Archive.open(path) as archive, ThreadPoolExecutor(8) as threads:

        def read(number: int) -> bool:
            steps = [found.id for found in archive.list("thread_demo", "run_long", page_size=50 + number)]
            rows = sum(len(batch) for batch in archive.rows(payload=False))
            runs = [item.id for item in archive.list_runs("thread_demo", EVERYTHING).data]
            return len(steps) == len(set(steps)) == 345 and rows == archive.summary().steps and runs == expected

        assert all(threads.map(read, range(16)))


def test_threads_write_while_others_read(tmp_path: Path) -> None:
    """Threads that share an archive to write to never see half of what another one puts."""
    with Archive.create(tmp_path / "a.sqlite") as archive, ThreadPoolExecutor(4) as threads:
        put_run(archive, "thread_a", run("run_a"))

        def write(number: int) -> None:
            steps = [received_text(json.dumps({"id": f"{number}-{index}"})) for index in range(10)]
            archive.put_steps("thread_a", "run_a", number * 10, steps)

        def read(_: int) -> int:
            return len(archive.list_steps("thread_a", "run_a", EVERYTHING).data)

        writing, seen = threads.map(write, range(20)), threads.map(read, range(20))
        assert all(number % 10 == 0 for number in seen)
        list(writing)
        assert read(0) == 200


@pytest.mark.parametrize(
    "text", ['{"id":"step_a", "n" :1.50e+2,\n"n":1E400}', '{"id":"step_a","t":"\\u00fc\\/\\ud83d"}']
)
def test_odd_json_is_served_as_it_came(tmp_path: Path, text: str) -> None:
    """Numbers, repeated keys, escapes and blanks reach whoever reads over HTTP."""
    with Archive.create(tmp_path / "a.sqlite") as archive, serve(create_app(archive)) as base_url:
        put_run(archive, "thread_a", run("run_a"), [received_text(text)])
        url = f"{base_url}/threads/thread_a/runs/run_a/steps"

        assert httpx.get(f"{url}/step_a", trust_env=False).text == text
        assert f'"data":[{text}]' in httpx.get(url, trust_env=False).text


@pytest.mark.parametrize("number", ["NaN", "-Infinity", "1e400"])
def test_numbers_beyond_json_do_not_hide_a_page(tmp_path: Path, number: str) -> None:
    """A file search may have a score that is no number; the step is listed as it came, like any other."""
    result = f'{{"file_id":"file_1","file_name":"a","score":{number},"content":[{{"type":"text","text":"long"}}]}}'
    call = f'{{"id":"call_1","type":"file_search","file_search":{{"results":[{result}]}}}}'
    step = received_text(f'{{"id":"step_1","step_details":{{"type":"tool_calls","tool_calls":[{call}]}}}}')
    with Archive.create(tmp_path / "a.sqlite") as archive:
        put_run(archive, "thread_1", run("run_1"), [step])
        with serve(create_app(archive)) as base_url:
            answer = httpx.get(f"{base_url}/threads/thread_1/runs/run_1/steps")
    assert answer.status_code == 200
    assert result in answer.text


@pytest.mark.parametrize("odd_id", ["a/b", "../../etc/passwd", "%2e", "%2F", "a?b#c", "'; DROP TABLE steps; --", "Ü +"])
def test_ids_that_look_like_paths_are_read_over_http(tmp_path: Path, odd_id: str) -> None:
    """What a server called its threads, runs and steps, an archive that is served calls them too."""
    sample = sample_store()
    fields = {"id": odd_id, "thread_id": odd_id, "run_id": odd_id}
    sampled = received({**sample.get_run("thread_demo", "run_failed").value, "id": odd_id, "thread_id": odd_id})
    page = sample.list_steps("thread_demo", "run_failed", PageQuery(limit=1))
    step = received({**page.data[0].value, **fields})
    with Archive.create(tmp_path / "a.sqlite") as archive:
        put_run(archive, odd_id, sampled, [step])
        with serve(create_app(archive)) as base_url, RunSteps(base_url=base_url) as client:
            assert client.run(odd_id, odd_id).id == odd_id
            assert [found.id for found in client.runs(odd_id)] == [odd_id]
            assert [found.id for found in client.list(odd_id, odd_id)] == [odd_id]
            assert client.retrieve(odd_id, odd_id, odd_id).id == odd_id
