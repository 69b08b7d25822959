# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.
"""Contains methods for accessing the API"""
