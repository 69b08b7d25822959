"""Archives with random damage, pulled again: `python -m tests.overlays.pulling.healing COUNT [FIRST]`.

Each becomes what a clean pull makes: at once, or after what can be read of it was salvaged, as the pull then says in
one line. Of the latter some have lost the count of threads, and say so until that is accepted. Or the pull says that it
failed to get something that was never on the server, of which the archive then still says that it is damaged. All else
is told as missed, by the number it was drawn with.
"""

from __future__ import annotations

import random
import shutil
import sys
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from run_steps import servers
from run_steps.archive import Archive, ArchiveError, DamagedArchive, salvage
from run_steps.pulling import Target, pull
from run_steps.serving import create_app, serve
from tests.overlays.archive.damaging import DAMAGES, is_accused
from tests.overlays.history_server import history
from tests.overlays.pulling.comparing import checksum

TARGETS = [Target("thread_0000"), Target("thread_0001")]
COUNT_LOST = "nobody knows how many threads there were; pull all again, and accept it with --seal"


def outcome(base_url: str, path: Path, clean: str) -> str:
    """Pull into an archive that may be damaged, and say what came of it."""
    how = ""
    try:
        result = pull(servers.compatible(base_url), path, TARGETS)
    except DamagedArchive as error:
        if len(str(error).splitlines()) != 1:
            return "missed"
        try:
            how = ", salvaged" if salvage(path) else ", nothing to salvage"
        except ArchiveError:
            path.unlink()
            how = ", nothing left to salvage"
        result = pull(servers.compatible(base_url), path, TARGETS)
    if result.failed and is_accused(path):
        return f"told{how}"
    with Archive.open(path) as archive:
        if [item.message for item in archive.damage()] == [COUNT_LOST] and how == ", salvaged":
            how += ", count accepted"
    if how.endswith("accepted"):
        with Archive.create(path) as writable:
            writable.seal()
    is_whole = not result.failed and not is_accused(path) and checksum(path) == clean
    return f"equal to a clean one{how}" if is_whole else "missed"


def heal(count: int, first: int = 0) -> Counter[str]:
    """Damage so many archives, each with its own number, pull them again, and count what came of it."""
    told = Counter[str]()
    with serve(create_app(history(2, 3, 4))) as base_url, TemporaryDirectory() as folder:
        whole, path = Path(folder, "whole.sqlite"), Path(folder, "damaged.sqlite")
        pull(servers.compatible(base_url), whole, TARGETS)
        clean = checksum(whole)
        for number in range(first, first + count):
            for old in Path(folder).glob(f"{path.name}*"):
                old.unlink()
            shutil.copy(whole, path)
            damage = DAMAGES[number % len(DAMAGES)]
            damage(path, random.Random(number))
            found = outcome(base_url, path, clean)
            told[f"{damage.__name__}: {found}" if found != "missed" else f"missed: {number} ({damage.__name__})"] += 1
    return told


if __name__ == "__main__":
    for name, counted in sorted(heal(*map(int, sys.argv[1:])).items()):
        sys.stdout.write(f"{name}: {counted}\n")
