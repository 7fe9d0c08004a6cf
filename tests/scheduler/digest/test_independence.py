from __future__ import annotations

import pytest

from scheduler.digest.independence import independent_count, reporting_sides
from scheduler.digest.model import Sides
from scheduler.digest.reports import report_of
from storage.records import Article
from tests.scheduler.digest.builders import OUTLETS, article

OTHERS = ("KZ", "KG", "UZ", "TM", "TJ")


def count(*articles: Article) -> int:
    return independent_count([report_of(one, OUTLETS) for one in articles], {one.id: one for one in articles})


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
