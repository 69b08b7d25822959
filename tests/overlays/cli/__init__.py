"""Tests of the command `run-steps`."""
