"""D. Encodings that are not what they are said to be, and dates that are not those of the article."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from crawler.extraction.article import extract
from crawler.items import Extraction, Page
from scheduler.digest.window import day_window
from tests.factories import NOW

TEXTS = {
    "russian": "Азербайджан и Казахстан подписали соглашение о паромной линии между Баку и Актау, сообщил министр.",
    "kazakh": "Әзербайжан мен Қазақстан Баку мен Ақтау арасындағы паром желісі туралы келісімге қол қойды.",
    "azerbaijani": "Azərbaycan və Qazaxıstan Bakı ilə Aktau arasında bərə xətti haqqında saziş imzaladı, nazir deyib.",
}


def page_of(text: str, *, meta: str = "", date: str = "") -> str:
    paragraphs = "".join(f"<p>{text} {text[10 * n : 10 * n + 60]} {n}.</p>" for n in range(5))
    head = f'<meta charset="{meta}">' if meta else ""
    head += f"<title>{text[:40]}</title>"
    return f"<html><head>{head}</head><body><article><h1>{text[:40]}</h1>{date}{paragraphs}</article></body></html>"


def read(body: bytes, charset: str | None = None, **fields: object) -> Extraction:
    return extract(Page(url="https://herald.example/news/one", body=body, charset=charset, fetched_at=NOW, **fields))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("language", "encoding", "meta", "header"),
    [
        ("russian", "cp1251", "", None),
        ("russian", "cp1251", "", "utf-8"),
        ("russian", "utf-8", "utf-8", "iso-8859-1"),
        ("kazakh", "utf-8", "utf-8", "iso-8859-1"),
        ("azerbaijani", "utf-8", "utf-8", "iso-8859-1"),
        ("russian", "koi8-r", "koi8-r", None),
        ("russian", "koi8-r", "", None),
        ("russian", "utf-16-le", "", None),
        ("azerbaijani", "utf-16-le", "", "utf-16"),
        ("kazakh", "utf-8", "no-such-name", "x-unknown"),
        ("kazakh", "utf-8", "", None),
    ],
    ids=lambda value: str(value or "nothing").translate(str.maketrans("", "", "0123456789")),
)
def test_038_encodings(language: str, encoding: str, meta: str, header: str | None) -> None:
    text = TEXTS[language]
    found = read(page_of(text, meta=meta).encode(encoding), header)
    assert text in found.text or "encoding doubtful" in found.extractor


def test_038_text_cut_in_the_middle_of_a_letter() -> None:
    text = TEXTS["kazakh"]
    body = page_of(text, meta="utf-8").encode()
    found = read(body[: body.rindex("п".encode()) + 1])
    assert text in found.text


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("<time>2026 жылғы 5 наурыз</time>", "2026-03-05"),
        ("<footer>(c) 2019-2026 Herald</footer>", None),
        ("<aside class=related><a href=/x>Old news</a> 01.02.2020</aside>", None),
        ('<meta property="article:published_time" content="2031-01-01T00:00:00Z">', None),
        ("<time>1 January 2026</time>", None),
    ],
    ids=["kazakh", "copyright", "related", "future", "newyear"],
)
def test_040_dates_in_the_text_of_a_page(printed: str, day: str | None) -> None:
    text = TEXTS["kazakh" if "жылғы" in printed else "russian"]
    found = read(page_of(text, meta="utf-8", date=printed).encode())
    shown = found.published_at.date().isoformat() if found.published_at else None
    assert shown == day or not found.published_is_sure
    if day is None:
        assert found.published_at is None or not found.published_is_sure


def test_040_an_open_order_of_day_and_month_is_not_certain() -> None:
    found = read(page_of(TEXTS["russian"], meta="utf-8", date="<time>03/04/2026</time>").encode())
    assert not found.published_is_sure


def test_040_the_day_is_that_of_the_zone_of_the_digest() -> None:
    stamp = "2026-03-01T23:30:00-08:00"
    meta = f'<meta property="article:published_time" content="{stamp}">'
    found = read(page_of(TEXTS["russian"], meta="utf-8", date=meta).encode())
    assert found.published_at == datetime.fromisoformat(stamp)
    window = day_window(datetime(2026, 3, 2).date(), "Asia/Baku")  # noqa: DTZ001 - a day, not an instant
    assert window.start <= found.published_at < window.end
    assert window.end - window.start == timedelta(days=1)
