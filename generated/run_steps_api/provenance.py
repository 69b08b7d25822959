# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
"""What this package was generated from."""

from typing import Final

CONTRACT_VERSION: Final = "1.0.0"
"""`info.version` of the contract."""

CONTRACT_SHA256: Final = "4f1650e96e6601096f99477ac4b17ecdd252b40b5b10e1d46a1b52a31a650673"
"""SHA-256 of the contract's bytes."""

GENERATOR_VERSION: Final = "0.29.1"
"""Version of openapi-python-client."""

RUFF_VERSION: Final = "0.17.6"
"""Version of ruff, which formatted the code."""

TEMPLATES_SHA256: Final = "866f18d0bcb2553cbd1c97125de7ca17fa416e7fe09211e5e05ec4fec67893e3"
"""SHA-256 over generator-config.yaml and templates/."""
