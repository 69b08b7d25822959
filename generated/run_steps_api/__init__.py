# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
"""Typed client for the contract "Run steps" 2.2.0: models, endpoints and a connection.

Every module of this package is generated. `provenance` tells from what.
"""

from .client import AuthenticatedClient, Client

__all__ = (
    "AuthenticatedClient",
    "Client",
)
