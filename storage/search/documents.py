"""An article as the search index holds it: reduced words, and facets to filter by."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from storage.folding import is_name, name_key, plain_word, words
from storage.keys import key_hash
from storage.records import NewArticle, SearchQuery, Tagging

MOST_WORDS = 16_000
"""Words of an article that are indexed: PostgreSQL counts places up to 16,383."""
TITLE_GAP = 2
"""Places left free between title and text, so that no phrase spans both."""
LONGEST_FACET = 100
"""Characters of a value; PostgreSQL takes words of 2 kB. Of a longer one the hash is indexed."""

Word = tuple[str, str | None]
"""A word in its plain form, and its key as a name if it is written as one."""

_SIGN = re.compile(r"[^0-9a-z]")


@dataclass(frozen=True, slots=True)
class Document:
    """What is indexed of an article."""

    title: tuple[Word, ...]
    body: tuple[Word, ...]
    facets: tuple[str, ...]


def document_of(article: NewArticle) -> Document:
    """What is to be indexed of `article`."""
    title = _reduced(article.title, MOST_WORDS // 4)
    body = _reduced(f"{article.standfirst}\n{article.text}", MOST_WORDS - TITLE_GAP - len(title))
    return Document(title, body, facets_of(article))


def in_title(plain: str) -> str:
    """The form of a word that only titles hold, so that they can be asked without the texts."""
    return f"={plain}"


def wanted_facets(query: SearchQuery) -> tuple[str, ...]:
    """The facets that an article must have to pass the filters of `query`, but the time."""
    wanted = {
        "source": query.source,
        "lang": query.lang,
        "relevance": query.relevance,
        "pair": query.pair,
        "topic": query.topic,
    }
    return tuple(_facet(kind, value) for kind, value in wanted.items() if value)


def pairs_of(tagging: Tagging) -> dict[str, float]:
    """The pairs of a tagging with their scores: of two ties with one pair that of the stronger."""
    scores: dict[str, float] = {}
    for tie in tagging.ties:
        scores[tie.pair] = max(tie.score, scores.get(tie.pair, tie.score))
    return scores


def topics_of(tagging: Tagging) -> tuple[str, ...]:
    """The topics of an article and of all its ties, each once."""
    of_ties = (topic for tie in tagging.ties for topic in tie.topics)
    return tuple(dict.fromkeys([*tagging.topics, *of_ties]))


def _reduced(text: str, most: int) -> tuple[Word, ...]:
    spelled = (match[0] for match in islice(words(text), most))
    return tuple(filter(None, map(_word, spelled)))


@lru_cache(maxsize=50_000)
def _word(spelled: str) -> Word | None:
    """None for one of which nothing is left."""
    plain = plain_word(spelled)
    return (plain, name_key(spelled) if is_name(spelled) else None) if plain else None


def facets_of(article: NewArticle) -> tuple[str, ...]:
    """What `article` can be filtered by."""
    tagging = article.tagging
    values: list[tuple[str, str]] = [("source", article.source), ("relevance", tagging.relevance)]
    if article.lang:
        values.append(("lang", article.lang))
    values += [("pair", pair) for pair in pairs_of(tagging)]
    values += [("topic", topic) for topic in topics_of(tagging)]
    return tuple(_facet(kind, value) for kind, value in values)


def _facet(kind: str, value: str) -> str:
    """A word that no text contains, one for each value whatever its case."""
    small = value.lower()
    if len(small) > LONGEST_FACET:
        small = key_hash(small).hex()
    return f"§{kind}·" + _SIGN.sub(lambda sign: f"·{ord(sign[0]):x}·", small)
