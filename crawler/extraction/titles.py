"""The headline of the article, out of the five places where a page repeats it, each time a little differently."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from crawler.extraction.document import Document
from crawler.extraction.lines import folded
from crawler.text.clean import one_line
from crawler.urls import host_of

MAX_TITLE = 500
_SEPARATOR = re.compile(r"\s+(?:[|/•·»«›‹~]|::|[-–—])\s+|\s*\|\s*")
_MEDIA = re.compile(
    r"(?:[\s\-–—|/,+([]+(?:PHOTOS?|VIDEOS?|FOTOS?|FOTOLAR|VİDEO|ФОТО|ВИДЕО|ŞƏKİLLƏR|INFOGRAPHICS?|ИНФОГРАФИКА|AUDIO|АУДИО))+[)\]/\s]*$"
)
_STRAY = re.compile(r"^Ï\s+(?=\w)")
"""A letter of no alphabet of the region that a faulty font leaves before headlines."""
_ELLIPSIS = ("…", "...")
_META = ("og:title", "twitter:title", "parsely-title", "sailthru.title", "mediator_title", "dc.title", "headline")


def choose_title(document: Document, *, listed: str | None = None) -> str:
    """The headline, without the name of the site; `listed` is the title in the feed. Empty when there is none."""
    site = site_names(document)
    named = [_without_site(title, site) for title in _declared(document)]
    headings = [_without_site(heading, site) for heading in document.headings()]
    # A first-level heading that a declared title confirms is what readers see.
    for heading in headings:
        if any(_confirms(title, heading) for title in named):
            return _finished(heading)
    listed = one_line(listed or "")
    if not named and not headings and document.has_line(listed):
        return _finished(listed)
    whole = [title for title in named if not title.endswith(_ELLIPSIS)]
    title_tag = _without_site(document.title_tag(), site)
    candidates = [*whole[:1], *named[:1], *headings[:1], title_tag, listed]
    return _finished(next((title for title in candidates if title), ""))


def title_origin(document: Document, title: str) -> str:
    """The most trusted place that says so: ``json-ld``, ``meta``, ``page``, and else the ``feed``."""
    places: tuple[tuple[str, Sequence[str | None]], ...] = (
        ("json-ld", (document.linked.text("headline"), document.linked.text("name"))),
        ("meta", [value for name in _META for value in document.meta.get(name, ())]),
        ("page", (*document.headings(), document.title_tag())),
    )
    words = folded(title)
    for origin, values in places:
        if any(words in folded(_untagged(value[:MAX_TITLE])) for value in values if value):
            return origin
    return "page" if document.has_line(title) else "feed"


def title_forms(document: Document, *, listed: str | None = None) -> frozenset[str]:
    """All that the page calls its headline, folded: a line of the text that equals one repeats it."""
    titles = [*_declared(document), *document.headings(), document.title_tag(), listed or ""]
    site = site_names(document)
    forms = {folded(form) for title in titles for form in (title, _without_site(title, site), *_cut(title))}
    return frozenset(form for form in forms if form)


def site_names(document: Document) -> frozenset[str]:
    """What the site is called, folded: by itself, and by its host with and without the ending."""
    host = _host(document.url)
    declared = (
        document.first_meta("og:site_name", "application-name", "twitter:site"),
        *document.linked.texts("publisher"),
    )
    labels = host.split(".")
    names = {folded(name) for name in (host, labels[-2] if len(labels) > 1 else host, *filter(None, declared))} - {""}
    return frozenset(names | {name.replace(" ", "") for name in names})


def _host(url: str) -> str:
    try:
        return host_of(url).removeprefix("www.")
    except ValueError:
        return ""  # a page from a file


def _declared(document: Document) -> list[str]:
    titles = (
        document.linked.text("headline"),
        document.first_meta(*_META[:1]),
        document.first_meta(*_META[1:]),
        document.linked.text("name"),
    )
    return [title for raw in titles if raw and (title := one_line(_untagged(raw)[:MAX_TITLE]))]


def _confirms(title: str, heading: str) -> bool:
    """Whether both are one headline: equal, or one cut short, by the words."""
    one, other = folded(title), folded(heading)
    return bool(one) and (
        one == other or (len(one) > 25 and (other.startswith(one) or (one.startswith(other) and len(other) > 25)))
    )


def _without_site(title: str, names: frozenset[str]) -> str:
    parts = list(_SEPARATOR.finditer(title))
    while parts and _is_site(title[parts[-1].end() :], names):
        title = title[: parts.pop().start()]
    if parts and _is_site(title[: parts[0].start()], names):
        title = title[parts[0].end() :]
    return title.strip()


def _is_site(text: str, names: frozenset[str]) -> bool:
    name = folded(text)
    return name in names or name.replace(" ", "") in names


def _cut(title: str) -> Iterator[str]:
    """The title without its first and its last part: sections and sites stand there."""
    for part in _SEPARATOR.finditer(title):
        yield title[: part.start()]
        if part.start() < len(title) / 2:
            yield title[part.end() :]


def _untagged(text: str) -> str:
    return re.sub(r"<[^<>]{1,200}>", "", text) if "<" in text else text


def _finished(title: str) -> str:
    whole = _STRAY.sub("", one_line(title, limit=MAX_TITLE))
    return _MEDIA.sub("", whole).strip() or title
