"""What a user types into the search, read as terms that must all be found.

``word``, ``start*`` and ``"several words in a row"``; anything else is a word or is nothing: there is no operator,
so that no input is wrong.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from storage.folding import name_key, name_key_prefixes, plain_word, words

LONGEST_QUERY = 10_000
"""Characters that are read; the rest is ignored."""
MOST_TERMS = 32
"""Terms that count; the rest is ignored."""
SHORTEST_START = 3
"""Letters before a ``*``; with fewer it is ignored: half the archive would match."""

_PIECE = re.compile(r'"([^"]*)"|([^"]+)')


@dataclass(frozen=True, slots=True)
class Term:
    """Words in a row, in their two reduced forms; usually one word."""

    plain: tuple[str, ...]
    names: tuple[str, ...]
    """The same as names, if all of them can be; for a start, its alternatives."""
    is_start: bool = False


def read_query(text: str) -> tuple[Term, ...]:
    """The terms of `text`, in order, each once; empty when it holds no word."""
    terms: dict[Term, None] = {}
    for piece in _PIECE.finditer(_shortened(text)):
        phrase, rest = piece.groups()
        found = _phrase(phrase) if phrase is not None else _single_words(rest)
        terms.update(dict.fromkeys(found))
    return tuple(terms)[:MOST_TERMS]


def _shortened(text: str) -> str:
    """Half a word would be another one, that nothing holds."""
    return text if len(text) <= LONGEST_QUERY else text[:LONGEST_QUERY].rpartition(" ")[0]


def _phrase(text: str) -> list[Term]:
    spelled = [match[0] for match in words(text) if plain_word(match[0])][:MOST_TERMS]
    if not spelled:
        return []
    return [_term(spelled)]


def _single_words(text: str) -> list[Term]:
    terms = []
    for match in words(text):
        word = match[0]
        plain = plain_word(word)
        if text[match.end() : match.end() + 1] == "*" and len(plain) >= SHORTEST_START:
            terms.append(Term((plain,), name_key_prefixes(word), is_start=True))
        elif plain:
            terms.append(_term([word]))
    return terms


def _term(spelled: list[str]) -> Term:
    names = [key for word in spelled if (key := name_key(word))]
    complete = len(names) == len(spelled)
    return Term(tuple(map(plain_word, spelled)), tuple(names) if complete else ())
