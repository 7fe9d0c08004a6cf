"""How many outlets speak for themselves, and for which side."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from scheduler.digest.outlets import Outlet
from scheduler.digest.reports import fold
from scheduler.digest.story_model import Report, Sides
from storage.records import Article


def voices_of(
    reports: Sequence[Report], articles: Mapping[int, Article], outlets: Mapping[str, Outlet]
) -> dict[int, str]:
    """By the id of each article, a name for whoever its words come from, the same on every day.

    That is the publisher of the text it repeats, or of the agency it names; else its own publisher.
    """
    by_name = {fold(name): outlet for outlet in outlets.values() for name in (outlet.id, outlet.name)}
    speakers = {report.article_id: _speaker(report, by_name) for report in reports}
    originals = {report.article_id: articles[report.article_id].copy_of for report in reports}
    return {
        article_id: speakers[article_id] if original is None else speakers.get(original, f"text {original}")
        for article_id, original in originals.items()
    }


def independent_count(reports: Sequence[Report], voices: Mapping[int, str]) -> int:
    """Voices behind `reports`; never more than there are publishers."""
    return min(len({voices[report.article_id] for report in reports}), len({_publisher(one.outlet) for one in reports}))


def reporting_sides(reports: Sequence[Report], pair: str, others: Collection[str]) -> Sides:
    """Which sides of `pair` the outlets belong to; for Central Asia as a whole each of `others` is its side."""
    home, _, other = pair.partition("-")
    countries = {report.outlet.country for report in reports}
    far = bool(countries & set(others)) if other == "C5" else other in countries
    if home in countries:
        return Sides.BOTH if far else Sides.HOME
    return Sides.OTHER if far else Sides.NEITHER


def _speaker(report: Report, by_name: Mapping[str, Outlet]) -> str:
    if report.agency is None:
        return _publisher(report.outlet)
    agency = fold(report.agency)
    return _publisher(by_name[agency]) if agency in by_name else f"agency {agency}"


def _publisher(outlet: Outlet) -> str:
    return f"publisher {outlet.family}" if outlet.family else f"outlet {outlet.id}"
