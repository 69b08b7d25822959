# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
"""What this package was generated from."""

from typing import Final

CONTRACT_VERSION: Final = "2.0.0"
"""`info.version` of the contract."""

CONTRACT_SHA256: Final = "bd54f2285faf358545edaf8ba9e54f555a1fed33099793c136b50bf2a97cb8f9"
"""SHA-256 of the contract's bytes."""

GENERATOR_VERSION: Final = "0.29.1"
"""Version of openapi-python-client."""

RUFF_VERSION: Final = "0.17.6"
"""Version of ruff, which formatted the code."""

TEMPLATES_SHA256: Final = "d8f6c780f20386f64ce3d883737ee16461fe78ff40e69e4d0f5a430bf5ba5699"
"""SHA-256 over generator-config.yaml and templates/."""
