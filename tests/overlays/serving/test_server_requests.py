"""What clients get over HTTP: steps, optional fields of theirs, and errors they can read."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from run_steps.serving import MemoryStore, Page, PageQuery, create_app, sample_store, serve
from run_steps.stores.includes import FILE_SEARCH_CONTENT

STEPS = "/threads/thread_demo/runs/run_kinds/steps"
FILE_SEARCH = f"{STEPS}/step_kinds_04"


def search_results(step: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the results of a step whose only tool call is a file search."""
    results: list[dict[str, Any]] = step["step_details"]["tool_calls"][0]["file_search"]["results"]
    return results


def test_a_step_can_be_retrieved_by_its_id(sample_api: httpx.Client) -> None:
    """A step on its own is the same as in a list."""
    listed = sample_api.get(STEPS, params={"order": "asc", "limit": "1"}).json()["data"][0]
    assert sample_api.get(f"{STEPS}/{listed['id']}").json() == listed


@pytest.mark.parametrize(
    "query",
    [
        {"include[]": FILE_SEARCH_CONTENT},
        {"include": FILE_SEARCH_CONTENT},
        {"include[]": ["something.else", FILE_SEARCH_CONTENT]},
        {"include[]": f"something.else,{FILE_SEARCH_CONTENT}"},
        {"include": f"something.else, {FILE_SEARCH_CONTENT}"},
    ],
)
def test_the_text_of_a_file_search_is_sent_on_request(
    sample_api: httpx.Client, query: dict[str, str | list[str]]
) -> None:
    """Every way that servers have of writing `include[]` brings the content, from both endpoints."""
    step = sample_api.get(FILE_SEARCH, params=query).json()
    listed = sample_api.get(STEPS, params={"limit": "100", **query}).json()["data"]

    assert [len(result["content"]) for result in search_results(step)] == [2, 1]
    assert step in listed


@pytest.mark.parametrize("query", [{}, {"include[]": ""}, {"include[]": "step_details"}, {"include": "content"}])
def test_the_text_of_a_file_search_is_left_out_otherwise(sample_api: httpx.Client, query: dict[str, str]) -> None:
    """Without the include, or with one that means nothing here, results come whole but for their content."""
    step = sample_api.get(FILE_SEARCH, params=query).json()
    listed = sample_api.get(STEPS, params={"limit": "100", **query}).json()["data"]

    assert all(result.keys() == {"file_id", "file_name", "score", "attributes"} for result in search_results(step))
    assert step in listed


def test_leaving_text_out_once_does_not_lose_it(sample_api: httpx.Client) -> None:
    """A request without the include leaves the stored step as it is for the next one with it."""
    sample_api.get(FILE_SEARCH)
    step = sample_api.get(FILE_SEARCH, params={"include[]": FILE_SEARCH_CONTENT}).json()
    assert all("content" in result for result in search_results(step))


@pytest.mark.parametrize(
    "details",
    [
        None,
        [],
        {"tool_calls": None},
        {"tool_calls": ["text", {"file_search": None}, {"file_search": {"results": {"content": 1}}}]},
        {"tool_calls": [{"file_search": {"results": [None, "content"]}}, {"search": {"results": [{"content": 1}]}}]},
    ],
)
def test_details_of_another_shape_are_sent_whole(
    store: MemoryStore, api: httpx.Client, make_step: Callable[..., dict[str, Any]], details: object
) -> None:
    """What does not look like a file search is neither changed nor an error."""
    store.put_step(make_step("step_1", step_details=details))
    assert api.get("/threads/thread_a/runs/run_a/steps/step_1").json()["step_details"] == details


@pytest.mark.parametrize(
    ("param", "query"),
    [
        ("limit", "limit=0"),
        ("limit", "limit=101"),
        ("limit", "limit=-1"),
        ("limit", "limit=abc"),
        ("limit", "limit=2.0"),
        ("limit", "limit="),
        ("limit", f"limit={'9' * 5000}"),
        ("limit", "limit=%D9%A1"),
        ("limit", "limit=5&limit=5"),
        ("order", "order=ASC"),
        ("order", "order="),
        ("order", "order=asc&order=desc"),
        ("after", "after=step_kinds_01&after=step_kinds_02"),
        ("before", "before=step_kinds_01&before=step_kinds_01"),
    ],
)
def test_a_wrong_parameter_is_a_400_that_names_it(sample_api: httpx.Client, param: str, query: str) -> None:
    """The envelope says which parameter is wrong, in `param` and in its message."""
    response = sample_api.get(f"{STEPS}?{query}")
    error = response.json()["error"]

    assert response.status_code == 400
    assert (error["type"], error["param"], error["code"]) == ("invalid_request_error", param, "invalid_value")
    assert error["message"].startswith(f"Invalid '{param}': ")


@pytest.mark.parametrize(("param", "value"), [("after", "step_nowhere"), ("after", ""), ("before", "step_long_001")])
def test_a_cursor_that_is_no_step_of_the_run_is_a_404_that_names_it(
    sample_api: httpx.Client, param: str, value: str
) -> None:
    """A cursor that leads nowhere does not silently start over at the first page."""
    response = sample_api.get(STEPS, params={param: value})
    error = response.json()["error"]

    assert response.status_code == 404
    assert error["param"] == param
    assert f"No run step found with id '{value}'" in error["message"]


@pytest.mark.parametrize("query", ["limit=1", "limit=100", "order=asc", "api-version=v1", "after=step_kinds_01"])
def test_a_right_or_foreign_parameter_is_accepted(sample_api: httpx.Client, query: str) -> None:
    """The bounds of `limit` are allowed, and so is what only other servers understand."""
    assert sample_api.get(f"{STEPS}?{query}").status_code == 200


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/threads/nowhere/runs/run_kinds/steps", "No thread found with id 'nowhere'."),
        ("/threads/thread_demo/runs/nowhere/steps", "No run found with id 'nowhere'."),
        ("/threads/thread_demo/runs/run_other/steps", "No run found with id 'run_other'."),
        ("/threads/thread_demo/runs/run_kinds/steps/nowhere", "No run step found with id 'nowhere'."),
        ("/threads/thread_demo/runs/run_kinds/steps/step_long_001", "No run step found with id 'step_long_001'."),
        ("/threads/thr%C3%A9ad%20x/runs/run_kinds/steps", "No thread found with id 'thréad x'."),
    ],
)
def test_what_does_not_exist_is_a_404_with_the_words_of_real_servers(
    sample_api: httpx.Client, path: str, message: str
) -> None:
    """The message says whether thread, run or step is unknown; things of other threads and runs are."""
    response = sample_api.get(path)

    assert response.status_code == 404
    assert response.json() == {
        "error": {"message": message, "type": "invalid_request_error", "param": None, "code": None}
    }


@pytest.mark.parametrize("path", ["/", "/thread", f"{STEPS}/", f"{STEPS}/step_kinds_01/more", "/../other"])
def test_an_unknown_path_is_a_404_that_repeats_it(sample_api: httpx.Client, path: str) -> None:
    """A mistyped base URL shows in the message; one slash too many is no redirect."""
    response = sample_api.get(path)
    error = response.json()["error"]

    assert response.status_code == 404
    assert error["code"] == "unknown_url"
    assert response.url.path in error["message"]


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
@pytest.mark.parametrize("path", [STEPS, FILE_SEARCH])
def test_writing_is_a_405_that_says_what_is_allowed(sample_api: httpx.Client, method: str, path: str) -> None:
    """The server can only be read from, and says so in the envelope and in the header `Allow`."""
    response = sample_api.request(method, path)
    error = response.json()["error"]

    assert response.status_code == 405
    assert set(response.headers["allow"].split(", ")) == {"GET", "HEAD"}
    assert (error["type"], error["code"]) == ("invalid_request_error", "method_not_supported")
    assert method in error["message"]


@pytest.mark.parametrize(("path", "status"), [(STEPS, 200), (f"{STEPS}/nowhere", 404)])
def test_head_answers_as_get_without_a_body(sample_api: httpx.Client, path: str, status: int) -> None:
    """HEAD has the status and the headers of GET, the length of the body among them."""
    head, get = sample_api.head(path), sample_api.get(path)

    assert (head.status_code, get.status_code) == (status, status)
    assert head.content == b""
    assert head.headers["content-length"] == str(len(get.content))


@pytest.mark.parametrize("path", [STEPS, FILE_SEARCH, f"{STEPS}/nowhere", f"{STEPS}?limit=0", "/nowhere"])
def test_every_response_is_json_and_names_its_request(sample_api: httpx.Client, path: str) -> None:
    """Successes and errors alike carry a request id of their own."""
    first, second = sample_api.get(path), sample_api.get(path)

    assert first.headers["content-type"] == "application/json"
    assert first.headers["x-request-id"].startswith("req_")
    assert first.headers["x-request-id"] != second.headers["x-request-id"]


def test_text_is_sent_as_compact_utf8(sample_api: httpx.Client) -> None:
    """No escapes where UTF-8 will do, and no blanks between tokens."""
    body = sample_api.get(STEPS, params={"limit": "100"}).content
    assert "潮汐表".encode() in body
    assert b'"object":"list","data":[{"id":' in body


def test_half_a_surrogate_pair_is_served(
    store: MemoryStore, api: httpx.Client, make_step: Callable[..., dict[str, Any]]
) -> None:
    """Text cut in the middle of an emoji, which UTF-8 cannot hold, reaches the client as it is stored."""
    store.put_step(make_step("step_1", note="fog horn \ud83d"))
    assert api.get("/threads/thread_a/runs/run_a/steps/step_1").json()["note"] == "fog horn \ud83d"


def test_a_failure_of_the_server_is_a_500_without_its_inside(caplog: pytest.LogCaptureFixture) -> None:
    """Whatever a store raises, the client gets the envelope; the traceback goes to the log only."""

    class BrokenStore(MemoryStore):
        def list_steps(self, thread_id: str, run_id: str, query: PageQuery) -> Page:
            raise RuntimeError(f"disk of {thread_id} {run_id} {query} is full of water")

    with serve(create_app(BrokenStore())) as base_url:
        response = httpx.get(f"{base_url}{STEPS}", trust_env=False)

    assert response.status_code == 500
    assert response.headers["x-request-id"].startswith("req_")
    error = response.json()["error"]
    assert (error["type"], error["param"], error["code"]) == ("server_error", None, None)
    assert "water" not in response.text
    assert "full of water" in caplog.text


def test_answers_come_at_once(sample_api: httpx.Client) -> None:
    """A connection kept alive is not slowed down by Nagle's algorithm, which costs 40 ms a response."""
    assert statistics.median(sample_api.get(FILE_SEARCH).elapsed.total_seconds() for _ in range(15)) < 0.035


@pytest.fixture(scope="module")
def locked_url() -> Iterator[str]:
    """The URL of a step of a server that wants the key `sésame`."""
    with serve(create_app(sample_store(), api_key="sésame")) as base_url:
        yield base_url + FILE_SEARCH


@pytest.mark.parametrize(
    "headers",
    [
        {"authorization": "Bearer sésame".encode()},
        {"authorization": "bearer  sésame".encode()},
        {"api-key": "sésame".encode()},
        {"authorization": b"Bearer wrong", "api-key": "sésame".encode()},
    ],
)
def test_the_right_key_opens(locked_url: str, headers: dict[str, bytes]) -> None:
    """The key is taken as a Bearer token or from the header that Azure OpenAI uses."""
    encoded = [(name.encode(), value) for name, value in headers.items()]
    assert httpx.get(locked_url, headers=encoded, trust_env=False).status_code == 200


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({}, None),
        ({"authorization": "Basic c8Opc2FtZQ=="}, None),
        ({"authorization": "Bearer"}, "invalid_api_key"),
        ({"authorization": "Bearer not-sesame"}, "invalid_api_key"),
        ({"api-key": "not-sesame"}, "invalid_api_key"),
        ({"api-key": ""}, "invalid_api_key"),
    ],
)
def test_a_missing_or_wrong_key_is_a_401(locked_url: str, headers: dict[str, str], code: str | None) -> None:
    """The envelope tells a missing key from a wrong one, and repeats neither key."""
    response = httpx.get(locked_url, headers=headers, trust_env=False)
    error = response.json()["error"]

    assert response.status_code == 401
    assert response.headers["www-authenticate"] == "Bearer"
    assert (error["type"], error["param"], error["code"]) == ("invalid_request_error", None, code)
    assert "sésame" not in response.text
    assert "not-sesame" not in response.text


def test_without_a_key_set_any_key_will_do(sample_api: httpx.Client) -> None:
    """A client that must send a key can be pointed at a server that wants none."""
    assert sample_api.get(FILE_SEARCH, headers={"authorization": "Bearer whatever"}).status_code == 200


@pytest.mark.parametrize("api_key", ["", "  "])
def test_an_empty_key_is_refused(store: MemoryStore, api_key: str) -> None:
    """A key that was meant and is empty must not open the server to everyone."""
    with pytest.raises(ValueError, match="api_key is empty"):
        create_app(store, api_key=api_key)


@pytest.mark.parametrize("prefix", ["", "/v1", "/openai", "/openai/v1", "/api/v1", "/api/projects/harbour"])
def test_the_prefixes_of_all_clients_lead_here(sample_api: httpx.Client, prefix: str) -> None:
    """Whatever a client puts before `/threads`, and the version of the API that Azure's put behind it."""
    root = str(sample_api.base_url).removesuffix("/v1/")
    found = sample_api.get(f"{root}{prefix}{FILE_SEARCH}", params={"api-version": "2024-05-01-preview"})

    assert found.json() == sample_api.get(FILE_SEARCH).json()


@pytest.mark.parametrize("prefix", ["/v2", "/openai/v2", "/openai/openai", "/api/projects", "/v1/v1", "/projects/x"])
def test_other_prefixes_lead_nowhere(sample_api: httpx.Client, prefix: str) -> None:
    """A mistyped one shows in the message."""
    root = str(sample_api.base_url).removesuffix("/v1/")
    response = sample_api.get(f"{root}{prefix}{FILE_SEARCH}")

    assert response.status_code == 404
    assert f"{prefix}{FILE_SEARCH}" in response.json()["error"]["message"]


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost", 200),
        ("LOCALHOST.:8000", 200),
        ("127.0.0.1:1", 200),
        ("127.8.8.8", 200),
        ("[::1]:8000", 200),
        ("history.example:8443", 200),
        ("History.Example.", 200),
        ("[2001:db8::1]", 200),
        ("evil.example", 421),
        ("history.example.evil.example", 421),
        ("localhost.evil.example", 421),
        ("127.0.0.1.nip.example", 421),
        ("127.0.0.1@evil.example", 421),
        ("192.0.2.7", 421),
        ("[2001:db8::2]", 421),
        ("", 421),
        ("a b", 421),
    ],
)
def test_requests_under_a_strange_name_are_refused(host: str, status: int) -> None:
    """A page whose name leads to this machine is none of its business; what the user named is."""
    app = create_app(sample_store(), hosts=["history.example", "2001:db8::1"])
    with serve(app) as base_url, httpx.Client(base_url=base_url, trust_env=False) as client:
        response = client.get(FILE_SEARCH, headers={"Host": host})

    assert response.status_code == status
    if status == 421:
        assert "--allow-host" in response.json()["error"]["message"]


def test_one_host_may_be_named_as_such() -> None:
    """It is no list of letters."""
    with serve(create_app(sample_store(), hosts="x.example")) as base_url:
        assert httpx.get(f"{base_url}{FILE_SEARCH}", headers={"Host": "x.example"}, trust_env=False).status_code == 200


def test_the_address_that_a_connection_came_to_is_no_strange_name() -> None:
    """Whoever listens on all addresses answers under each of them."""
    with serve(create_app(sample_store()), host="0.0.0.0") as base_url:
        port = httpx.URL(base_url).port
        for host, status in (("127.0.0.2", 200), ("192.0.2.7", 421)):
            url = f"http://127.0.0.2:{port}/v1{FILE_SEARCH}"
            assert httpx.get(url, headers={"Host": host}, trust_env=False).status_code == status


def test_a_store_that_is_verbatim_gives_steps_as_they_are() -> None:
    """Nothing has to be asked for: the text is what was received, to the byte."""
    store = sample_store()
    store.is_verbatim = True
    with serve(create_app(store)) as base_url:
        found = httpx.get(f"{base_url}{FILE_SEARCH}", trust_env=False)

    assert found.text == store.get_step("thread_demo", "run_kinds", "step_kinds_04").text
