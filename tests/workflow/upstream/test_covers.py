"""Our contract is asked whether it accepts whatever a published description says, and what that names beyond it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.workflow.review.descriptions import TODAY, in_memory
from tests.workflow.upstream.published import PATTERNS, openapi, swagger
from workflow.upstream.__main__ import load_sources, main
from workflow.upstream.covers import Coverage, Intended, covers, unfolded
from workflow.upstream.slicing import sliced


def ours() -> dict[str, Any]:
    """Describe the interface as our contract would: open unions and enumerations, nothing required."""
    contract = openapi()
    schemas = contract["components"]["schemas"]
    schemas["Run"]["required"] = []
    schemas["Status"] = {"anyOf": [schemas["Status"], {"type": "string"}]}
    tags = [("Message", "text"), ("Call", "name")]
    for name, field in tags:
        kind = {"kind": {"const": name.lower()}, field: {"type": "string"}}
        schemas[name] = {"type": "object", "required": ["kind"], "properties": kind}
    schemas["Other"] = {"type": "object", "properties": {"kind": {}}, "additionalProperties": True}
    schemas["Step"] = {"anyOf": [{"$ref": f"#/components/schemas/{name}"} for name in ("Message", "Call", "Other")]}
    return contract


def asked(theirs: dict[str, Any], *intended: Intended, contract: dict[str, Any] | None = None) -> Coverage:
    """Ask whether our contract covers a published description."""
    data = unfolded(sliced(theirs, PATTERNS).data)
    return covers(in_memory(contract or ours()), in_memory(data), TODAY, intended)


@pytest.mark.parametrize("theirs", [openapi(), openapi("3.2.0"), swagger()], ids=["3.1", "3.2", "swagger"])
def test_an_open_contract_covers_what_it_names(theirs: dict[str, Any]) -> None:
    """What is stricter than ours is covered, in every dialect, heirs of a discriminator too."""
    assert asked(theirs) == Coverage((), ())


@pytest.mark.parametrize("describe", [openapi, swagger], ids=["3.1", "swagger"])
def test_what_they_name_and_we_do_not_is_told_once(describe: Any) -> None:
    """A new field, kind, value, parameter and operation are told, each once and without what stands below it."""
    theirs = describe()
    is_old = "swagger" in theirs
    schemas = theirs["definitions"] if is_old else theirs["components"]["schemas"]
    home = "#/definitions/" if is_old else "#/components/schemas/"
    cost = {"type": "object", "properties": {"amount": {"type": "number"}}}
    schemas["Run"]["properties"]["cost"] = cost
    schemas["Status"]["enum"].append("stuck")
    schemas["Search"] = {"allOf": [{"$ref": f"{home}Step"}, {"type": "object", "properties": {"query": cost}}]}
    if is_old:
        schemas["Search"]["x-ms-discriminator-value"] = "search"
    else:
        schemas["Step"]["discriminator"]["mapping"]["search"] = f"{home}Search"
    item = theirs["paths"]["/threads/{thread}/runs"]
    parameter = {"name": "order", "in": "query"} | ({"type": "string"} if is_old else {"schema": {"type": "string"}})
    item["get"]["parameters"].append(parameter)
    item["delete"] = {"responses": {"200": {"description": "Gone."}}}

    found = asked(theirs)

    assert found.refused == ()
    assert {entry.text for entry in found.unnamed} == {
        "GET /threads/{}/runs query parameter order",
        "Run.cost",
        "Status = stuck",
        "Search.query",
        "Search.kind = search",
        "DELETE /threads/{}/runs",
    }
    (cost_entry,) = (entry for entry in found.unnamed if entry.text == "Run.cost")
    ways = ["GET /threads/{}/runs response.cost", "POST /threads/{}/runs response.cost"]
    assert cost_entry.where == ", ".join(ways)


@pytest.mark.parametrize("describe", [openapi, swagger], ids=["3.1", "swagger"])
def test_heirs_of_heirs_are_kinds_too(describe: Any) -> None:
    """What inherits from an heir is a kind of its own, with the fields of both."""
    theirs = describe()
    is_old = "swagger" in theirs
    schemas = theirs["definitions"] if is_old else theirs["components"]["schemas"]
    home = "#/definitions/" if is_old else "#/components/schemas/"
    own = {"type": "object", "properties": {"voice": {"type": "string"}}}
    schemas["Spoken"] = {"allOf": [{"$ref": f"{home}Message"}, own]}
    if is_old:
        schemas["Message"]["discriminator"] = "kind"
        schemas["Spoken"]["x-ms-discriminator-value"] = "spoken"
    else:
        schemas["Message"]["discriminator"] = {"propertyName": "kind", "mapping": {"spoken": f"{home}Spoken"}}

    found = asked(theirs)

    assert {entry.text for entry in found.unnamed} == {"Spoken.voice", "Spoken.kind = spoken"}


def test_what_one_side_may_send_and_the_other_refuses_is_told() -> None:
    """In responses theirs must lie within ours, in requests ours within theirs."""
    theirs = openapi()
    theirs["components"]["schemas"]["Run"]["properties"]["id"] = {"type": ["string", "integer"]}
    theirs["components"]["schemas"]["Message"]["allOf"][1]["properties"]["text"] = {"type": "array"}
    theirs["components"]["parameters"]["Limit"]["schema"]["maximum"] = 50
    contract = ours()
    del contract["components"]["schemas"]["Step"]["anyOf"][-1]
    contract["components"]["schemas"]["Status"] = {"type": "string", "enum": ["queued"]}

    found = asked(theirs, contract=contract)

    assert sorted(entry.text for entry in found.refused) == [
        "In requests the maximum of `query parameter limit` decreased from 100 to 50.",
        'In responses `Status` now includes the value "completed".',
        "In responses the type of `Message.text` changed from string to array.",
        "In responses the type of `Run.id` widened from string to integer or string.",
    ]
    assert all(entry.where for entry in found.refused)


def test_what_is_meant_is_told_with_its_reason() -> None:
    """What is listed with a reason is no longer open; what is listed and not there is told."""
    theirs = openapi()
    theirs["components"]["schemas"]["Status"]["enum"].append("stuck")
    theirs["components"]["schemas"]["Run"]["properties"]["tags[]"] = {"type": "string"}
    found = asked(theirs, Intended(("Status = *", "Run.tags[]"), "So it is."), Intended(("Run.gone",), "Long ago."))
    assert {(entry.text, entry.reason) for entry in found.unnamed} == {
        ("Run.tags[]", "So it is."),
        ("Status = stuck", "So it is."),
    }
    assert found.open == ()
    assert found.unused == ("Run.gone",)


def test_the_command_asks_for_a_recorded_slice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`--covers` reads the slice recorded last, and fails while something is neither named nor meant."""
    monkeypatch.chdir(tmp_path)
    Path("openapi.yaml").write_text(json.dumps(ours()), encoding="utf-8")
    Path("upstream").mkdir()
    settings = '[runs]\ntitle = "Runs"\nplaces = []\npaths = ["/threads/{}/runs*"]\n'
    Path("upstream/sources.toml").write_text(settings, encoding="utf-8")
    theirs = openapi()
    theirs["components"]["schemas"]["Status"]["enum"].append("stuck")
    Path("upstream/runs.json").write_text(json.dumps(theirs), encoding="utf-8")
    assert main(["runs", "--covers"]) == 1
    assert (
        "## Runs: 1 to look at, 0 meant\n\nWhat they name and our contract does not:\n\n- `Status = stuck` (`GET"
        in (capsys.readouterr().out)
    )
    meant = '[[intended]]\nwhat = ["Status = stuck"]\nreason = "It never is."\n'
    meant += '[[runs.intended]]\nwhat = ["Run.gone"]\nreason = "Long ago."\n'
    Path("upstream/sources.toml").write_text(settings + meant, encoding="utf-8")
    assert main(["runs", "--covers"]) == 0
    shown = capsys.readouterr().out
    assert "Meant: It never is." in shown
    assert "Said to be meant, and not there:\n\n- `Run.gone`\n" in shown


def test_our_own_list_of_sources_can_be_read() -> None:
    """Every source has places to look at and paths to look for, and every decision a reason."""
    sources = load_sources(Path(__file__).parents[3] / "upstream" / "sources.toml")
    assert {"openai", "azure-foundry", "azure-agents"} <= sources.keys()
    for source in sources.values():
        assert source.places
        assert source.paths
        assert all(decision.reason for decision in (*source.intended, *source.shared))
