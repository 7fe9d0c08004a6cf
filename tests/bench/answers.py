"""Whole HTTP answers as bytes, and the feeds, sitemaps and articles in them."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Iterable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape

ADJECTIVES = [
    "old",
    "new",
    "quiet",
    "northern",
    "narrow",
    "public",
    "early",
    "modest",
    "broad",
    "careful",
    "western",
    "local",
]
NOUNS = [
    "bridge",
    "market",
    "council",
    "school",
    "railway",
    "garden",
    "river",
    "library",
    "harbour",
    "museum",
    "orchard",
    "station",
    "theatre",
]
VERBS = [
    "opened",
    "repaired",
    "visited",
    "described",
    "planned",
    "measured",
    "painted",
    "closed",
    "discussed",
    "praised",
]
PLACES = ["the valley", "the lower town", "the eastern shore", "the old quarter", "the hill", "the plain"]
WHEN = ["in the morning", "after the rain", "before winter", "during the fair", "at the weekend", "for the first time"]


def reply(
    body: bytes | str, content_type: str = "text/html; charset=utf-8", status: str = "200 OK", **more: str
) -> bytes:
    """An answer with a body; header names are written with underscores: ``Retry_After="3"``."""
    data = body.encode() if isinstance(body, str) else body
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(data)}", "Connection: close"]
    if content_type:
        lines.append(f"Content-Type: {content_type}")
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in more.items()]
    return "\r\n".join([*lines, "", ""]).encode() + data


def status(line: str, **headers: str) -> bytes:
    """An answer without a body: ``status("503 Busy", Retry_After="3")``."""
    return reply(b"", "", line, **headers)


def redirect(to: str) -> bytes:
    """302 to another address."""
    return status("302 Found", Location=to)


def xml(text: str, **headers: str) -> bytes:
    """An XML document."""
    return reply(text, "application/xml; charset=utf-8", **headers)


def feed(*links: str, raw: str = "", **headers: str) -> bytes:
    """An RSS feed of `links`, each dated a little before the one above it; `raw` comes before the first."""
    now = datetime.now(UTC)
    items = (item(link, guid=link, at=now - timedelta(minutes=5 + number)) for number, link in enumerate(links))
    return rss(raw + "".join(items), **headers)


def rss(items: str, **headers: str) -> bytes:
    """An RSS feed of ready-made items."""
    return xml(f'<rss version="2.0"><channel><title>News</title>{items}</channel></rss>', **headers)


def item(link: str, *, guid: str, at: datetime | None = None, title: str = "") -> str:
    """One entry of a feed."""
    date = f"<pubDate>{format_datetime(at)}</pubDate>" if at else ""
    name = escape(title or headline(link))
    return f"<item><title>{name}</title><link>{escape(link)}</link><guid>{escape(guid)}</guid>{date}</item>"


def sitemap(links: Iterable[str]) -> str:
    """A sitemap without dates."""
    return f"<urlset>{''.join(f'<url><loc>{escape(link)}</loc></url>' for link in links)}</urlset>"


def page(seed: str, *, title: str = "") -> bytes:
    """An article of its own, as `seed` has it."""
    return reply(article(seed, title=title))


def article(seed: str, *, title: str = "") -> str:
    """The HTML of an article, always the same for one seed."""
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in _paragraphs(seed))
    name = title or headline(seed)
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{name}</title></head>'
        f"<body><article><h1>{name}</h1>{paragraphs}</article></body></html>"
    )


def tie_page(seed: str, *, title: str = "Azerbaijan and Kazakhstan sign an agreement on a ferry line") -> bytes:
    """An article about a tie between Azerbaijan and Kazakhstan."""
    opening = (
        "Azerbaijan and Kazakhstan signed an agreement on a ferry line between Baku and Aktau on Friday. "
        "President Ilham Aliyev and President Kassym-Jomart Tokayev attended the ceremony in Astana."
    )
    return reply(article(seed, title=title).replace("<p>", f"<p>{opening}</p><p>", 1))


def headline(seed: str) -> str:
    """A title of its own."""
    dice = random.Random(seed)
    return f"{dice.choice(ADJECTIVES).title()} {dice.choice(NOUNS)} {dice.choice(VERBS)} {dice.choice(WHEN)}"


def _paragraphs(seed: str) -> Iterable[str]:
    dice = random.Random(f"text of {seed}")
    for _ in range(5):
        yield " ".join(
            f"The {dice.choice(ADJECTIVES)} {dice.choice(NOUNS)} near {dice.choice(PLACES)} was {dice.choice(VERBS)} "
            f"{dice.choice(WHEN)}, and the {dice.choice(ADJECTIVES)} {dice.choice(NOUNS)} followed it."
            for _ in range(4)
        )


async def silence() -> AsyncIterator[bytes]:
    """Nothing, until the client leaves."""
    await asyncio.sleep(600)
    yield b""


async def drip(head: bytes) -> AsyncIterator[bytes]:
    """`head`, then a byte every half second for ten minutes."""
    yield head
    for _ in range(1200):
        await asyncio.sleep(0.5)
        yield b"x"


async def endless() -> AsyncIterator[bytes]:
    """A chunked page without an end."""
    yield b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
    while True:
        yield b"10000\r\n" + b"x" * 65536 + b"\r\n"
