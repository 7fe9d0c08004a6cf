"""A fetched page → what it says: bytes → text → tree → body and metadata → an `Extraction`, or why there is none."""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import replace

from crawler.extraction.agencies import find_agency
from crawler.extraction.authors import printed_authors, read_authors
from crawler.extraction.body import Body, read_body, selected
from crawler.extraction.charset import decode
from crawler.extraction.document import Document, parse, text_of
from crawler.extraction.kinds import kind_of
from crawler.extraction.lines import Evidence, folded
from crawler.extraction.links import link_lines
from crawler.extraction.metadata import read_surroundings
from crawler.extraction.published import read_dates
from crawler.extraction.quality import doubts_about, refusal
from crawler.extraction.repeated import block_hash, without_repeated
from crawler.extraction.screen import refuse_bytes, refuse_markup
from crawler.extraction.titles import choose_title, site_names, title_forms, title_origin
from crawler.items import Extraction, Page
from crawler.text.clean import one_line
from crawler.text.language import detect_language

HEAD_LINES = 4
TAIL_LINES = 4
HEAD = 700
"""Characters at the head of the raw text in which an agency names itself: filters may have dropped the dateline."""


def extract(page: Page) -> Extraction:
    """What `page` says. Pure and without side effects: the same page gives the same result whatever came before.

    It may take long, or much memory, on a page made for that: call it in `crawler.workers`.
    """
    decoded = None
    problem = refuse_bytes(page.body)
    if problem is None:
        decoded = decode(page.body, declared=page.charset)
        problem = refuse_markup(decoded.text)
    document = parse(decoded.text, url=page.url) if decoded and problem is None else None
    if document is None:
        return Extraction(url=page.url, title=page.title or "", refused=problem or "not html")
    extraction = _read(document, page)
    if decoded and not decoded.is_sure:
        return replace(extraction, doubts=(*extraction.doubts, "its encoding is a guess"))
    return extraction


def _read(document: Document, page: Page) -> Extraction:
    title = choose_title(document, listed=page.title)
    links = link_lines(document.tree, url=document.url)
    ruled = [text_of(element) for element in selected(document.tree, page.rules.author)]
    authors_from, authors = read_authors(document, ruled=ruled)
    body, repeated = _body(document, page, links, authors)
    around = read_surroundings(document, title=title, text=body.text)
    if block_hash(around.standfirst) in page.repeated:
        repeated, around = (*repeated, around.standfirst), replace(around, standfirst="")
    if not authors and (authors := printed_authors(document, _ends(body))):
        authors_from = "text"
    dates = read_dates(document, page, title=title, opening=body.text)
    found = {"title": title_origin(document, title) if title else "", "authors": authors_from}
    return Extraction(
        url=around.url,
        title=title,
        text=body.text,
        repeated=repeated,
        standfirst=around.standfirst,
        authors=authors,
        published_at=dates.published_at,
        published_from=dates.published_from,
        published_is_sure=dates.is_sure,
        published_offset=dates.offset,
        modified_at=dates.modified_at,
        lang=detect_language(body.text or title, hint=page.lang),
        section=around.section,
        tags=around.tags,
        image_url=around.image_url,
        image_caption=around.image_caption,
        kind=kind_of(document, title=title, lines=body.lines, raw=body.raw),
        site_name=around.site_name,
        agency=find_agency("\n".join(body.raw)[:HEAD]) or find_agency(body.text),
        extractor=body.extractor,
        doubts=(*body.doubts, *doubts_about(body.lines)),
        origins={name: origin for name, origin in {**found, **around.origins}.items() if origin},
        refused=refusal(document, title=title, lines=body.lines, raw=body.raw, links=links),
    )


def _body(document: Document, page: Page, links: Set[str], authors: tuple[str, ...]) -> tuple[Body, tuple[str, ...]]:
    """The article, and the lines that were dropped from it because its source prints them again and again."""
    evidence = Evidence(
        titles=title_forms(document, listed=page.title),
        names=site_names(document) | {folded(name) for name in authors},
        links=links,
        boilerplate=[re.compile(rule, re.IGNORECASE) for rule in page.rules.boilerplate],
    )
    body = read_body(document, page.rules, evidence)
    lines, repeated = without_repeated(body.lines, page.repeated)
    return replace(body, lines=lines), repeated


def _ends(body: Body) -> list[str]:
    """The first and last lines of the raw text, where a byline may be printed."""
    return [one_line(line) for line in (*body.raw[:HEAD_LINES], *body.raw[-TAIL_LINES:])]
