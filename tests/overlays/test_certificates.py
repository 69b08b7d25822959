"""Certificates are verified wherever TLS is spoken, also by what a client of `http://` hands out."""

import asyncio
import http.server
import ssl
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import trustme

from run_steps import AsyncRunSteps, RunSteps
from run_steps._http.tls import TrustedCertificates

both = pytest.mark.parametrize("asynchronous", [False, True], ids=["sync", "async"])


class _Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    def log_message(self, *args: object, **keywords: object) -> None:
        """Say nothing."""


@pytest.fixture
def tls_server(tmp_path: Path) -> Iterator[str]:
    """A server with a certificate for localhost of an authority that nobody trusts; `authority.pem` is its own."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"https://localhost:{server.server_port}/"
        server.shutdown()
        thread.join()


def _get(url: str, base_url: str, *, asynchronous: bool) -> int:
    """Return the status of an answer, asked for with the `httpx` client that a client hands out."""

    async def get() -> int:
        async with AsyncRunSteps(base_url=base_url) as client:
            return (await client.connection.get_async_httpx_client().get(url)).status_code

    if asynchronous:
        return asyncio.run(get())
    with RunSteps(base_url=base_url) as client:
        return client.connection.get_httpx_client().get(url).status_code


@both
@pytest.mark.parametrize("base_url", ["http://127.0.0.1:9/v1", "https://localhost:9/v1"])
def test_an_unknown_authority_is_not_trusted(base_url: str, asynchronous: bool, tls_server: str) -> None:
    """A client verifies certificates whatever the scheme of its base URL."""
    with pytest.raises(httpx.ConnectError, match="CERTIFICATE_VERIFY_FAILED"):
        _get(tls_server, base_url, asynchronous=asynchronous)


@both
@pytest.mark.parametrize("base_url", ["http://127.0.0.1:9/v1", "https://localhost:9/v1"])
def test_the_environment_can_name_an_authority(
    base_url: str, asynchronous: bool, tls_server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`SSL_CERT_FILE` names the authorities that are trusted, and names of hosts are still verified."""
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))

    assert _get(tls_server, base_url, asynchronous=asynchronous) == 200
    with pytest.raises(httpx.ConnectError, match="CERTIFICATE_VERIFY_FAILED"):
        _get(tls_server.replace("localhost", "127.0.0.1"), base_url, asynchronous=asynchronous)


def test_a_context_that_is_never_read_trusts_nobody() -> None:
    """Used in a way that nobody foresaw, it fails closed."""
    context = TrustedCertificates()

    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname
    assert context.get_ca_certs() == []
