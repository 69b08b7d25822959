"""JSON text means the same with and without msgspec: what the standard library says it means."""

import json
import os
import random
import sys
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given

from run_steps_api import parsing
from run_steps_api.parsing import dump_json, parse_json
from tests.contract.test_decoding import JSON

FUZZED_TEXTS = int(os.environ.get("FUZZED_TEXTS", "2000"))
"""How many texts the fuzzing test makes up (count)."""


@pytest.fixture(params=[True, False], ids=["msgspec", "without"])
def with_and_without_msgspec(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Parse with msgspec, then as if it were not installed."""
    if not request.param:
        monkeypatch.setitem(sys.modules, "msgspec", None)
    fresh = parsing._fast_parser.__wrapped__()  # pyright: ignore[reportPrivateUsage]
    assert bool(fresh) is request.param
    monkeypatch.setattr(parsing, "_fast_parser", lambda: fresh)


def _outcome(parse: Callable[[bytes], Any], text: bytes) -> tuple[str, str]:
    try:
        return "value", repr(parse(text))
    except (ValueError, RecursionError) as error:
        return "error", type(error).__name__


@pytest.mark.usefixtures("with_and_without_msgspec")
@pytest.mark.parametrize(
    "text",
    [
        b'{"a": 18446744073709551616}',
        b"[-9223372036854775809, 9223372036854775807, 18446744073709551615]",
        b"[NaN, Infinity, 1e400]",
        b'"\\ud800"',
        b"\xef\xbb\xbf[1]",
        b'{"a": 1, "a": 2}',
        b"[0.1, 1.0, -0, -0.0, 1E5, 0.8234567890123456789]",
        '["Grüße", "日本", "\U0001f600"]'.encode(),
        '["Grüße"]'.encode("utf-16"),
        b"",
        b"nonsense",
        b'{"a": 1',
        b"\xff",
        b'"\xff"',
        b"[" * 100_000,
    ],
    ids=str,
)
def test_json_is_parsed_as_the_standard_library_does(text: bytes) -> None:
    """Integers beyond 64 bits, lone surrogates, NaN and every fault come out as the standard library has them."""
    assert _outcome(parse_json, text) == _outcome(json.loads, text)


@pytest.mark.usefixtures("with_and_without_msgspec")
def test_no_digit_of_an_integer_is_lost() -> None:
    """An integer that Python makes no int of comes back as it was."""
    digits = "12" * 3000
    value = parse_json(f'{{"a": [{digits}, -{digits}]}}'.encode())

    assert dump_json(value) == f'{{"a": [{digits}, -{digits}]}}'


@given(JSON)
def test_any_json_is_parsed_alike(value: Any) -> None:
    """Whatever json writes, it and `parse_json` read alike; whatever `dump_json` writes, too."""
    text = json.dumps(value)

    assert parse_json(text.encode()) == json.loads(text)
    assert dump_json(value) == text
    assert json.loads(dump_json(value, indent=1, ensure_ascii=False)) == value


_NUMBERS = """0 -0 -0.0 01 1. - .5 1e5 1E+5 1e 1e400 -1e400 1e-400 NaN Infinity -Infinity +1 1_0 0x1 9223372036854775807
9223372036854775808 18446744073709551615 18446744073709551616 -9223372036854775808 -9223372036854775809 4.9e-324
0.8234567890123456789 1.7976931348623157e308 2.4703282292062327e-324"""
_ESCAPES = r"""a Z \" \\ \/ \b \f \n \r \t \u0000 \u00e9 \ud83d\ude00 \ud83d \ude00 \uD800\u0041 \u12 \x \ """
_CHARACTERS = [*_ESCAPES.split(), *'é日😀"\n\t\x00\x7f\u2028 ']
_BLANKS = ["", "", "", " ", "\n", "\t", "\r", "  ", "\x0b", "\xa0", "\ufeff"]
_ENCODINGS = ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be", "utf-8-sig", "latin-1"]


class _Author:
    """Makes up texts that are JSON, nearly JSON, or were damaged on their way."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def text(self) -> bytes:
        choose = self.random
        text = f"{self.blank()}{self.value(choose.randrange(4))}{self.blank()}"
        body = text.encode("utf-8", "surrogatepass")
        at, fate = choose.randrange(len(body)), choose.random()
        if fate < 0.25:
            bytewise = bytes([choose.choice([choose.randrange(256), *b'{}[],:"\\0-.eE \x00\xff'])])
            put = choose.choice([b"", bytewise])
            return body[:at] + put + body[at + choose.randrange(2) :]
        if fate < 0.28:
            return text.encode(choose.choice(_ENCODINGS), "replace")
        return body[:at] if fate < 0.3 else body

    def value(self, depth: int) -> str:
        choose = self.random
        kind = choose.randrange(9) if depth else 0
        if kind < 3:
            return self.number()
        if kind < 5:
            return self.string()
        if kind == 5:
            return choose.choice(["true", "false", "null", "true", "false", "null", "True", "nul", "nulll"])
        values = [f"{self.blank()}{self.value(depth - 1)}{self.blank()}" for _ in range(choose.randrange(4))]
        if kind == 6:
            return "[" + ",".join(values) + "," * (choose.random() < 0.03) + "]"
        names = [self.string() if choose.random() < 0.8 else '"again"' for _ in values]
        return "{" + ",".join(f"{self.blank()}{name}:{value}" for name, value in zip(names, values, strict=True)) + "}"

    def number(self) -> str:
        choose = self.random
        digits = "".join(choose.choices("0123456789", k=choose.randrange(1, 40)))
        return choose.choice(
            [
                choose.choice(_NUMBERS.split()),
                str(choose.randrange(-(10**20), 10**20)),
                repr(choose.uniform(-1, 1) * 10.0 ** choose.randrange(-320, 309)),
                f"1{digits}.{digits[::-1]}",
                f"{choose.randrange(10**20)}e{choose.randrange(-400, 400)}",
                "".join(choose.choices("0123456789.eE+-", k=choose.randrange(1, 9))),
            ]
        )

    def string(self) -> str:
        choose = self.random
        if choose.random() < 0.5:
            return '"' + "".join(choose.choices(_CHARACTERS, k=choose.randrange(6))) + '"'
        points = [choose.choice([choose.randrange(32, 0xD800), choose.randrange(0x10000, 0x110000)]) for _ in range(5)]
        return json.dumps("".join(map(chr, points)), ensure_ascii=choose.random() < 0.5)

    def blank(self) -> str:
        return self.random.choice(_BLANKS) if self.random.random() < 0.3 else ""


def test_made_up_texts_are_parsed_as_the_standard_library_does() -> None:
    """JSON of every kind, nearly JSON and damaged JSON: the same values, the same errors."""
    author = _Author(seed=18)
    texts = [author.text() for _ in range(FUZZED_TEXTS)]
    expected = [_outcome(json.loads, text) for text in texts]

    assert [text for text, outcome in zip(texts, expected, strict=True) if _outcome(parse_json, text) != outcome] == []
    assert {kind for kind, _ in expected} == {"value", "error"}
