"""What is refused before a parser sees it."""

from __future__ import annotations

import pytest

from crawler.extraction.screen import MAX_ATTRIBUTES, refuse_bytes, refuse_markup

BOMBS = {
    "with quoted brackets": " ".join(f'a{n}=">"' for n in range(MAX_ATTRIBUTES * 2)),
    "without values": " ".join(f"a{n}" for n in range(MAX_ATTRIBUTES * 2)),
    "without spaces": "".join(f"a{n}=''" for n in range(MAX_ATTRIBUTES * 2)),
    "with slashes": "/".join(f"a{n}" for n in range(MAX_ATTRIBUTES * 2)),
}


@pytest.mark.parametrize("attributes", BOMBS.values(), ids=BOMBS.keys())
def test_a_tag_with_thousands_of_attributes_is_refused(attributes: str) -> None:
    assert refuse_markup(f"<html><p {attributes}>x</p></html>") == "too large"


def test_scripts_that_look_like_such_a_tag_are_not() -> None:
    script = "for(i=0;i<n.length;i++){" + "a[i]=b[i] ;" * MAX_ATTRIBUTES + "}"
    assert refuse_markup(f"<html><script>{script}</script><p>x</p></html>") is None


def test_an_open_script_does_not_hide_a_page_from_the_count() -> None:
    assert refuse_markup("<html><script>" + "<p>x" * 40_000) == "too large"


@pytest.mark.parametrize("text", ['<a "' * 5000, "<a '\"" * 5000, "<script " * 5000, "<script></style>" * 5000])
def test_hostile_quotes_and_scripts_end_in_an_answer(text: str) -> None:
    assert refuse_markup(f"<html>{text}") is None


@pytest.mark.parametrize("text", ["plain words", "[1, 2]", "<?xml version='1.0'?><feed></feed>", "<urlset></urlset>"])
def test_what_is_no_page_is_named(text: str) -> None:
    assert refuse_markup(text) == "not html"


def test_xhtml_is_a_page() -> None:
    assert refuse_markup("<?xml version='1.0'?><!DOCTYPE html><html><body>x</body></html>") is None


@pytest.mark.parametrize("body", [b"", b" \n\t "])
def test_nothing_is_empty(body: bytes) -> None:
    assert refuse_bytes(body) == "empty"
