"""The rules of the house: each is told with the line where it is broken, before anything is written."""

from collections.abc import Callable
from pathlib import Path

import pytest

from workflow.generate import main

Edit = Callable[[str, str], Path]

MESSAGE = "    MessageCreation:\n      description: The message a step wrote.\n      type: object\n"
SPARE = MESSAGE.replace("MessageCreation", "Spare") + "      examples: [{}]\n"
MESSAGE_ID = "        message_id:\n          description: Id of the message.\n          type: string\n"


@pytest.mark.parametrize(
    ("old", "new", "place", "reason"),
    [
        pytest.param("  version: ", "  version: next-", "  version: next-", "MAJOR.MINOR.PATCH", id="version"),
        pytest.param(
            "The message a step wrote.\n",
            "The message a step wrote\n",
            "    MessageCreation:\n",
            "full stop",
            id="full stop",
        ),
        pytest.param(
            MESSAGE,
            MESSAGE.replace("      description: The message a step wrote.\n", ""),
            "    MessageCreation:\n",
            "MessageCreation needs a `description`",
            id="schema without description",
        ),
        pytest.param(
            MESSAGE_ID,
            "        message_id:\n          type: string\n",
            "        message_id:\n",
            "MessageCreation.message_id needs a `description`",
            id="property without description",
        ),
        pytest.param(
            "      description: Id of the run.\n",
            "",
            "    RunId:\n",
            "RunId needs a `description`",
            id="parameter",
        ),
        pytest.param(
            "      examples:\n        - message_id: msg_1\n",
            "",
            "    MessageCreation:\n",
            "needs `examples`",
            id="examples",
        ),
        pytest.param(
            "      required: [type, message_creation]\n",
            "      required: [type, message]\n",
            "      required: [type, message]\n",
            "MessageCreationDetails requires 'message', which is none of its properties",
            id="required",
        ),
        pytest.param(
            MESSAGE_ID,
            f"{MESSAGE_ID}          nullable: true\n",
            "          nullable: true",
            'type: "null"',
            id="nullable",
        ),
        pytest.param(
            MESSAGE_ID,
            f"{MESSAGE_ID}          titel: x\n",
            "          titel: x",
            "'titel' is no keyword",
            id="keyword",
        ),
        pytest.param(
            MESSAGE_ID,
            f"{MESSAGE_ID}          enum: [a]\n",
            "        message_id:\n",
            "give this schema a name",
            id="inline",
        ),
        pytest.param(
            MESSAGE_ID,
            f"{MESSAGE_ID}        details:\n          description: Itself.\n"
            '          $ref: "#/components/schemas/MessageCreationDetails"\n',
            '          $ref: "#/components/schemas/MessageCreation"\n',
            "MessageCreationDetails holds itself, through MessageCreation",
            id="circle",
        ),
        pytest.param(
            "    UnknownToolCall:\n",
            f"{SPARE}    UnknownToolCall:\n",
            "    Spare:\n",
            "Spare is used nowhere",
            id="unused",
        ),
    ],
)
def test_a_broken_rule_is_told_with_its_line(
    old: str, new: str, place: str, reason: str, edited: Edit, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The fault names file, line and rule; nothing is written, and the exit code is 2."""
    contract = edited(old, new)
    text = contract.read_text(encoding="utf-8")

    assert main([str(contract), "--into", str(tmp_path / "generated")]) == 2
    message = capsys.readouterr().err
    line = text[: text.index(place)].count("\n") + 1
    assert any(fault.startswith(f"{contract}:{line}: ") and reason in fault for fault in message.splitlines()), (
        f"expected line {line}, got: {message}"
    )
    assert not (tmp_path / "generated").exists()
