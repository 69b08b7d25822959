# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
"""What this package was generated from."""

from typing import Final

CONTRACT_VERSION: Final = "1.1.0"
"""`info.version` of the contract."""

CONTRACT_SHA256: Final = "d2faa395fe10c41b30d80db6836955caf41c7c4eb7707843f99fac63308356a9"
"""SHA-256 of the contract's bytes."""

GENERATOR_VERSION: Final = "0.29.1"
"""Version of openapi-python-client."""

RUFF_VERSION: Final = "0.17.6"
"""Version of ruff, which formatted the code."""

TEMPLATES_SHA256: Final = "58ee86a78a7cd79ddc49bfc15a75570ea45de66aa080f946e249e04bfb87a08b"
"""SHA-256 over generator-config.yaml and templates/."""
