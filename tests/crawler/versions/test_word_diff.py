from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.versions.signs import folded
from crawler.versions.word_diff import MOST_COMPARED, Change, Kind, word_diff

WORDS = st.lists(st.sampled_from(["Baku", "Astana", "12", "ferry", "«паром»", "it's", ".", "\n\n", "—"]), max_size=30)
TEXTS = st.one_of(WORDS.map(" ".join), st.text(max_size=80))


def shown(old: str, new: str) -> str:
    marks = {Kind.SAME: "{}", Kind.REMOVED: "[-{}-]", Kind.ADDED: "{{+{}+}}"}
    return "".join(marks[change.kind].format(change.text) for change in word_diff(old, new))


@pytest.mark.parametrize(
    ("old", "new", "difference"),
    [
        ("The ferry leaves.", "The ferry leaves.", "The ferry leaves."),
        ("It costs 1,350 dollars.", "It costs 1,480 dollars.", "It costs [-1,350-]{+1,480+} dollars."),
        ("Twelve people came.", "Fourteen persons came.", "[-Twelve people-]{+Fourteen persons+} came."),
        ("The port is open.", "The new port is open.", "The {+new +}port is open."),
        ("The new port is open.", "The port is open.", "The [-new -]port is open."),
        ("A.\n\nB.", "A.\n\nC came.\n\nB.", "A.\n\n{+C came.\n\n+}B."),
        (
            "It always needs dredging, and nobody pays for that.\n\nThe price stays.",
            "It always needs care.",
            "It always needs [-dredging, and nobody pays for that.\n\nThe price stays.-]{+care.+}",
        ),
        ("", "All of it.", "{+All of it.+}"),
        ("All of it.", "", "[-All of it.-]"),
        ("", "", ""),
        ("Порт открыт.", "Порт закрыт.", "Порт [-открыт-]{+закрыт+}."),
    ],
)
def test_a_difference_is_told_in_whole_words(old: str, new: str, difference: str) -> None:
    assert shown(old, new) == difference


def test_signs_that_publishers_exchange_are_no_difference() -> None:
    assert word_diff('He said "no" - twice.', "He  said «no» — twice.") == (
        Change(Kind.SAME, "He  said «no» — twice."),
    )


def test_a_paragraph_in_place_of_another_is_exchanged_whole() -> None:
    old = "One.\n\nThe ministry refused to comment on any of the reports."
    new = "One.\n\nHeavy snow has closed both roads over Shahdag since Monday."
    assert [change.kind for change in word_diff(old, new)] == [Kind.SAME, Kind.REMOVED, Kind.ADDED]


def test_a_text_made_to_take_long_is_exchanged_whole() -> None:
    words = int(MOST_COMPARED**0.5)
    old, new = "a " * words + "b", "b " + "a " * words
    assert [change.kind for change in word_diff(old, new)] == [Kind.REMOVED, Kind.ADDED]


def plain(changes: tuple[Change, ...], without: Kind) -> str:
    return "".join(folded("".join(each.text for each in changes if each.kind is not without)).split())


@given(TEXTS, TEXTS)
def test_both_texts_can_be_made_of_the_pieces(old: str, new: str) -> None:
    changes = word_diff(old, new)
    assert "".join(each.text for each in changes if each.kind is not Kind.REMOVED) == new
    assert plain(changes, Kind.ADDED) == "".join(folded(old).split())


@given(TEXTS, TEXTS)
def test_no_two_neighbours_are_of_one_kind(old: str, new: str) -> None:
    kinds = [change.kind for change in word_diff(old, new)]
    assert all(one is not other for one, other in itertools.pairwise(kinds))
    assert all(pair != (Kind.ADDED, Kind.REMOVED) for pair in itertools.pairwise(kinds))
