"""Who wrote it: names of people only, not of agencies, sites, departments or buttons."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import islice

from lxml.html import HtmlElement

from crawler.extraction.agencies import is_agency
from crawler.extraction.blocks import lines_of
from crawler.extraction.document import Document
from crawler.extraction.lines import folded
from crawler.extraction.phrases import phrases
from crawler.extraction.titles import site_names
from crawler.text.clean import one_line
from crawler.text.month_forms import month_named

MAX_AUTHORS = 10
MAX_NAME = 60
MAX_WORDS = 6
MAX_ELEMENTS = 3000
MAX_TEXT = 300
MAX_BYLINE = 120
_EDGES = ' .,:;–—-()[]"“”«»'
_MARKED = (
    "(//*[@itemprop='author']//*[@itemprop='name']"
    " | //*[@itemprop='author'][not(.//*[@itemprop='name'])] | //a[@rel='author'])"
    "[not(ancestor::*[contains(@class, 'comment') or contains(@id, 'comment')])]"
)

_DATE = re.compile(r"\s*\b([^\W\d_]{3,14})\.?\s+\d.*$")
_SPLIT = re.compile(
    r"\s*(?:[,;/|•·\n]|&|\band\b|\bи\b|\bvə\b|\bve\b|\bund\b|\bва\b|\bva\b|\bжана\b|\bжәне\b|\bwe\b)\s*", re.IGNORECASE
)
_ADDRESS = re.compile(r"https?://\S*|www\.\S*|\S*@\S+|\(?\+?\d[\d ()-]{6,}")
_NAME = re.compile(r"[^\W\d_][\w.'’ʻʼ`-]*(?: [^\W\d_][\w.'’ʻʼ`-]*){0,5}")
_BYLINE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:author|byline|by-line|avtor|muellif|yazar|journalist|writer)(?:$|[\s_-]|__|name|s$)", re.IGNORECASE
)
_NOT_BYLINE = re.compile(
    r"comment|related|sidebar|footer|bio|description|avatar|social|share|widget|list|more|box|quote", re.IGNORECASE
)
_PRINTED = re.compile(
    r"^[-–—\s]*(?:by|автор(?:ы| статьи)?|müəllif|yazar|muallif|муаллифи?|awtor)(?:\s*[:：]\s*|\s+)(.{3,60})$",
    re.IGNORECASE,
)


_BUTTONED = re.compile(r"^(\S+(?: \S+){1,2}) read more$", re.IGNORECASE)
"""A name with the button that leads to the person's page: ``Rena Murshud Read more``."""


def read_authors(document: Document, *, ruled: Iterable[str] = ()) -> tuple[str, tuple[str, ...]]:
    """Where they were found, and the authors in the order of the page; empty when there are none.

    By the source's own ``rule``, else by JSON-LD, meta tags or the byline. `ruled` are the texts that the rule found.
    """
    site = site_names(document)
    sources: tuple[tuple[str, Callable[[], Iterable[str]]], ...] = (
        ("rule", lambda: ruled),
        ("json-ld", lambda: document.linked.texts("author") or document.linked.texts("creator")),
        ("meta", lambda: [value for name in _META for value in document.meta.get(name, ())]),
        ("page", lambda: _bylines(document)),
    )
    return next(((origin, names) for origin, read in sources if (names := _names(read(), site))), ("", ()))


def printed_authors(document: Document, lines: Iterable[str]) -> tuple[str, ...]:
    """The authors whom one of the lines names: ``By Vafa Guliyeva``, ``Автор: …``, a name and a button."""
    matches = (_PRINTED.match(line) or _BUTTONED.match(line) for line in lines)
    printed = [match[1] for match in matches if match and _looks_printed(match[1])]
    return _names(printed, site_names(document))


_META = (
    "author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "byl",
    "og:article:author", "article:author_name", "mediator_author", "citation_author", "authors",
)  # fmt: skip


def is_person(name: str, site: frozenset[str]) -> bool:
    """Whether `name` can be that of a person."""
    words = name.split()
    return (
        bool(_NAME.fullmatch(name))
        and 3 <= len(name) <= MAX_NAME
        and len(words) <= MAX_WORDS
        and not phrases("nobody").match(name)
        and not is_agency(name)
        and folded(name) not in site
        and folded(name).replace(" ", "") not in site
    )


def _names(texts: Iterable[str], site: frozenset[str]) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for text in texts:
        for part in _SPLIT.split(_ADDRESS.sub("\n", text[:MAX_TEXT])):
            name = _trimmed(one_line(part), site)
            if is_person(name, site):
                found.setdefault(folded(name), name)
    whole = [name for name in found.values() if not (name.isupper() and len(name) <= 4)]
    return tuple(whole or found.values())[:MAX_AUTHORS]


def _trimmed(text: str, site: frozenset[str]) -> str:
    """A name without the words round it: lead, button, job, date, and what the person works for."""
    name = text.strip(_EDGES)
    if lead := phrases("byline_leads").match(name):
        name = name[lead.end() :]
    if end := phrases("byline_ends").search(name):
        name = name[: end.start()]
    name = name.strip(_EDGES)
    if (date := _DATE.search(name)) and month_named(date[1]):
        name = name[: date.start()]
    words = name.split()
    if words and is_agency(words[0]):
        return ""
    while words and phrases("jobs").match(words[-1]):
        words.pop()
    for start in range(len(words) - 1, 1, -1):
        employer = " ".join(words[start:])
        if is_agency(employer) or folded(employer) in site or folded(employer).replace(" ", "") in site:
            words = words[:start]
    name = " ".join(words).strip(_EDGES)
    return name.title() if name.isupper() and len(name) > 5 else name


def _bylines(document: Document) -> list[str]:
    """Texts of the elements that call themselves a byline, the most certain kind first."""
    marked = [_byline(element) for element in document.tree.xpath(_MARKED)[:MAX_AUTHORS]]
    if any(marked):
        return [text for text in marked if text]
    for element in islice(document.tree.iter("span", "div", "p", "a", "address", "li"), MAX_ELEMENTS):
        name = element.get("class") or ""
        if _BYLINE_CLASS.search(name) and not _NOT_BYLINE.search(name) and (text := _byline(element)):
            return [text]
    return []


def _byline(element: HtmlElement) -> str:
    """Text of an element that is as short as a byline; empty for a longer one."""
    text = element.get("content") or "\n".join(lines_of(element))
    return text if len(text) <= MAX_BYLINE else ""


def _looks_printed(name: str) -> bool:
    """Whether every word but short particles is written as a name is: ``By Vafa Guliyeva``, not ``by the way``."""
    return all(word[0].isupper() or len(word) <= 3 for word in name.split() if word)
