"""Reading YAML and JSON with line numbers."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.document import MAX_DEPTH, DocumentError, parse, read

TEXTS = st.text() | st.integers(1_000, 5_000).map(lambda length: "k" * length)
JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS,
    lambda children: st.lists(children) | st.dictionaries(TEXTS, children),
    max_leaves=15,
)


def _fault(text: str) -> DocumentError:
    with pytest.raises(DocumentError) as raised:
        parse(text, "api.yaml")
    return raised.value


@given(JSON_VALUES)
def test_json_reads_as_json(value: object) -> None:
    """JSON text, indented or not, escaped or not, with keys of any length, gives what the json module gives."""
    assert parse(json.dumps(value), "api.json").data == value
    assert parse(json.dumps(value, indent="\t", ensure_ascii=False), "api.json").data == value


def test_lines_of_json_are_those_of_the_keys() -> None:
    """Values of JSON stand where their keys or items begin, texts with escaped line breaks counted once."""
    document = parse('{\n "a\\nb": [1,\n\n  {"c": {}}],\n "d": "x\\n"\n}\n', "api.json")

    assert document.line(["a\nb"]) == 2
    assert document.line(["a\nb", 1]) == document.line(["a\nb", 1, "c"]) == 4
    assert document.line(["d"]) == 5


def test_integers_of_any_length_are_read() -> None:
    """No digit is lost and no length is refused, in JSON and YAML."""
    for digits in ("9" * 400, "1" + "0" * 5_000, "-" + "7" * 300_000):
        for text in (f'{{"a": {digits}}}', f"a: {digits}"):
            assert parse(text, "api.yaml").data["a"] == Decimal(digits)


def test_scalars_follow_yaml_1_2() -> None:
    """Dates, `yes` and `on` stay text; numbers, booleans and null are values; unquoted codes are keys."""
    text = "200: yes\nwhen: 2024-05-01\nhex: 0x1F\nfloat: 1e3\nnothing: ~\ntrue: on\nversion: 3.1.0\nquoted: '12'\n"

    assert parse(text, "api.yaml").data == {
        "200": "yes",
        "when": "2024-05-01",
        "hex": 31,
        "float": 1000.0,
        "nothing": None,
        "true": "on",
        "version": "3.1.0",
        "quoted": "12",
    }


def test_lines_are_those_of_the_keys() -> None:
    """The line of a value is the line its key or its item starts in; a missing value has its parent's line."""
    document = parse("info:\n  title: x\n  tags:\n    - a\n    - b\n", "api.yaml")

    assert document.line(["info"]) == 1
    assert document.line(["info", "title"]) == 2
    assert document.line(["info", "tags", 1]) == 5
    assert document.line(["info", "license", "name"]) == 1


def test_aliases_stand_for_what_they_name() -> None:
    """An alias gives the anchored value."""
    assert parse("a: &x [1, 2]\nb: *x\n", "api.yaml").data == {"a": [1, 2], "b": [1, 2]}


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("a: [1,\nb", 2, "not well-formed YAML"),
        ("a: b: c", 1, "mapping values are not allowed"),
        ("a: 1\nb: 2\na: 3", 3, "the key 'a' stands here twice, first in line 1"),
        ("a: &x\n  - *x", 2, "the alias *x refers to nothing before it"),
        ("a: 1\nb: !!python/object:os.system x", 2, "the tag"),
        ("--- 1\n--- 2", 2, "a second document"),
        ("[" * (MAX_DEPTH + 1), 1, f"nested deeper than {MAX_DEPTH} levels"),
        ("[" * 200_000, 1, f"nested deeper than {MAX_DEPTH} levels"),
        ("a:\n  " + "[" * 200_000, 2, f"nested deeper than {MAX_DEPTH} levels"),
        ("a: " + "{b: " * 2_000, 1, f"nested deeper than {MAX_DEPTH} levels"),
        ('{"a":\n"\\ud800"}', 2, "half of a surrogate pair"),
        ('{"a": 1,\n"a": 2}', 2, "the key 'a' stands here twice, first in line 1"),
        ("a: 1\n[x]: 2", 2, "a key must be text"),
        ("", None, "the file is empty"),
    ],
)
def test_faults_tell_the_line(text: str, line: int | None, reason: str) -> None:
    """Malformed text is refused with the line and the reason."""
    fault = _fault(text)

    assert (fault.path, fault.line) == ("api.yaml", line)
    assert reason in fault.reason
    assert str(fault).startswith("api.yaml:")


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ('{"a": 1\n"b": 2}', 2, "a comma is missing"),
        ('{"a": 1,\n}', 2, "a key is missing"),
        ("[1,\n]", 2, "Expecting value"),
        ('{"a"\n1}', 2, "a colon is missing"),
        ("[NaN]", 1, "a value is missing"),
        ("{} {}", 1, "more text behind the end"),
        ('{"a": "', 1, "Unterminated string"),
    ],
)
def test_faults_of_json_tell_the_line(text: str, line: int, reason: str) -> None:
    """What is wrong in a file named JSON is said in the words of JSON."""
    with pytest.raises(DocumentError) as raised:
        parse(text, "api.json")

    assert raised.value.line == line
    assert f"not well-formed JSON: {reason}" in raised.value.reason


def test_an_alias_bomb_is_refused_before_it_expands() -> None:
    """Ten lines of aliases that stand for billions of values are refused."""
    lines = ["a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]

    assert "through its aliases" in _fault("\n".join(lines)).reason


def test_files_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    """A missing file, a folder and a file that is not UTF-8 are refused by name."""
    latin = tmp_path / "latin.yaml"
    latin.write_bytes(b"a: 1\nb: caf\xe9\n")

    for path, reason in [
        (tmp_path / "missing.yaml", "there is no such file"),
        (tmp_path, "cannot be read"),
        (latin, "not UTF-8"),
    ]:
        with pytest.raises(DocumentError, match=reason) as raised:
            read(path)
        assert raised.value.path == str(path)
    with pytest.raises(DocumentError) as raised:
        read(latin)
    assert raised.value.line == 2
