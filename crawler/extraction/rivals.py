"""A second and a third opinion on where the article is, asked only when there is reason to doubt the first.

Measured on real pages: trafilatura's default is the best single extractor. Where it fails badly, resiliparse, which
costs a tenth of it and sees nearly everything, differs from it; and then one of two things tells that it is wrong:
a third extractor agrees with resiliparse, or the first and the third each see another part of the article.
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


def second_opinion(text: str, document: Document, tidy: Callable[[list[str]], list[str]]) -> Opinion:
    """Does `text` stand? `tidy` made it out of an extractor's lines."""

    def counted(lines: list[str]) -> Shingles:
        return shingles("\n".join(tidy(lines)))

    rough = rough_lines(document.markup)
    if _plainly_agrees(text, rough):
        return Opinion()
    first, whole = shingles(text), counted(rough)
    alike = likeness(first, whole)
    if alike >= DOUBT:
        return Opinion()
    readable = readable_lines(document.markup)
    third = counted(readable)
    if _is_confirmed(third, first, whole):
        return Opinion(readable, "readability: resiliparse agrees, trafilatura does not")
    if are_parts(first, third, whole):
        return Opinion(rough, "resiliparse: trafilatura and readability see two parts of it")
    fast = trafilatura_lines(document.tree, url=document.url, fast=True)
    if _is_confirmed(counted(fast), first, whole):
        return Opinion(fast, "trafilatura fast: resiliparse agrees, the default does not")
    if likeness(first, third) >= DOUBT:
        return Opinion()
    return Opinion(doubt=f"other extractors see another text ({alike:.0%} alike)")


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


def _plainly_agrees(text: str, rough: list[str]) -> bool:
    """Whether nearly every line of `text` is also in `rough`, which is not much longer: no need to count then."""
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
