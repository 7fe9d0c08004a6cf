from __future__ import annotations

from storage.repositories.shingles import NEWEST
from storage.session import Storage


def add(storage: Storage, **articles: list[int]) -> None:
    with storage.begin() as db:
        for name, keys in articles.items():
            db.shingles.add(int(name[1:]), keys)


def sharing(storage: Storage, *keys: int, at_least: int = 2, limit: int = 10) -> list[int]:
    with storage.read() as db:
        return db.shingles.sharing(keys, at_least=at_least, limit=limit)


def test_articles_are_found_by_the_keys_they_share_the_best_first(storage: Storage) -> None:
    add(storage, a1=[1, 2, 3], a2=[2, 3, 4], a3=[3, 9], a4=[1, 2, 3, 4])
    assert sharing(storage, 1, 2, 3, 4) == [4, 1, 2]
    assert sharing(storage, 1, 2, 3, 4, at_least=1, limit=2) == [4, 1]


def test_a_text_without_keys_shares_nothing(storage: Storage) -> None:
    add(storage, a1=[1, 2])
    assert sharing(storage) == []
    assert sharing(storage, 7, 8) == []


def test_the_largest_key_can_be_stored(storage: Storage) -> None:
    add(storage, a1=[2**32 - 1, 0])
    assert sharing(storage, 2**32 - 1, 0) == [1]


def test_keys_may_be_added_again(storage: Storage) -> None:
    add(storage, a1=[1, 2])
    add(storage, a1=[2, 3, 3])
    assert sharing(storage, 1, 2, 3, at_least=3) == [1]


def test_of_a_key_that_stands_under_everything_only_the_newest_are_looked_at(storage: Storage) -> None:
    with storage.begin() as db:
        for number in range(1, NEWEST + 2):
            db.shingles.add(number, [1])
    found = sharing(storage, 1, at_least=1, limit=NEWEST + 1)
    assert (len(found), 1 in found) == (NEWEST, False)
