"""What the survey of a source has brought so far: it grows while the source is asked, so that a cut turn keeps it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from storage.records import Outcome

LONGEST_DETAIL = 500


@dataclass(slots=True)
class Found:
    """What a survey brought."""

    entry_point: str | None = None
    """The first address that worked."""
    listed: int = 0
    new: int = 0
    pause: timedelta | None = None
    """How long the server wants to be left alone; None when it did not say."""
    is_cut: bool = False
    """Whether the survey could not be taken to its end."""
    _ways: list[str] = field(default_factory=list)
    _problems: list[str] = field(default_factory=list)
    _first_failure: Outcome | None = None
    _is_changed: bool = False

    def worked(self, url: str, way: str, *, listed: int, new: int) -> None:
        """Note an entry point that was read."""
        self.entry_point = self.entry_point or url
        self._ways.append(way)
        self.listed += listed
        self.new += new
        self._is_changed = self._is_changed or listed > 0

    def failed(self, url: str, cause: str, outcome: Outcome) -> None:
        """Note an entry point that was not."""
        self._problems.append(f"{url}: {cause}")
        self._first_failure = self._first_failure or outcome

    @property
    def outcome(self) -> Outcome:
        """How the source fared: where no way worked, as the first, most trusted one did."""
        if self.entry_point:
            return Outcome.OK if self._is_changed else Outcome.UNCHANGED
        return self._first_failure or (Outcome.TEMPORARY if self.is_cut else Outcome.SOFT)

    @property
    def detail(self) -> str:
        """One line: the ways that worked, or why none did."""
        if self.entry_point:
            return ", ".join(self._ways)[:LONGEST_DETAIL]
        nothing = "" if self.is_cut else "no entry point is known"
        return "; ".join(dict.fromkeys(self._problems))[:LONGEST_DETAIL] or nothing
