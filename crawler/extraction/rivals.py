"""A second and a third opinion on where the article is, asked only when there is reason to doubt the first.

Measured on real pages: trafilatura is the best single extractor, and where it fails badly the two others agree with
each other against it. resiliparse costs a tenth of it; readability costs as much, so it is asked last.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml.etree import LxmlError
from lxml.html import fromstring
from readability import Document as ReadabilityDocument
from readability.readability import Unparseable
from resiliparse.extract.html2text import extract_plain_text

from crawler.extraction.blocks import lines_of
from crawler.extraction.shingles import likeness, shingles

DOUBT = 0.8
"""Likeness of the first two texts below which the third opinion is asked."""
AGREEMENT = 0.85
"""Likeness of the two rivals from which they are believed against the first."""
REFUTED = 0.7
"""Likeness of the first text to the rivals' below which they replace it."""

SHARED = 0.9
LONGER = 1.3

_CONTROLS = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def replacement(text: str, markup: str, tidy: Callable[[list[str]], list[str]]) -> list[str] | None:
    """The raw lines to take instead of `text`; None when it stands. `tidy` made `text` out of an extractor's lines.

    They are readability's, and are taken when resiliparse confirms them and both contradict `text`.
    """
    rough = rough_lines(markup)
    if _plainly_agrees(text, rough):
        return None
    first, second = shingles(text), shingles("\n".join(tidy(rough)))
    if likeness(first, second) >= DOUBT:
        return None
    lines = readable_lines(markup)
    third = shingles("\n".join(tidy(lines)))
    if likeness(third, second) >= AGREEMENT and likeness(first, third) < REFUTED:
        return lines
    return None


def _plainly_agrees(text: str, rough: list[str]) -> bool:
    """Whether nearly every line of `text` is also among `rough`, which is not much longer: counting is then needless."""
    whole = "\n".join(" ".join(line.split()) for line in rough)
    shared = sum(len(line) for line in text.split("\n") if line in whole)
    return shared >= SHARED * len(text) and len(whole) <= LONGER * len(text)


def rough_lines(markup: str) -> list[str]:
    """The main content as resiliparse sees it: nearly complete, with much around it."""
    text: str = extract_plain_text(
        markup, main_content=True, alt_texts=False, form_fields=False, list_bullets=False, links=False
    )
    return text.split("\n")


def readable_lines(markup: str) -> list[str]:
    """The main content as readability sees it; empty when it sees none."""
    try:
        summary = ReadabilityDocument(_CONTROLS.sub("", markup)).summary(html_partial=True)
        return lines_of(fromstring(summary))
    except (Unparseable, LxmlError, ValueError):
        return []
