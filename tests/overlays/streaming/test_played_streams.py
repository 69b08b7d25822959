"""The embedded server plays streams back, so that whoever reads them can be tested without any other server."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import httpx
import pytest

from run_steps.serving import create_app, sample_store, serve
from run_steps.streaming import StepStream
from tests.overlays.streaming.recordings import CODE, CREATED, DELTAS, ENDED, SEARCH, WHOLE, ended

PATHS = ("/threads/thread_demo/runs", "/threads/runs", "/threads/thread_demo/runs/run_kinds/submit_tool_outputs")


@pytest.mark.parametrize("path", PATHS)
def test_whatever_makes_a_run_go_on_is_answered_with_the_stream(path: str) -> None:
    """The stream is played anew each time, in whatever form it is given, and runs are listed as before."""
    app = create_app(sample_store(), play=lambda: [WHOLE.replace(b"\n", b"\r\n")])
    with serve(app) as base_url:
        for _ in range(2):
            with httpx.stream("POST", base_url + path, json={"stream": True}) as response:
                stream = StepStream(response)
                assert [item.name for item in stream][-1] == "done"
            assert [step.to_dict() for step in stream.steps] == [ended(CODE, SEARCH)]
        assert httpx.get(f"{base_url}/threads/thread_demo/runs").json()["data"]


def test_a_stream_is_read_while_it_is_played() -> None:
    """A slow stream gives each event when it is sent, and one that is cut ends without an error."""
    was_read = threading.Event()

    def play() -> Iterator[bytes]:
        yield CREATED
        assert was_read.wait(30)
        yield DELTAS

    with (
        serve(create_app(sample_store(), play=play)) as base_url,
        httpx.stream("POST", f"{base_url}/threads/thread_demo/runs") as response,
    ):
        stream = StepStream(response)
        assert [next(stream).kind, next(stream).kind] == ["appeared", "appeared"]
        was_read.set()
        assert {item.kind for item in stream} == {"changed", None}
    assert not stream.is_complete


def test_streams_are_for_those_with_the_key() -> None:
    """A stream wants the key as everything does, and a server that has none refuses to make runs."""
    with serve(create_app(sample_store(), api_key="sesame", play=lambda: [ENDED])) as base_url:
        url = f"{base_url}/threads/thread_demo/runs"
        assert httpx.post(url).status_code == 401
        assert httpx.post(url, headers={"authorization": "Bearer sesame"}).content == ENDED
    with serve(create_app(sample_store())) as base_url:
        assert httpx.post(f"{base_url}/threads/thread_demo/runs").status_code == 405
