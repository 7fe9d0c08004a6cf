from __future__ import annotations

import pytest

from storage.session import Storage
from tests.factories import make_article


def test_a_vector_comes_back_for_its_model_only(storage: Storage) -> None:
    with storage.begin() as db:
        article_id = db.articles.add(make_article(), story=None, copy_of=None)
        db.meanings.put(article_id, "small", [0.5, -0.25])
        assert list(db.meanings.get(article_id, "small") or ()) == [0.5, -0.25]
        assert db.meanings.get(article_id, "large") is None
        assert db.meanings.get(article_id + 1, "small") is None


def test_a_later_vector_replaces_an_earlier_one(storage: Storage) -> None:
    with storage.begin() as db:
        article_id = db.articles.add(make_article(), story=None, copy_of=None)
        db.meanings.put(article_id, "small", [0.5])
        db.meanings.put(article_id, "large", [0.1, 0.2])
        assert db.meanings.get(article_id, "small") is None
        assert list(db.meanings.get(article_id, "large") or ()) == pytest.approx([0.1, 0.2])
