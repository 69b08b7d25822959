"""Take threads out of a server while it is there: `python pull_and_export.py FOLDER THREAD...`.

Run it again whenever it was stopped: it goes on from there.
"""

from __future__ import annotations

import sys
from pathlib import Path

from run_steps import servers
from run_steps.archive import Archive
from run_steps.export import export
from run_steps.pulling import check, pull, target


def main(folder: Path, words: list[str]) -> int:
    """Pull threads into an archive, prove that it is whole, and write its steps as CSV.

    Args:
        folder: Where to write.
        words: Threads, or runs of them as `thread_1/run_1`.

    Returns:
        0 when the archive has everything, otherwise 1.
    """
    folder.mkdir(parents=True, exist_ok=True)
    archive = folder / "history.sqlite"
    targets = [target(word) for word in words]
    result = pull(servers.from_env(), archive, targets)
    print(f"{result.pulled} runs with {result.steps} steps pulled, {result.skipped} were there, {result.failed} failed")
    for failure in result.failures:
        print(f"  {failure.thread_id} {failure.run_id or ''}: {failure.message}")

    with Archive.open(archive) as opened:
        findings = check(opened, targets)
    print(f"{findings.complete} of {findings.runs} runs are complete")
    written = export(archive, folder / "steps.csv", "csv", overwrite=True)
    print(f"{written.steps} steps are in {folder / 'steps.csv'}")
    return 0 if findings.is_complete else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))
