"""Headless Chromium over pages that a server on loopback serves, which also records what else is asked of it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Generator
from contextlib import contextmanager
from html import unescape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from attrs import define, field

PROGRAM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
_FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--virtual-time-budget=5000",
    "--dump-dom",
]


@define
class Site:
    """Pages by path, and what was asked for.

    Attributes:
        address: Where the server answers.
        pages: What it serves, by path.
        asked: Paths that were asked for, in order.
    """

    address: str
    pages: dict[str, str] = field(factory=dict)
    asked: list[str] = field(factory=list)

    def ask_in_frame(self, page: str, script: str, *, width: int, profile: Path) -> str:
        """Open a page in a frame of a width (pixels) and return what a script makes of it.

        A frame, because a window is never narrower than 500 pixels.

        Args:
            page: The page.
            script: Statements that find the document of the page as `page` and return a text.
            width: Width of the frame.
            profile: A folder of its own for the browser.
        """
        self.pages["/page"] = page
        self.pages["/"] = f"""<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,">
<iframe style="width: {width}px; height: 1000px; border: 0" src="/page"></iframe><output></output>
<script>
addEventListener("load", async () => {{
  const page = document.querySelector("iframe").contentDocument;
  const answer = await (async () => {{ {script} }})();
  document.querySelector("output").textContent = answer;
}});
</script>"""
        dom = _dump(f"{self.address}/", profile)
        return unescape(dom.partition("<output>")[2].partition("</output>")[0])

    def show(self, page: str, profile: Path) -> str:
        """Open a page by itself and return its document when everything in it has run."""
        self.pages["/page"] = page
        return _dump(f"{self.address}/page", profile)


@contextmanager
def site() -> Generator[Site]:
    """Serve pages on loopback."""
    found = Site(address="")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found.asked.append(self.path)
            text = found.pages.get(self.path)
            self.send_response(200 if text is not None else 404)
            self.send_header("Content-Type", "image/svg+xml" if (text or "").startswith("<svg") else "text/html")
            self.end_headers()
            self.wfile.write((text or "").encode())

        def log_message(self, *args: object, **keywords: object) -> None:
            """Say nothing: what was asked is recorded."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        found.address = f"http://127.0.0.1:{server.server_port}"
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield found
        server.shutdown()
        thread.join()


def _dump(address: str, profile: Path) -> str:
    if PROGRAM is None:
        pytest.fail("Chromium is missing, and CI is set: pages must be opened there")
    command = [PROGRAM, *_FLAGS, f"--user-data-dir={profile}", "--window-size=1500,1200", address]
    return subprocess.run(command, check=True, capture_output=True, timeout=60).stdout.decode("utf-8")
