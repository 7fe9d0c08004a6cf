"""The digest as an Atom feed (RFC 4287): one entry a story and a correction, for feed readers.

The feed keeps its id from day to day, so that a reader sees one feed; a story keeps its id however often the
digest of its day is built, so that a reader shows it once.
"""

from __future__ import annotations

from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from lxml import etree

from scheduler.config import DAILY
from scheduler.digest import phrases
from scheduler.digest.model import Correction, Digest
from scheduler.digest.render_html import TEMPLATES
from scheduler.digest.story_model import Story
from scheduler.digest.words import Words

ATOM = "http://www.w3.org/2005/Atom"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def render_atom(digest: Digest) -> bytes:
    """The feed in UTF-8, all stories in the order of the page."""
    words = Words(digest.window, digest.language)
    feed = etree.Element(f"{{{ATOM}}}feed", {XML_LANG: words.language}, nsmap={None: ATOM})
    _add(feed, "id", uuid5(NAMESPACE_URL, f"khabar:digest:{_feed_name(digest)}").urn)
    _add(feed, "title", f"{words.say('title')}: {phrases.scope(digest, words)}")
    _add(feed, "subtitle", phrases.subject(digest))
    _add(feed, "updated", _instant(digest.built_at))
    _add(_add(feed, "author"), "name", words.say("title"))
    _add(feed, "generator", words.say("title"))
    for story in digest.stories:
        _add_entry(feed, story, words)
    for correction in digest.corrections:
        _add_correction(feed, correction, words)
    document: bytes = etree.tostring(feed, xml_declaration=True, encoding="utf-8", pretty_print=True)
    return document


def _feed_name(digest: Digest) -> str:
    return digest.window.zone if digest.profile == DAILY else f"{digest.window.zone}:{digest.profile}"


def _add_correction(feed: etree._Element, correction: Correction, words: Words) -> None:
    report = correction.report
    entry = _add(feed, "entry")
    name = f"khabar:correction:{report.article_id}:{_instant(correction.seen_at)}"
    _add(entry, "id", uuid5(NAMESPACE_URL, name).urn)
    _add(entry, "title", f"{words.say('corrections')}: {report.title}", type="text")
    if report.url:
        _add(entry, "link", rel="alternate", type="text/html", href=report.url, title=report.outlet.name)
    _add(entry, "updated", _instant(correction.seen_at))
    html = TEMPLATES.get_template("correction.html.j2").render(correction=correction, words=words, phrases=phrases)
    _add(entry, "content", html, type="html")


def _add_entry(feed: etree._Element, story: Story, words: Words) -> None:
    entry = _add(feed, "entry")
    _add(entry, "id", story.key)
    title = _add(entry, "title", story.headline, type="text")
    if story.best.lang:
        title.set(XML_LANG, story.best.lang)
    for report in story.reports:
        if report.url:
            relation = "alternate" if report is story.best else "related"
            _add(entry, "link", rel=relation, type="text/html", href=report.url, title=report.outlet.name)
    _add(entry, "updated", _instant(max(report.found_at for report in story.reports)))
    if story.first.published_at:
        _add(entry, "published", _instant(story.first.published_at))
    for term in (*story.pairs, *story.topics):
        _add(entry, "category", term=term)
    html = TEMPLATES.get_template("entry.html.j2").render(story=story, words=words, phrases=phrases)
    _add(entry, "content", html, type="html")


def _add(parent: etree._Element, name: str, text: str | None = None, **attributes: str) -> etree._Element:
    element = etree.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    element.text = text
    return element


def _instant(instant: datetime) -> str:
    return instant.isoformat(timespec="seconds").replace("+00:00", "Z")
