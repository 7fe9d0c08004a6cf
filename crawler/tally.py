"""What is counted while one source is crawled: the numbers of its line in the report."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from storage.records import Outcome, SourceReport


@dataclass(slots=True)
class Tally:
    """Counters of one source in one run; `report` freezes them."""

    source: str
    outcome: Outcome = Outcome.SOFT
    detail: str = ""
    entry_point: str | None = None
    requests: int = 0
    listed: int = 0
    new: int = 0
    planned: int = 0
    """Candidates that this run sets out to fetch."""
    fetched: int = 0
    stored: int = 0
    relevant: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    failed: Counter[str] = field(default_factory=Counter)

    @property
    def settled(self) -> int:
        """Candidates whose end is known, for the progress bar."""
        return self.stored + self.refused.total() + self.failed.total()

    def report(self) -> SourceReport:
        """The counters as they stand."""
        return SourceReport(
            source=self.source,
            outcome=self.outcome,
            detail=self.detail,
            entry_point=self.entry_point,
            requests=self.requests,
            listed=self.listed,
            new=self.new,
            fetched=self.fetched,
            stored=self.stored,
            relevant=self.relevant,
            refused=dict(self.refused),
            failed=dict(self.failed),
        )
