"""Sources that answer but give no article: a login wall, a captcha, a parked domain, one text at many addresses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from scheduler.reports import count_reasons
from storage.records import Run, SourceReport

RUNS_IN_A_ROW = 3
"""Runs in which pages came and none of them was kept; runs without a page count neither way."""
LOOKED_BACK = 20
"""Runs that are looked at."""


def barren_sources(runs: Sequence[Run]) -> dict[str, str]:
    """Source to what became of its pages, for those whose last three runs that brought pages kept none of them.

    `runs` are the newest first.
    """
    reports: dict[str, list[SourceReport]] = {}
    for run in runs:
        for report in run.reports:
            if report.fetched:
                reports.setdefault(report.source, []).append(report)
    return {
        source: f"{count_reasons(_reasons(found[:RUNS_IN_A_ROW]))} in its last {RUNS_IN_A_ROW} runs"
        for source, found in reports.items()
        if len(found) >= RUNS_IN_A_ROW and not any(report.stored for report in found[:RUNS_IN_A_ROW])
    }


def _reasons(reports: Sequence[SourceReport]) -> Counter[str]:
    counted: Counter[str] = Counter()
    for report in reports:
        counted.update(report.refused)
        counted.update(report.failed)
    return counted
