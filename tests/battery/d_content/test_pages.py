"""D. Pages that are made to keep a parser busy, through the worker processes that a crawl uses."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Iterator

import pytest

from crawler.config import CrawlConfig
from crawler.items import Page
from crawler.understanding import Question, Sides, Understood, understand
from crawler.workers import WorkerError, Workers
from tests.battery.conftest import Figure
from tests.bench.answers import article
from tests.factories import NOW

SIDES = Sides(("AZ",), ("KZ", "KG", "UZ", "TM", "TJ"))
SECONDS = CrawlConfig().page_seconds
MEMORY_MB = 1024
ENDING = 3.0
"""Seconds for a worker to be killed and told of, on a busy machine."""


def _body(inner: str) -> str:
    return f"<!doctype html><html><head><title>A page of a test</title></head><body>{inner}</body></html>"


LARGE = {
    "paragraphs": _body("".join(f"<p>paragraph {n} of very many" for n in range(100_000))),
    "breaks": _body("".join(f"line {n}<br>" for n in range(200_000))),
    "fewerbreaks": _body("".join(f"line {n}<br>" for n in range(29_000))),
    "rows": _body("<table>" + "".join(f"<tr><td>cell {n}" for n in range(50_000)) + "</table>"),
    "links": _body("".join(f'<a href="/{n}">link {n}</a>' for n in range(100_000))),
    "linkeddata": _body(f'<script type="application/ld+json">{json.dumps(list(range(700_000)))}</script><p>x</p>'),
    "lesslinkeddata": _body('<script type="application/ld+json">' + '{"a":[' * 100_000 + "</script><p>x</p>"),
}
DEEP = {
    **{
        tag: _body(f"<{tag}>" * 10_000 + "deep down" + f"</{tag}>" * 10_000) for tag in ("div", "ul", "blockquote", "b")
    },
    "table": _body("<table><tr><td>" * 10_000 + "deep down"),
    "crossed": _body("<b><i></b></i>" * 5_000),
    "textnode": _body("x" * 20_000_000),
    "smalltextnode": _body("x y " * 490_000),
    "cdata": _body("<![CDATA[" * 20_000),
    "comments": _body("<!--" * 100_000),
    "closedcomments": _body("<!-- x -->" * 29_000),
}
WIDE = {
    "colspan": _body("<table>" + "<tr><td colspan=1000000000>cell" * 10 + "</table>"),
    "manycolspans": _body("<table>" + "".join(f"<tr><td colspan=999>cell {n}" for n in range(2000)) + "</table>"),
    "rowspan": _body("<table>" + "<tr><td rowspan=1000000000>cell" * 10 + "</table>"),
    "picture": _body(f'<p>text</p><img src="data:image/png;base64,{"A" * 5_000_000}">'),
    "smallpicture": _body(f'<p>text</p><img src="data:image/png;base64,{"A" * 1_900_000}">'),
}


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with Workers(2, SECONDS, memory_mb=MEMORY_MB) as pool:
        pool.start()
        yield pool


def ask(workers: Workers, html: str) -> tuple[Understood | WorkerError, float]:
    """What becomes of a page, and after how many seconds."""
    page = Page(url="http://herald.example/news/1", body=html.encode(), fetched_at=NOW)
    began = time.monotonic()
    try:
        result: Understood | WorkerError = asyncio.run(workers.run(understand, Question(page, SIDES, None)))
    except WorkerError as error:
        result = error
    return result, time.monotonic() - began


def check(workers: Workers, pages: dict[str, str], figure: Figure) -> None:
    """Each ends in time with a text or a reason, and a good page is read as ever after it."""
    for name, html in pages.items():
        result, seconds = ask(workers, html)
        told = result.reason if isinstance(result, WorkerError) else result.extraction.refused
        assert told or (isinstance(result, Understood) and result.extraction.text), name
        assert not isinstance(result, WorkerError) or result.reason in {"took too long", "too much memory"}, name
        figure("longest s", seconds, at_most=SECONDS + ENDING)
    good, _ = ask(workers, article("a good page"))
    assert isinstance(good, Understood)
    assert good.extraction.text


def test_035_very_many_elements(workers: Workers, figure: Figure) -> None:
    check(workers, LARGE, figure)


def test_036_very_deep_nesting_and_floods(workers: Workers, figure: Figure) -> None:
    check(workers, DEEP, figure)


def test_037_columns_without_number_and_pictures_in_the_page(workers: Workers, figure: Figure) -> None:
    check(workers, WIDE, figure)


def test_041_extraction_does_not_depend_on_what_came_before(workers: Workers) -> None:
    html = article("the page in question")
    first, _ = ask(workers, html)
    assert isinstance(first, Understood)
    seen = {first.extraction.text}
    others = [article(f"another page {number}") for number in range(1000)]
    for number, other in enumerate(others):
        ask(workers, other)
        if number % 50 == 0:
            result, _ = ask(workers, html)
            assert isinstance(result, Understood)
            seen.add(result.extraction.text)
    assert len(seen) == 1
    assert seen != {""}
