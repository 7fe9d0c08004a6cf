"""The digest as JSON, for programs. The keys below are a promise: a change that breaks a reader is a new `schema`.

Instants are RFC 3339 in UTC, days ``YYYY-MM-DD``; what is unknown is null; links are http or https, or null.

    schema        "khabar.digest/2"
    id            stable name of this digest: profile, zone and day
    profile       name of the profile it was made for
    language      of the subject
    window        {on, zone, start, end}: the local day, and from when until before when it tells what happened
    built_at      when the digest was made
    subject       one line: the day and the counts
    scope         countries watched, the home side first; "C5" is Central Asia as a whole
    counts        {stories, developing, articles, outlets}
    glance        {is_compared, pairs: [{pair, stories, usual, last_on, surprise}], topics: [{topic, ...}]}, both
                  with the same keys; usual is the mean of the last 28 days in a time as long as the window, surprise
                  1 for unusually many, -1 for unusually few, else 0; is_compared is false in an archive too young
    stories       [story], in the order of the page
    numbers       [{amounts: [{text, value, unit}], sentence, report}]
    planned       [{on, sentence, report}]: for the 14 days from window.on, announced now or in the last weeks
    corrections   [{kind, seen_at, changes: [{text, change}], report}]: kind is "edited" or "removed", change is "same",
                  "added" or "removed"
    one_sided     [{country, stories: [key]}]: stories that only outlets of one side of their pair report
    repeated      [report]: reprints of stories that readers know, the last of each story; the page only counts them
    passing       [{pairs, report}]: articles that touch on a tie in passing
    near_misses   [{why, report}]: articles left out, and what they lacked
    ledger        {crawls, unfinished, first_at, last_at, registered, asked, answered,
                  quiet: [{outlet, new, usual}], failing: [{outlet, outcome, cause}], listed, new, fetched, stored,
                  relevant, refused: {reason: count}, failed: {reason: count}}

    story         {key, story_id, section, pair, pairs, topics, headline, url, lang, quote, development, reports,
                  outlets, independent, sides, langs, importance}; section is "new", "developing", "undated" or "late";
                  sides is "both", "home", "other" or "neither"; the first of reports is who had it first; importance
                  is {points, terms: [{name, value, points}]}
    development   {first_on, outlets, sides, figures, dates, actors}: what is new of a developing story, in names and as
                  printed; sides are countries; null for other stories
    quote         {sentence, segments: [{text, marked}], in_title, article_id, lang}; null without evidence
    report        {article_id, title, url, lang, outlet, published_at, published_is_sure, found_at, agency, is_copy,
                  in_passing}
    outlet        {id, name, country, kind, url}
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from scheduler.digest.ledger import Ledger, Tally
from scheduler.digest.model import Digest, Glance, PairCount, TopicCount
from scheduler.digest.outlets import Outlet
from scheduler.digest.phrases import subject
from scheduler.digest.story_model import Development, Quote, Report, SectionKind, Segment, Story

SCHEMA = "khabar.digest/2"


def render_json(digest: Digest) -> str:
    """The whole digest, nothing cut."""
    return json.dumps(_digest(digest), ensure_ascii=False, allow_nan=False, indent=1) + "\n"


def _digest(digest: Digest) -> dict[str, Any]:
    window = digest.window
    return {
        "schema": SCHEMA,
        "id": f"{digest.profile}/{window.zone}/{window.on}",
        "profile": digest.profile,
        "language": digest.language,
        "window": {
            "on": window.on.isoformat(),
            "zone": window.zone,
            "start": _instant(window.start),
            "end": _instant(window.end),
        },
        "built_at": _instant(digest.built_at),
        "subject": subject(digest),
        "scope": list(digest.scope),
        "counts": {
            "stories": len(digest.stories),
            "developing": digest.count(SectionKind.DEVELOPING),
            "articles": digest.article_count,
            "outlets": digest.outlet_count,
        },
        "glance": _glance(digest.glance),
        "stories": [_story(story) for story in digest.stories],
        "numbers": [
            {
                "amounts": [{"text": one.text, "value": one.value, "unit": one.unit} for one in number.amounts],
                "sentence": _sentence(number.segments),
                "report": _report(number.report),
            }
            for number in digest.numbers
        ],
        "planned": [
            {
                "on": planned.on.isoformat(),
                "sentence": _sentence(planned.segments),
                "report": _report(planned.report),
            }
            for planned in digest.planned
        ],
        "corrections": [
            {
                "kind": correction.kind.value,
                "seen_at": _instant(correction.seen_at),
                "changes": [{"text": text, "change": change.value} for text, change in correction.changes],
                "report": _report(correction.report),
            }
            for correction in digest.corrections
        ],
        "one_sided": [
            {"country": side.country, "stories": [story.key for story in side.stories]} for side in digest.one_sided
        ],
        "repeated": [_report(report) for report in digest.repeated],
        "passing": [{"pairs": list(one.pairs), "report": _report(one.report)} for one in digest.passing],
        "near_misses": [{"why": miss.why, "report": _report(miss.report)} for miss in digest.near_misses],
        "ledger": _ledger(digest.ledger),
    }


def _glance(glance: Glance) -> dict[str, Any]:
    return {
        "is_compared": glance.is_compared,
        "pairs": [{"pair": count.pair, **_count(count)} for count in glance.pairs],
        "topics": [{"topic": count.topic, **_count(count)} for count in glance.topics],
    }


def _count(count: PairCount | TopicCount) -> dict[str, Any]:
    return {
        "stories": count.stories,
        "usual": count.usual.mean if count.usual else None,
        "last_on": count.usual.last_on.isoformat() if count.usual and count.usual.last_on else None,
        "surprise": count.surprise,
    }


def _story(story: Story) -> dict[str, Any]:
    return {
        "key": story.key,
        "story_id": story.story_id,
        "section": story.kind.value,
        "pair": story.pair,
        "pairs": list(story.pairs),
        "topics": list(story.topics),
        "headline": story.headline,
        "url": story.best.url,
        "lang": story.best.lang,
        "quote": _quote(story.quote) if story.quote else None,
        "development": _development(story.development) if story.development else None,
        "reports": [_report(report) for report in story.reports],
        "outlets": story.outlet_count,
        "independent": story.independent_count,
        "sides": story.sides.value,
        "langs": list(story.langs),
        "importance": {
            "points": round(story.points, 2),
            "terms": [{"name": term.name, "value": term.value, "points": term.points} for term in story.importance],
        },
    }


def _development(told: Development) -> dict[str, Any]:
    return {
        "first_on": told.first_on.isoformat(),
        "outlets": list(told.outlets),
        "sides": list(told.sides),
        "figures": list(told.figures),
        "dates": [on.isoformat() for on in told.dates],
        "actors": list(told.actors),
    }


def _quote(quote: Quote) -> dict[str, Any]:
    return {
        "sentence": quote.text,
        "segments": [{"text": segment.text, "marked": segment.marked} for segment in quote.segments],
        "in_title": quote.in_title,
        "article_id": quote.report.article_id,
        "lang": quote.report.lang,
    }


def _report(report: Report) -> dict[str, Any]:
    return {
        "article_id": report.article_id,
        "title": report.title,
        "url": report.url,
        "lang": report.lang,
        "outlet": _outlet(report.outlet),
        "published_at": _instant(report.published_at) if report.published_at else None,
        "published_is_sure": report.published_is_sure,
        "found_at": _instant(report.found_at),
        "agency": report.agency,
        "is_copy": report.is_copy,
        "in_passing": report.in_passing,
    }


def _outlet(outlet: Outlet) -> dict[str, Any]:
    return {
        "id": outlet.id,
        "name": outlet.name,
        "country": outlet.country or None,
        "kind": outlet.kind or None,
        "url": outlet.url,
    }


def _ledger(ledger: Ledger) -> dict[str, Any]:
    return {
        "crawls": ledger.crawls,
        "unfinished": ledger.unfinished,
        "first_at": _instant(ledger.first_at) if ledger.first_at else None,
        "last_at": _instant(ledger.last_at) if ledger.last_at else None,
        "registered": ledger.registered,
        "asked": ledger.asked,
        "answered": ledger.answered,
        "quiet": [{"outlet": _outlet(one.outlet), "new": one.new, "usual": one.usual} for one in ledger.quiet],
        "failing": [
            {"outlet": _outlet(one.outlet), "outcome": one.outcome, "cause": one.cause} for one in ledger.failing
        ],
        "listed": ledger.listed,
        "new": ledger.new,
        "fetched": ledger.fetched,
        "stored": ledger.stored,
        "relevant": ledger.relevant,
        "refused": _tallies(ledger.refused),
        "failed": _tallies(ledger.failed),
    }


def _tallies(tallies: Iterable[Tally]) -> dict[str, int]:
    return {tally.reason: tally.count for tally in tallies}


def _sentence(segments: Iterable[Segment]) -> str:
    return "".join(segment.text for segment in segments)


def _instant(instant: datetime) -> str:
    return instant.isoformat(timespec="seconds").replace("+00:00", "Z")
