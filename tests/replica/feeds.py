"""Feeds of the replica web, in every format and with every fault that `tests.replica.outlets.Feed` names."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from email.utils import format_datetime
from xml.sax.saxutils import escape, quoteattr

from tests.replica.addresses import Published
from tests.replica.outlets import Feed, Outlet
from tests.replica.pages import body_html
from tests.replica.printed_dates import print_russian_feed_date

MEDIA_TYPES = {
    "rss": "application/rss+xml",
    "rss091": "text/xml",
    "rdf": "application/rdf+xml",
    "atom": "application/atom+xml",
    "json": "application/feed+json",
    "html": "text/html",
}
TWIN_EVERY = 3
"""Every third item of a feed with twins comes twice."""

Entry = tuple[str, Published]
"""The link, and what it leads to."""


def render_feed(feed: Feed, outlet: Outlet, items: Sequence[Published], *, asked: int) -> str:
    """The feed of `items`, newest first. `asked` counts the requests: some identifiers change with each."""
    entries = _entries(feed, items)
    if feed.format == "json":
        return _json_feed(outlet, entries)
    if feed.format == "atom":
        return _atom(feed, outlet, entries)
    if feed.format == "rdf":
        return _rdf(feed, outlet, entries)
    return _rss(feed, outlet, entries, asked=asked)


def _entries(feed: Feed, items: Sequence[Published]) -> list[Entry]:
    entries: list[Entry] = []
    for number, item in enumerate(items[: feed.depth]):
        entries.append((_tracked(feed, item.listed_url), item))
        if feed.twins and number % TWIN_EVERY == 0:
            twin = item.amp_url or item.print_url or item.url
            entries.append((twin, item))
        elif feed.twins and item.raw_url != item.url:
            entries.append((item.raw_url, item))
    return entries


def _tracked(feed: Feed, url: str) -> str:
    if not feed.tracking:
        return url
    return f"{url}{'&' if '?' in url else '?'}{feed.tracking}"


def _rss(feed: Feed, outlet: Outlet, entries: Sequence[Entry], *, asked: int) -> str:
    rows = [_rss_item(feed, outlet, link, item, asked) for link, item in entries]
    if feed.bad_first:
        rows.insert(0, "<item><title>Subscribe to our newsletter</title><link>javascript:void(0)</link></item>")
        rows.insert(1, "<item><title>Advertisement</title><link>http://[bad</link></item>")
    version = "0.91" if feed.format == "rss091" else "2.0"
    content = ' xmlns:content="http://purl.org/rss/1.0/modules/content/"' if feed.full_text else ""
    return (
        f'<?xml version="1.0" encoding="{feed.charset}"?>\n<rss version="{version}"{content}><channel>'
        f"<title>{escape(outlet.name)}</title><link>/</link><description>{escape(outlet.name)}</description>"
        f"<language>{feed.lang or outlet.lang}</language>\n" + "\n".join(rows) + "\n</channel></rss>\n"
    )


def _rss_item(feed: Feed, outlet: Outlet, link: str, item: Published, asked: int) -> str:
    guids = {
        "link": f'<guid isPermaLink="true">{escape(item.url)}</guid>',
        "same": '<guid isPermaLink="false">1</guid>',
        "none": "",
        "changing": f'<guid isPermaLink="false">{asked}-{escape(item.article.slug)}</guid>',
    }
    body = body_html(item.article.body, outlet.paragraph)
    content = f"<content:encoded><![CDATA[{body}]]></content:encoded>" if feed.full_text else ""
    summary = "" if feed.format == "rss091" else f"<description>{escape(_lead(item))}</description>"
    return (
        f"<item><title>{escape(item.article.title)}</title><link>{escape(link)}</link>{guids[feed.guid]}"
        f"{_rss_date(feed, item.at.astimezone(outlet.zone))}{summary}{content}</item>"
    )


def _rss_date(feed: Feed, moment: datetime) -> str:
    if feed.dates == "none":
        return ""
    text = print_russian_feed_date(moment) if feed.dates == "russian" else format_datetime(moment)
    return f"<pubDate>{text}</pubDate>"


def _rdf(feed: Feed, outlet: Outlet, entries: Sequence[Entry]) -> str:
    rows = [
        f"<item rdf:about={quoteattr(link)}><title>{escape(item.article.title)}</title>"
        f"<link>{escape(link)}</link><dc:date>{_iso(outlet, item.at)}</dc:date></item>"
        for link, item in entries
    ]
    listed = "".join(f"<rdf:li resource={quoteattr(link)}/>" for link, _ in entries)
    return (
        f'<?xml version="1.0" encoding="{feed.charset}"?>\n'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f'<channel rdf:about="/"><title>{escape(outlet.name)}</title><link>/</link><description/>'
        f"<items><rdf:Seq>{listed}</rdf:Seq></items></channel>\n" + "\n".join(rows) + "\n</rdf:RDF>\n"
    )


def _atom(feed: Feed, outlet: Outlet, entries: Sequence[Entry]) -> str:
    rows = [
        "<entry>"
        + (f"<id>tag:{outlet.id},{escape(item.article.slug)}</id>" if feed.guid == "link" else "")
        + f'<title type="text">{escape(item.article.title)}</title>'
        + f'<link rel="alternate" href={quoteattr(link)}/>'
        + f"<published>{_iso(outlet, item.at)}</published>"
        + f"<updated>{_iso(outlet, item.modified_at or item.at)}</updated>"
        + f'<summary type="text">{escape(_lead(item))}</summary></entry>'
        for link, item in entries
    ]
    return (
        f'<?xml version="1.0" encoding="{feed.charset}"?>\n<feed xmlns="http://www.w3.org/2005/Atom" '
        f'xml:lang="{feed.lang or outlet.lang}"><title>{escape(outlet.name)}</title>'
        f"<id>tag:{outlet.id}</id>\n" + "\n".join(rows) + "\n</feed>\n"
    )


def _json_feed(outlet: Outlet, entries: Sequence[Entry]) -> str:
    items = [
        {
            "id": item.url,
            "url": link,
            "title": item.article.title,
            "summary": _lead(item),
            "date_published": _iso(outlet, item.at),
        }
        for link, item in entries
    ]
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": outlet.name,
        "language": outlet.lang,
        "items": items,
    }
    return json.dumps(feed, ensure_ascii=False, indent=1)


def _iso(outlet: Outlet, moment: datetime) -> str:
    return moment.astimezone(outlet.zone).isoformat(timespec="seconds")


def _lead(item: Published) -> str:
    return item.article.paragraphs[0] if item.article.paragraphs else item.article.title
