import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.ties.sentences import MAX_SENTENCE, split_sentences


def sentences(text):
    return [text[span.start : span.end] for span in split_sentences(text)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Mr. Aliyev met J. Smith of the U.S. delegation on Jan. 5.",
        "Товарооборот составил 5,3 млрд. долл. США, т.е. вырос.",
        "И. Алиев и К.-Ж. Токаев встретились в г. Астане.",
        "Turnover rose by 4.7 percent to $1.2 billion.",
        "On the map it is No. 12 of the list.",
        "В 2025 г. стороны подписали пять документов.",
    ],
)
def test_abbreviations_initials_and_decimals_end_no_sentence(sentence):
    assert sentences(sentence + " The next one.") == [sentence, "The next one."]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They met. They signed.", ["They met.", "They signed."]),
        ("«Мы рады». Он уехал.", ["«Мы рады».", "Он уехал."]),
        ('"We agree." He left.', ['"We agree."', "He left."]),
        ("Nə vaxt? Sabah!", ["Nə vaxt?", "Sabah!"]),
        ("Headline\n\nText here", ["Headline", "Text here"]),
        ("Wait... what", ["Wait... what"]),
        ("1. Japan\n2. Russia", ["1. Japan", "2. Russia"]),
        ("   ", []),
        ("", []),
    ],
)
def test_sentences_are_split_where_they_end(text, expected):
    assert sentences(text) == expected


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from(".!?…\n \u0301İı«»\"'ßБə"))))
def test_sentences_are_stretches_of_the_text_in_order(text):
    spans = split_sentences(text)
    end = 0
    for span in spans:
        assert end <= span.start < span.end
        assert text[span.start : span.end].strip() == text[span.start : span.end]
        end = span.end
    assert "".join("".join(sentences(text)).split()) == "".join(text.split())


def test_a_text_without_an_end_is_cut():
    assert max(len(sentence) for sentence in sentences("word " * 5_000)) <= MAX_SENTENCE
