from __future__ import annotations

from crawler.versions.word_diff import Change, Kind
from scheduler.versions import AROUND, LEFT_OUT, shortened

LONG = "x" * 1000


def test_of_what_has_stayed_only_what_stands_next_to_a_change_is_shown() -> None:
    changes = (Change(Kind.SAME, LONG), Change(Kind.ADDED, "y"), Change(Kind.SAME, LONG), Change(Kind.REMOVED, "z"))
    near = "x" * AROUND
    assert [change.text for change in shortened(changes)] == [LEFT_OUT + near, "y", near + LEFT_OUT + near, "z"]


def test_what_was_changed_is_shown_whole() -> None:
    changes = (Change(Kind.ADDED, LONG),)
    assert shortened(changes) == changes


def test_short_pieces_are_shown_whole() -> None:
    changes = (Change(Kind.SAME, "It carries "), Change(Kind.ADDED, "wagons"), Change(Kind.SAME, " to Alat."))
    assert shortened(changes) == changes
