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

TEMPLATES_SHA256: Final = "f0661ea546f3088d50b7de91ad413d28288cae45ad8db8c3e58d8fa6916ea363"
"""SHA-256 over generator-config.yaml and templates/."""
