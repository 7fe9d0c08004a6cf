"""What a retagging changes, added up as it goes: counts, and the first few articles by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from crawler.retagging import Change, Side

SHOWN = 20
"""Articles that are named."""


@dataclass(slots=True)
class RetagReport:
    """Sums over all changes so far; it grows no further with their number."""

    version: str
    """Of lexicon, weights and sides that the articles are tagged by now."""
    articles: int = 0
    changed: int = 0
    kinds: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Relevance before and after, of those whose relevance changes."""
    gained: Counter[str] = field(default_factory=Counter)
    """Pairs that articles are now about, ..."""
    lost: Counter[str] = field(default_factory=Counter)
    """... and no longer."""
    first: list[Change] = field(default_factory=list)

    def add(self, changes: Iterable[Change]) -> None:
        """Count a batch."""
        for change in changes:
            self.articles += 1
            if not change.shows:
                continue
            self.changed += 1
            before, after = change.before, change.after
            if before.relevance is not after.relevance:
                self.kinds[before.relevance, after.relevance] += 1
            self.gained.update(set(after.pairs) - set(before.pairs))
            self.lost.update(set(before.pairs) - set(after.pairs))
            if len(self.first) < SHOWN:
                self.first.append(change)

    def lines(self) -> Iterator[str]:
        """For a terminal."""
        for (before, after), count in self.kinds.most_common():
            yield f"{before} → {after}: {count}"
        for pair in sorted(self.gained | self.lost):
            yield f"{pair}: +{self.gained[pair]} -{self.lost[pair]}"
        for change in self.first:
            yield f"{change.article}  {_brief(change.before)} → {_brief(change.after)}  {change.title}"
        if self.changed > len(self.first):
            yield f"... and {self.changed - len(self.first)} more"

    def as_json(self) -> dict[str, Any]:
        """For a program."""
        return {
            "version": self.version,
            "articles": self.articles,
            "changed": self.changed,
            "relevance": [{"before": b, "after": a, "count": n} for (b, a), n in self.kinds.most_common()],
            "pairs": {p: {"gained": self.gained[p], "lost": self.lost[p]} for p in sorted(self.gained | self.lost)},
            "first": [asdict(change) for change in self.first],
        }


def _brief(side: Side) -> str:
    pairs = f" {' '.join(side.pairs)}" if side.pairs else ""
    return f"{side.relevance} {side.score:.2f}{pairs}"
