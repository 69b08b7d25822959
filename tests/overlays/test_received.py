"""Answers are taken apart without changing them."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from run_steps._received import ReceivedPage, parse_received, parse_received_item

TEXTS = st.text(st.characters(exclude_categories=()), max_size=8)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXTS,
    lambda children: st.lists(children, max_size=4) | st.dictionaries(TEXTS, children, max_size=4),
    max_leaves=8,
)
LAYOUTS: st.SearchStrategy[dict[str, Any]] = st.sampled_from(
    [{}, {"indent": 2}, {"separators": (",", ":")}, {"separators": (" , ", " : ")}, {"indent": "\t"}]
)


def _items(body: str) -> list[str]:
    return [item.text for item in ReceivedPage.from_dict(parse_received(body.encode())).data]


def test_each_item_is_the_text_that_was_sent() -> None:
    """Numbers, escapes, blanks and repeated keys stay as the server wrote them."""
    texts = ['{"id": "a", "n": 1.50e+2, "n": 1E400}', '{ "id":"\\u0062",\n "t" : "\\/ü\\ud83d" }', "{}"]
    body = (
        f'\n{{"object":"list", "data" :[ {texts[0]} ,{texts[1]},\r\n{texts[2]}\t], "last_id":null,"has_more": true}} '
    )

    page = ReceivedPage.from_dict(parse_received(body.encode()))

    assert [item.text for item in page.data] == texts
    assert [item.id for item in page.data] == ["a", "b", None]
    assert (page.last_id, page.has_more) == (None, True)


@given(
    st.lists(st.dictionaries(TEXTS, JSON, max_size=4), max_size=4), st.dictionaries(TEXTS, JSON, max_size=3), LAYOUTS
)
def test_nothing_is_lost_or_added(items: list[dict[str, Any]], rest: dict[str, Any], layout: dict[str, Any]) -> None:
    """However an answer is laid out, the texts of its items say what the answer says."""
    body = json.dumps({**rest, "data": items}, **layout)

    assert [json.loads(text) for text in _items(body)] == items
    assert all(text in body for text in _items(body))


@given(st.lists(st.sampled_from(['{"id":"a"}', '{"id":"b","c":[{"id":1},{"id":2}]}', '{"id":"},{"}', "{}", "1", "12"])))
def test_items_are_told_from_what_is_in_them(texts: list[str]) -> None:
    """Objects within items, and texts that look like the end of one, do not cut an item short."""
    pairs = parse_received(f'{{"data":[{",".join(texts)}]}}'.encode())["data"]

    assert pairs == [(text, json.loads(text)) for text in texts]


@given(JSON, LAYOUTS)
def test_an_answer_means_what_the_standard_library_reads(payload: Any, layout: dict[str, Any]) -> None:
    """Any JSON parses to the same value, apart from the texts beside the items of a list called `data`."""
    wrapped = {"answer": payload, "data": payload}
    parsed = parse_received(json.dumps(wrapped, **layout).encode())

    assert parsed["answer"] == payload
    assert ([value for _, value in parsed["data"]] if isinstance(payload, list) else parsed["data"]) == payload


@given(st.text('{}[]",:01 \n\\dataxtrue-.eE', max_size=14).map(lambda text: '{"data":' + text) | TEXTS)
def test_what_is_not_json_is_refused(body: str) -> None:
    """Whatever the standard library refuses is refused here, and nothing else."""
    encoded = body.encode("utf-8", "surrogatepass")
    try:
        json.loads(encoded)
    except ValueError as error:
        with pytest.raises(type(error)):
            parse_received(encoded)
    else:
        parse_received(encoded)


def test_an_answer_of_another_shape_is_refused() -> None:
    """A list of runs or steps has a list of them."""
    with pytest.raises(TypeError, match="expected a list"):
        ReceivedPage.from_dict(parse_received(b'{"data": {}}'))


def test_an_item_that_is_no_object_costs_itself() -> None:
    """The others are given, and the odd one is named with its place."""
    page = ReceivedPage.from_dict(parse_received(b'{"data": [{"id": "a"}, null, {"id": "b"}]}'))

    assert [item.id for item in page.data] == ["a", "b"]
    assert page.data.misfits == [(1, "object", None)]


def test_cutting_is_linear_whatever_stands_between_items() -> None:
    """Separators that change all the time, and integers without end, cost no more than others."""
    texts = [f'{{"id":"{number}"}}' for number in range(40_000)]
    separators = [", ", ",", ",\n", " ,"]
    body = (
        "".join(text + separators[number % 4] for number, text in enumerate(texts))
        + '{"id":"x","n":'
        + "9" * 5_000
        + "}"
    )

    assert _items(f'{{"data":[{body}]}}')[:-1] == texts


def test_half_a_surrogate_pair_becomes_an_escape() -> None:
    """A lone surrogate that was sent as bytes, which no UTF-8 file can hold, is kept as JSON writes it."""
    (text,) = [item.text for item in ReceivedPage.from_dict(parse_received(b'{"data":[{"t":"\xed\xa0\xbd"}]}')).data]

    assert text == '{"t":"\\ud83d"}'
    assert json.loads(text) == {"t": "\ud83d"}


def test_a_single_item_is_the_text_that_was_sent() -> None:
    """An answer that is one object is that object's text, without blanks around it."""
    item = parse_received_item(b' {"id": "run_1", "n": 1.0} \n')["item"]

    assert (item.id, item.text, item.value) == ("run_1", '{"id": "run_1", "n": 1.0}', {"id": "run_1", "n": 1.0})
