"""Durations of the command line."""

from __future__ import annotations

from datetime import timedelta

import pytest

from crawler.durations import parse_duration


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("30m", timedelta(minutes=30)),
        ("48h", timedelta(days=2)),
        (" 7D ", timedelta(days=7)),
        ("2w", timedelta(days=14)),
        ("36525d", timedelta(days=36525)),
    ],
)
def test_a_number_and_a_unit(text: str, duration: timedelta) -> None:
    assert parse_duration(text) == duration


@pytest.mark.parametrize("text", ["", "7", "d", "-7d", "1.5h", "7 days", "3y", "36526d", "999999w", "9" * 5000 + "s"])
def test_anything_else_is_an_error(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not a duration|is longer than"):
        parse_duration(text)
