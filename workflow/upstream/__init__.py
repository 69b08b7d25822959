"""Notice what published descriptions of the interface say: slice our part out of them, and compare."""
