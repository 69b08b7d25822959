# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
"""What this package was generated from."""

from typing import Final

CONTRACT_VERSION: Final = "2.2.0"
"""`info.version` of the contract."""

CONTRACT_SHA256: Final = "cdca7d6d758907846a6699d42867d6808d134103c1c518c1cfb9a235e634fc1b"
"""SHA-256 of the contract's bytes."""

GENERATOR_VERSION: Final = "0.29.1"
"""Version of openapi-python-client."""

RUFF_VERSION: Final = "0.17.6"
"""Version of ruff, which formatted the code."""

TEMPLATES_SHA256: Final = "d92471e26b8d8f0e393f3d91bab1e737a0120333e3fcc59d04407b0aa8c09d26"
"""SHA-256 over generator-config.yaml and templates/."""
