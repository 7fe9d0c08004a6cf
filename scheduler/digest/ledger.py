"""What a digest rests on: how the sources fared in the crawls behind it, and what became of the articles listed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from scheduler.digest.chance import surprise
from scheduler.digest.outlets import Outlet, outlet_of
from scheduler.digest.untrusted import one_line
from storage.records import Run, SourceReport

MAX_CAUSE = 120
MAX_REASON = 60
KNOWN_DAYS = 7.0
"""A source that we know for less has no usual yet."""


@dataclass(frozen=True, slots=True)
class Failing:
    """A source that no crawl reached, with the cause of its last failure."""

    outlet: Outlet
    outcome: str
    cause: str


@dataclass(frozen=True, slots=True)
class Quiet:
    """A source that answered, and listed fewer new articles than it usually does in such a time."""

    outlet: Outlet
    new: int
    usual: float | None
    """None of a source that we do not know long enough; it listed nothing new at all."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How often something happened, for one reason."""

    reason: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """Counts over all crawls of a window; each source counts once, however often it was asked."""

    crawls: int = 0
    unfinished: int = 0
    """Crawls that did not come to their end: still going, or killed."""
    first_at: datetime | None = None
    """Start of the first crawl, UTC; None without one."""
    last_at: datetime | None = None
    """End of the last crawl that came to its end."""
    registered: int = 0
    asked: int = 0
    answered: int = 0
    quiet: tuple[Quiet, ...] = ()
    """The one that usually has most comes first."""
    failing: tuple[Failing, ...] = ()
    listed: int = 0
    new: int = 0
    fetched: int = 0
    stored: int = 0
    relevant: int = 0
    refused: tuple[Tally, ...] = ()
    """Pages that came but hold no article, the most frequent reason first."""
    failed: tuple[Tally, ...] = ()
    """Pages that did not come."""


def build_ledger(
    runs: Sequence[Run],
    outlets: Mapping[str, Outlet],
    usual: Mapping[str, tuple[float, float]] | None = None,
    days: float = 1.0,
) -> Ledger:
    """The ledger of `runs`, in any order. `outlets` is the whole registry: what no run reports was not asked.

    `usual` tells of each source its new articles a day, and over how many days that is the mean; the runs took `days`.
    """
    ordered = sorted(runs, key=lambda run: run.started_at)
    reports = [report for run in ordered for report in run.reports]
    by_source: dict[str, list[SourceReport]] = {}
    for report in reports:
        by_source.setdefault(report.source, []).append(report)
    answered = {source for source, own in by_source.items() if any(report.outcome.reached for report in own)}
    ends = [run.finished_at for run in ordered if run.finished_at]
    quiet = (_quiet(outlet_of(key, outlets), by_source[key], (usual or {}).get(key), days) for key in answered)
    return Ledger(
        crawls=len(ordered),
        unfinished=len(ordered) - len(ends),
        first_at=ordered[0].started_at if ordered else None,
        last_at=max(ends, default=None),
        registered=len(outlets),
        asked=len(by_source),
        answered=len(answered),
        quiet=tuple(sorted(filter(None, quiet), key=lambda one: (-(one.usual or 0), one.outlet.name.casefold()))),
        failing=tuple(_failing(by_source[source][-1], outlets) for source in sorted(by_source.keys() - answered)),
        listed=sum(report.listed for report in reports),
        new=sum(report.new for report in reports),
        fetched=sum(report.fetched for report in reports),
        stored=sum(report.stored for report in reports),
        relevant=sum(report.relevant for report in reports),
        refused=_tally(report.refused for report in reports),
        failed=_tally(report.failed for report in reports),
    )


def _quiet(
    outlet: Outlet, reports: Sequence[SourceReport], usual: tuple[float, float] | None, days: float
) -> Quiet | None:
    new = sum(report.new for report in reports)
    if usual is None or usual[1] < KNOWN_DAYS:
        return None if new or any(report.stored for report in reports) else Quiet(outlet, 0, None)
    mean = usual[0] * days
    return Quiet(outlet, new, round(mean, 1)) if surprise(new, mean) < 0 else None


def _failing(report: SourceReport, outlets: Mapping[str, Outlet]) -> Failing:
    cause = one_line(report.detail, MAX_CAUSE) or report.outcome.value
    return Failing(outlet_of(report.source, outlets), report.outcome.value, cause)


def _tally(counts: Iterable[Mapping[str, int]]) -> tuple[Tally, ...]:
    total: Counter[str] = Counter()
    for count in counts:
        for reason, number in count.items():
            total[one_line(reason, MAX_REASON)] += number
    return tuple(
        Tally(reason, number) for reason, number in sorted(total.items(), key=lambda item: (-item[1], item[0]))
    )
