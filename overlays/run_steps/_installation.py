"""How to install what an extra brings, from where this package was installed: no index has to know it."""

from __future__ import annotations

import json
import shlex
from typing import Any
from urllib.parse import unquote, urlsplit

NAME = "run-steps"


def install_command(extra: str) -> str:
    """Return the command that installs an extra of this package.

    Args:
        extra: Its name.
    """
    # Imported where something is missing, as it takes longer than all that is needed otherwise.
    from importlib.metadata import PackageNotFoundError, distribution  # noqa: PLC0415

    try:
        return command_of(distribution(NAME).read_text("direct_url.json"), extra)
    except PackageNotFoundError:  # run from its sources, without any installation
        return command_of(None, extra)


def command_of(noted: str | None, extra: str) -> str:
    """Return the same for what an installer noted of where this package came from.

    That is a folder, a wheel, or a repository, and nothing when it came from an index:
    https://packaging.python.org/en/latest/specifications/direct-url/

    Args:
        noted: Text of `direct_url.json`; None when there is none.
        extra: Name of the extra.
    """
    origin = _origin(noted)
    url, vcs, folder = origin.get("url"), origin.get("vcs_info"), origin.get("dir_info")
    if not isinstance(url, str) or not url:
        return f"pip install '{NAME}[{extra}]'"
    if isinstance(vcs, dict):
        address = f"{vcs.get('vcs', 'git')}+{url}@{vcs.get('commit_id', 'HEAD')}"
        return f"pip install {shlex.quote(f'{NAME}[{extra}] @ {address}')}"
    if not url.startswith("file:"):
        return f"pip install {shlex.quote(f'{NAME}[{extra}] @ {url}')}"
    is_editable = isinstance(folder, dict) and folder.get("editable") is True
    path = shlex.quote(f"{unquote(urlsplit(url).path)}[{extra}]")
    return f"pip install -e {path}" if is_editable else f"pip install {path}"


def _origin(noted: str | None) -> dict[str, Any]:
    """Return what was noted; nothing when it cannot be read, as the error that is being told matters more."""
    try:
        found = json.loads(noted or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
