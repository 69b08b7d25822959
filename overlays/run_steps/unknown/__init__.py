"""What servers send that the contract does not name, told so that it can be shown to anybody.

`shapes` keeps of values what they are made of, `finding` looks through what was sent, `pieces` writes what the contract
would have to say.
"""

from run_steps.unknown.finding import Report, Sent, Unknown, find_unknown
from run_steps.unknown.pieces import as_contract
from run_steps.unknown.shapes import Shape

__all__ = ["Report", "Sent", "Shape", "Unknown", "as_contract", "find_unknown"]
