"""Tests of the pull."""
