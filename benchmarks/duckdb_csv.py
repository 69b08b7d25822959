"""Write the CSV of an export with DuckDB, as a program of its own: its extension for SQLite wants a DuckDB of its own.

`python -m benchmarks.duckdb_csv ARCHIVE WAY` writes it once and prints JSON.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path

from benchmarks.iterating import peak_mb

WAYS = {"ordered": "", "ordered, one thread": "SET threads = 1"}
"""How it is run, and the setting for it. By default it uses every core."""

_RELEASE = "1.5.5"  # the newest one whose extension is on PyPI
_NEEDED = ("attrs", "duckdb", "duckdb-extensions", "duckdb-extension-sqlite-scanner")

COMMAND = (uv := shutil.which("uv")) and [
    *(uv, "run", "--quiet", "--no-project", "--python", sys.executable),
    *(word for name in _NEEDED for word in ("--with", f"{name}=={_RELEASE}" if name.startswith("duckdb") else name)),
    *("python", "-m", "benchmarks.duckdb_csv"),
]
"""How to run it; None without uv."""

_TIME = "strftime(make_timestamp(({} * 1000000)::BIGINT), '%Y-%m-%dT%H:%M:%S{}Z')"
_QUERY = f"""
SELECT threads.thread_id, runs.run_id, steps.step_id, steps.assistant_id, steps.type, steps.status,
  {_TIME.format("nullif(steps.created_at, -1)", "")} AS created_at, {_TIME.format("steps.ended_at", "")} AS ended_at,
  steps.tools, steps.prompt_tokens, steps.completion_tokens, steps.total_tokens, steps.error_code, steps.error_message,
  servers.base_url AS server, {_TIME.format("steps.pulled_at", ".%f")} AS pulled_at,
  runs.is_complete = 1 AS completed,
  CASE WHEN runs.is_complete = 1 THEN NULL
    ELSE coalesce(failures.message, CASE WHEN runs.has_ended = 1 THEN 'incomplete' ELSE 'still going' END)
  END AS reason,
  steps.payload
FROM archive.steps JOIN archive.runs ON runs.key = steps.run JOIN archive.threads ON threads.key = runs.thread
JOIN archive.servers ON servers.key = threads.server
LEFT JOIN archive.failures ON failures.thread_id = threads.thread_id AND failures.run_id = runs.run_id
ORDER BY steps.created_at, steps.key
"""  # noqa: S608 - fixed words


def _export(path: Path, way: str) -> dict[str, float]:
    duckdb = import_module("duckdb")
    import_module("duckdb_extensions").import_extension("sqlite_scanner")
    with duckdb.connect() as connection, tempfile.TemporaryDirectory(dir=path.parent) as folder:
        connection.execute(f"LOAD sqlite_scanner; {WAYS[way]}")
        start, cpu_start = time.perf_counter(), time.process_time()
        connection.execute(f"ATTACH '{path}' AS archive (TYPE sqlite, READ_ONLY)")
        connection.execute(f"COPY ({_QUERY}) TO '{folder}/steps.csv' (HEADER)")
        seconds, cpu = time.perf_counter() - start, time.process_time() - cpu_start
    return {"seconds": seconds, "cpu": cpu, "peak_mb": peak_mb()}


if __name__ == "__main__":
    print(json.dumps(_export(Path(sys.argv[1]), sys.argv[2])))
