from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.query import MOST_TERMS, Term, read_query
from storage.search_index import fts5_query, tsquery


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


def test_a_term_tells_which_words_it_looks_for() -> None:
    word, start = read_query("Nazarboyev ferr*")

    assert word.matches_word("nazarbayev", "≈nazarbav")
    assert not word.matches_word("nazarbayev", None)
    assert start.matches_word("ferries", None)
    assert not start.matches_word("fer", None)


def test_both_databases_are_asked_for_the_same() -> None:
    terms = (Term(("ferry",), ("≈fari",)), Term(("a", "b"), ()), Term(("azer",), ("≡azer",), is_start=True))

    assert fts5_query(terms) == (
        '(({title body} : "ferry") OR (names : "≈fari")) AND (({title body} : "a b"))'
        ' AND (({title body} : "azer" *) OR (names : "≡azer" *))'
    )
    assert tsquery(terms) == "(('ferry') | ('≈fari')) & (('a' <-> 'b')) & (('azer':*) | ('≡azer':*))"


@given(st.text())
def test_no_query_is_wrong(text: str) -> None:
    terms = read_query(text)

    assert len(terms) <= MOST_TERMS
    assert all(all(term.plain) for term in terms)
