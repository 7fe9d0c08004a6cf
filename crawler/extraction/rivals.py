"""A second and a third opinion on where the article is, asked only when there is reason to doubt the first.

Measured on real pages: trafilatura's default is the best single extractor. Where it fails badly, resiliparse, which
costs a tenth of it and sees nearly everything, differs from it; and then one of two things tells that it is wrong:
a third extractor agrees with resiliparse, or the first and the third each see another part of the article. Where
resiliparse plainly confirms the fast half of trafilatura, the slow half gives the same text and is not asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml.etree import LxmlError
from lxml.html import HtmlElement, fromstring
from readability import Document as ReadabilityDocument  # type: ignore[import-untyped]
from readability.readability import Unparseable  # type: ignore[import-untyped]
from resiliparse.extract.html2text import extract_plain_text
from trafilatura import bare_extraction
from trafilatura.settings import Document as TrafilaturaDocument

from crawler.extraction.blocks import lines_of
from crawler.extraction.document import Document
from crawler.extraction.layout import without_layout
from crawler.extraction.shingles import Shingles, likeness, shingles

DOUBT = 0.8
"""Likeness of the first text and resiliparse's below which others are asked."""
AGREEMENT = 0.85
"""Likeness of another text to resiliparse's from which it confirms it."""
REFUTED = 0.7
"""Likeness of the first text to a confirmed one below which it is given up."""
APART, WITHIN, COVERED = 0.2, 0.95, 0.9
"""Two texts are parts of a third: hardly alike, nearly wholly within it, and together nearly all of it."""
SHARED, LONGER = 0.9, 1.3

_CONTROLS = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Opinion:
    """What others say of a text: the raw `lines` to take instead, with the `reason`; or only a `doubt`."""

    lines: list[str] | None = field(default=None, repr=False)
    reason: str = ""
    doubt: str = ""


class Rivals:
    """What others than trafilatura's default make of `document`. `tidy` makes a text out of an extractor's lines."""

    def __init__(self, document: Document, tidy: Callable[[list[str]], list[str]]) -> None:
        self._document, self._tidy = document, tidy
        self._rough = rough_lines(document.markup)
        self.fast = trafilatura_lines(without_layout(document.tree), url=document.url, fast=True)
        """trafilatura without its own second opinions: half the time, and mostly the same text."""

    def plainly_confirm(self, text: str) -> bool:
        """Whether nearly every line of `text` is also in the rough text, which is not much longer.

        Then nothing more needs to be asked: of 323 pages, 181 of them real ones, 80 were left for the default, and all
        had the same text as when it was asked for each.
        """
        whole = "\n".join(" ".join(line.split()) for line in self._rough)
        shared = sum(len(line) for line in text.split("\n") if line in whole)
        return shared >= SHARED * len(text) and len(whole) <= LONGER * len(text)

    def opinion(self, text: str) -> Opinion:
        """Does `text`, which is the default's, stand?"""
        if self.plainly_confirm(text):
            return Opinion()
        first, whole = shingles(text), self._counted(self._rough)
        alike = likeness(first, whole)
        if alike >= DOUBT:
            return Opinion()
        readable = readable_lines(self._document.markup)
        third = self._counted(readable)
        if _is_confirmed(third, first, whole):
            return Opinion(readable, "readability: resiliparse agrees, trafilatura does not")
        if are_parts(first, third, whole):
            return Opinion(self._rough, "resiliparse: trafilatura and readability see two parts of it")
        if _is_confirmed(self._counted(self.fast), first, whole):
            return Opinion(self.fast, "trafilatura fast: resiliparse agrees, the default does not")
        if likeness(first, third) >= DOUBT:
            return Opinion()
        return Opinion(doubt=f"other extractors see another text ({alike:.0%} alike)")

    def _counted(self, lines: list[str]) -> Shingles:
        return shingles("\n".join(self._tidy(lines)))


def _is_confirmed(third: Shingles, first: Shingles, whole: Shingles) -> bool:
    return likeness(third, whole) >= AGREEMENT and likeness(first, third) < REFUTED


def are_parts(one: Shingles, other: Shingles, whole: Shingles) -> bool:
    """Whether two texts are different parts of a third, and together nearly all of it."""
    if not one or not other or likeness(one, other) >= APART:
        return False
    within = all((part & whole).total() >= WITHIN * part.total() for part in (one, other))
    return within and ((one | other) & whole).total() >= COVERED * whole.total()


def trafilatura_lines(tree: HtmlElement, *, url: str, fast: bool = False) -> list[str]:
    """The lines of trafilatura's balanced extraction. The tree is left as it is."""
    found = bare_extraction(tree, url=url, include_comments=False, fast=fast)
    return (found.text or "").split("\n") if isinstance(found, TrafilaturaDocument) else []


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
