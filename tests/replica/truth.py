"""What a crawler should make of the replica web: the list that end-to-end tests compare with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from urllib.parse import urlsplit

from tests.replica.addresses import Published, route_of
from tests.replica.outlets import load_outlets
from tests.replica.state import State

REASONS = {
    "paid": "paid",
    "captcha": "captcha",
    "thin": "no text",
    "gone": "404",
    "lost": "not found",
    "away": "other host",
    "forbidden": "robots",
}
"""Why a page of this kind must not be stored, in our words; a crawler may have its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrueArticle:
    """What should be known of one article."""

    key: str
    """``outlet/slug``."""
    outlet: str
    source: str
    """Its id in the source registry; the same as `outlet`."""
    url: str
    """The address that the site calls the right one."""
    aliases: tuple[str, ...]
    """Other addresses of the same article: print, AMP, old, unencoded."""
    title: str
    text: str = field(repr=False)
    """Paragraphs separated by a blank line, without headings, lists, tables and links in between."""
    lang: str
    published_at: datetime
    date_known: str
    """What pages and feeds tell of it: ``minute``, ``day`` or ``none``."""
    relevance: str
    pairs: tuple[str, ...]
    side_pairs: tuple[str, ...]
    """Further pairs that it touches on: not wrong when found, not missed when not."""
    topics: tuple[str, ...]
    story: str | None
    copy_of: str | None
    kind: str
    stored: bool
    """Whether it must be stored, exactly once; otherwise it must not be."""
    reason: str | None
    """Why it must not be stored: a value of `REASONS`."""
    why: str


@dataclass(frozen=True)
class Truth:
    """All articles that are out, in the order of the outlets, newest first."""

    articles: tuple[TrueArticle, ...]

    @property
    def stored(self) -> tuple[TrueArticle, ...]:
        return tuple(article for article in self.articles if article.stored)

    @property
    def refused(self) -> tuple[TrueArticle, ...]:
        return tuple(article for article in self.articles if not article.stored)

    @property
    def relevant(self) -> tuple[TrueArticle, ...]:
        """Those that are substantively about a tie, and must be stored."""
        return tuple(article for article in self.stored if article.relevance == "substantive")

    @property
    def stories(self) -> Mapping[str, tuple[TrueArticle, ...]]:
        """Story to the articles that tell it."""
        stories: dict[str, list[TrueArticle]] = {}
        for article in self.relevant:
            if article.story:
                stories.setdefault(article.story, []).append(article)
        return {story: tuple(told) for story, told in stories.items()}

    def at(self, outlet: str) -> tuple[TrueArticle, ...]:
        return tuple(article for article in self.articles if article.outlet == outlet)

    def find(self, url: str) -> TrueArticle | None:
        """The article at an address in any form: encoded or not, with tracking or a final slash, a twin."""
        return self._by_place.get(_place(url))

    @cached_property
    def _by_place(self) -> Mapping[tuple[str, str], TrueArticle]:
        return {_place(url): article for article in self.articles for url in (article.url, *article.aliases)}


def load_truth(port: int = 80, now: datetime | None = None) -> Truth:
    """The truth on a replica as it starts on this port, with this clock; held-back articles are not in it."""
    state = State.at_start(now or datetime.now(UTC), port)
    return truth_of([item for outlet in load_outlets().values() for item in state.items(outlet)])


def truth_of(published: Sequence[Published]) -> Truth:
    """The truth on what is out now: ``truth_of(replica.published())``."""
    return Truth(tuple(_true(item) for item in published))


def _true(item: Published) -> TrueArticle:
    article = item.article
    outlet = load_outlets()[article.outlet]
    return TrueArticle(
        key=article.key,
        outlet=outlet.id,
        source=outlet.id,
        url=item.url,
        aliases=(item.raw_url, *item.twins),
        title=article.title,
        text="\n\n".join(" ".join(paragraph.split("\n")) for paragraph in article.paragraphs),
        lang=article.lang,
        published_at=item.at,
        date_known=outlet.date_known,
        relevance=article.relevance,
        pairs=article.pairs,
        side_pairs=article.side_pairs,
        topics=article.topics,
        story=article.story,
        copy_of=article.copy_of,
        kind=article.kind,
        stored=article.stored,
        reason=None if article.stored else REASONS[article.kind],
        why=article.why,
    )


def _place(url: str) -> tuple[str, str]:
    return urlsplit(url).hostname or "", route_of(url)
