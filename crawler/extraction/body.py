"""The text of the article: found by the source's own rules or by extractors, then freed of the lines around it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from functools import lru_cache

from lxml.cssselect import CSSSelector
from lxml.html import HtmlElement

from crawler.extraction.blocks import lines_of_all
from crawler.extraction.document import Document
from crawler.extraction.layout import without_layout
from crawler.extraction.lines import Evidence, article_lines, folded
from crawler.extraction.rivals import Opinion, Rivals, readable_lines, trafilatura_lines
from crawler.items import PageRules

MIN_CHARACTERS = 60
"""Less than this is no article, and another extractor is asked."""
MIN_LINKED_BODY = 250
"""``articleBody`` in JSON-LD is believed from this length, when the page itself shows nothing."""


@dataclass(frozen=True, slots=True)
class Body:
    """The lines of the article, and how they were found."""

    lines: tuple[str, ...] = field(default=(), repr=False)
    extractor: str = ""
    raw: tuple[str, ...] = field(default=(), repr=False)
    """As the extractor gave them."""
    doubts: tuple[str, ...] = ()
    """Why it may be the wrong text."""

    @property
    def text(self) -> str:
        """Paragraphs separated by a blank line."""
        return "\n\n".join(self.lines)


def read_body(document: Document, rules: PageRules, evidence: Evidence) -> Body:
    """The article of `document`; without lines when nothing reads like one."""

    def tidy(lines: list[str]) -> list[str]:
        return article_lines(lines, evidence)

    tree = without(document.tree, rules.remove)
    if rules.body:
        ruled = lines_of_all(selected(tree, rules.body))
        if _is_enough(lines := tidy(ruled)):
            return Body(tuple(lines), "rules", tuple(ruled))
    doubts = ("the source's body rule found nothing",) if rules.body else ()
    # The rivals read the page as it came: what the source's rules remove would come back.
    rivals = None if rules.remove else Rivals(document, tidy)

    def first_of(found: list[str]) -> Body:
        lines = _with_breaks(found, document)
        return Body(tuple(tidy(lines)), "trafilatura", tuple(lines), doubts)

    if rivals:
        first = first_of(rivals.fast)
        if _is_enough(first.lines) and rivals.plainly_confirm("\n".join(first.lines)):
            return first
    first = first_of(trafilatura_lines(without_layout(tree), url=document.url))
    if not _is_enough(first.lines):
        last = _last_resort(document, tidy)
        return replace(last or first, doubts=doubts)
    opinion = rivals.opinion("\n".join(first.lines)) if rivals else Opinion()
    if opinion.lines is not None and _is_enough(lines := tidy(opinion.lines)):
        return Body(tuple(lines), opinion.reason, tuple(opinion.lines), doubts)
    return replace(first, doubts=(*doubts, opinion.doubt)) if opinion.doubt else first


def _with_breaks(lines: list[str], document: Document) -> list[str]:
    """`lines`; or those of the JSON-LD, when trafilatura took its text from there and lost the paragraphs."""
    linked = _linked_lines(document)
    if len(linked) > 1 and len(lines) == 1 and folded(lines[0]) == folded(" ".join(linked)):
        return linked
    return lines


def without(tree: HtmlElement, selectors: tuple[str, ...]) -> HtmlElement:
    """`tree` without what `selectors` match: a copy, unless there is nothing to remove."""
    if not selectors:
        return tree
    copied = deepcopy(tree)
    for element in selected(copied, selectors):
        if element.getparent() is not None:
            element.drop_tree()
    return copied


def selected(tree: HtmlElement, selectors: tuple[str, ...]) -> list[HtmlElement]:
    """The elements that any of the CSS selectors matches, by selector."""
    return [element for selector in selectors for element in _compiled(selector)(tree)]


@lru_cache(maxsize=1024)
def _compiled(selector: str) -> CSSSelector:
    return CSSSelector(selector, translator="html")


def _last_resort(document: Document, tidy: Callable[[list[str]], list[str]]) -> Body | None:
    """What others find where trafilatura finds nothing."""
    others: tuple[tuple[str, Callable[[], list[str]]], ...] = (
        ("readability: trafilatura found nothing", lambda: readable_lines(document.markup)),
        ("json-ld: the page shows no text", lambda: _linked_lines(document)),
    )
    for name, read in others:
        raw = read()
        if _is_enough(lines := tidy(raw)):
            return Body(tuple(lines), name, tuple(raw))
    return None


def _linked_lines(document: Document) -> list[str]:
    body = document.linked.text("articleBody") or ""
    return body.split("\n") if len(body) >= MIN_LINKED_BODY else []


def _is_enough(lines: Sequence[str]) -> bool:
    return sum(len(line) for line in lines) >= MIN_CHARACTERS
