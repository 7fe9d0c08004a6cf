"""What Khabar itself says of a digest, in lines that every format shares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scheduler.config import DAILY
from scheduler.digest.ledger import Ledger, Quiet, Tally
from scheduler.digest.model import Correction, CorrectionKind, Digest, PairCount, Planned, TopicCount
from scheduler.digest.outlets import Outlet
from scheduler.digest.story_model import Quote, Report, SectionKind, Sides, Story
from scheduler.digest.words import Words

MOST_NAMES = 5
"""Names in one part of what is new."""
GUILLEMETS = frozenset({"az", "kk", "ky", "ru", "tg"})
"""Languages whose press quotes «so»; the others “so”."""
OPENING = frozenset("«“„\"‘'‹")


def subject(digest: Digest) -> str:
    """One line for a mail or a list of digests: the day, how many stories, with whom."""
    words = Words(digest.window, digest.language)
    counted = [f"{count.pair.partition('-')[2]} {count.stories}" for count in digest.glance.pairs if count.stories]
    counts = words.count("stories", len(digest.stories)) if digest.stories else words.say("no stories")
    if developing := digest.count(SectionKind.DEVELOPING):
        counts += ", " + words.count("of them developing", developing)
    if counted:
        counts += f" ({', '.join(counted)})"
    day = words.long_day(digest.window.on)
    if digest.profile == DAILY:
        return words.say("subject", day=day, counts=counts)
    return words.say("subject of profile", profile=digest.profile, day=day, counts=counts)


def scope(digest: Digest, words: Words) -> str:
    """``Azerbaijan and Central Asia``."""
    return words.listing([words.country(code) for code in digest.scope])


def summary(digest: Digest, words: Words) -> str:
    """``9 stories from 31 articles, 22 outlets``; of an empty digest, that there are none."""
    if not digest.stories:
        return words.say("no stories today")
    return words.say(
        "from",
        stories=words.count("stories", len(digest.stories)),
        articles=words.count("articles", digest.article_count),
        outlets=words.count("outlets", digest.outlet_count),
    )


def usual(count: PairCount | TopicCount, digest: Digest, words: Words) -> str:
    """``usual 0.9 · unusually many``; empty when nothing is known of other days."""
    if count.usual is None:
        return ""
    parts = [words.say("usual", mean=words.number(count.usual.mean))]
    if count.surprise:
        parts.append(words.say("unusually many" if count.surprise > 0 else "unusually few"))
    if not count.stories and count.usual.last_on:
        parts.append(words.count("last story", (digest.window.on - count.usual.last_on).days))
    return " · ".join(parts)


def when(report: Report, words: Words) -> str:
    """When it was published, no more exactly than is known."""
    if report.published_at is None:
        return words.say("date unknown", moment=words.moment(report.found_at))
    if report.published_is_sure:
        return words.moment(report.published_at)
    return words.local_day(report.published_at)


def origin(report: Report, words: Words) -> str:
    """What is known of where the text comes from: ``via AZERTAC``, ``copy``, or nothing."""
    if report.agency:
        return words.say("via", agency=report.agency)
    return words.say("copy") if report.is_copy else ""


def reach(story: Story, words: Words) -> str:
    """``5 outlets, 3 independent``."""
    outlets = words.count("outlets", story.outlet_count)
    if story.outlet_count == 1:
        return outlets
    return f"{outlets}, {words.count('independent', story.independent_count)}"


def sides(story: Story, words: Words) -> str:
    """Who reports it: ``both sides report``, ``only the Kazakh side reports``."""
    home, _, other = story.pair.partition("-")
    code = {Sides.HOME: home, Sides.OTHER: other}.get(story.sides)
    return words.say(story.sides.value, side=words.side(code)) if code else words.say(story.sides.value)


def news(story: Story, words: Words) -> list[str]:
    """What is new of a developing story: ``2 more outlets (Orient, Kabar)``, ``new figure: 14``."""
    told = story.development
    if told is None:
        return []
    parts = [words.say("now reports", side=words.side(side)) for side in told.sides]
    for key, names in (
        ("more outlets", told.outlets),
        ("new figures", told.figures),
        ("new dates", [words.day(on) for on in told.dates]),
        ("new names", told.actors),
    ):
        if names:
            parts.append(words.count(key, len(names), names=", ".join(cut(names, words, MOST_NAMES))))
    return parts


def day_of(story: Story, digest: Digest, words: Words) -> str:
    """``day 3`` of a developing story; the day it was first shown is the first."""
    first_on = story.development.first_on if story.development else digest.window.on
    return words.say("day", n=words.number((digest.window.on - first_on).days + 1))


def announced(planned: Planned, digest: Digest, words: Words) -> str:
    """``announced 3 Nov``, of what was not announced in the time of the digest; else nothing."""
    at = planned.report.published_at or planned.report.found_at
    return words.say("announced", day=words.local_day(at)) if at < digest.window.start else ""


def correction(correction: Correction, words: Words) -> str:
    """``changed, seen 20 Nov 22:10``."""
    key = "edited" if correction.kind is CorrectionKind.EDITED else "taken down"
    return words.say(key, moment=words.moment(correction.seen_at))


def quoted(quote: Quote) -> tuple[str, str]:
    """Opening and closing quotation mark for a sentence; nothing where it brings its own."""
    if quote.text.lstrip()[:1] in OPENING:
        return "", ""
    return ("«", "»") if quote.report.lang in GUILLEMETS else ("“", "”")


@dataclass(frozen=True, slots=True)
class Follower:
    """An outlet that reported a story after the first, with all its articles on it."""

    outlet: Outlet
    reports: tuple[Report, ...]


def followers(story: Story) -> tuple[Follower, ...]:
    """Those who reported after the first, each outlet once: its language editions stand together."""
    by_outlet: dict[Outlet, list[Report]] = {}
    for report in story.reports[1:]:
        by_outlet.setdefault(report.outlet, []).append(report)
    return tuple(Follower(outlet, tuple(reports)) for outlet, reports in by_outlet.items())


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """A line of the ledger: what is counted, how many, and what there is to say of it."""

    label: str
    number: str
    detail: str = ""


def ledger_lines(ledger: Ledger, words: Words, most: int) -> list[LedgerLine]:
    """The ledger in words. Lists are cut after `most` entries; lines that count nothing bad are left out."""
    if not ledger.crawls:
        return []
    asked = words.number(ledger.asked)
    if ledger.registered > ledger.asked:
        asked = words.say("asked of", asked=asked, registered=words.number(ledger.registered))
    lines = [
        LedgerLine(words.say("sources asked"), asked, _crawled(ledger, words)),
        LedgerLine(words.say("answered"), words.number(ledger.answered)),
    ]
    failing = [f"{failing.outlet.name}: {failing.cause}" for failing in ledger.failing]
    quiet = [_quiet(one, words) for one in ledger.quiet]
    kept = ", ".join(
        words.say(key, n=words.number(count))
        for key, count in (
            ("new articles", ledger.new),
            ("stored", ledger.stored),
            ("about a tie", ledger.relevant),
        )
    )
    lines += _list(words.say("failing"), failing, words, most=most)
    lines += _list(words.say("quiet"), quiet, words, most=most)
    lines.append(LedgerLine(words.say("articles listed"), words.number(ledger.listed), kept))
    lines += _tallies(words.say("refused"), ledger.refused, words, most=most)
    lines += _tallies(words.say("not fetched"), ledger.failed, words, most=most)
    return lines


def _quiet(quiet: Quiet, words: Words) -> str:
    if quiet.usual is None:
        return quiet.outlet.name
    new, mean = words.number(quiet.new), words.number(quiet.usual)
    return words.say("quiet than usual", outlet=quiet.outlet.name, n=new, mean=mean)


def _crawled(ledger: Ledger, words: Words) -> str:
    crawls = words.count("crawls", ledger.crawls)
    first = words.moment(ledger.first_at) if ledger.first_at else ""
    if ledger.last_at is None:
        return words.say("crawling", crawls=crawls, first=first)
    told = words.say("crawled", crawls=crawls, first=first, last=words.moment(ledger.last_at))
    return f"{told}; {words.count('unfinished', ledger.unfinished)}" if ledger.unfinished else told


def _list(label: str, entries: Sequence[str], words: Words, *, most: int) -> list[LedgerLine]:
    if not entries:
        return []
    return [LedgerLine(label, words.number(len(entries)), " · ".join(cut(entries, words, most)))]


def _tallies(label: str, tallies: Sequence[Tally], words: Words, *, most: int) -> list[LedgerLine]:
    if not tallies:
        return []
    entries = [f"{words.reason(tally.reason)} {words.number(tally.count)}" for tally in tallies]
    total = sum(tally.count for tally in tallies)
    return [LedgerLine(label, words.number(total), " · ".join(cut(entries, words, most)))]


def cut(entries: Sequence[str], words: Words, most: int) -> list[str]:
    """At most `most` entries; the rest as "and N more"."""
    rest = len(entries) - most
    return [*entries[:most], words.count("more", rest)] if rest > 0 else list(entries)
