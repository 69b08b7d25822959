# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
"""Contains endpoint functions for accessing the API"""
