"""Side-by-side measurements: ours, its peers, and the floor, interleaved in one run.

`nox -s bench` runs them all; `docs/performance.md` explains the figures. Only ratios of one run mean anything.
"""
