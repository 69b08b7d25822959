# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
"""What this package was generated from."""

from typing import Final

CONTRACT_VERSION: Final = "2.0.0"
"""`info.version` of the contract."""

CONTRACT_SHA256: Final = "7eb14d46f21f0391364ee0159a4b3e2e207123d33a14b9aeeab14e548476a13f"
"""SHA-256 of the contract's bytes."""

GENERATOR_VERSION: Final = "0.29.1"
"""Version of openapi-python-client."""

RUFF_VERSION: Final = "0.17.6"
"""Version of ruff, which formatted the code."""

TEMPLATES_SHA256: Final = "bab69ebfd185b122b5b271a64c42759504b70252bc54c1fce9ec5684ba0210af"
"""SHA-256 over generator-config.yaml and templates/."""
