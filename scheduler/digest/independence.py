"""How many outlets speak for themselves, and for which side."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from scheduler.digest.model import Report, Sides
from scheduler.digest.reports import fold, outlets_by_name
from storage.records import Article


def independent_count(reports: Sequence[Report], articles: Mapping[int, Article]) -> int:
    """Outlets behind `reports`; those that repeat one text, or name one agency as its origin, count once together."""
    agencies = outlets_by_name(reports)
    speakers = {report.article_id: _speaker(report, agencies) for report in reports}
    originals = {report.article_id: articles[report.article_id].copy_of for report in reports}
    voices = {
        speakers[article_id] if original is None else speakers.get(original, f"text {original}")
        for article_id, original in originals.items()
    }
    return min(len(voices), len({report.outlet.id for report in reports}))


def _speaker(report: Report, agencies: Mapping[str, str]) -> str:
    """A name for whoever the words of `report` come from: the agency that it names, else its outlet."""
    if report.agency is None:
        return f"outlet {report.outlet.id}"
    agency = fold(report.agency)
    return f"outlet {agencies[agency]}" if agency in agencies else f"agency {agency}"


def reporting_sides(reports: Sequence[Report], pair: str, others: Collection[str]) -> Sides:
    """Which sides of `pair` the outlets belong to; for Central Asia as a whole each of `others` is its side."""
    home, _, other = pair.partition("-")
    countries = {report.outlet.country for report in reports}
    far = bool(countries & set(others)) if other == "C5" else other in countries
    if home in countries:
        return Sides.BOTH if far else Sides.HOME
    return Sides.OTHER if far else Sides.NEITHER
