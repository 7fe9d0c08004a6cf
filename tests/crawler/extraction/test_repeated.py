"""Lines that a source prints under many of its articles."""

from __future__ import annotations

import pytest

from crawler.extraction.article import extract
from crawler.extraction.repeated import block_hash, ends_of, is_repeated, without_repeated
from tests.crawler.extraction.pages import PARAGRAPHS, TITLE, fetched, news_page

ABOUT = "The Herald has been printed in Baku since 1919 and belongs to the people who write it."
TEXT = "\n\n".join(PARAGRAPHS)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (ABOUT, ABOUT.upper()),
        (ABOUT, ABOUT.replace("1919", "1920")),
        ("Read 1204 times", "read 7 times."),
        ("«Herald»: all rights reserved", "Herald - all rights reserved"),
    ],
)
def test_lines_that_differ_in_numbers_and_signs_are_one(one: str, other: str) -> None:
    assert block_hash(one) == block_hash(other)


def test_lines_of_other_words_are_not_one() -> None:
    assert block_hash("The port of Alat") != block_hash("The port of Kuryk")


@pytest.mark.parametrize(
    ("times", "articles", "since", "is_one"),
    [
        (20, 20, 20, True),
        (8, 20, 20, True),
        (7, 20, 20, False),  # a line that came a few times says nothing
        (19, 19, 19, False),  # nor does a source of which we have seen little
        (30, 100, 100, True),
        (29, 100, 100, False),  # the history of a pipeline stands under many articles, but not under so many
        (10, 500, 20, True),  # new under the articles of a source that we have long known
    ],
)
def test_a_line_is_the_sources_when_it_comes_often_and_on_many(
    times: int, articles: int, since: int, is_one: bool
) -> None:
    assert is_repeated(times, articles=articles, articles_since=since) is is_one


def test_a_repeated_line_is_dropped_from_the_text_and_told() -> None:
    page = news_page(paragraphs=(*PARAGRAPHS, ABOUT))
    extraction = extract(fetched(page, repeated=frozenset({block_hash(ABOUT)})))
    assert (extraction.text, extraction.repeated) == (TEXT, (ABOUT,))


def test_what_is_not_known_to_be_repeated_stays() -> None:
    extraction = extract(fetched(news_page(paragraphs=(*PARAGRAPHS, ABOUT))))
    assert (extraction.text, extraction.repeated) == (f"{TEXT}\n\n{ABOUT}", ())


def test_a_title_is_never_dropped() -> None:
    assert extract(fetched(news_page(), repeated=frozenset({block_hash(TITLE)}))).title == TITLE


def test_a_standfirst_that_is_the_same_on_all_pages_is_dropped() -> None:
    head = f'<meta name="description" content="{ABOUT}">'
    assert extract(fetched(news_page(head=head))).standfirst == ABOUT
    known = extract(fetched(news_page(head=head), repeated=frozenset({block_hash(ABOUT)})))
    assert (known.standfirst, known.repeated) == ("", (ABOUT,))


def test_a_text_of_which_most_is_repeated_is_a_form_and_stays() -> None:
    lines = ("Dollar 1.7", "Euro 1.9", "Tenge 0.003", "The bank set the courses of the day.")
    known = frozenset(block_hash(line) for line in lines[:3] + lines[3:])
    assert without_repeated(lines, known) == (lines, ())


def test_the_same_page_gives_the_same_text_with_the_same_knowledge() -> None:
    page = fetched(news_page(paragraphs=(*PARAGRAPHS, ABOUT)), repeated=frozenset({block_hash(ABOUT)}))
    assert extract(page) == extract(page)


def test_repetition_is_looked_for_at_the_ends_of_a_text() -> None:
    lines = [f"Line {'abcdefghijklmnopqrst'[number]}" for number in range(20)]
    assert ends_of(lines) == [*lines[:4], *lines[-8:]]
    assert ends_of(["Once", "Once", "—", "x" * 1001]) == ["Once"]
