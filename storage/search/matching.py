"""What is asked of a search index, whatever the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import NamedTuple

from storage.search.documents import in_title
from storage.search.query import Term


class Match(IntEnum):
    """Where all the terms of a query were found, the best first."""

    TITLE = 0
    """All in the title."""
    TEXT = 1
    """All in title and text, as they were spelled."""
    NAMES = 2
    """Some only as names in another spelling."""


SPELLED = (Match.TITLE, Match.TEXT)


@dataclass(frozen=True, slots=True)
class IndexQuery:
    """What to look for: all of `terms` and `facets`, in what was known since then."""

    terms: tuple[Term, ...]
    facets: tuple[str, ...]
    since: datetime | None


class Row(NamedTuple):
    """Indexed words that stand in a row; of a start the last is only how a word begins."""

    words: tuple[str, ...]
    is_start: bool = False


def conditions(query: IndexQuery, match: Match) -> list[list[Row]]:
    """What must be in an article for a match of this kind or a better one: of each list one row."""
    facets = [[Row((facet,))] for facet in query.facets]
    if match is Match.TITLE:
        return facets + [[_in_title(term)] for term in query.terms]
    return facets + [
        [Row(term.plain, term.is_start), *(_names(term) if match is Match.NAMES else ())] for term in query.terms
    ]


def _in_title(term: Term) -> Row:
    return Row(tuple(in_title(word) for word in term.plain), term.is_start)


def _names(term: Term) -> list[Row]:
    if term.is_start:
        return [Row((key,), is_start=True) for key in term.names]
    return [Row(term.names)] if term.names else []
