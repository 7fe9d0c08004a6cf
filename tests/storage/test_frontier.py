from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from storage.records import UrlState
from storage.session import Storage
from tests.factories import NOW, make_article, make_candidate

URL = "https://herald.example/news/1"
LATER = NOW + timedelta(minutes=10)


def admit(storage: Storage, *urls: str, source: str = "herald", now: datetime = NOW) -> int:
    with storage.begin() as db:
        return db.frontier.admit(source, [make_candidate(url) for url in urls], now)


def waiting_urls(storage: Storage, now: datetime = NOW, limit: int = 100) -> list[str]:
    with storage.read() as db:
        return [candidate.url for candidate in db.frontier.waiting("herald", now, limit)]


def test_a_new_candidate_waits_as_it_was_listed(storage: Storage) -> None:
    published = NOW - timedelta(hours=1)
    candidate = make_candidate(
        "http://www.herald.example/1/", key=URL, title="A ferry", published_at=published, lang="en", via="https://h/rss"
    )

    with storage.begin() as db:
        db.frontier.admit("herald", [candidate], NOW)

    with storage.read() as db:
        (waiting,) = db.frontier.waiting("herald", NOW, 10)
    assert (waiting.url, waiting.key, waiting.title) == (candidate.url, URL, "A ferry")
    assert (waiting.published_at, waiting.lang, waiting.via) == (published, "en", "https://h/rss")
    assert (waiting.source, waiting.attempts) == ("herald", 0)


def test_only_new_ones_count_as_admitted(storage: Storage) -> None:
    assert admit(storage, URL, f"{URL}2", URL) == 2
    assert admit(storage, URL, f"{URL}3") == 1


def test_two_addresses_with_one_key_wait_once(storage: Storage) -> None:
    twins = [make_candidate(URL), make_candidate("http://www.herald.example/news/1?utm_source=x", key=URL)]

    with storage.begin() as db:
        assert db.frontier.admit("herald", twins, NOW) == 1


def test_what_was_never_listed_is_unseen(storage: Storage) -> None:
    admit(storage, *(f"{URL}{number}" for number in range(1_200)))

    with storage.read() as db:
        unseen = db.frontier.unseen([*(f"{URL}{number}" for number in range(1_201)), "x" * 12_000])
    assert unseen == {f"{URL}1200", "x" * 12_000}


@pytest.mark.parametrize("state", [UrlState.STORED, UrlState.REFUSED, UrlState.FAILED])
def test_what_is_settled_is_seen_and_waits_no_more(storage: Storage, state: UrlState) -> None:
    admit(storage, URL)

    with storage.begin() as db:
        db.frontier.settle(URL, state, reason="no text", article=None, now=NOW)

    with storage.read() as db:
        assert db.frontier.unseen([URL]) == set()
        assert db.frontier.waiting("herald", NOW, 10) == []
        assert db.frontier.count_waiting("herald") == 0


def test_an_address_that_was_never_listed_can_be_settled_twice(storage: Storage) -> None:
    with storage.begin() as db:
        article = db.articles.add(make_article(), story=None, copy_of=None)
        db.frontier.settle(URL, UrlState.REFUSED, reason="paid", article=None, now=NOW)
        db.frontier.settle(URL, UrlState.STORED, reason=None, article=article, now=NOW)

    assert admit(storage, URL) == 0
    assert waiting_urls(storage) == []


def test_waiting_is_not_an_end(storage: Storage) -> None:
    with storage.begin() as db, pytest.raises(ValueError, match="waiting is not an end"):
        db.frontier.settle(URL, UrlState.WAITING, reason=None, article=None, now=NOW)


def test_the_newest_come_first_and_the_undated_are_as_old_as_their_listing(storage: Storage) -> None:
    hours = {"/published-2h-ago": 2, "/published-1h-ago": 1, "/published-tomorrow": -24, "/published-9h-ago": 9}
    candidates = [make_candidate(url, published_at=NOW - timedelta(hours=ago)) for url, ago in hours.items()]

    with storage.begin() as db:
        db.frontier.admit("herald", [make_candidate("/listed-5h-ago")], NOW - timedelta(hours=5))
        db.frontier.admit("herald", candidates, NOW)

    assert waiting_urls(storage) == [
        "/published-tomorrow",
        "/published-1h-ago",
        "/published-2h-ago",
        "/listed-5h-ago",
        "/published-9h-ago",
    ]
    assert waiting_urls(storage, limit=2) == ["/published-tomorrow", "/published-1h-ago"]


def test_each_source_has_its_own_queue(storage: Storage) -> None:
    admit(storage, URL, source="herald")
    admit(storage, URL, f"{URL}2", source="mirror")

    with storage.read() as db:
        assert [candidate.url for candidate in db.frontier.waiting("mirror", NOW, 10)] == [f"{URL}2"]
        assert db.frontier.count_waiting("herald") == 1


def test_a_failed_try_waits_until_it_is_due(storage: Storage) -> None:
    admit(storage, URL)

    with storage.begin() as db:
        db.frontier.retry(URL, reason="timeout", now=NOW, not_before=LATER)

    assert waiting_urls(storage, now=LATER - timedelta(seconds=1)) == []
    with storage.read() as db:
        assert db.frontier.count_waiting("herald") == 1
        assert [candidate.attempts for candidate in db.frontier.waiting("herald", LATER, 10)] == [1]


def test_the_fifth_failed_try_is_the_last(storage: Storage) -> None:
    admit(storage, URL)

    for _ in range(4):
        with storage.begin() as db:
            db.frontier.retry(URL, reason="timeout", now=NOW, not_before=NOW)
    assert waiting_urls(storage) == [URL]
    with storage.begin() as db:
        db.frontier.retry(URL, reason="timeout", now=NOW, not_before=NOW)

    assert waiting_urls(storage) == []
    with storage.read() as db:
        assert db.frontier.unseen([URL]) == set()


def test_only_what_was_seen_can_be_tried_again(storage: Storage) -> None:
    with storage.begin() as db, pytest.raises(LookupError, match=URL):
        db.frontier.retry(URL, reason="timeout", now=NOW, not_before=LATER)


def test_a_candidate_needs_a_key(storage: Storage) -> None:
    with storage.begin() as db, pytest.raises(ValueError, match="no key"):
        db.frontier.admit("herald", [make_candidate(URL, key="")], NOW)


def test_what_is_passed_over_stays_seen_and_is_never_fetched(storage: Storage) -> None:
    admit(storage, URL)

    with storage.begin() as db:
        db.frontier.pass_over("herald", [make_candidate(URL), make_candidate(f"{URL}2")], reason="old", now=NOW)

    assert waiting_urls(storage) == [URL]
    assert admit(storage, f"{URL}2") == 0
