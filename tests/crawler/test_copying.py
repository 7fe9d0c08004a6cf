"""Copies are found among all stored articles, about a tie or not."""

from __future__ import annotations

from datetime import datetime, timedelta

from crawler.items import Draft, Extraction, Visit
from crawler.placing import Placer
from storage.records import Article, Tagging, WaitingCandidate
from storage.session import Storage
from tests.factories import NOW, make_tagging

TEXT = (
    "The library of the old town was opened again on Monday after a repair that had taken eleven months.\n\n"
    "Masons found a well under the reading room, and archaeologists asked for time to look at it.\n\n"
    "The shelves now hold forty thousand books, among them letters of merchants who traded with the coast.\n\n"
    "Readers may come from nine in the morning; children have a room of their own on the upper floor."
)
LEAD = "Reading is possible again in the old town, where the library has opened its doors to everybody who likes books."
OTHER = (
    "A storm broke trees in the park on Friday night and closed two roads to the hills until the next noon.\n\n"
    "Firemen were called forty times, mostly to cellars, and nobody was hurt, the service said in the morning."
)


def place(storage: Storage, number: int, text: str, *, at: datetime = NOW, tagging: Tagging | None = None) -> Article:
    url = f"https://outlet{number}.example/{number}"
    draft = Draft(
        candidate=WaitingCandidate(url=url, key=url, source=f"outlet{number}"),
        extraction=Extraction(url=url, title=f"Title {number}", text=text, lang="en", published_at=at),
        tagging=tagging or make_tagging(),
        visit=Visit(url),
        fetched_at=at,
    )
    with storage.begin() as db:
        found = db.articles.get(Placer().place(db, draft, at).article)
    assert found
    return found


def test_a_text_with_another_lead_is_a_copy_though_neither_is_about_a_tie(storage: Storage) -> None:
    first = place(storage, 1, TEXT)
    second = place(storage, 2, LEAD + "\n\n" + TEXT.partition("\n\n")[2], at=NOW + timedelta(hours=2))
    assert second.copy_of == first.id
    assert second.copied_share
    assert 0.5 < second.copied_share < 0.95


def test_an_equal_text_is_a_copy_in_whole(storage: Storage) -> None:
    first = place(storage, 1, TEXT)
    second = place(storage, 2, TEXT)
    assert (second.copy_of, second.copied_share) == (first.id, 1.0)


def test_an_article_about_a_tie_may_copy_one_that_was_not_seen_to_be(storage: Storage) -> None:
    first = place(storage, 1, TEXT)
    second = place(storage, 2, TEXT + "\n\n" + LEAD, tagging=make_tagging("KZ"))
    assert second.copy_of == first.id


def test_another_text_is_no_copy(storage: Storage) -> None:
    place(storage, 1, TEXT)
    second = place(storage, 2, OTHER)
    assert (second.copy_of, second.copied_share) == (None, None)


def test_copies_lead_back_to_the_first_text(storage: Storage) -> None:
    first = place(storage, 1, TEXT)
    place(storage, 2, TEXT + "\n\n" + LEAD)
    third = place(storage, 3, TEXT + "\n\nThe town paid for it.")
    assert third.copy_of == first.id


def test_half_the_words_in_another_year_are_no_copy(storage: Storage) -> None:
    place(storage, 1, TEXT)
    late = LEAD + "\n\n" + TEXT.partition("\n\n")[2]
    assert place(storage, 2, late, at=NOW + timedelta(days=300)).copy_of is None
