# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
"""What this package was generated from."""

from typing import Final

CONTRACT_VERSION: Final = "2.0.0"
"""`info.version` of the contract."""

CONTRACT_SHA256: Final = "9ca2e2ad81f7c9b1e49a8d87e898c1b13a1f5c089ca72a86c2a3f9bb689f7d19"
"""SHA-256 of the contract's bytes."""

GENERATOR_VERSION: Final = "0.29.1"
"""Version of openapi-python-client."""

RUFF_VERSION: Final = "0.17.6"
"""Version of ruff, which formatted the code."""

TEMPLATES_SHA256: Final = "3babe2be82c1a9e880fd5808094dd8c14cb073a451205cc347277cfb7d3d5e80"
"""SHA-256 over generator-config.yaml and templates/."""
