from __future__ import annotations

import pytest

from storage.search.fts5 import fts5_query
from storage.search.matching import IndexQuery, Match
from storage.search.query import Term
from storage.search.tsvector import tsquery

WORD = Term(("ferry",), ("≈fari",))
PHRASE = Term(("a", "b"), ("≡a", "≡b"))
START = Term(("azer",), ("≡azer", "≈azar"), is_start=True)
NO_NAME = Term(("5",), ())

FTS5 = {
    Match.TITLE: """("§x") AND ("=ferry") AND ("=a =b")""",
    Match.TEXT: """("§x") AND ("ferry") AND ("a b")""",
    Match.NAMES: """("§x") AND ("ferry" OR "≈fari") AND ("a b" OR "≡a ≡b")""",
}
TSQUERY = {
    Match.TITLE: "(('§x')) & (('=ferry')) & (('=a' <-> '=b'))",
    Match.TEXT: "(('§x')) & (('ferry')) & (('a' <-> 'b'))",
    Match.NAMES: "(('§x')) & (('ferry') | ('≈fari')) & (('a' <-> 'b') | ('≡a' <-> '≡b'))",
}


@pytest.mark.parametrize("match", Match)
def test_both_databases_are_asked_for_the_same(match: Match) -> None:
    query = IndexQuery((WORD, PHRASE), ("§x",), None)

    assert fts5_query(query, match) == FTS5[match]
    assert tsquery(query, match) == TSQUERY[match]


def test_the_start_of_a_word_is_marked_as_such() -> None:
    query = IndexQuery((START, NO_NAME), (), None)

    assert fts5_query(query, Match.TITLE) == '("=azer" *) AND ("=5")'
    assert fts5_query(query, Match.NAMES) == '("azer" * OR "≡azer" * OR "≈azar" *) AND ("5")'
    assert tsquery(query, Match.TITLE) == "('=azer':*) & (('=5'))"
    assert tsquery(query, Match.NAMES) == "('azer':* | '≡azer':* | '≈azar':*) & (('5'))"
