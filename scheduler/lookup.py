"""Finding a stored article by what a person types."""

from __future__ import annotations

from crawler.urls import identity
from scheduler.errors import NotFound
from storage.records import Article
from storage.session import Database


def find_article(db: Database, name: str) -> Article:
    """The article with this id or address. Raises NotFound."""
    if name.isascii() and name.isdigit() and len(name) < 19:
        found = db.articles.get(int(name))
    else:
        try:
            found = db.articles.by_key(identity(name))
        except ValueError:
            found = None
    if found is None:
        raise NotFound(name)
    return found
