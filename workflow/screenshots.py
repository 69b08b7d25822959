"""Make the pictures of the documentation anew: ``python -m workflow.screenshots``, or ``nox -s docs -- --screenshots``.

What they show comes from the sample data, through a server. It needs Chromium (Debian's package, or `CHROMIUM=PATH`).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from run_steps import RunSteps
from run_steps.serving import create_app, sample_store, serve
from run_steps.timeline import build_timeline, to_html
from workflow.site import PICTURES

SHOTS = {"timeline.png": "1200,760"}
"""Size of the window, by file."""
_MOST_BYTES = 150_000
_SECONDS = 60


def sample_page() -> str:
    """Return the page of the sample's run with a step of every kind."""
    thread_id, run_id = "thread_demo", "run_kinds"
    with serve(create_app(sample_store())) as base_url, RunSteps(base_url=base_url) as client:
        messages = client.messages(thread_id, run_id=run_id)
        return to_html(build_timeline(client.list(thread_id, run_id), client.run(thread_id, run_id), messages=messages))


def main() -> int:
    """Run the command; return its exit code."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if chromium is None:
        print("No Chromium: install Debian's package chromium, or name one in CHROMIUM.", file=sys.stderr)
        return 1
    PICTURES.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder:
        page = Path(folder, "run.html")
        page.write_text(sample_page(), encoding="utf-8")
        for name, size in SHOTS.items():
            shot = Path(folder, name)
            light = "--blink-settings=preferredColorScheme=1"
            options = [f"--window-size={size}", light, "--hide-scrollbars"]
            command = [chromium, "--headless", "--no-sandbox", *options, f"--screenshot={shot}", page.as_uri()]
            subprocess.run(command, check=True, timeout=_SECONDS, stderr=subprocess.DEVNULL)
            if (length := shot.stat().st_size) > _MOST_BYTES:
                print(f"{name} has {length:,} bytes, more than {_MOST_BYTES:,}: make it smaller.", file=sys.stderr)
                return 1
            shutil.copyfile(shot, PICTURES / name)
            print(f"Wrote {name}: {length:,} bytes.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
