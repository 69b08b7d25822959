"""Follow a run while it is going: what changed since the last look, until the run is over.

`states` defines what a change is, `decisions` when to look, at what, and what to make of a failure; `loops` does it.
"""

from run_steps.watching.decisions import DeadlineExceeded, Pace
from run_steps.watching.loops import watch
from run_steps.watching.states import Change, RunState, is_over

__all__ = ["Change", "DeadlineExceeded", "Pace", "RunState", "is_over", "watch"]
