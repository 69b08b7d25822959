"""Archives with random contents, and random damage to them: `python -m tests.overlays.archive.damaging COUNT`.

It fills so many archives, which must be found sound, damages each, and tells whether all that changed were found.
"""

from __future__ import annotations

import random
import shutil
import sqlite3
import sys
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from run_steps.archive import Archive, ArchiveError, Failure
from tests.overlays.archive.filling import SERVER, received, run, step

TABLES = {
    "servers": ("base_url",),
    "threads": ("thread_id", "server", "listed_at"),
    "runs": ("thread", "run_id", "assistant_id", "status", "created_at", "ended_at", "has_ended", "is_complete"),
    "steps": ("run", "step_id", "position", "type", "status", "created_at", "has_ended", "tools", "total_tokens"),
    "failures": ("thread_id", "run_id", "message", "failed_at"),
    "conversations": ("thread", "tried_at", "listed_at", "error", "messages"),
    "messages": ("thread", "message_id", "position", "run_id", "role", "status", "created_at"),
}
PAYLOADS = {
    "runs": ("payload", "pulled_at", "listed_at"),
    "steps": ("payload", "pulled_at"),
    "conversations": ("payload",),
    "messages": ("payload", "pulled_at"),
}
"""What is changed by SQL, besides payloads."""


def fill(path: Path, drawn: random.Random) -> None:
    """Write an archive as a pull does, of a few threads; some runs are still going, some half pulled, some failed."""
    with Archive.create(path, write_ahead=drawn.random() < 0.5) as archive:
        for thread in range(drawn.randrange(1, 5)):
            thread_id = f"thread_{thread}"
            archive.put_runs(SERVER, thread_id, [])
            for number in range(drawn.randrange(1, 6)):
                run_id, going = f"run_{thread}_{number}", drawn.random() < 0.2
                status = "in_progress" if going else "completed"
                archive.put_runs(SERVER, thread_id, [run(run_id, status, text="ü" * drawn.randrange(300))])
                count = drawn.randrange(8)
                steps = [
                    step(f"step_{thread}_{number}_{place}", output="x" * drawn.randrange(3000), assistant_id="asst_1")
                    for place in range(count)
                ]
                is_last = drawn.random() < 0.9
                archive.put_steps(thread_id, run_id, 0, steps, is_last=is_last, had_ended=not going)
                if not is_last:
                    archive.note_failure(Failure(thread_id, run_id, "500 it broke"))
            if drawn.random() < 0.9:
                archive.finish_thread(thread_id)
            if drawn.random() < 0.8:
                texts = ["x" * drawn.randrange(2000) for _ in range(drawn.randrange(6))]
                messages = [received({"id": f"msg_{thread}_{place}", "text": text}) for place, text in enumerate(texts)]
                item = received({"id": thread_id, "object": "thread", "metadata": {"x": "x"}})
                archive.put_messages(thread_id, 0, messages, began_at=drawn.choice([None, 5.0, 6.0]), thread=item)
                if drawn.random() < 0.2:
                    archive.note_messages_failure(thread_id, "500 it broke", 7.0)


def flip_bits(path: Path, drawn: random.Random) -> None:
    """Change single bits anywhere in the file."""
    content = bytearray(path.read_bytes())
    for _ in range(drawn.choice([1, 1, 1, 2, 5, 20])):
        content[drawn.randrange(len(content))] ^= 1 << drawn.randrange(8)
    path.write_bytes(content)


def cut(path: Path, drawn: random.Random) -> None:
    """Cut the end of the file off, anywhere or between its pages."""
    size = path.stat().st_size
    length = drawn.randrange(size) if drawn.random() < 0.5 else 4096 * drawn.randrange(size // 4096)
    with path.open("r+b") as file:
        file.truncate(length)


def overwrite(path: Path, drawn: random.Random) -> None:
    """Put zeros, or another page of the same file, in place of a page."""
    content = bytearray(path.read_bytes())
    pages = len(content) // 4096
    one, other = (4096 * drawn.randrange(pages) for _ in range(2))
    content[one : one + 4096] = bytes(4096) if drawn.random() < 0.5 else content[other : other + 4096]
    path.write_bytes(content)


def edit(path: Path, drawn: random.Random) -> None:
    """Change a value by SQL."""
    table = drawn.choice(list(TABLES))
    column = drawn.choice([*TABLES[table], "payload"] if table in PAYLOADS else TABLES[table])
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        keys = [key for (key,) in connection.execute(f"SELECT rowid FROM {table}")]
        if not keys:
            return
        key = drawn.choice(keys)
        (old,) = connection.execute(f"SELECT {column} FROM {table} WHERE rowid = ?", (key,)).fetchone()
        numbers = ("tried_at", "listed_at", "created_at", "ended_at", "failed_at", "total_tokens")
        is_number = column in numbers or isinstance(old, int)
        new: object = drawn.choice([(old or 0) + 1, 0, 7]) if is_number else f"{old or ''}x"
        if column == "payload":
            old = str(old)
            text = str(old)
            new = drawn.choice([text.replace("x", "y", 1), text.replace("completed", "failed"), "{", "[]", text[:-1]])
        connection.execute(f"UPDATE OR IGNORE {table} SET {column} = ? WHERE rowid = ?", (new, key))


def remove(path: Path, drawn: random.Random) -> None:
    """Remove a row by SQL, and maybe what belongs to it."""
    table = drawn.choice(list(TABLES))
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        keys = [key for (key,) in connection.execute(f"SELECT rowid FROM {table}")]
        if not keys:
            return
        key = drawn.choice(keys)
        connection.execute(f"DELETE FROM {table} WHERE rowid = ?", (key,))
        if drawn.random() < 0.5:
            connection.execute("DELETE FROM runs WHERE thread NOT IN (SELECT key FROM threads)")
            connection.execute("DELETE FROM steps WHERE run NOT IN (SELECT key FROM runs)")
            connection.execute("DELETE FROM conversations WHERE thread NOT IN (SELECT key FROM threads)")
            connection.execute("DELETE FROM messages WHERE thread NOT IN (SELECT thread FROM conversations)")


def add(path: Path, drawn: random.Random) -> None:
    """Add a row by SQL that is a copy of another one under another id or parent."""
    table, id_column = drawn.choice(
        [
            ("runs", "run_id"),
            ("steps", "step_id"),
            ("threads", "thread_id"),
            ("messages", "message_id"),
            ("failures", "thread_id"),
        ]
    )
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        if table == "failures":
            connection.execute("INSERT INTO failures SELECT thread_id || '_copy', '', 'x', 1, digest FROM threads")
            return
        columns = [
            row[1] for row in connection.execute(f"PRAGMA table_info({table})") if row[1] not in ("key", id_column)
        ]
        names = ", ".join(columns)
        connection.execute(
            f"INSERT INTO {table} ({id_column}, {names}) SELECT {id_column} || '_copy', {names} FROM {table} LIMIT 1"
        )
        if table == "threads" and drawn.random() < 0.5:
            connection.execute("INSERT INTO conversations (thread, messages) SELECT max(key), 3 FROM threads")


DAMAGES: tuple[Callable[[Path, random.Random], None], ...] = (flip_bits, cut, overwrite, edit, remove, add)


def held(path: Path) -> object:
    """Return all that an archive holds, apart from digests; or why it cannot be read."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            connection.text_factory = bytes
            found: dict[str, list[object]] = {}
            for table, columns in TABLES.items():
                names = ", ".join((*columns, *PAYLOADS.get(table, ())))
                query = f"SELECT {names} FROM {table} NOT INDEXED ORDER BY rowid"
                found[table] = connection.execute(query).fetchall()
            return found
    except (sqlite3.Error, UnicodeDecodeError) as error:
        return str(error)


def is_accused(path: Path) -> bool:
    """Tell whether an archive is found damaged."""
    try:
        with Archive.open(path) as archive:
            return bool(archive.damage()) or not archive.is_sealed
    except ArchiveError:
        return True


def main() -> None:
    """Try as many archives as told, and tell how many were changed, found and wrongly accused."""
    told = Counter[str]()
    with TemporaryDirectory() as folder:
        for number in range(int(sys.argv[1])):
            drawn = random.Random(number)
            whole, path = Path(folder, "whole.sqlite"), Path(folder, "damaged.sqlite")
            for old in Path(folder).iterdir():
                old.unlink()
            fill(whole, drawn)
            told["sound accused"] += is_accused(whole)
            shutil.copy(whole, path)
            damage = DAMAGES[number % len(DAMAGES)]
            damage(path, drawn)
            is_changed, is_found = held(path) != held(whole), is_accused(path)
            name = damage.__name__
            told[f"{name}: changed"] += is_changed
            told[f"{name}: changed and found"] += is_changed and is_found
            told[f"{name}: unchanged and told"] += is_found and not is_changed
            if is_changed and not is_found:
                told[f"missed: {number}"] += 1
    for name, count in sorted(told.items()):
        sys.stdout.write(f"{name}: {count}\n")


if __name__ == "__main__":
    main()
