"""Serve the sample data until interrupted: `python -m run_steps.server`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping, Sequence

from run_steps.server import create_app, sample_store
from run_steps.server.running import serve_until_interrupted


def main(arguments: Sequence[str], environment: Mapping[str, str]) -> int:
    """Serve the sample data until SIGINT or SIGTERM.

    Args:
        arguments: Command-line arguments without the name of the program.
        environment: Environment variables.

    Returns:
        The exit code: 0 after an interruption, 1 when the address cannot be listened on.
    """
    parser = _parser()
    options = parser.parse_args(arguments)
    api_key: str | None = None
    if options.api_key_env is not None:
        api_key = environment.get(options.api_key_env, "").strip()
        if not api_key:
            parser.error(f"the environment variable {options.api_key_env} is not set or empty")
    try:
        app = create_app(sample_store(), api_key=api_key)
        serve_until_interrupted(app, _announce, options.host, options.port)
    except (OSError, ValueError) as error:
        sys.stderr.write(f"{parser.prog}: {error}\n")
        return 1
    return 0


def _announce(base_url: str) -> None:
    sys.stdout.write(f"Serving sample run steps at {base_url} (Ctrl+C stops it)\n")
    sys.stdout.flush()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m run_steps.server",
        description="Serve sample run steps over the Assistants-compatible API.",
        epilog="The thread is thread_demo; its runs are run_kinds, run_long, run_in_progress, run_failed and others.",
    )
    parser.add_argument("--host", default="127.0.0.1", help="name or address to listen on (default: %(default)s)")
    parser.add_argument(
        "--port", type=int, default=8000, help="port to listen on, 0 for a free one (default: %(default)s)"
    )
    parser.add_argument(
        "--api-key-env",
        metavar="NAME",
        help="environment variable with the key that requests must carry (default: none)",
    )
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], os.environ))
