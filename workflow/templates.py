"""Record which templates of the generator ours replace: ``python -m workflow.templates``.

Templates are no stable interface of the generator, so each override is tied to the original it was written against.
"""

from __future__ import annotations

import hashlib
import sys
from importlib.resources import files
from pathlib import Path

from workflow.generate import TEMPLATES

RECORD = TEMPLATES / "originals.sha256"
"""The record, in the format of `sha256sum`."""


def originals() -> str:
    """Return the record as it should be: the hash of each of the generator's templates that one here is named after."""
    stock = Path(str(files("openapi_python_client") / "templates"))
    names = sorted(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.jinja"))
    overridden = [name for name in names if (stock / name).exists()]
    return "".join(f"{hashlib.sha256((stock / name).read_bytes()).hexdigest()}  {name}\n" for name in overridden)


def main() -> int:
    """Write the record; return the exit code."""
    RECORD.write_text(originals(), encoding="utf-8")
    print(f"Wrote {RECORD.name}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
