"""Titles as entry points give them: with markup, escaped once or twice, or hundreds of words long."""

from __future__ import annotations

import html
import re

from crawler.text.clean import one_line

LONGEST_TITLE = 500
_LONGEST_MARKUP = 10_000
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,500}>|<!--.{0,500}?-->", re.DOTALL)


def plain_title(markup: str | None) -> str | None:
    """`markup` on one line, without tags and escapes, cut to `LONGEST_TITLE` characters; None when nothing is left."""
    if not markup:
        return None
    text = html.unescape(markup[:_LONGEST_MARKUP])
    # Twice: many feeds escape what was already escaped.
    text = html.unescape(_TAG.sub("", text))
    return one_line(_TAG.sub("", text), limit=LONGEST_TITLE) or None
