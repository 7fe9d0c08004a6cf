"""Section and home pages: their links to articles."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from crawler.discovery.article_links import looks_like_article, looks_like_title
from crawler.discovery.assembly import MOST_ENTRIES, Assembly
from crawler.discovery.model import Listing
from crawler.discovery.page_links import LARGEST_PAGE, Link, PageLinks, read_links
from crawler.discovery.shape import Document, Shape, describe, look_at
from crawler.discovery.titles import plain_title
from crawler.errors import UnreadableEntryPoint
from crawler.urls import canonical, identity

Judge = Callable[[str], bool]
_CHALLENGES = ("challenge page", "captcha page", "login page")


@dataclass(slots=True)
class _Target:
    """All links of a page to one address."""

    url: str
    links: list[Link]

    @property
    def title(self) -> str | None:
        """The best of their texts: a heading, else the longest text, else a tooltip."""
        headings = (link.heading for link in self.links)
        texts = sorted((link.text for link in self.links), key=len, reverse=True)
        hints = (link.hint for link in self.links)
        return next((title for text in (*headings, *texts, *hints) if (title := plain_title(text))), None)

    @property
    def stands_like_article(self) -> bool:
        """Whether one of the links is shown as articles are: with a headline, in a heading or an ``<article>``."""
        if all(link.in_frame for link in self.links):
            return False
        shown = any(link.heading.strip() or link.in_article for link in self.links)
        return shown or any(looks_like_title(text) for link in self.links for text in (link.text, link.hint))


def read_listing(
    body: bytes, *, url: str, accepts: Judge | None, owns: Judge, content_type: str | None = None
) -> Listing:
    """The links of a page to articles of the site itself, in its order; their texts are the titles.

    `owns` tells whether an address is the source's, `accepts` whether it is of an article. Without the latter
    it is guessed from the form of the address and from how the link stands. Raises UnreadableEntryPoint when
    this is no page to read, or one that only asks for a login or a proof of humanity.
    """
    document = look_at(body, url=url, content_type=content_type, limit=LARGEST_PAGE)
    return read_page_document(document, url=url, accepts=accepts, owns=owns)


def read_page_document(document: Document, *, url: str, accepts: Judge | None, owns: Judge) -> Listing:
    """`read_listing` for a body that was looked at."""
    if document.shape not in {Shape.HTML, Shape.XML}:
        raise UnreadableEntryPoint(url, describe(document, "page"))
    found = read_links(document.text)
    assembly = Assembly(url, most=MOST_ENTRIES)
    assembly.report(*document.problems)
    if found.is_cut:
        assembly.report("too long or nested too deep, read in part")
    for target in _targets(found, url, owns):
        is_article = accepts(target.url) if accepts else looks_like_article(target.url) and target.stands_like_article
        if is_article:
            assembly.add(target.url, title=target.title)
    listing = assembly.listing("page")
    problem = "" if listing.candidates else describe(document, "page")
    if problem.endswith(_CHALLENGES):
        raise UnreadableEntryPoint(url, problem)
    return listing


def _targets(found: PageLinks, url: str, owns: Judge) -> Iterable[_Target]:
    targets: dict[str, _Target] = {identity(url): _Target(url, [])}
    for link, address in _addresses(found, url):
        if owns(address):
            targets.setdefault(identity(address), _Target(address, [])).links.append(link)
    del targets[identity(url)]
    return targets.values()


def _addresses(found: PageLinks, url: str) -> Iterator[tuple[Link, str]]:
    """Each link with its canonical address; mail, scripts and other things that are no pages are passed over."""
    base = _usable_base(found.base, url)
    for link in found.links:
        try:
            yield link, canonical(link.href, base=base)
        except ValueError:
            continue


def _usable_base(base: str, url: str) -> str:
    try:
        return canonical(base, base=url) if base else url
    except ValueError:
        return url
