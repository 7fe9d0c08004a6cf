"""Many pages in files."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from crawler.extraction.batch import Line, extract_batch, extract_line, extraction_to_json
from crawler.items import Extraction
from crawler.workers import Workers
from tests.crawler.extraction.pages import PARAGRAPHS, TITLE, json_ld, news_page


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with Workers(1, 10.0) as pool:
        yield pool


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "plain.html").write_text(news_page(), encoding="utf-8")
    (tmp_path / "packed.html.gz").write_bytes(gzip.compress(news_page().encode()))
    (tmp_path / "broken.html.gz").write_bytes(gzip.compress(news_page().encode())[:60])
    return tmp_path


def line(path: str, **more: Any) -> str:
    return json.dumps({"id": path, "url": "https://herald.az/a/1", "path": path, **more})


def test_every_line_is_answered_in_order_whatever_it_holds(workers: Workers, folder: Path) -> None:
    lines = [
        line("plain.html"),
        "no json",
        "",
        line("missing.html"),
        line("packed.html.gz"),
        "[]",
        line("broken.html.gz"),
    ]
    results = list(extract_batch(lines, workers, folder=folder))
    assert [result["refused"] for result in results] == [
        None,
        "unreadable line",
        "unreadable file",
        None,
        "unreadable line",
        "unreadable file",
    ]


@pytest.mark.parametrize("path", ["plain.html", "packed.html.gz"])
def test_plain_and_packed_pages_are_read(folder: Path, path: str) -> None:
    result = extract_line(Line(1, line(path), folder))
    assert (result["id"], result["title"], result["text"]) == (path, TITLE, "\n\n".join(PARAGRAPHS))


def test_a_failure_names_its_cause_and_keeps_the_id(folder: Path) -> None:
    result = extract_line(Line(3, line("missing.html"), folder))
    assert (result["id"], "No such file" in result["error"]) == ("missing.html", True)


def test_a_page_without_an_address_is_read_all_the_same(folder: Path) -> None:
    assert extract_line(Line(1, json.dumps({"id": 1, "path": "plain.html"}), folder))["title"] == TITLE


def test_the_zone_of_a_line_decides_on_the_day(tmp_path: Path) -> None:
    head = json_ld({"@type": "NewsArticle", "headline": TITLE, "datePublished": "2026-03-04T22:00:00Z"})
    (tmp_path / "a.html").write_text(news_page(head=head), encoding="utf-8")
    result = extract_line(Line(1, line("a.html", zone="Asia/Tashkent"), tmp_path))
    assert result["published"] == "2026-03-05T03:00:00+05:00"


def test_instants_are_written_as_rfc_3339() -> None:
    at = datetime(2026, 3, 4, 20, 0, tzinfo=UTC)
    east = Extraction(url="https://a.az/1", published_at=at, published_offset=timedelta(hours=4), modified_at=at)
    written = extraction_to_json(7, east)
    assert (written["id"], written["published"], written["modified"]) == (
        7,
        "2026-03-05T00:00:00+04:00",
        "2026-03-05T00:00:00+04:00",
    )
    assert (
        extraction_to_json(7, Extraction(url="https://a.az/1", published_at=at))["published"] == "2026-03-04T20:00:00Z"
    )
    assert extraction_to_json(7, Extraction(url="https://a.az/1"))["published"] is None
