"""The digest as one HTML page, for mail clients and browsers alike.

Mail clients drop style sheets, so every style stands at its element; only what depends on the reader's screen
(dark mode, narrow windows) is left to a style sheet. Gmail cuts a message at 102 kB: a page never gets there,
the least important stories are counted instead of shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from css_inline import CSSInliner
from jinja2 import Environment, PackageLoader, StrictUndefined

from scheduler.digest import phrases
from scheduler.digest.lacking import lacking
from scheduler.digest.model import Digest, PairCount, TopicCount
from scheduler.digest.story_model import SectionKind
from scheduler.digest.words import Words

Count = PairCount | TopicCount
MAX_BYTES = 100_000
MOST_STORIES = 120
"""More never fit; a bound on what is tried."""
MOST = {
    **{"followers": 8, "numbers": 8, "planned": 10, "corrections": 10, "one_sided": 5},
    **{"passing": 6, "near_misses": 8, "ledger": 8},
}
"""Entries shown of each list; the rest is counted."""

TEMPLATES = Environment(
    loader=PackageLoader("scheduler.digest"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def render_html(digest: Digest) -> str:
    """The page, below 100 kB of UTF-8: of as many stories as fit, the most important ones."""
    kinds = list(SectionKind)
    ranked = sorted(digest.stories, key=lambda story: (kinds.index(story.kind), -story.points))
    keys = [story.key for story in ranked[:MOST_STORIES]]
    page = _page(digest, frozenset(keys))
    if _fits(page):
        return page
    fitting, too_many = 0, len(keys)
    page = _page(digest, frozenset())
    while too_many - fitting > 1:
        middle = (fitting + too_many) // 2
        attempt = _page(digest, frozenset(keys[:middle]))
        if _fits(attempt):
            fitting, page = middle, attempt
        else:
            too_many = middle
    return page


def _fits(page: str) -> bool:
    return len(page.encode()) < MAX_BYTES


def _page(digest: Digest, shown: frozenset[str]) -> str:
    words = Words(digest.window, digest.language)
    html = TEMPLATES.get_template("digest.html.j2").render(
        digest=digest,
        shown=shown,
        words=words,
        phrases=phrases,
        lacking=lacking,
        most=MOST,
        bars={"pairs": _bars(digest.glance.pairs), "topics": _bars(digest.glance.topics)},
    )
    return _inliner().inline(html)


@cache
def _inliner() -> CSSInliner:
    return CSSInliner(
        extra_css=TEMPLATES.get_template("digest.css.j2").render(),
        keep_style_tags=True,  # the sheet for dark mode and narrow windows
        resolve_css_variables=True,
        minify_css=True,
        load_remote_stylesheets=False,
    )


@dataclass(frozen=True, slots=True)
class Bar:
    """The parts of a bar in percent of the longest: up to the usual, beyond it, and what lacks of it."""

    usual: int
    beyond: int
    lacking: int

    @property
    def rest(self) -> int:
        """What is left empty."""
        return 100 - self.usual - self.beyond - self.lacking


def _bars(counts: Sequence[Count]) -> list[tuple[Count, Bar]]:
    means = [count.usual.mean if count.usual else 0.0 for count in counts]
    longest = max([1.0, *means, *(count.stories for count in counts)])
    return [
        (count, _bar(100 * count.stories / longest, 100 * mean / longest))
        for count, mean in zip(counts, means, strict=True)
    ]


def _bar(today: float, usual: float) -> Bar:
    """Without a usual all of it is usual."""
    inside = round(min(today, usual) if usual else today)
    return Bar(inside, max(0, round(today) - inside), max(0, round(usual) - round(today)))
