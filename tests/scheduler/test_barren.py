"""A source that is reached but keeps giving pages without articles needs a look."""

from __future__ import annotations

from datetime import timedelta

import pytest

from scheduler.barren import barren_sources
from storage.records import Run, SourceReport
from tests.factories import NOW, make_report

WALL = make_report(fetched=2, refused={"captcha": 2})
GOOD = make_report(fetched=2, stored=1, refused={"captcha": 1})
QUIET = make_report()


def runs(*newest_first: SourceReport) -> list[Run]:
    return [
        Run(id=100 - number, started_at=NOW - timedelta(hours=number), reports=(report,))
        for number, report in enumerate(newest_first)
    ]


@pytest.mark.parametrize(
    ("reports", "is_barren"),
    [
        ([WALL, WALL, WALL], True),
        ([QUIET, WALL, QUIET, WALL, WALL], True),
        ([WALL, WALL], False),
        ([WALL, WALL, GOOD], False),
        ([GOOD, WALL, WALL, WALL], False),
        ([WALL, WALL, WALL, GOOD], True),
        ([QUIET, QUIET, QUIET], False),
        ([], False),
    ],
)
def test_three_runs_in_a_row_whose_pages_hold_no_article(reports: list[SourceReport], is_barren: bool) -> None:
    assert list(barren_sources(runs(*reports))) == (["herald"] if is_barren else [])


def test_the_reasons_are_summed_up() -> None:
    paid = make_report(fetched=1, refused={"paid": 1})
    assert barren_sources(runs(WALL, paid, WALL)) == {"herald": "4 captcha, 1 paid in its last 3 runs"}
