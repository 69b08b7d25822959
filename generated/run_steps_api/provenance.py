# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
"""What this package was generated from."""

from typing import Final

CONTRACT_VERSION: Final = "1.0.0"
"""`info.version` of the contract."""

CONTRACT_SHA256: Final = "8294ea6aee2e41e43c21593c8a46268501090a4d2f2aa871d625b6e359687b21"
"""SHA-256 of the contract's bytes."""

GENERATOR_VERSION: Final = "0.29.1"
"""Version of openapi-python-client."""

RUFF_VERSION: Final = "0.17.6"
"""Version of ruff, which formatted the code."""

TEMPLATES_SHA256: Final = "23cee5f76e104bcefdd0d01338874d3bc77251eeae21448bc4e1fcceefab922d"
"""SHA-256 over generator-config.yaml and templates/."""
