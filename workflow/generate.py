"""Generate the client from the contract: ``python -m workflow.generate``.

The package is written into a temporary folder, formatted, imported once, and swapped in only when all of that went
well. The same contract gives the same bytes on every machine.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import redirect_stdout
from importlib.metadata import version
from io import StringIO
from pathlib import Path
from typing import Any

from attrs import frozen
from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PackageLoader, PrefixLoader
from openapi_python_client import Project
from openapi_python_client.config import Config, ConfigFile, MetaType
from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.errors import GeneratorError, ParseError

from workflow import ROOT, generable
from workflow.codecs import Codecs, UnsupportedError, enum_table
from workflow.contract import ContractError, load
from workflow.document import Document, DocumentError, Node
from workflow.house_rules import broken_rules

CONTRACT = ROOT / "openapi.yaml"
CONFIG = ROOT / "generator-config.yaml"
TEMPLATES = ROOT / "templates"
GENERATED = ROOT / "generated"
PACKAGE = "run_steps_api"

DO_NOT_EDIT = "# Generated from openapi.yaml. Do not edit: change the contract and run `nox -s generate`.\n"


@frozen
class Provenance:
    """What a package was generated from; printed into its module `provenance`."""

    contract_version: str
    contract_sha256: str
    generator_version: str
    ruff_version: str
    templates_sha256: str


def generate(contract: Path, folder: Path, *, house_rules: bool = False) -> Path:
    """Write the client of a contract into a folder, replacing the one that is there.

    Args:
        contract: The contract, YAML or JSON.
        folder: Where the package `run_steps_api` shall be; made when it is missing.
        house_rules: Whether to refuse a contract that breaks a rule of the house, too, or has what no client could do.

    Returns:
        The folder of the package.

    Raises:
        ContractError: The contract has faults, or uses what the generator or the templates cannot express. The folder
            is as it was.
    """
    document = load(contract)
    if house_rules and (faults := [*broken_rules(document), *generable.faults(document)]):
        raise ContractError(faults)
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / PACKAGE
    # Beside the target, so that swapping is a rename and never a copy that could stop half-way.
    with tempfile.TemporaryDirectory(prefix=f".{PACKAGE}-", dir=folder) as temporary:
        staging = Path(temporary)
        fresh = staging / PACKAGE
        _render(document, contract.read_bytes(), fresh)
        _format(document, fresh)
        _mark(fresh)
        _import_once(document, fresh)
        if target.exists():
            target.rename(staging / "replaced")
        fresh.rename(target)
    return target


def _render(document: Document, contract: bytes, folder: Path) -> None:
    config = Config.from_sources(
        ConfigFile.load_from_path(CONFIG),
        meta_type=MetaType.NONE,
        document_source=Path(document.path),
        file_encoding="utf-8",
        overwrite=False,
        output_path=folder,
    )
    data = GeneratorData.from_dict(document.data, config=config)
    if isinstance(data, GeneratorError):
        raise ContractError([_fault(document, data)])
    warnings = [
        *data.errors,
        *(error for one in data.endpoint_collections_by_tag.values() for error in one.parse_errors),
    ]
    if warnings:
        raise ContractError([_fault(document, warning) for warning in warnings])
    schemas = document.data.get("components", {}).get("schemas", {})
    codecs = Codecs(data.models, schemas)
    if unsupported := list(_unsupported(document, data, codecs)):
        raise ContractError(unsupported)

    project = Project(openapi=data, config=config, custom_template_path=TEMPLATES)
    _extend(project.env, codecs, _provenance(document, contract))
    with redirect_stdout(StringIO()):  # the generator prints the folder it writes to, which is a temporary one
        errors = project.build()
    if errors:
        raise ContractError([_fault(document, error) for error in errors])
    for name in ("parsing.py", "provenance.py"):
        (folder / name).write_text(project.env.get_template(f"{name}.jinja").render(), encoding="utf-8")
    for union in codecs.unions.values():
        text = project.env.get_template("union.py.jinja").render(
            union=union, description=schemas[union.name]["description"]
        )
        (folder / "models" / f"{union.module}.py").write_text(text, encoding="utf-8")
    (folder / "py.typed").touch()


def _extend(environment: Environment, codecs: Codecs, provenance: Provenance) -> None:
    """Give the templates their codecs, the provenance, and the generator's own templates under `stock/`."""
    stock = PackageLoader("openapi_python_client")
    environment.loader = ChoiceLoader([FileSystemLoader(TEMPLATES), PrefixLoader({"stock": stock}), stock])
    names: dict[str, Any] = {
        "bound": codecs.bound,
        "codec": codecs.of,
        "last_of": codecs.last_of,
        "enum_table": enum_table,
        "keeps_names": codecs.keeps_names,
        "unions": list(codecs.unions.values()),
        "usual": codecs.usual,
        "provenance": provenance,
    }
    environment.globals.update(names)


def _provenance(document: Document, contract: bytes) -> Provenance:
    digest = hashlib.sha256()
    for path in [CONFIG, *sorted(TEMPLATES.rglob("*.jinja"))]:
        # Names and contents are told apart by their lengths, so no two sets of files give one digest.
        for part in (path.relative_to(ROOT).as_posix().encode(), path.read_bytes()):
            digest.update(len(part).to_bytes(8, "big") + part)
    return Provenance(
        contract_version=str(document.data["info"]["version"]),
        contract_sha256=hashlib.sha256(contract).hexdigest(),
        generator_version=version("openapi-python-client"),
        ruff_version=version("ruff"),
        templates_sha256=digest.hexdigest(),
    )


def _format(document: Document, folder: Path) -> None:
    """Sort imports, drop unused ones and lay out the code, whatever ruff settings lie around."""
    settings = ["--isolated", "--no-cache", "--quiet", "--line-length=120", "--target-version=py311"]
    for command in (["check", "--fix-only", "--select=F401,I,UP037"], ["format"]):
        arguments = [sys.executable, "-I", "-m", "ruff", *command, *settings, "."]
        result = subprocess.run(arguments, cwd=folder, check=False, capture_output=True, text=True)
        if result.returncode != 0:
            reason = " ".join(f"{result.stdout} {result.stderr}".split())
            raise ContractError([document.error([], f"the client generated from it is not valid Python: {reason}")])


def _mark(folder: Path) -> None:
    for path in folder.rglob("*.py"):
        path.write_text(DO_NOT_EDIT + path.read_text(encoding="utf-8"), encoding="utf-8")


def _import_once(document: Document, folder: Path) -> None:
    """Import every module in a fresh interpreter: what cannot be imported must not replace what can."""
    code = "import sys, importlib; sys.path.insert(0, sys.argv[1]); [importlib.import_module(m) for m in sys.argv[2:]]"
    modules = sorted(
        ".".join(path.relative_to(folder.parent).with_suffix("").parts).removesuffix(".__init__")
        for path in folder.rglob("*.py")
    )
    arguments = [sys.executable, "-I", "-B", "-c", code, str(folder.parent), *modules]
    result = subprocess.run(arguments, check=False, capture_output=True, text=True)
    if result.returncode != 0:
        reason = (result.stderr.strip().splitlines() or ["no message"])[-1]
        raise ContractError([document.error([], f"the client generated from it cannot be imported: {reason}")])


def _unsupported(document: Document, data: GeneratorData, codecs: Codecs) -> Iterator[DocumentError]:
    """Yield the properties that the templates write no code for."""
    for model in data.models:
        props = [*(model.required_properties or []), *(model.optional_properties or [])]
        if model.additional_properties:
            props.append(model.additional_properties)
        for prop in props:
            try:
                codecs.of(prop)
            except UnsupportedError as error:
                name, wire_name = model.class_info.name, prop.name.get_untrusted_value()
                place = [error.schema] if error.schema else [name, "properties", wire_name]
                yield document.error(["components", "schemas", *place], f"{name}.{wire_name}: {error}")


def _fault(document: Document, error: GeneratorError) -> DocumentError:
    """Turn what the generator says into a fault with a line."""
    reason = " ".join(f"{error.header} {error.detail or ''}".split())
    if isinstance(error, ParseError) and error.data is not None:
        snippet = error.data.model_dump(mode="json", by_alias=True, exclude_unset=True)
        if node := _holding(document.root, snippet):
            return DocumentError(document.path, node.line, reason)
    if operation := re.search(r"parsing ([A-Z]+) (/\S*) within", reason):
        return document.error(["paths", operation[2], operation[1].lower()], reason)
    return DocumentError(document.path, None, reason)


def _holding(node: Node, value: Any) -> Node | None:
    """Return the first node that holds exactly this value: the generator tells what it stumbled over, not where."""
    if node.plain() == value:
        return node
    for _, child in node.children():
        if found := _holding(child, value):
            return found
    return None


def relative(path: Path) -> Path:
    """Name a file as a maintainer would: from the folder the command runs in, where that is possible."""
    path = path.resolve()
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code: 0 when the client was written, 2 when the contract has faults."""
    parser = argparse.ArgumentParser(
        prog="python -m workflow.generate", description="Generate the client from the contract."
    )
    parser.add_argument("contract", nargs="?", type=Path, default=CONTRACT, help="the contract (default: openapi.yaml)")
    parser.add_argument("--into", type=Path, default=GENERATED, help="folder of the package (default: generated)")
    options = parser.parse_args(arguments)
    try:
        target = generate(relative(options.contract), options.into, house_rules=True)
    except ContractError as error:
        print(error, file=sys.stderr)
        print(f"Nothing was written; {options.into / PACKAGE} is as it was.", file=sys.stderr)
        return 2
    print(f"Wrote {relative(target)}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
