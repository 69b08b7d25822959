"""What an assistant did during a run, read from any Assistants-compatible server."""
