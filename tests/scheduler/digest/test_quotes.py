from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from scheduler.digest.quotes import LEAD, MAX_QUOTE, OMISSION, mark_words, segments_of
from tests.scheduler.digest.builders import article, digest_of

SENTENCE = "Azerbaijan and Kazakhstan will build a terminal."


def marked(segments):
    return [segment.text for segment in segments if segment.marked]


def text(segments):
    return "".join(segment.text for segment in segments)


def test_names_are_marked_and_the_rest_is_not():
    segments = segments_of(SENTENCE, [(15, 25), (0, 10)])

    assert (marked(segments), text(segments)) == (["Azerbaijan", "Kazakhstan"], SENTENCE)


def test_overlapping_marks_are_one():
    assert marked(segments_of(SENTENCE, [(0, 10), (5, 14)])) == ["Azerbaijan and"]


def test_marks_outside_the_sentence_are_ignored():
    assert marked(segments_of(SENTENCE, [(-3, 4), (40, 400), (9, 9)])) == []


def test_offsets_count_code_points():
    assert marked(segments_of("🇦🇿 Әзербайжан", [(3, 13)])) == ["Әзербайжан"]


def test_a_long_sentence_is_cut_at_its_end_when_the_names_are_at_its_start():
    sentence = "Azerbaijan and Kazakhstan " + "letters " * 200

    shown = text(segments_of(sentence, [(0, 10), (15, 25)]))

    assert (shown[:10], shown[-11:]) == ("Azerbaijan", "letters " + OMISSION)
    assert len(shown) <= MAX_QUOTE + len(OMISSION) + 1


def test_a_long_sentence_is_cut_at_its_start_when_the_names_come_late():
    sentence = "word " * 200 + "Azerbaijan and Kazakhstan agreed."
    start = sentence.index("Azerbaijan")

    segments = segments_of(sentence, [(start, start + 10), (start + 15, start + 25)])

    assert marked(segments) == ["Azerbaijan", "Kazakhstan"]
    assert text(segments).startswith(OMISSION + " word ")
    assert text(segments).index("Azerbaijan") <= LEAD + len(OMISSION) + 1


@given(st.text(max_size=1000), st.lists(st.tuples(st.integers(-5, 1100), st.integers(-5, 1100)), max_size=6))
def test_no_sentence_and_no_marks_make_a_quote_that_is_too_long(sentence, marks):
    assert len(text(segments_of(sentence, marks))) <= MAX_QUOTE + 2 * (len(OMISSION) + 1)


def test_words_are_marked_where_they_stand_first():
    assert marked(mark_words("5 of 5 agreed on 50.", ["50", "absent", ""])) == ["50"]


def test_a_story_quotes_the_heaviest_sentence_of_its_text_with_its_names():
    story = digest_of(article(names=["Azerbaijan", "Kazakhstan"])).stories[0]

    assert story.quote is not None
    assert (story.quote.text, marked(story.quote.segments)) == (SENTENCE, ["Azerbaijan", "Kazakhstan"])


def test_a_headline_is_quoted_only_when_no_sentence_of_any_text_carries_the_tie():
    in_title = article("Baku visits Astana", "", quote="Baku visits Astana", story_id=5, score=0.99)
    in_text = article(story_id=5, source="almaty")

    assert digest_of(in_title, in_text).stories[0].quote.report.outlet.id == "almaty"
    assert digest_of(in_title).stories[0].quote.in_title


def test_a_story_without_any_evidence_has_no_quote():
    assert digest_of(article(quote="not in the text")).stories[0].quote is None


def test_a_sentence_that_names_both_sides_is_quoted_before_a_heavier_one_that_names_one():
    one_sided = article(story_id=5, score=0.99, names=["Azerbaijan"])
    both = article(story_id=5, source="almaty", names=["Azerbaijan", "Kazakhstan"])

    assert digest_of(one_sided, both).stories[0].quote.report.outlet.id == "almaty"
    assert digest_of(one_sided).stories[0].quote.report.outlet.id == "caspian"
