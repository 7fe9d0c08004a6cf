"""Sitemaps of the replica web: the Google News kind, and an index with one child a day, gzip if so named."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from xml.sax.saxutils import escape

from tests.replica.addresses import Published
from tests.replica.outlets import Outlet, Sitemap

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
DEAD_CHILD = "/sitemaps/archive-1.xml.gz"
"""Named by every index, and not there."""


def days_of(outlet: Outlet, items: Sequence[Published]) -> list[date]:
    """The days, in the outlet's zone, that have articles: newest first."""
    return sorted({_local(outlet, item).date() for item in items}, reverse=True)


def child_path(sitemap: Sitemap, day: date) -> str:
    return sitemap.child.format(Y=f"{day:%Y}", m=f"{day:%m}", d=f"{day:%d}")


def render_index(sitemap: Sitemap, outlet: Outlet, items: Sequence[Published], *, origin: str) -> str:
    rows = [f"<sitemap><loc>{origin}{DEAD_CHILD}</loc></sitemap>"]
    rows += [
        f"<sitemap><loc>{origin}{child_path(sitemap, day)}</loc><lastmod>{day}</lastmod></sitemap>"
        for day in days_of(outlet, items)
    ]
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<sitemapindex xmlns="{NAMESPACE}">'
        + "\n".join(rows)
        + "</sitemapindex>\n"
    )


def render_day(outlet: Outlet, items: Sequence[Published], day: date) -> str:
    """The child of one day. Its first entry is broken, as one bad address must not cost the rest."""
    rows = ["<url><loc>javascript:void(0)</loc></url>"]
    rows += [
        f"<url><loc>{escape(item.listed_url)}</loc><lastmod>{day.isoformat()}</lastmod></url>"
        for item in items
        if _local(outlet, item).date() == day
    ]
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="{NAMESPACE}">' + "\n".join(rows) + "</urlset>\n"


def render_news(outlet: Outlet, items: Sequence[Published]) -> str:
    rows = [
        f"<url><loc>{escape(item.listed_url)}</loc><news:news><news:publication><news:name>{escape(outlet.name)}</news:name>"
        f"<news:language>{item.article.lang}</news:language></news:publication>"
        f"<news:publication_date>{_local(outlet, item).isoformat(timespec='seconds')}</news:publication_date>"
        f"<news:title>{escape(item.article.title)}</news:title></news:news></url>"
        for item in items
    ]
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="{NAMESPACE}" xmlns:news="{NEWS}">'
        + "\n".join(rows)
        + "</urlset>\n"
    )


def _local(outlet: Outlet, item: Published) -> datetime:
    return item.at.astimezone(outlet.zone)
