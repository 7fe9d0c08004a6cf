"""One article as a line of the digest: where, in which language, and when, as far as its dates can be trusted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from scheduler.digest.outlets import Outlet, outlet_of
from scheduler.digest.story_model import Report
from scheduler.digest.untrusted import one_line, web_link
from storage.records import Article, Relevance

MAX_TITLE = 220
MAX_AGENCY = 40
CLOCK_SKEW = timedelta(hours=1)
OLDEST = datetime(1990, 1, 1, tzinfo=UTC)
"""News on the web is younger: an earlier date is a mistake of the page."""


def report_of(article: Article, outlets: Mapping[str, Outlet]) -> Report:
    """The line for `article`, safe to print."""
    url = web_link(article.url)
    outlet = outlet_of(article.source, outlets)
    published_at = _believable(article)
    return Report(
        article_id=article.id,
        outlet=outlet,
        title=one_line(article.title, MAX_TITLE) or url or f"#{article.id}",
        url=url,
        lang=_language(article),
        published_at=published_at,
        published_is_sure=article.published_is_sure and published_at is not None,
        found_at=article.fetched_at,
        agency=_agency(article, outlet),
        is_copy=article.copy_of is not None,
        in_passing=article.tagging.relevance is Relevance.PASSING,
    )


def in_order_of_report(reports: Sequence[Report]) -> tuple[Report, ...]:
    """Who had it first, then the others by time.

    A date without an hour to trust, none at all, or the text of another outlet never takes the first place
    from a report that has a sure date and its own text.
    """
    agencies = outlets_by_name(reports)
    first = min(reports, key=lambda report: (_is_second_hand(report, agencies), _doubt(report), _moment(report)))
    others = sorted((report for report in reports if report is not first), key=_moment)
    return (first, *others)


def outlets_by_name(reports: Sequence[Report]) -> dict[str, str]:
    """The ids of the outlets behind `reports` by their folded names, to find the agency that a text names."""
    outlets = dict.fromkeys(report.outlet for report in reports)
    return {name: outlet.id for outlet in outlets for name in (fold(outlet.id), fold(outlet.name)) if name}


def fold(name: str) -> str:
    """A name without case, spaces and punctuation, to compare it."""
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def _agency(article: Article, outlet: Outlet) -> str | None:
    """The agency that the text names; None also for the agency's own article, which does not come "via" itself."""
    agency = one_line(article.agency or "", MAX_AGENCY)
    return agency if agency and fold(agency) not in {fold(outlet.id), fold(outlet.name)} else None


def _believable(article: Article) -> datetime | None:
    published_at = article.published_at
    if published_at is None or not OLDEST <= published_at <= article.fetched_at + CLOCK_SKEW:
        return None
    return published_at


def _language(article: Article) -> str | None:
    lang = article.lang or article.tagging.lang
    return lang if lang and lang.isascii() and lang.isalpha() and len(lang) <= 3 else None


def _is_second_hand(report: Report, agencies: Mapping[str, str]) -> bool:
    return report.is_copy or (report.agency is not None and fold(report.agency) in agencies)


def _doubt(report: Report) -> int:
    return 0 if report.published_is_sure else 1 if report.published_at else 2


def _moment(report: Report) -> tuple[datetime, int]:
    return (report.published_at or report.found_at, report.article_id)
