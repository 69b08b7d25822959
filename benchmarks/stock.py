"""The client that the generator writes without our templates."""

from __future__ import annotations

import importlib
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any


def stock_from_dict(description: Path, package: str, page_class: str) -> Callable[[Mapping[str, Any]], Any]:
    """Generate a client with the generator's own templates and return how it decodes a page.

    Args:
        description: The OpenAPI description.
        package: Name for the package, unused so far in this process.
        page_class: Name of the class of a page.
    """
    folder = Path(tempfile.mkdtemp(prefix="run-steps-bench-"))
    arguments = ["generate", "--meta", "none", "--path", str(description), "--output-path", str(folder / package)]
    subprocess.run([sys.executable, "-m", "openapi_python_client", *arguments], check=True, capture_output=True)
    sys.path.insert(0, str(folder))
    models = importlib.import_module(f"{package}.models")
    from_dict: Callable[[Mapping[str, Any]], Any] = getattr(models, page_class).from_dict
    return from_dict
