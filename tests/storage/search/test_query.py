from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.search.query import MOST_TERMS, read_query


def plain_terms(text: str) -> list[tuple[str, ...]]:
    return [term.plain for term in read_query(text)]


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("ferry aktau", [("ferry",), ("aktau",)]),
        ('"middle corridor" ferry', [("middle", "corridor"), ("ferry",)]),
        ('"ferry"', [("ferry",)]),
        ('ferry "middle corridor', [("ferry",), ("middle",), ("corridor",)]),
        ('"" " " ferry', [("ferry",)]),
        ("ferry FERRY", [("ferry",)]),
        ("Azerbaijan-Kazakhstan", [("azerbaijan",), ("kazakhstan",)]),
        ("ferry AND NOT (port OR NEAR/5)", [(w,) for w in ["ferry", "and", "not", "port", "or", "near", "5"]]),
        ("title:ferry -port +aktau ^x", [("title",), ("ferry",), ("port",), ("aktau",), ("x",)]),
        ("'; DROP TABLE articles; --", [("drop",), ("table",), ("articles",)]),
        ("% _ * ** \" ' \\ ( ) {", []),
        ("\0ferry\0", [("ferry",)]),
        ("", []),
    ],
)
def test_a_query_is_words_and_phrases_and_nothing_else(text: str, terms: list[tuple[str, ...]]) -> None:
    assert plain_terms(text) == terms


@pytest.mark.parametrize(
    ("text", "are_starts"),
    [("ferr*", [True]), ("fe*", [False]), ("ferr *", [False]), ("ferr** aktau", [True, False]), ('"ferr*"', [False])],
)
def test_a_star_after_three_letters_makes_a_start(text: str, are_starts: list[bool]) -> None:
    assert [term.is_start for term in read_query(text)] == are_starts


def test_a_phrase_is_looked_for_as_names_only_if_all_its_words_can_be_names() -> None:
    (with_digit,), (names,) = read_query('"I Aliyev"'), read_query('"Ilham Aliyev"')

    assert with_digit.names == ()
    assert len(names.names) == 2


def test_a_long_query_is_cut() -> None:
    assert len(read_query(" ".join(f"word{number}" for number in range(100_000)))) == MOST_TERMS
    assert len(read_query('"' + "a b " * 5_000 + '"')[0].plain) <= MOST_TERMS


@given(st.text())
def test_no_query_is_wrong(text: str) -> None:
    terms = read_query(text)

    assert len(terms) <= MOST_TERMS
    assert all(all(term.plain) for term in terms)


def test_a_query_that_is_too_long_is_cut_between_words() -> None:
    assert [term.plain for term in read_query("ferry " * 2000)] == [("ferry",)]
