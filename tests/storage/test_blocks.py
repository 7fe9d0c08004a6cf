from __future__ import annotations

from storage.repositories.blocks import FORGOTTEN_AFTER, LOST_AFTER, TIDIED_EVERY
from storage.session import Storage

ABOUT, OTHER = b"about" + bytes(11), b"other" + bytes(11)


def count(storage: Storage, *articles: dict[bytes, str], source: str = "herald", lang: str = "en") -> None:
    with storage.begin() as db:
        for blocks in articles:
            db.blocks.count(source, lang, blocks)


def found(storage: Storage, at_least: int = 1, source: str = "herald") -> list[tuple[bytes, str, int, int, int]]:
    with storage.read() as db:
        blocks = db.blocks.of(source, at_least)
    return [(block.hash, block.sample, block.times, block.articles, block.articles_since) for block in blocks]


def test_blocks_are_counted_over_the_articles_of_a_source(storage: Storage) -> None:
    count(storage, {}, {ABOUT: "About us"}, {OTHER: "Once"}, {ABOUT: "About us, again"})
    assert found(storage) == [(ABOUT, "About us", 2, 4, 3), (OTHER, "Once", 1, 4, 2)]


def test_only_blocks_that_came_so_often_are_asked_for(storage: Storage) -> None:
    count(storage, {ABOUT: "About us", OTHER: "Once"}, {ABOUT: "About us"})
    assert [block[0] for block in found(storage, at_least=2)] == [ABOUT]


def test_each_source_and_language_is_counted_by_itself(storage: Storage) -> None:
    count(storage, {ABOUT: "About us"}, {ABOUT: "About us"})
    count(storage, {ABOUT: "О нас"}, lang="ru")
    count(storage, {ABOUT: "About us"}, source="other")
    assert [block[2:4] for block in found(storage)] == [(2, 2), (1, 1)]


def test_what_came_once_is_forgotten_and_what_came_often_is_not(storage: Storage) -> None:
    count(storage, {OTHER: "Once"}, {ABOUT: "Twice"}, {ABOUT: "Twice"})
    count(storage, *([{}] * (FORGOTTEN_AFTER + TIDIED_EVERY)))
    assert [block[0] for block in found(storage)] == [ABOUT]


def test_what_has_not_come_for_long_is_forgotten_too(storage: Storage) -> None:
    count(storage, {ABOUT: "Twice"}, {ABOUT: "Twice"})
    count(storage, *([{}] * (LOST_AFTER + TIDIED_EVERY)))
    assert found(storage) == []


def test_what_was_learned_can_be_taken_over(storage: Storage) -> None:
    count(storage, {}, {ABOUT: "About us"}, {ABOUT: "About us"})
    with storage.read() as db:
        blocks = db.blocks.of("herald", 1)
    with storage.begin() as db:
        db.blocks.restore([])
        db.blocks.restore(blocks)
    with storage.read() as db:
        assert db.blocks.of("herald", 1) == blocks
