# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
"""What this package was generated from."""

from typing import Final

CONTRACT_VERSION: Final = "2.2.0"
"""`info.version` of the contract."""

CONTRACT_SHA256: Final = "e5ee8e9513523b757ec2afd3524c5d51c0540e95601997f321268467739b1f0a"
"""SHA-256 of the contract's bytes."""

GENERATOR_VERSION: Final = "0.29.1"
"""Version of openapi-python-client."""

RUFF_VERSION: Final = "0.17.6"
"""Version of ruff, which formatted the code."""

TEMPLATES_SHA256: Final = "831ecfad16acb9283760707cbf822c28e1603c1c0215a1c6cc23b64fcf8eb68a"
"""SHA-256 over generator-config.yaml and templates/."""
