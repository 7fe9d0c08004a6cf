"""Tables that lay out a page become blocks; tables that hold data stay what they are."""

from __future__ import annotations

from lxml.html import HtmlElement, document_fromstring, tostring

from crawler.extraction.article import extract
from crawler.extraction.layout import without_layout
from tests.crawler.extraction.pages import PARAGRAPHS, fetched

TEXT = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
DATA = "<table><tr><th>Year</th><th>Tons</th></tr><tr><td>2024</td><td>1.5</td></tr></table>"


def tree(body: str) -> HtmlElement:
    return document_fromstring(f"<html><body>{body}</body></html>")


def tags(element: HtmlElement) -> list[str]:
    return [str(part.tag) for part in element.iter("table", "tr", "td", "th")]


def test_an_article_in_a_cell_keeps_its_paragraphs() -> None:
    body = f"<table><tr><td>Menu</td><td><h1>Oil by sea</h1>{TEXT}</td></tr></table>"
    page = f"<html><head><title>Oil</title></head><body>{body}</body></html>"
    assert extract(fetched(page)).text.split("\n\n") == list(PARAGRAPHS)


def test_a_cell_with_paragraphs_is_layout_without_a_headline() -> None:
    assert tags(without_layout(tree(f"<table><tbody><tr><td>{TEXT}</td></tr></tbody></table>"))) == []


def test_tables_around_it_go_too() -> None:
    inner = f"<table><tr><td>{TEXT}</td></tr></table>"
    assert tags(without_layout(tree(f"<table><tr><td>menu</td><td>{inner}</td></tr></table>"))) == []


def test_a_table_of_data_within_it_stays() -> None:
    found = without_layout(tree(f"<table><tr><td>{TEXT}{DATA}</td></tr></table>"))
    assert tags(found) == ["table", "tr", "th", "th", "tr", "td", "td"]


def test_a_page_with_a_table_of_data_only_is_not_copied() -> None:
    page = tree(TEXT + DATA)
    assert without_layout(page) is page


def test_the_page_itself_is_left_as_it_is() -> None:
    page = tree(f"<table><tr><td>{TEXT}</td></tr></table>")
    before = tostring(page)
    without_layout(page)
    assert tostring(page) == before


def test_text_between_cells_is_kept_in_order() -> None:
    found = without_layout(tree(f"<table><tr><td>first</td><td>{TEXT}</td><td>last</td></tr></table>"))
    assert "".join(found.itertext()) == "".join(("first", *PARAGRAPHS, "last"))
