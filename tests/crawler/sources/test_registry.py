from __future__ import annotations

import re
from collections import Counter
from datetime import date

import pytest

from crawler.sources import REGISTRY, Owner, Source
from tests.crawler.sources.article_urls import ARTICLES, LANGUAGES, NOT_ARTICLES

DAY = date(2026, 11, 22)

# Addresses that were probed and found dead: gone, a web page in place of a feed, or a feed without items.
DEAD = (
    "https://24.kg/rss/all",
    "https://abc.az/rss",
    "https://apa.az/en/rss",
    "https://avesta.tj/en/feed",
    "https://axar.az/rss",
    "https://cabar.asia/feed",
    "https://caliber.az/rss",
    "https://centralasia.news/feed/",
    "https://kabar.kg/rus/rss",
    "https://kapital.kz/rss",
    "https://kun.uz/en/rss",
    "https://kun.uz/ru/rss",
    "https://news.az/rss",
    "https://news.day.az/rss",
    "https://1news.az/rss",
    "https://president.uz/ru/rss",
    "https://tengrinews.kz/rss/",
    "https://turkmenportal.com/en/rss",
    "https://vlast.kz/rss",
    "https://www.inform.kz/rss/eng.xml",
    "https://www.intellinews.com/feed",
    "https://www.zakon.kz/rss",
)


def test_the_registry_holds_128_sources(registry: dict[str, Source]) -> None:
    assert len(registry) == 128


@pytest.mark.parametrize("id", ["azernews", "today-az", "ekosular", "caliber", "trend", "tdi"])
def test_the_outlets_of_the_sample_articles_are_asked(registry: dict[str, Source], id: str) -> None:
    assert registry[id].off is None


def test_every_source_has_an_entry_point(registry: dict[str, Source]) -> None:
    assert [id for id, source in registry.items() if not source.entry_points(DAY)] == []


def test_every_source_says_who_owns_it(registry: dict[str, Source]) -> None:
    assert [id for id, source in registry.items() if source.country is None] == []
    assert {source.kind for source in registry.values()} == set(Owner)


def test_only_a_worldwide_outlet_is_without_a_time_zone(registry: dict[str, Source]) -> None:
    assert [id for id, source in registry.items() if source.zone == "UTC"] == ["menafn"]


def test_no_entry_point_belongs_to_two_sources(registry: dict[str, Source]) -> None:
    uses = Counter(point.url for source in registry.values() for point in source.declared)
    assert [url for url, count in uses.items() if count > 1] == []


def test_every_source_owns_its_entry_points(registry: dict[str, Source]) -> None:
    for source in registry.values():
        assert [point.url for point in source.entry_points(DAY) if not source.owns(point.url)] == []


def test_no_source_owns_the_front_page_of_another(registry: dict[str, Source]) -> None:
    for source in registry.values():
        assert [id for id, other in registry.items() if other.owns(source.home)] == [source.id]


@pytest.mark.parametrize("url", DEAD)
def test_no_dead_entry_point_is_asked(registry: dict[str, Source], url: str) -> None:
    assert [s.id for s in registry.values() for p in s.declared if p.url.rstrip("/") == url.rstrip("/")] == []


def test_every_article_pattern_is_tried_on_addresses(registry: dict[str, Source]) -> None:
    assert {id for id, source in registry.items() if source.article} == set(ARTICLES)


@pytest.mark.parametrize(("id", "url"), [(id, url) for id, urls in ARTICLES.items() for url in urls])
def test_a_pattern_accepts_the_articles_of_its_site(registry: dict[str, Source], id: str, url: str) -> None:
    assert registry[id].accepts(url)
    assert registry[id].owns(url)


@pytest.mark.parametrize(("id", "url"), NOT_ARTICLES)
def test_a_pattern_refuses_sections_and_twins(registry: dict[str, Source], id: str, url: str) -> None:
    assert not registry[id].accepts(url)


def test_no_pattern_takes_an_entry_point_for_an_article(registry: dict[str, Source]) -> None:
    with_pattern = [source for source in registry.values() if source.article]
    assert [p.url for s in with_pattern for p in s.entry_points(DAY) if s.accepts(p.url)] == []


@pytest.mark.parametrize(("id", "url", "language"), LANGUAGES)
def test_the_address_tells_the_language(registry: dict[str, Source], id: str, url: str, language: str | None) -> None:
    assert registry[id].language_of(url) == language


@pytest.mark.parametrize(
    ("id", "identity"), [("azertag", "browser"), ("akipress", "feed"), ("tazabek", "feed"), ("trend", None)]
)
def test_the_sites_that_look_at_the_user_agent_get_what_they_want(
    registry: dict[str, Source], id: str, identity: str | None
) -> None:
    assert registry[id].user_agent == identity


def test_the_day_archives_are_filled_in(registry: dict[str, Source]) -> None:
    urls = {point.url for source in registry.values() for point in source.entry_points(date(2026, 3, 1))}
    assert {
        "https://kun.uz/sitemap/site-map-news_day_1_year_2026_month_3.xml",
        "https://kaktus.media/?lable=8&date=2026-03-01&order=time",
        "https://www.azattyk.org/central-asia/2026/3/1",
    } <= urls
    assert [url for url in urls if "{" in url] == []


def test_the_registry_is_data_alone() -> None:
    assert {file.suffix for file in REGISTRY.iterdir() if file.is_file()} == {".toml", ".py"}
    assert [file.name for file in REGISTRY.glob("*.py")] == ["__init__.py"]


BOILERPLATE = (
    ("azernews", "---"),
    ("azernews", "Follow us on Twitter @AzerNewsAz"),
    ("azernews", "Leyla Example is AzerNews’ staff journalist, follow her on Twitter: @Example"),
    ("azernews", "1 March 2026 11:00 (UTC+04:00)"),
    ("today-az", "Copyright © Today.Az"),
    ("trend", "Politics Materials 1 March 2026 08:27 (UTC +04:00)"),
    ("trend", "Read more"),
    ("trend", "Xəbər lenti"),
    ("ekosular", "Bütün hüquqlar qorunur © 2026"),
    ("ekosular", "Saytda əks olunan fikir və mülahizələr müəllifə aiddir və"),
    ("ekosular", "Azərbaycan Respublikasının Qeyri-Hökumət Təşkilatlarına"),
    ("ekosular", "Dövlət Dəstəyi Agentliyinin rəsmi mövqeyini əks etdirmir"),
    ("azertag", "Azerbaijan State News Agency - (AZERTAC)"),
    ("report-az", "Foreign policy • 1 March, 2026 • 12:13"),
    ("report-az", "Latest News"),
    ("report-az", "09:41"),
    ("news-az", "Yandex metrika counter"),
    ("news-az", "+ ↺ − 16 px"),
    ("news-az", "News.Az"),
    ("haqqin", "Подписывайтесь на наш канал в Telegram"),
    ("tdi", "Read More: Ministers meet again"),
    ("tdi", "Also Read: Ministers met before"),
    ("kazinform", "Фото: Имя Фамилия/ Kazinform"),
    ("kazinform", "Коллаж: Kazinform"),
    ("24kg", "06:48"),
    ("24kg", "USD 86.45"),
    ("vestikavkaza", "27100 просмотров"),
    ("vestikavkaza", "© Photo: Somebody"),
    ("azadliq", "XS SM MD LG"),
    ("aa", "Fotoğraf: Ad Soyad"),
)
SENTENCES = (
    "The ministers met in Baku at 09:41 and agreed to read more of each other's news.",
    "By Azernews",
    "By Trend",
    "BAKU, Azerbaijan, March 1. The president arrived on a state visit, Trend reports.",
    "Видео встречи опубликовано 1 марта, его посмотрели 27100 человек.",
    "Nazirlər Bakıda görüşüb, bütün hüquqlar qorunur deyə bildirib.",
)


@pytest.mark.parametrize(("id", "line"), BOILERPLATE)
def test_boilerplate_is_known(registry: dict[str, Source], id: str, line: str) -> None:
    assert any(re.fullmatch(pattern, line) for pattern in registry[id].rules.boilerplate)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_no_sentence_and_no_credit_of_an_agency_is_boilerplate(registry: dict[str, Source], sentence: str) -> None:
    patterns = [pattern for source in registry.values() for pattern in source.rules.boilerplate]
    assert [pattern for pattern in patterns if re.fullmatch(pattern, sentence)] == []
