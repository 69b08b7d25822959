"""Every command a maintainer runs. A bare `nox` runs what a pull request must pass."""

from __future__ import annotations

import shutil
from pathlib import Path

import nox

nox.needs_version = ">=2025.2.9"
nox.options.reuse_existing_virtualenvs = True
nox.options.sessions = ["lint", "drift", "types", "tests", "build"]

PYPROJECT = nox.project.load_toml("pyproject.toml")
HAND_WRITTEN = ("overlays", "workflow", "tests", "benchmarks", "noxfile.py")


def _install(session: nox.Session, group: str, *arguments: str) -> None:
    """Install a dependency group and further requirements, unless this very list is installed already."""
    requirements = [*nox.project.dependency_groups(PYPROJECT, group), *arguments]
    record = Path(session.virtualenv.location) / "installed.txt"
    # An editable install has to be done again when its metadata change.
    wanted = "\n".join([*requirements, Path("pyproject.toml").read_text(encoding="utf-8") if arguments else ""])
    if not record.exists() or record.read_text(encoding="utf-8") != wanted:
        session.install(*requirements)
        record.write_text(wanted, encoding="utf-8")


def _install_wheel(session: nox.Session, extras: str = "") -> Path:
    """Build the wheel and install it into an environment of its own, as a user would; return that environment."""
    folder = Path(session.create_tmp()).absolute()
    for leftover in folder.iterdir():
        shutil.rmtree(leftover)
    environment = folder / "environment"
    session.run("python", "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder / "wheel"), ".")
    (wheel,) = (folder / "wheel").iterdir()
    session.run("python", "-m", "venv", str(environment))
    session.run(str(environment / "bin" / "pip"), "install", "--quiet", f"{wheel}{extras}", external=True)
    return environment


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
def types(session: nox.Session) -> None:
    """Check types with mypy and basedpyright: all code here, then an importer's file against the installed wheel."""
    _install(session, "types", "--editable", ".[all]")
    session.run("mypy", "generated", *HAND_WRITTEN)
    here = str(Path(session.bin) / "python")
    session.run("basedpyright", "--pythonpath", here, "generated", *HAND_WRITTEN)

    python = _install_wheel(session) / "bin" / "python"
    importer = Path(shutil.copy("tests/typing/importer.py", python.parent.parent)).absolute()
    with session.chdir(importer.parent):  # away from the settings and the sources of this project
        session.run("mypy", "--strict", "--python-executable", str(python), importer.name)
        session.run("basedpyright", "--pythonpath", str(python), importer.name)


@nox.session
def tests(session: nox.Session) -> None:
    """Run the tests; arguments go to pytest."""
    _install(session, "tests", "--editable", ".[all]")
    session.run("pytest", *session.posargs)


@nox.session
def interop(session: nox.Session) -> None:
    """Test against third parties: llamphouse, a mock, openai-python reading our server, Polars and Dask our files."""
    _install(session, "interop", "--editable", ".[all]")
    session.run("pytest", *(session.posargs or ["tests/interop"]))


@nox.session
def bench(session: nox.Session) -> None:
    """Measure ours beside its peers; `-- --published PATH` adds what the generator makes of the published contract."""
    _install(session, "bench", "--editable", ".[all]")
    session.run("python", "-m", "benchmarks", *session.posargs)


@nox.session
def review(session: nox.Session) -> None:
    """Tell what a change of openapi.yaml means; arguments go to `python -m workflow.review`, first the base."""
    _install(session, "review")
    session.run("python", "-m", "workflow.review", *session.posargs)


@nox.session
def corpus(session: nox.Session) -> None:
    """Score the review against a corpus of pairs of descriptions: `nox -s corpus -- FOLDER`."""
    _install(session, "review")
    session.run("python", "-m", "workflow.review.corpus", *session.posargs)


@nox.session
def build(session: nox.Session) -> None:
    """Build wheel and sdist into dist/, check what they hold, and run the demo from the wheel alone."""
    _install(session, "build")
    shutil.rmtree("dist", ignore_errors=True)
    session.run("python", "-m", "build", "--no-isolation")
    session.run("python", "-m", "workflow.distribution", "dist")
    session.run(str(_install_wheel(session, "[cli]") / "bin" / "run-steps"), "demo", external=True)
