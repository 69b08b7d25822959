# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
"""What this package was generated from."""

from typing import Final

CONTRACT_VERSION: Final = "2.2.0"
"""`info.version` of the contract."""

CONTRACT_SHA256: Final = "1c920088f9aac8ca19bb98bae38edabb611ab17c42017fd1bdf66cdd88630d19"
"""SHA-256 of the contract's bytes."""

GENERATOR_VERSION: Final = "0.29.1"
"""Version of openapi-python-client."""

RUFF_VERSION: Final = "0.17.6"
"""Version of ruff, which formatted the code."""

TEMPLATES_SHA256: Final = "279631831c5abc7ed8b0489258299ff38697df8fb7b9b77711f31b0cfaf46e6a"
"""SHA-256 over generator-config.yaml and templates/."""
