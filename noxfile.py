"""Every command a maintainer runs. A bare `nox` runs what a pull request must pass."""

from __future__ import annotations

import shutil
from pathlib import Path

import nox

nox.needs_version = ">=2025.2.9"
nox.options.default_venv_backend = "virtualenv"
nox.options.reuse_existing_virtualenvs = True
nox.options.error_on_missing_interpreters = True
nox.options.sessions = ["lint", "drift", "types", "tests", "build"]

PYPROJECT = nox.project.load_toml("pyproject.toml")
HAND_WRITTEN = ("overlays", "workflow", "tests", "noxfile.py")


def _install(session: nox.Session, group: str) -> None:
    """Install a dependency group, and nothing when the environment is reused and the group has not changed."""
    requirements = nox.project.dependency_groups(PYPROJECT, group)
    record = Path(session.virtualenv.location) / f"{group}.installed"
    wanted = "\n".join(sorted(requirements))
    if not record.exists() or record.read_text() != wanted:
        session.install(*requirements)
        record.write_text(wanted)


def _install_project(session: nox.Session) -> None:
    """Install the project in place with all extras; its code is then read from the working tree."""
    record = Path(session.virtualenv.location) / "project.installed"
    wanted = Path("pyproject.toml").read_text(encoding="utf-8")
    if not record.exists() or record.read_text() != wanted:
        session.install("--editable", ".[all]")
        record.write_text(wanted)


@nox.session
def generate(session: nox.Session) -> None:
    """Write generated/ from openapi.yaml; arguments go to `python -m workflow.generate`."""
    _install(session, "generate")
    session.run("python", "-m", "workflow.generate", *session.posargs)


@nox.session
def drift(session: nox.Session) -> None:
    """Fail when generated/ is not exactly what openapi.yaml gives."""
    _install(session, "generate")
    session.run("python", "-m", "workflow.drift", *session.posargs)


@nox.session
def lint(session: nox.Session) -> None:
    """Check the hand-written code with ruff; `nox -s lint -- --fix` mends what it can."""
    _install(session, "lint")
    session.run("ruff", "check", *session.posargs, ".")
    session.run("ruff", "format", *(() if "--fix" in session.posargs else ("--check",)), ".")


@nox.session
def tests(session: nox.Session) -> None:
    """Run the tests; arguments go to pytest."""
    _install(session, "tests")
    _install_project(session)
    session.run("pytest", *session.posargs)


@nox.session
def types(session: nox.Session) -> None:
    """Check types with mypy and basedpyright: all code here, then an importer's file against the installed wheel."""
    _install(session, "types")
    _install_project(session)
    session.run("mypy", "generated", *HAND_WRITTEN)
    session.run("basedpyright", "generated", *HAND_WRITTEN)


@nox.session
def build(session: nox.Session) -> None:
    """Build wheel and sdist into dist/, check what they hold, and run the demo from the wheel alone."""
    session.install("build", "hatchling")
    shutil.rmtree("dist", ignore_errors=True)
    session.run("python", "-m", "build", "--no-isolation")
