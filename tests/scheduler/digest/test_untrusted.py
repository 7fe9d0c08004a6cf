from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.digest.untrusted import MAX_URL, STEERING, one_line, web_link


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("two\nlines\tand  spaces", "two lines and spaces"),
        ("a\x00b\x1b[2Jc\x07", "ab[2Jc"),
        ("left \u202eright\u202c \u2066in\u2069", "left right in"),
        ("next\u0085line\u2028and\u2029more", "next line and more"),
        ("lone \ud800 surrogate", "lone surrogate"),
        ("zero\u200bwidth \ufeffmark", "zerowidth mark"),
        ("Əliyev, Тоқаев, Oʻzbekiston, می‌خواهم", "Əliyev, Тоқаев, Oʻzbekiston, می‌خواهم"),
    ],
)
def test_a_line_keeps_letters_and_loses_what_steers(text, line):
    assert one_line(text, 100) == line


def test_a_long_line_is_cut_at_a_word():
    assert one_line("Kazakhstan and Azerbaijan, together", 27) == "Kazakhstan and Azerbaijan…"


def test_a_long_word_is_cut_anyway():
    assert one_line("x" * 100, 10) == "x" * 9 + "…"


@given(text=st.text(), limit=st.integers(5, 50))
def test_no_text_makes_a_line_that_is_too_long_or_steers(text, limit):
    line = one_line(text, limit)

    assert len(line) <= limit
    assert not STEERING.search(line)
    assert len(line.splitlines()) <= 1


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://24.kg/english/1_story.html", "https://24.kg/english/1_story.html"),
        ("http://news.az/news.php?id=1&lang=az#top", "http://news.az/news.php?id=1&lang=az#top"),
        ("https://ekosular.az/en/tarixi-fürsət", "https://ekosular.az/en/tarixi-f%C3%BCrs%C9%99t"),
        ("https://ekosular.az/en/tarixi-f%C3%BCrs%C9%99t", "https://ekosular.az/en/tarixi-f%C3%BCrs%C9%99t"),
        ("https://xəbər.example/1", "https://xn--xbr-dtbb.example/1"),
        ("http://127.0.1.5:8080/a", "http://127.0.1.5:8080/a"),
        ("http://http.example/http/1", "http://http.example/http/1"),
        ('https://a.example/"><img src=x onerror=alert(1)>', None),
        ('https://a.example/"><script>', "https://a.example/%22%3E%3Cscript%3E"),
        ("https://a.example/(x)[y]`z`", "https://a.example/(x)%5By%5D%60z%60"),
        ("javascript:alert(1)", None),
        ("JaVaScRiPt:alert(1)", None),
        (" java\nscript:alert(1)", None),
        ("data:text/html,<script>alert(1)</script>", None),
        ("vbscript:x", None),
        ("//evil.example/x", None),
        ("/relative", None),
        ("", None),
        ("http://", None),
        ("http:/one-slash.example", None),
        ('http://a"onclick=alert(1).example/', None),
        ("https://bank.example@evil.example/", None),
        ("https://user:secret@evil.example/", None),
        ("https://a.example\\@evil.example/", None),
        ("http://[::1", None),
        ("http://a.example:port/", None),
        ("http://a..example/", None),
        ("https://a.example/\u202egpj.exe", None),
        ("https://a.example/\x1b[2J", None),
        ("https://a.example/" + "x" * MAX_URL, None),
    ],
)
def test_only_plain_links_to_web_pages_pass(url, link):
    assert web_link(url) == link


@given(path=st.text())
def test_a_link_is_ascii_without_quotes_brackets_or_spaces(path):
    link = web_link(f"https://a.example/{path}")

    assert link is None or (link.isascii() and not set(link) & set(' "<>\\^`{}|\n'))
