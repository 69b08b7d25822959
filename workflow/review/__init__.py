"""Tell a reviewer what a change of the contract means: on the wire, in Python, and for the version number."""
