"""Made-up outlets: each article a page of 40 to 120 kB with all that stands around a text on a real one."""

from __future__ import annotations

import html
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.benchmarks.prose import LANGUAGES, TIED, Prose

NETWORK = "127.0.1.0/24"
MOST_OUTLETS = 250
SECTIONS = ("politics", "economy", "society", "world", "culture", "sport", "science", "regions")


@dataclass(frozen=True, slots=True)
class Story:
    """An article as its author knows it."""

    url: str
    path: str
    title: str
    paragraphs: tuple[str, ...] = field(repr=False)
    published_at: datetime
    number: int

    @property
    def text(self) -> str:
        """What an extractor should give."""
        return "\n".join(self.paragraphs)


class Outlet:
    """The outlet with this `number`, from 1: `count` articles, ten minutes apart, until `now`."""

    def __init__(self, number: int, *, port: int, count: int, now: datetime) -> None:
        self.address = f"127.0.1.{number}"
        self.home = f"http://{self.address}:{port}"
        self.language = LANGUAGES[number % len(LANGUAGES)]
        self.name = f"Outlet {number}"
        self._seed = number
        self._prose = Prose(self.language, number)
        self._furniture = _furniture(self._prose)
        self._times = [now - timedelta(minutes=10 * place) for place in range(count)]
        self._heads = [self._head(place) for place in range(count)]
        self.paths = {path: place for place, (path, _) in enumerate(self._heads)}

    def _head(self, place: int) -> tuple[str, str]:
        prose = Prose(self.language, self._seed * 100_000 + place)
        return f"/news/{self._times[place]:%Y/%m/%d}/{prose.slug()}-{10_000 + place}.html", prose.title()

    def story(self, place: int) -> Story:
        """The article at this place, the newest first."""
        path, title = self._heads[place]
        prose = Prose(self.language, self._seed * 100_000 + place + 50_000)
        paragraphs = prose.paragraphs(prose.number(5, 22), is_tied=place % TIED == 0)
        return Story(self.home + path, path, title, tuple(paragraphs), self._times[place], place)

    def page(self, place: int) -> bytes:
        """The page of that article."""
        story, before, after = self.story(place), self._furniture.before, self._furniture.after
        body = "".join(f"<p>{html.escape(text)}</p>\n" for text in story.paragraphs)
        related = "".join(self._teaser((place * 7 + step) % len(self._heads)) for step in range(1, 9 + place % 60))
        return (
            f"<!DOCTYPE html><html lang={self.language!r}><head>{self._meta(story)}{self._furniture.scripts}</head>"
            f"<body>{before}<main><article><h1>{html.escape(story.title)}</h1>"
            f'<div class="meta"><time datetime="{story.published_at.isoformat()}">{story.published_at:%d.%m.%Y}</time>'
            f'</div><div class="article-body">{body}</div></article><aside class="related"><ul>{related}</ul></aside>'
            f"</main>{after}</body></html>"
        ).encode()

    def fixed(self, name: str) -> bytes:
        """A file that stands at the root of the outlet."""
        made = {
            "index.html": self._front,
            "rss.xml": self._feed,
            "sitemap.xml": self._sitemap,
            "robots.txt": self._robots,
        }
        return made[name]()

    def _front(self) -> bytes:
        links = "".join(self._teaser(place) for place in range(min(100, len(self._heads))))
        return (
            f"<!DOCTYPE html><html><head><title>{self.name}</title>"
            f'<link rel="alternate" type="application/rss+xml" href="{self.home}/rss.xml"></head>'
            f"<body>{self._furniture.before}<ul>{links}</ul>{self._furniture.after}</body></html>"
        ).encode()

    def _feed(self) -> bytes:
        items = "".join(
            f"<item><title>{html.escape(title)}</title><link>{self.home}{path}</link>"
            f"<pubDate>{at:%a, %d %b %Y %H:%M:%S} +0000</pubDate></item>"
            for (path, title), at in zip(self._heads, self._times, strict=True)
        )
        channel = f"<channel><title>{self.name}</title>{items}</channel>"
        return f'<?xml version="1.0"?><rss version="2.0">{channel}</rss>'.encode()

    def _sitemap(self) -> bytes:
        urls = "".join(
            f"<url><loc>{self.home}{path}</loc><lastmod>{at.isoformat()}</lastmod></url>"
            for (path, _), at in zip(self._heads, self._times, strict=True)
        )
        return (
            f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'
        ).encode()

    def _robots(self) -> bytes:
        return f"User-agent: *\nAllow: /\nSitemap: {self.home}/sitemap.xml\n".encode()

    def _teaser(self, place: int) -> str:
        path, title = self._heads[place]
        return (
            f'<li class="card card--small"><a class="card__link" href="{path}"><img data-src="/{place}.jpg" '
            f'alt=""><span class="card__title">{html.escape(title)}</span></a>'
            f'<span class="card__time">{self._times[place]:%H:%M}</span></li>'
        )

    def _meta(self, story: Story) -> str:
        title = html.escape(story.title)
        linked = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": story.title,
            "datePublished": story.published_at.isoformat(),
            "author": {"@type": "Person", "name": "Aysel Karimova"},
            "publisher": {"@type": "NewsMediaOrganization", "name": self.name},
            "mainEntityOfPage": story.url,
        }
        return (
            f"<meta charset='utf-8'><title>{title} | {self.name}</title><link rel='canonical' href='{story.url}'>"
            f"<meta property='og:title' content='{title}'><meta property='og:type' content='article'>"
            f"<meta property='og:site_name' content='{self.name}'>"
            f"<meta property='article:published_time' content='{story.published_at.isoformat()}'>"
            f"<meta name='description' content='{html.escape(story.paragraphs[0][:150], quote=True)}'>"
            f'<script type="application/ld+json">{json.dumps(linked, ensure_ascii=False)}</script>'
        )


@dataclass(frozen=True, slots=True)
class _Furniture:
    """What all pages of an outlet share."""

    scripts: str
    before: str
    after: str


def _furniture(prose: Prose) -> _Furniture:
    menu = "".join(
        f'<li class="menu__item"><a href="/{section}/">{prose.title()}</a><ul class="menu__sub">'
        + "".join(f'<li><a href="/{section}/{step}/">{prose.title()}</a></li>' for step in range(8))
        + "</ul></li>"
        for section in SECTIONS
    )
    filler = "".join(
        f'window.dataLayer.push({{"key{step}":"{prose.slug()}"}});' for step in range(prose.number(100, 550))
    )
    styles = "".join(
        f".c-{prose.slug()}{{margin:{step}px;padding:0 {step}px}}" for step in range(prose.number(60, 150))
    )
    foot = "".join(f'<li><a href="/about/{step}">{prose.title()}</a></li>' for step in range(30))
    return _Furniture(
        scripts=f"<style>{styles}</style><script>window.dataLayer=[];{filler}</script>",
        before=f'<header><nav class="menu"><ul>{menu}</ul></nav></header>',
        after=f"<footer><ul>{foot}</ul><p>© 2026</p></footer><script>{filler[: len(filler) // 2]}</script>",
    )


def write_site(folder: Path, *, outlets: int, articles: int, port: int) -> list[Outlet]:
    """Write what the outlets publish, as files under their addresses, and what is to be found as ``truth.jsonl``."""
    now = datetime.now(UTC).replace(second=0, microsecond=0)
    made = [Outlet(number, port=port, count=articles, now=now) for number in range(1, outlets + 1)]
    with (folder / "truth.jsonl").open("w", encoding="utf-8") as truth:
        for outlet in made:
            place = folder / "site" / outlet.address
            for path, number in outlet.paths.items():
                story = outlet.story(number)
                _write(place / path[1:], outlet.page(number))
                truth.write(json.dumps({"url": story.url, "title": story.title, "text": story.text}) + "\n")
            for name in ("index.html", "rss.xml", "sitemap.xml", "robots.txt"):
                _write(place / name, outlet.fixed(name))
    return made


def _write(path: Path, body: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body)
