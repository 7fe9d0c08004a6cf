"""What the replica web holds at a moment: what is out since when, what was edited or taken down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from tests.replica.addresses import Published, place
from tests.replica.articles import load_articles
from tests.replica.outlets import Outlet, load_outlets


@dataclass(slots=True)
class State:
    """The articles of all outlets. `now` is the replica's clock; it stands until it is set."""

    now: datetime
    port: int
    published_at: dict[str, datetime] = field(default_factory=dict)
    """``outlet/slug`` to its instant; an article that is not in it is not out."""
    edited_at: dict[str, datetime] = field(default_factory=dict)
    removed: set[str] = field(default_factory=set)
    failing: dict[str, int] = field(default_factory=dict)
    """Outlet to the status it answers to everything."""
    _items: dict[str, list[Published]] = field(default_factory=dict, repr=False)
    """What was asked for since the last change."""

    @classmethod
    def at_start(cls, now: datetime, port: int) -> State:
        """Everything out but the held-back articles. Whole minutes: sites print no seconds."""
        now = now.astimezone(UTC).replace(second=0, microsecond=0)
        out = {
            key: now - timedelta(minutes=round(article.hours_ago * 60))
            for key, article in load_articles().items()
            if not article.held
        }
        failing = {outlet.id: outlet.status for outlet in load_outlets().values() if outlet.status != 200}
        return cls(now=now, port=port, published_at=out, failing=failing)

    def publish(self, key: str) -> None:
        self.published_at[_known(key)] = self.now
        self._items.clear()

    def edit(self, key: str) -> None:
        """The article gets its later title and text."""
        if not load_articles()[_known(key)].later_body:
            raise KeyError(f"{key} has no later version")
        self.edited_at[key] = self.now
        self._items.clear()

    def remove(self, key: str) -> None:
        self.removed.add(_known(key))
        self._items.clear()

    def items(self, outlet: Outlet) -> list[Published]:
        """What is out at `outlet`, newest first."""
        if outlet.id not in self._items:
            self._items[outlet.id] = self._out_at(outlet)
        return self._items[outlet.id]

    def _out_at(self, outlet: Outlet) -> list[Published]:
        placed = [self.placed(key) for key in self._keys(outlet) if key in self.published_at]
        return sorted(
            (item for item in placed if item.article.key not in self.removed),
            key=lambda item: item.at,
            reverse=True,
        )

    def placed(self, key: str) -> Published:
        """An article at its addresses; a held-back one as if it came out now."""
        article = load_articles()[_known(key)]
        outlet = load_outlets()[article.outlet]
        edited_at = self.edited_at.get(key)
        return place(
            outlet,
            article.edited() if edited_at else article,
            number=self._keys(outlet).index(key),
            at=self.published_at.get(key, self.now),
            modified_at=edited_at,
            port=self.port,
        )

    def _keys(self, outlet: Outlet) -> Sequence[str]:
        return [key for key, article in load_articles().items() if article.outlet == outlet.id]


def _known(key: str) -> str:
    if key not in load_articles():
        raise KeyError(f"{key}: the replica has no such article")
    return key
