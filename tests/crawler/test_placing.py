"""Where a new article belongs, with a model of what texts mean."""

from __future__ import annotations

from datetime import timedelta

from crawler.items import Draft, Extraction
from crawler.placing import Placer
from storage.records import Tagging, WaitingCandidate
from storage.session import Storage
from tests.crawler.stories.test_meaning import KYRGYZ, RUSSIAN, SameForAll
from tests.factories import NOW, make_tagging


def draft(number: int, title: str, text: str, lang: str, *, tagging: Tagging | None = None) -> Draft:
    url = f"https://herald.example/{number}"
    at = NOW + timedelta(hours=number)
    return Draft(
        candidate=WaitingCandidate(url=url, key=url, source="herald"),
        extraction=Extraction(url=url, title=title, text=text, lang=lang, published_at=at),
        tagging=tagging or make_tagging("KG"),
        fetched_at=at,
    )


def place(storage: Storage, placer: Placer, item: Draft) -> int:
    placer.prepare([item])
    with storage.begin() as db:
        return placer.place(db, item, NOW).article


def test_the_model_reads_new_articles_with_a_tie_and_its_vectors_are_kept(sqlite_storage: Storage) -> None:
    model = SameForAll()
    placer = Placer(model)
    ids = [
        place(sqlite_storage, placer, draft(1, KYRGYZ.title, KYRGYZ.text, "ky")),
        place(sqlite_storage, placer, draft(2, "Rain", "It rains in Osh.", "en", tagging=make_tagging())),
    ]
    later = Placer(model)
    with sqlite_storage.read() as db:
        later.load(db, NOW - timedelta(days=30))
    ids.append(place(sqlite_storage, later, draft(3, RUSSIAN.title, RUSSIAN.text, "ru")))

    with sqlite_storage.read() as db:
        stories = [article.story_id for article in map(db.articles.get, ids) if article]
        kept = [db.meanings.get(each, model.name) is not None for each in ids]
    assert stories[0] == stories[2] is not None
    assert stories[1] is None
    assert kept == [True, False, True]
    assert len(model.seen) == 2
