"""Cleaning: what goes, what stays, and that a second time changes nothing."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crawler.text.clean import clean, one_line

any_text = st.text(
    alphabet=st.one_of(
        st.characters(exclude_categories=()),
        st.sampled_from("e\u0301\u200c\u200d\u212aəЯ \n\r\t\x00\x85\ud83d\ude00\ufeff\xad\u2000\ufffeعی"),
    ),
    max_size=30,
)


@pytest.mark.parametrize(
    ("published", "kept"),
    [
        ("Bakı", "Bakı"),
        ("a\tb\nc", "a\tb\nc"),
        ("a\x00b\x1bc\x7fd\x9be", "abcde"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("a\vb\fc\x85d\u2028e\u2029f", "a\nb\nc\nd\ne\nf"),
        ("10\xa0000\u202ftonnes", "10 000 tonnes"),
        ("a\u2003b\u3000c", "a b c"),
        ("хабар\xadлар", "хабарлар"),
        ("\ufeffXəbər\u200b", "Xəbər"),
        ("fu\u0308rs\u0259t", "fürsət"),
        ("И\u0306", "Й"),
        ("\ud800a\udfffb", "ab"),
        ("\ud83d\ude00", "😀"),
        ("a\ufffeb\ufdd0c\U0001ffffd", "abcd"),
        ("\u202eevil\u202c \u200fx", "evil x"),
        ("علی\u200cاف", "علی\u200cاف"),
        ("Али\u200cев \u200cx\u200d", "Алиев x"),
        ("Баку\u200c", "Баку"),
        ("👨\u200d👩", "👨\u200d👩"),
        ("e\u200c\u0301", "é"),
    ],
)
def test_keeps_the_words_and_drops_the_rest(published: str, kept: str) -> None:
    assert clean(published) == kept


@given(any_text)
@example("\u212a\u200c\u0639")
def test_a_clean_text_stays_as_it_is(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(any_text)
def test_a_clean_text_can_be_stored_anywhere(text: str) -> None:
    result = clean(text)
    result.encode("utf-8")
    assert unicodedata.is_normalized("NFC", result)
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\xa0\xad\u2028\u2029\ud800-\udfff\ufffe\uffff]", result)


@pytest.mark.parametrize(
    ("published", "line"),
    [
        ("  Баку \n\n и\xa0Астана\t", "Баку и Астана"),
        ("", ""),
        (" \n ", ""),
        ("abcdef", "abcdef"),
        ("abcdefg", "abcde…"),
        ("abcd efg", "abcd…"),
    ],
)
def test_one_line_has_single_spaces_and_a_limit(published: str, line: str) -> None:
    assert one_line(published, limit=6 if published.startswith("abc") else None) == line
