"""The HTML of the replica web: articles and lists in each outlet's markup, and what comes instead of one.

Kinds that hold no article: ``paid`` (the shell with an offer), ``captcha``, ``thin`` (captions only),
``gone`` (404), ``lost`` (says "not found", with status 200), ``away`` (redirects to another host),
``forbidden`` (by robots.txt). ``moved`` is an article that is listed under its old address.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from html import escape

from tests.replica.addresses import Published
from tests.replica.outlets import Outlet
from tests.replica.printed_dates import print_date
from tests.replica.templates import Row, fill, load_template

RELATED_COUNT = 4
LATEST_COUNT = 12
LIST_COUNT = 25

CAPTCHA = """<!DOCTYPE html><html lang="en"><head><title>Just a moment...</title>
<meta name="robots" content="noindex,nofollow"></head><body><div class="main-wrapper">
<h1>Checking your browser</h1><p>Verify you are human by completing the action below.
This process is automatic. Your browser will redirect to your requested content shortly.</p>
<noscript><p>Enable JavaScript and cookies to continue</p></noscript>
<form id="challenge-form" action="?" method="POST"><input type="hidden" name="r" value="d41d8cd98f"></form>
<p>Ray ID: 7c0d1f2ab94e</p></div></body></html>"""

SHELL = """<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8"><title>{name}</title>
<link rel="stylesheet" href="/static/app.6f1c.css"></head><body><div id="app"></div>
<noscript>{name}: JavaScript is required.</noscript><script src="/static/app.6f1c.js"></script>
</body></html>"""


def article_page(outlet: Outlet, item: Published, others: Sequence[Published]) -> str:
    """The page of `item`; `others` fill the boxes around it, newest first."""
    values = _article_values(outlet, item)
    around = [other for other in others if other.article.key != item.article.key]
    values["related"] = [_link(outlet, other) for other in around[-RELATED_COUNT:]]
    values["latest"] = [_link(outlet, other) for other in around[:LATEST_COUNT]]
    return fill(load_template(outlet.id, "article"), values)


def print_page(outlet: Outlet, item: Published) -> str:
    """The print or AMP twin: the text and a link to the page proper."""
    values = _article_values(outlet, item)
    return (
        f'<!DOCTYPE html><html lang="{item.article.lang}"><head><meta charset="{outlet.charset}">'
        f"<title>{escape(item.article.title)}</title>"
        f'<link rel="canonical" href="{escape(item.url)}"></head><body><h1>{escape(item.article.title)}</h1>'
        f"<div>{escape(str(values['date']))}</div>{values['body_html']}<p>{escape(item.url)}</p></body></html>"
    )


def list_page(outlet: Outlet, items: Sequence[Published], *, title: str, feeds: Sequence[tuple[str, str]] = ()) -> str:
    """The home page or a section; `feeds` are media type and path of what it names for autodiscovery."""
    values: dict[str, str | Sequence[Row]] = {
        "title": title,
        "site": outlet.name,
        "lang": outlet.lang,
        "scripts_html": _scripts(outlet),
        "items": [_link(outlet, item) for item in items[:LIST_COUNT]],
        "sections": _sections(outlet),
        "feeds": [{"type": kind, "path": path} for kind, path in feeds],
    }
    return fill(load_template(outlet.id, "list"), values)


def missing_page(outlet: Outlet) -> str:
    """What a visitor gets for an address that is not there."""
    values: dict[str, str | Sequence[Row]] = {
        "title": "404",
        "site": outlet.name,
        "lang": outlet.lang,
        "scripts_html": _scripts(outlet),
        "items": [],
        "sections": _sections(outlet),
    }
    return fill(load_template(outlet.id, "list"), values)


def shell_page(outlet: Outlet) -> str:
    """The empty page of an application that only a browser with scripts could fill."""
    return SHELL.format(lang=outlet.lang, name=outlet.name)


def _article_values(outlet: Outlet, item: Published) -> dict[str, str | Sequence[Row]]:
    article = item.article
    local = item.at.astimezone(outlet.zone)
    pattern = outlet.edition_dates.get(article.lang, outlet.date)
    return {
        "title": article.title,
        "site": outlet.name,
        "lang": article.lang,
        "url": item.url,
        "date": print_date(local, pattern, article.lang) if pattern else "",
        "iso": local.isoformat(timespec="seconds"),
        "hm": f"{local:%H:%M}",
        "lead": article.paragraphs[0] if article.paragraphs else article.title,
        "section": article.section,
        "section_name": outlet.sections[article.section],
        "views": str(400 + len(article.title) * 37),
        "authors": [{"author": article.author}] if article.author else [],
        "tags": [{"tag": tag} for tag in article.tags],
        "amp": [{"href": item.amp_url}] if item.amp_url else [],
        "print": [{"href": item.print_url}] if item.print_url else [],
        "sections": _sections(outlet),
        "body_html": body_html(article.body, outlet.paragraph),
        "jsonld_html": _json_ld(outlet, item),
        "scripts_html": _scripts(outlet),
    }


def body_html(blocks: Sequence[str], paragraph: str) -> str:
    """The text as the site marks it up: in ``p``, in ``div``, or parted by ``br`` only."""
    parts = [_block(block, paragraph) for block in blocks]
    return ("<br>\n<br>\n" if paragraph == "br" else "\n").join(parts)


def _block(block: str, paragraph: str) -> str:
    lines = block.split("\n")
    if block.startswith("## "):
        return f"<h3>{escape(block[3:])}</h3>"
    if block.startswith("=> "):
        return f'<div class="inline-link"><a href="/archive/{len(block)}">{escape(block[3:])}</a></div>'
    if block.startswith("- "):
        return "<ul>" + "".join(f"<li>{escape(line[2:])}</li>" for line in lines) + "</ul>"
    if block.startswith("| "):
        rows = ("".join(f"<td>{escape(cell.strip())}</td>" for cell in line.strip("| ").split("|")) for line in lines)
        return "<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"
    text = escape(" ".join(lines), quote=False)
    return text if paragraph == "br" else f"<{paragraph}>{text}</{paragraph}>"


def _link(outlet: Outlet, item: Published) -> Row:
    local = item.at.astimezone(outlet.zone)
    lang = item.article.lang
    pattern = outlet.edition_dates.get(lang, outlet.date)
    return {
        "href": item.listed_url,
        "title": item.article.title,
        "date": print_date(local, pattern, lang) if pattern else "",
        "hm": f"{local:%H:%M}",
        "section_name": outlet.sections[item.article.section],
    }


def _sections(outlet: Outlet) -> list[Row]:
    return [
        {"href": outlet.section_path.format(section=key, lang=outlet.lang), "name": name}
        for key, name in outlet.sections.items()
    ]


def _json_ld(outlet: Outlet, item: Published) -> str:
    local = item.at.astimezone(outlet.zone)
    modified = (item.modified_at or item.at).astimezone(outlet.zone)
    facts = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": item.article.title,
        "datePublished": local.isoformat(timespec="seconds"),
        "dateModified": modified.isoformat(timespec="seconds"),
        "mainEntityOfPage": item.url,
        "articleSection": outlet.sections[item.article.section],
        "author": [{"@type": "Person", "name": item.article.author or outlet.name}],
        "publisher": {"@type": "Organization", "name": outlet.name},
    }
    text = json.dumps(facts, ensure_ascii=False).replace("<", "\\u003c")
    return f'<script type="application/ld+json">{text}</script>'


def _scripts(outlet: Outlet) -> str:
    """The ballast of a real page: configuration of counters and advertisement, about ten kilobytes."""
    slots = [
        {"slot": f"{outlet.id}-{name}-{size}", "size": size, "lazy": True, "zone": 71000 + number * 17}
        for number, name in enumerate(("top", "side", "body", "foot", "sticky", "mobile") * 4)
        for size in ("300x250", "728x90", "970x250")
    ]
    config = {"site": outlet.id, "counter": 40000000 + outlet.number, "slots": slots}
    start = "(function(w){w.dataLayer=w.dataLayer||[]})(window);"
    return f"<script>window.adsConfig={json.dumps(config)};{start}</script>"
