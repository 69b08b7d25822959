"""What a look of a watch costs, by how many steps of the run are known: `nox -s bench -- --only watch`."""

from __future__ import annotations

from contextlib import ExitStack
from functools import partial

from benchmarks.measuring import Table, interleaved
from benchmarks.payloads import step
from benchmarks.static_server import static_server
from run_steps import RunSteps
from run_steps.watching.decisions import Watch
from run_steps_api.models import Run

KNOWN = (100, 10_000, 40_000)
LOOKS = 10


def measure(*, rounds: int) -> Table:
    """Measure looks over loopback servers; the run is not read, so that no second request hides what the steps cost."""
    facts = step(0)
    thread_id, run_id = facts["thread_id"], facts["run_id"]
    run = Run.from_dict({"id": run_id, "object": "thread.run", "thread_id": thread_id, "status": "in_progress"})

    def look(client: RunSteps, watch: Watch) -> None:
        watch.receive(run, list(client.list(thread_id, run_id, order="asc", after=watch.resume_after(run))))

    with ExitStack() as stack:
        looks = {}
        for known in KNOWN:
            url = stack.enter_context(static_server(known))
            client, watch = stack.enter_context(RunSteps(base_url=url)), Watch(run_id)
            looks[f"{known:,} steps known, all over"] = partial(look, client, watch)
            look(client, watch)
            assert watch.state is not None
            assert len(watch.state.steps) == known
        return Table("A look of a watch", interleaved(looks, rounds=rounds, repeat=LOOKS))
