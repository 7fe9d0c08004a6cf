from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.sources.dated import check_fields, fill_in, is_dated


@pytest.mark.parametrize(
    ("template", "filled_in"),
    [
        ("/{today:%Y-%m-%d}.xml", "/2026-03-01.xml"),
        ("/{today:%-d}/{today:%-m}/{today:%y}", "/1/3/26"),
        ("/{today:%Y%j}", "/2026060"),
        ("/%D0%B0?x=%d", "/%D0%B0?x=%d"),
        ("/plain", "/plain"),
    ],
)
def test_the_day_is_filled_in(template: str, filled_in: str) -> None:
    check_fields(template)
    assert fill_in(template, date(2026, 3, 1)) == filled_in


@pytest.mark.parametrize(
    "template",
    ["/{today}", "/{today:}", "/{today:now}", "/{today:%H}", "/{today:%Y", "/{yesterday:%Y}", "/{}", "/a}"],
)
def test_other_braces_are_refused(template: str) -> None:
    with pytest.raises(ValueError, match="day"):
        check_fields(template)


def test_an_address_knows_whether_it_depends_on_the_day() -> None:
    assert [is_dated(url) for url in ("/{today:%Y}", "/2026")] == [True, False]


@given(st.dates(), st.sampled_from(["%Y-%m-%d", "%d.%m.%y", "%Y/%j"]))
def test_the_parts_mean_what_they_mean_in_strftime(day: date, parts: str) -> None:
    # strftime writes years before 1000 without their zeros on some platforms.
    assert fill_in(f"{{today:{parts}}}", day) == day.strftime(parts.replace("%Y", f"{day.year:04}"))
