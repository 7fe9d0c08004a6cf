"""Which of the links that an entry point lists are worth fetching: the source's own, of its articles, not too old."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from crawler.finding import Way
from crawler.sources import Kind, Source
from crawler.urls import identity
from storage.records import Candidate

HORIZON = timedelta(days=30)
"""After the first visit, a link dated longer ago than this is somebody's archive, not news."""
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen of an entry point's links. `may_miss`: nothing it lists was known, so others may be missing."""

    candidates: tuple[Candidate, ...]
    listed: int
    problem: str = ""
    may_miss: bool = False
    passed: tuple[Candidate, ...] = ()
    """New to us and no news: to be remembered, so that no later run takes them for new."""

    def narrowed(
        self, unseen: AbstractSet[str], *, most: int, is_first: bool, changed: Mapping[str, datetime]
    ) -> Choice:
        """At the first reading of an entry point only the newest `most`, since an archive is no news.

        Later all that is dated, which is not old then, and of the undated as many: a sitemap that suddenly lists
        thousands of them lists its archive.
        """
        known = [candidate for candidate in self.candidates if candidate.key not in unseen]
        new = sorted(
            (candidate for candidate in self.candidates if candidate.key in unseen),
            key=lambda candidate: _last_date(candidate, changed) or _LONG_AGO,
            reverse=True,
        )
        dated = 0 if is_first else sum(_last_date(candidate, changed) is not None for candidate in new)
        taken = new[: dated + most]
        old = [candidate for candidate in self.passed if candidate.key in unseen] if is_first else []
        return replace(
            self,
            candidates=(*taken, *known),
            may_miss=bool(new) and not known,
            passed=(*new[dated + most :], *old),
        )


def choose(
    source: Source,
    candidates: Sequence[Candidate],
    *,
    way: Way,
    lang: str | None,
    changed: Mapping[str, datetime],
    since: datetime | None,
    now: datetime | None,
) -> Choice:
    """Each article once, with its key and language. `now` is None at the first visit, when any date is welcome.

    `changed` says of some addresses when they last changed: where no publication is told, it is no later than that.
    The article pattern is not asked of a feed: what a feed lists are articles, and a pattern may be out of date.
    """
    own = [candidate for candidate in candidates if source.owns(candidate.url)]
    if not own:
        return Choice((), 0, f"none of its {len(candidates)} links belongs to the site")
    if way.kind is not Kind.FEED:
        own = [candidate for candidate in own if source.accepts(candidate.url)]
        if not own:
            return Choice((), 0, f"none of its {len(candidates)} links looks like an article of the source")
    earliest = since or (now - HORIZON if now else _LONG_AGO)
    chosen: dict[str, Candidate] = {}
    passed: dict[str, Candidate] = {}
    for candidate in own:
        last = _last_date(candidate, changed)
        key = identity(candidate.url)
        language = source.language_of(candidate.url) or candidate.lang or lang or way.lang
        group = passed if last and last < earliest else chosen
        group.setdefault(key, replace(candidate, key=key, lang=language, via=way.url))
    old = tuple(candidate for key, candidate in passed.items() if key not in chosen)
    return Choice(tuple(chosen.values()), listed=len(own), passed=old)


def _last_date(candidate: Candidate, changed: Mapping[str, datetime]) -> datetime | None:
    return candidate.published_at or changed.get(candidate.url)
