from __future__ import annotations

import pytest

from scheduler.digest.independence import independent_count, reporting_sides, voices_of
from scheduler.digest.outlets import Outlet, family_of
from scheduler.digest.reports import report_of
from scheduler.digest.story_model import Sides
from storage.records import Article
from tests.scheduler.digest.builders import OUTLETS, article

OTHERS = ("KZ", "KG", "UZ", "TM", "TJ")


def count(*articles: Article) -> int:
    reports = [report_of(one, OUTLETS) for one in articles]
    return independent_count(reports, voices_of(reports, {one.id: one for one in articles}, OUTLETS))


ORIGINAL = article(source="caspian", id=9001)


@pytest.mark.parametrize(
    ("articles", "independent"),
    [
        ([ORIGINAL], 1),
        ([ORIGINAL, article(source="almaty")], 2),
        ([ORIGINAL, article(source="caspian", lang="ru")], 1),
        ([ORIGINAL, article(source="almaty", copy_of=9001)], 1),
        ([ORIGINAL, article(source="almaty", copy_of=9001), article(source="dala", copy_of=9001)], 1),
        ([article(source="almaty", copy_of=77), article(source="dala", copy_of=77)], 1),
        ([article(source="almaty", agency="Interwire"), article(source="dala", agency="INTERWIRE")], 1),
        ([article(source="almaty", agency="Interwire"), article(source="dala", agency="Otherwire")], 2),
        ([article(source="baku-wire"), article(source="dala", agency="Baku-Wire")], 1),
        ([article(source="baku-wire"), article(source="baku-wire", agency="Interwire")], 1),
        ([article(source="baku-wire"), article(source="dala"), article(source="dala", agency="Baku Wire")], 2),
    ],
)
def test_copies_and_texts_of_one_agency_count_once(articles, independent):
    assert count(*articles) == independent


@pytest.mark.parametrize(
    ("sources", "pair", "sides"),
    [
        (["caspian", "almaty"], "AZ-KZ", Sides.BOTH),
        (["caspian", "world"], "AZ-KZ", Sides.HOME),
        (["dala"], "AZ-KZ", Sides.OTHER),
        (["caspian", "bishkek"], "AZ-KZ", Sides.HOME),
        (["world"], "AZ-KZ", Sides.NEITHER),
        (["caspian", "bishkek"], "AZ-C5", Sides.BOTH),
        (["tashkent"], "AZ-C5", Sides.OTHER),
        (["world"], "AZ-C5", Sides.NEITHER),
    ],
)
def test_a_side_reports_when_an_outlet_of_its_country_does(sources, pair, sides):
    reports = [report_of(article(source=source), OUTLETS) for source in sources]

    assert reporting_sides(reports, pair, OTHERS) is sides


def test_the_outlets_of_one_publisher_count_once():
    outlets = {
        name: Outlet(name, name, family=family_of(f"https://www.{name}/")) for name in ("trend.az", "day.az", "apa.az")
    }
    articles = [article(source=source) for source in outlets]
    reports = [report_of(one, outlets) for one in articles]

    assert independent_count(reports, voices_of(reports, {one.id: one for one in articles}, outlets)) == 2


@pytest.mark.parametrize(
    ("home", "family"),
    [
        ("https://www.trend.az/", "Trend"),
        ("https://en.trend.az/business", "Trend"),
        ("http://www.today.az/", "Trend"),
        ("https://rus.azattyk.org/", "RFE/RL"),
        ("https://az.sputniknews.ru/", "Sputnik"),
        ("https://www.kun.uz/", "kun.uz"),
        ("https://mfa.gov.kz/", "mfa.gov.kz"),
        ("http://127.0.1.5:8080/", "127.0.1.5"),
    ],
)
def test_a_publisher_is_known_by_the_domain_of_its_home(home, family):
    assert family_of(home) == family


def test_an_agency_is_one_voice_whether_its_own_article_is_there_or_not():
    copied = article(source="dala", agency="Baku Wire")
    alone, together = ([copied], [copied, article(source="baku-wire")])

    first, second = (
        voices_of([report_of(one, OUTLETS) for one in told], {one.id: one for one in told}, OUTLETS)
        for told in (alone, together)
    )

    assert first[copied.id] == second[copied.id] == second[together[1].id]
