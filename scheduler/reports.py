"""Sums over the reports of a run."""

from __future__ import annotations

from collections.abc import Mapping

from storage.records import Run


def totals(run: Run) -> dict[str, int]:
    """The numbers of a run over all of its sources."""
    reports = run.reports
    return {
        "sources": len(reports),
        "reached": sum(report.outcome.reached for report in reports),
        "requests": sum(report.requests for report in reports),
        "listed": sum(report.listed for report in reports),
        "new": sum(report.new for report in reports),
        "fetched": sum(report.fetched for report in reports),
        "stored": sum(report.stored for report in reports),
        "relevant": sum(report.relevant for report in reports),
        "refused": sum(sum(report.refused.values()) for report in reports),
        "failed": sum(sum(report.failed.values()) for report in reports),
    }


def count_reasons(reasons: Mapping[str, int]) -> str:
    """``3 no text, 1 paid``: the most frequent first."""
    ordered = sorted(reasons.items(), key=lambda item: (-item[1], item[0]))
    return ", ".join(f"{count} {reason}" for reason, count in ordered)
