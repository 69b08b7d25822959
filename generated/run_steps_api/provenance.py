# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
"""What this package was generated from."""

from typing import Final

CONTRACT_VERSION: Final = "2.2.0"
"""`info.version` of the contract."""

CONTRACT_SHA256: Final = "86482d3e2cc09df1c07c18bef694536e83bd43f4b9b911230396fe9c8032d53b"
"""SHA-256 of the contract's bytes."""

GENERATOR_VERSION: Final = "0.29.1"
"""Version of openapi-python-client."""

RUFF_VERSION: Final = "0.17.6"
"""Version of ruff, which formatted the code."""

TEMPLATES_SHA256: Final = "da6dbf94a49678710c05e7e8fdb34d034448bec8c64b0f285109a325453054b2"
"""SHA-256 over generator-config.yaml and templates/."""
