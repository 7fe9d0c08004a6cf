from __future__ import annotations

from dataclasses import asdict, replace
from datetime import UTC, date, datetime, timedelta
from math import inf

import pytest

from storage.records import Article, ArticleKind, Figure, NewArticle, PlannedEvent, Reason, Relevance, SearchQuery
from storage.repositories import articles
from storage.session import Storage
from tests.factories import NOW, make_article, make_tagging

LONG_TEXT = "Kazakhstan and Azerbaijan will build a cable under the Caspian Sea. " * 5


def put(storage: Storage, *articles: NewArticle) -> list[int]:
    with storage.begin() as db:
        return [db.articles.add(article, story=None, copy_of=None) for article in articles]


def full_article() -> NewArticle:
    tagging = make_tagging(
        "KZ",
        "C5",
        reasons=(Reason("both sides in the title", 1.0, 2.5),),
        figures=(Figure("1.2 mln tonnes", 1.2e6, "t", "They carry 1.2 mln tonnes.", 11, 25),),
        events=(PlannedEvent("on 3 May", date(2027, 5, 3), "It opens on 3 May.", 9, 17),),
        tone=0.5,
        near_miss="no evidence",
        version="7",
    )
    return make_article(
        standfirst="A ferry.",
        authors=("Aygün Əliyeva", "Ж. Сәрсенов"),
        published_at=NOW - timedelta(hours=5),
        published_from="json-ld",
        published_is_sure=True,
        modified_at=NOW - timedelta(hours=1),
        section="Economy",
        tags=("ferry", "🚢"),
        image_url="https://herald.example/1.jpg",
        image_caption="The ferry at Alat",
        kind=ArticleKind.LIVE,
        origins={"title": "json-ld"},
        agency="Trend",
        extractor="trafilatura",
        tagging=tagging,
    )


def test_an_article_comes_back_as_it_was_added(storage: Storage) -> None:
    article = full_article()

    (article_id,) = put(storage, article)

    with storage.read() as db:
        assert db.articles.get(article_id) == Article(**vars_of(article), id=article_id)


def vars_of(article: NewArticle) -> dict[str, object]:
    return {name: getattr(article, name) for name in NewArticle.__dataclass_fields__}


def test_an_article_knows_its_story_and_what_it_copies(storage: Storage) -> None:
    (first,) = put(storage, make_article())

    with storage.begin() as db:
        story = db.stories.open(NOW)
        second = db.articles.add(make_article(url="https://mirror.example/1"), story=story, copy_of=first)

    with storage.read() as db:
        found = db.articles.get(second)
    assert found is not None
    assert (found.story_id, found.copy_of) == (story, first)


def test_a_figure_without_bounds_can_be_read_again(storage: Storage) -> None:
    tagging = make_tagging("KZ", figures=(Figure("10^999", inf, "t", "10^999 t", 0, 6),))

    (article_id,) = put(storage, make_article(tagging=tagging))

    with storage.read() as db:
        found = db.articles.get(article_id)
    assert found is not None
    assert found.tagging == tagging


def test_an_article_added_again_stays_as_it_was(storage: Storage) -> None:
    article = make_article()
    (first,) = put(storage, article)

    (again,) = put(storage, replace(article, title="Baku and Astana disagree", text="Nothing leaves."))

    with storage.read() as db:
        assert again == first
        assert db.articles.count() == 1
        assert db.articles.search(SearchQuery(words="disagree")) == []


def test_two_addresses_with_one_key_are_one_article(storage: Storage) -> None:
    key = "https://herald.example/news/1"

    ids = put(storage, make_article(key=key), make_article(url="http://www.herald.example/news/1/", key=key))

    assert len(set(ids)) == 1


def test_an_article_is_found_by_its_key(storage: Storage) -> None:
    (article_id,) = put(storage, make_article(url="http://www.herald.example/1/", key="https://herald.example/1"))

    with storage.read() as db:
        found = db.articles.by_key("https://herald.example/1")
        assert db.articles.by_key("http://www.herald.example/1/") is None
    assert found is not None
    assert found.id == article_id


def test_what_is_not_there_is_none(storage: Storage) -> None:
    with storage.read() as db:
        assert db.articles.get(1) is None
        assert db.articles.get(2**62) is None


def test_a_transaction_that_fails_leaves_nothing(storage: Storage) -> None:
    def fail_after_adding() -> None:
        with storage.begin() as db:
            db.articles.add(make_article(), story=db.stories.open(NOW), copy_of=None)
            raise RuntimeError("power cut")

    with pytest.raises(RuntimeError, match="power cut"):
        fail_after_adding()

    with storage.read() as db:
        assert db.articles.count() == 0
        assert db.articles.search(SearchQuery(words="ferry")) == []


@pytest.mark.parametrize(
    "other",
    [LONG_TEXT, LONG_TEXT.upper(), LONG_TEXT.replace(" ", "\n\n"), LONG_TEXT.replace(".", " — !")],
    ids=["the same", "capitals", "line breaks", "punctuation"],
)
def test_a_text_is_known_again_whatever_its_typography(storage: Storage, other: str) -> None:
    first, _ = put(storage, make_article(text=LONG_TEXT), make_article(url="https://other.example/", text=LONG_TEXT))

    with storage.read() as db:
        assert db.articles.with_same_text(other) == first


@pytest.mark.parametrize("text", [LONG_TEXT + "Not so.", "The ferry leaves twice a week.", ""])
def test_another_text_or_a_short_one_is_no_copy(storage: Storage, text: str) -> None:
    put(storage, make_article(text=LONG_TEXT), make_article(url="https://other.example/", text=text[:60]))

    with storage.read() as db:
        assert db.articles.with_same_text(text) is None


MORNING, EVENING = datetime(2026, 11, 20, 4, tzinfo=UTC), datetime(2026, 11, 20, 20, tzinfo=UTC)
MOMENT = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("published", "fetched", "is_in"),
    [
        (MORNING, EVENING, True),
        (MORNING - MOMENT, MORNING - MOMENT, False),
        (EVENING - MOMENT, EVENING + timedelta(days=1), True),
        (EVENING, EVENING, False),
        (MORNING - timedelta(days=3), MORNING, True),
        (MORNING - timedelta(days=3), EVENING, False),
        (None, MORNING, True),
        (None, EVENING - MOMENT, True),
        (None, EVENING, False),
        (EVENING + timedelta(days=1), MORNING, False),
    ],
)
def test_a_window_holds_what_was_published_in_it_and_what_came_late(
    storage: Storage, published: datetime | None, fetched: datetime, is_in: bool
) -> None:
    put(storage, make_article(published_at=published, fetched_at=fetched))

    with storage.read() as db:
        assert bool(db.articles.in_window(MORNING, EVENING)) is is_in


@pytest.mark.parametrize(
    ("relevance", "near_miss", "is_in"),
    [
        (Relevance.SUBSTANTIVE, None, True),
        (Relevance.PASSING, None, True),
        (Relevance.NONE, "only a table", True),
        (Relevance.NONE, None, False),
    ],
)
def test_a_window_holds_relevant_articles_and_near_misses(
    storage: Storage, relevance: Relevance, near_miss: str | None, is_in: bool
) -> None:
    put(storage, make_article(tagging=make_tagging("KZ", relevance=relevance, near_miss=near_miss)))

    with storage.read() as db:
        assert bool(db.articles.in_window(MORNING, EVENING)) is is_in


def test_a_window_is_in_the_order_in_which_the_world_could_know(storage: Storage) -> None:
    hours = {"a": (None, 9), "b": (6, 12), "c": (11, 10), "d": (8, 8)}
    for name, (published, fetched) in hours.items():
        published_at = published and datetime(2026, 11, 20, published, tzinfo=UTC)
        fetched_at = datetime(2026, 11, 20, fetched, tzinfo=UTC)
        put(storage, make_article(url=f"https://{name}.example/", published_at=published_at, fetched_at=fetched_at))

    with storage.read() as db:
        urls = [article.url for article in db.articles.in_window(MORNING, EVENING)]
    assert urls == ["https://b.example/", "https://d.example/", "https://a.example/", "https://c.example/"]


def test_the_newest_come_first(storage: Storage) -> None:
    times = [NOW - timedelta(hours=hours) for hours in (3, 1, 2)]
    first, second, third = put(
        storage, *(make_article(url=f"https://herald.example/{time:%H}", published_at=time) for time in times)
    )

    with storage.read() as db:
        assert [article.id for article in db.articles.newest(2)] == [second, third]
        assert [article.id for article in db.articles.newest(9)] == [second, third, first]


def test_all_articles_can_be_gone_through_in_batches(storage: Storage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(articles, "BATCH", 3)
    ids = put(storage, *(make_article(url=f"https://herald.example/{number}") for number in range(7)))

    with storage.read() as db:
        assert [article.id for article in db.articles.iterate()] == ids


def test_going_through_leaves_the_database_free_for_a_writer(storage: Storage) -> None:
    put(storage, make_article())

    with storage.read() as db:
        for article in db.articles.iterate():
            with storage.begin() as writer:
                writer.articles.replace_tagging(article.id, make_tagging("UZ"))

    with storage.read() as db:
        assert [tie.pair for article in db.articles.iterate() for tie in article.tagging.ties] == ["AZ-UZ"]


def test_going_through_within_a_transaction_keeps_it_whole(storage: Storage) -> None:
    def fail_after_going_through() -> None:
        with storage.begin() as db:
            db.articles.add(make_article(), story=None, copy_of=None)
            assert len(list(db.articles.iterate())) == 1
            raise RuntimeError("power cut")

    with pytest.raises(RuntimeError, match="power cut"):
        fail_after_going_through()

    with storage.read() as db:
        assert db.articles.count() == 0


def test_articles_are_counted_and_listed_by_age_and_relevance(storage: Storage) -> None:
    old = make_article(url="https://herald.example/old", published_at=NOW - timedelta(days=9))
    weak = make_article(url="https://herald.example/weak", tagging=make_tagging("KZ", relevance=Relevance.PASSING))
    ids = put(storage, old, weak, make_article())
    yesterday = NOW - timedelta(days=1)

    with storage.read() as db:
        assert db.articles.count() == 3
        assert db.articles.count(since=yesterday) == 2
        assert db.articles.count(since=yesterday, relevance=Relevance.PASSING) == 1
        assert [article.id for article in db.articles.iterate(yesterday, Relevance.PASSING)] == ids[1:2]


def test_a_new_tagging_replaces_the_old_one_everywhere(storage: Storage) -> None:
    (article_id,) = put(storage, make_article(tagging=make_tagging("KZ")))
    tagging = make_tagging("UZ", "TM", topics=("energy",))

    with storage.begin() as db:
        db.articles.replace_tagging(article_id, tagging)

    with storage.read() as db:
        found = db.articles.get(article_id)
        hits = {pair: len(db.articles.search(SearchQuery(pair=pair))) for pair in ("AZ-KZ", "AZ-UZ", "AZ-TM")}
        assert len(db.articles.search(SearchQuery(topic="energy"))) == 1
    assert found is not None
    assert found.tagging == tagging
    assert hits == {"AZ-KZ": 0, "AZ-UZ": 1, "AZ-TM": 1}


def test_a_retagged_article_enters_and_leaves_the_window(storage: Storage) -> None:
    (article_id,) = put(storage, make_article(tagging=make_tagging()))

    with storage.begin() as db:
        db.articles.replace_tagging(article_id, make_tagging("KZ"))
        assert len(db.articles.in_window(MORNING, EVENING)) == 1
        db.articles.replace_tagging(article_id, make_tagging())
        assert db.articles.in_window(MORNING, EVENING) == []


def test_no_tagging_for_an_article_that_is_not_there(storage: Storage) -> None:
    with storage.begin() as db, pytest.raises(LookupError, match="no article 7"):
        db.articles.replace_tagging(7, make_tagging("KZ"))


def test_a_time_without_zone_is_refused(storage: Storage) -> None:
    naive = NOW.replace(tzinfo=None)

    with pytest.raises(ValueError, match="no time zone"):
        put(storage, make_article(modified_at=naive))


def test_times_come_back_in_utc(storage: Storage) -> None:
    baku = datetime.fromisoformat("2026-11-20T14:00:00.000001+04:00")
    (article_id,) = put(storage, make_article(published_at=baku))

    with storage.read() as db:
        found = db.articles.get(article_id)
    assert found is not None
    assert found.published_at is not None
    assert found.published_at.isoformat() == "2026-11-20T10:00:00.000001+00:00"
    assert asdict(found)["published_at"] == baku
