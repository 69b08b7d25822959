"""The maintainer's and the reviewer's tools: generate the client, prove it current, review a change.

Nothing here is shipped in the wheel. Every command is a module: ``python -m workflow.generate``,
``python -m workflow.drift``.
"""

from pathlib import Path

ROOT = Path(__file__).parent.parent
"""The root of the repository."""
