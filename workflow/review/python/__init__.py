"""Compare the Python package two descriptions generate, as someone who imports it sees it."""
