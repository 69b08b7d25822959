"""Run steps out of the event stream of a run: `sse` reads events, `accumulation` makes steps of them."""
