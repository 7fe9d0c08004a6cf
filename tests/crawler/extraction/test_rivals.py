"""When the second opinion replaces the first."""

from __future__ import annotations

import pytest

from crawler.extraction.document import Document, parse
from crawler.extraction.lines import Evidence, article_lines, folded
from crawler.extraction.rivals import Opinion, Rivals, are_parts, readable_lines, rough_lines
from crawler.extraction.shingles import shingles
from tests.crawler.extraction.pages import PARAGRAPHS, TITLE, news_page

TEXT = "\n".join(PARAGRAPHS)
OTHER = "Quite another story, about a match of two clubs from the north."


def tidy(lines: list[str]) -> list[str]:
    return article_lines(lines, Evidence(titles=frozenset({folded(TITLE)})))


def page(html: str) -> Document:
    document = parse(html, url="https://herald.az/a/1")
    assert document is not None
    return document


def test_a_text_that_the_others_confirm_stands() -> None:
    assert Rivals(page(news_page()), tidy).opinion(TEXT) == Opinion()


def test_a_text_that_both_others_contradict_is_replaced() -> None:
    rival = Rivals(page(news_page()), tidy).opinion(OTHER)
    assert rival.lines is not None
    assert tidy(rival.lines) == list(PARAGRAPHS)
    assert rival.reason == "readability: resiliparse agrees, trafilatura does not"


def test_a_text_that_nobody_confirms_is_doubtful() -> None:
    items = "".join(f"<li>Item {number} of the list costs {number}</li>" for number in range(40))
    boxes = "".join(f"<div class='c'>{paragraph}</div>" for paragraph in PARAGRAPHS)
    html = f"<html><body><main>{boxes}<ul>{items}</ul></main></body></html>"
    opinion = Rivals(page(html), tidy).opinion(PARAGRAPHS[0])
    assert opinion.lines is None
    assert opinion.doubt.startswith("other extractors see another text (")


@pytest.mark.parametrize(("text", "is_confirmed"), [(TEXT, True), (OTHER, False), (PARAGRAPHS[0], False)])
def test_a_text_is_plainly_confirmed_when_the_rough_one_has_its_lines_and_few_others(
    text: str, is_confirmed: bool
) -> None:
    assert Rivals(page(news_page()), tidy).plainly_confirm(text) is is_confirmed


def test_pages_that_break_readability_have_no_readable_lines() -> None:
    assert readable_lines("<html>\0<body></body></html>") == []


def test_rough_lines_hold_the_paragraphs() -> None:
    assert set(PARAGRAPHS) <= {" ".join(line.split()) for line in rough_lines(news_page())}


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("a b c d e f g", "h i j k l m n", True),
        ("a b c d e f g", "h i j", False),
        ("a b c d e f g", "a b c d e f g", False),
        ("a b c d e f g", "o p q r s t u", False),
        ("", "a b c d e f g", False),
    ],
)
def test_two_texts_are_parts_of_a_third_when_they_share_nothing_and_leave_nothing(
    one: str, other: str, expected: bool
) -> None:
    whole = shingles("a b c d e f g") + shingles("h i j k l m n")
    assert are_parts(shingles(one), shingles(other), whole) is expected
