"""The full-text index, which both databases hold in their own way: FTS5 without content, or tsvector with GIN.

Both index the same reduced words (see `folding`), given to them ready-made, so that neither's own idea of a word
counts. What the text was cannot be read back from the index; SQLite must be told it again to forget a row.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from sqlalchemy import Connection, text
from sqlalchemy.orm import Session

from storage.folding import is_name, name_key, plain_word, words
from storage.query import Term

TABLE = "article_search"
"""Made by the migrations; not among the tables of `models`, since each database has another."""
MOST_WORDS = 16_000
"""Words of an article that are indexed: PostgreSQL counts places up to 16,383."""
TITLE_GAP = 2
"""Places left free between title and text, so that no phrase spans both."""
_OTHER_WORDS = "¶"
"""Stands for what comes between two names, so that no phrase spans it."""

_CREATE = {
    "sqlite": [
        # With this tokenizer a word is what stands between spaces: all the rest was done by the folding.
        f"CREATE VIRTUAL TABLE {TABLE} USING fts5(title, body, names, content='', tokenize='ascii')",
    ],
    "postgresql": [
        f"CREATE TABLE {TABLE} (article_id BIGINT NOT NULL CONSTRAINT pk_{TABLE} PRIMARY KEY "
        f"CONSTRAINT fk_{TABLE}_article_id_articles REFERENCES articles (id) ON DELETE CASCADE, "
        "words TSVECTOR NOT NULL)",
        f"CREATE INDEX ix_{TABLE}_words ON {TABLE} USING GIN (words)",
    ],
}
_INSERT = {
    "sqlite": f"INSERT INTO {TABLE} (rowid, title, body, names) VALUES (:id, :title, :body, :names)",
    "postgresql": f"INSERT INTO {TABLE} (article_id, words) VALUES (:id, CAST(:words AS tsvector))",
}


Word = tuple[str, str | None]
"""A word in its plain form, and its key as a name if it is written as one."""


@dataclass(frozen=True, slots=True)
class IndexedText:
    """An article in reduced words."""

    title: list[Word]
    body: list[Word]


def indexed_text(title: str, body: str) -> IndexedText:
    """What the index is to hold of an article."""
    title_words = _reduced(title, MOST_WORDS // 4)
    return IndexedText(title_words, _reduced(body, MOST_WORDS - TITLE_GAP - len(title_words)))


def _reduced(text: str, most: int) -> list[Word]:
    spelled = (match[0] for match in islice(words(text), most))
    return [(plain, name_key(word) if is_name(word) else None) for word in spelled if (plain := plain_word(word))]


def create(connection: Connection) -> None:
    """Makes the index, empty. For the migrations."""
    for statement in _CREATE[connection.dialect.name]:
        connection.exec_driver_sql(statement)


def count(connection: Connection) -> int:
    """How many articles are indexed."""
    # FTS5 without content answers count(*) from the lengths that it keeps of each row.
    return int(connection.scalar(text(f"SELECT count(*) FROM {TABLE}")) or 0)


def add(session: Session, article_id: int, title: str, body: str) -> None:
    """Indexes an article, which must not be in the index."""
    dialect = session.get_bind().dialect.name
    index = indexed_text(title, body)
    values = _columns(index) if dialect == "sqlite" else {"words": _tsvector(index)}
    session.execute(text(_INSERT[dialect]), {"id": article_id, **values})


def _columns(index: IndexedText) -> dict[str, str]:
    """The index as FTS5 takes it: words between spaces."""
    names = [name or _OTHER_WORDS for _, name in (*index.title, ("", None), *index.body)]
    return {
        "title": " ".join(plain for plain, _ in index.title),
        "body": " ".join(plain for plain, _ in index.body),
        "names": " ".join(name for before, name in pairwise(["", *names]) if name != before or name != _OTHER_WORDS),
    }


def _tsvector(index: IndexedText) -> str:
    """The index as PostgreSQL reads it: each word with its places and weight. Words hold no quote and no backslash."""
    places: dict[str, list[str]] = {}
    for weight, first, found in (("A", 1, index.title), ("", len(index.title) + TITLE_GAP, index.body)):
        for place, (plain, name) in enumerate(found, start=first):
            places.setdefault(plain, []).append(f"{place}{weight}")
            if name:
                places.setdefault(name, []).append(f"{place}C")
    # It keeps 256 places of a word at most.
    return " ".join(f"'{word}':{','.join(of_word[:256])}" for word, of_word in places.items())


def fts5_query(terms: Sequence[Term]) -> str:
    """`terms` in the query language of FTS5."""
    return " AND ".join(f"({_any(_fts5_alternatives(term), ' OR ')})" for term in terms)


def _fts5_alternatives(term: Term) -> Iterable[str]:
    star = " *" if term.is_start else ""
    yield f'{{title body}} : "{" ".join(term.plain)}"{star}'
    if term.is_start:
        yield from (f'names : "{key}" *' for key in term.names)
    elif term.names:
        yield f'names : "{" ".join(term.names)}"'


def tsquery(terms: Sequence[Term]) -> str:
    """`terms` in the query language of PostgreSQL."""
    return " & ".join(f"({_any(_tsquery_alternatives(term), ' | ')})" for term in terms)


def _tsquery_alternatives(term: Term) -> Iterable[str]:
    if term.is_start:
        yield from (f"'{start}':*" for start in (*term.plain, *term.names))
        return
    yield " <-> ".join(f"'{word}'" for word in term.plain)
    if term.names:
        yield " <-> ".join(f"'{key}'" for key in term.names)


def _any(alternatives: Iterable[str], operator: str) -> str:
    return operator.join(f"({alternative})" for alternative in alternatives)
