"""The digest as plain text of 72 columns, for a terminal or a mail that shows nothing else.

Khabar's own words are ASCII, so that the page keeps its shape even behind a gateway that spoils other
letters; what the outlets say stays in their own. Links are never broken over lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from textwrap import TextWrapper

from scheduler.digest import phrases
from scheduler.digest.lacking import lacking
from scheduler.digest.model import Change, Digest, PairCount, Section, TopicCount
from scheduler.digest.story_model import Report, SectionKind, Segment, Story
from scheduler.digest.words import Words

COLUMNS = 72
BAR = 24
"""Columns of the longest bar."""
NOTED = (SectionKind.UNDATED, SectionKind.LATE)
MOST_FOLLOWERS = 12
MOST_IN_LEDGER = 20
ASCII = {" · ": "; ", "–": "-", "…": "..."}
"""What Khabar's words are printed with elsewhere, and here."""


def render_text(digest: Digest) -> str:
    """The whole digest: nothing is left out but what each list counts at its end."""
    words = Words(digest.window, digest.language)
    lines = [
        *_head(digest, words),
        *_glance(digest, words),
        *(line for section in digest.sections for line in _section(section, digest, words)),
        *_numbers(digest, words),
        *_planned(digest, words),
        *_corrections(digest, words),
        *_one_sided(digest, words),
        *_passing(digest, words),
        *_near_misses(digest, words),
        *_ledger(digest, words),
        *_foot(digest, words),
    ]
    return "\n".join(lines) + "\n"


def _head(digest: Digest, words: Words) -> Iterator[str]:
    yield words.capitals(words.say("title"))
    yield from _own(phrases.scope(digest, words))
    yield from _own(words.long_day(digest.window.on))
    yield "=" * COLUMNS
    yield from _own(phrases.summary(digest, words))
    if not digest.stories:
        yield from _own(words.say("empty", scope=phrases.scope(digest, words)))
    yield ""


def _glance(digest: Digest, words: Words) -> Iterator[str]:
    yield from _bars([(words.partner(count.pair), count) for count in digest.glance.pairs], digest, words)
    if digest.glance.topics:
        yield ""
        topics = [(words.begin(words.topic(count.topic)), count) for count in digest.glance.topics]
        yield from _bars(topics, digest, words)
    if not digest.glance.is_compared:
        yield from ("", *_own(words.say("no comparison")))


def _bars(
    counts: Sequence[tuple[str, PairCount]] | Sequence[tuple[str, TopicCount]], digest: Digest, words: Words
) -> Iterator[str]:
    longest = max([1, *(count.stories for _, count in counts)])
    width = max([14, *(len(name) + 1 for name, _ in counts)])
    for name, count in counts:
        bar = "#" * round(BAR * count.stories / longest)
        told = _ascii(phrases.usual(count, digest, words))
        line = f"{name:<{width}}{count.stories:>4}  {bar}{' ' if bar and told else ''}{told}".rstrip()
        yield from _wrap(line, rest=" " * (width + 6)) if len(line) > COLUMNS else [line]


def _section(section: Section, digest: Digest, words: Words) -> Iterator[str]:
    note = f"{section.kind.value} note" if section.kind in NOTED else None
    yield from _heading(section.kind.value, words, note)
    for group in section.groups:
        yield from ("", *_own(f"{words.pair(group.pair)} ({len(group.stories)})"))
        for story in group.stories:
            yield from _story(story, digest, words)


def _story(story: Story, digest: Digest, words: Words) -> Iterator[str]:
    yield ""
    yield from _wrap(story.headline, first="* ", rest="  ")
    yield from _link(story.best)
    if story.development:
        told = "; ".join(phrases.news(story, words))
        yield from _own(f"{words.say('new since')} {told} ({phrases.day_of(story, digest, words)})", indent="  ")
    tags = [*story.pairs, *(words.topic(topic) for topic in story.topics)]
    yield from _own(f"[{', '.join(tags)}]", indent="  ")
    if story.quote and not story.quote.in_title:
        mark = '"' if phrases.quoted(story.quote)[0] else ""
        yield from _wrap(f"{mark}{_starred(story.quote.segments)}{mark}", first="  > ", rest="  > ")
    yield from _own(
        f"{phrases.reach(story, words)}; {phrases.sides(story, words)}; #{story.best.article_id}", indent="  "
    )
    yield from _reported(words.say("first"), story.first, words, with_link=story.first is not story.best)
    rest = [report for follower in phrases.followers(story) for report in follower.reports]
    for report in rest[:MOST_FOLLOWERS]:
        yield from _reported(words.begin(words.say("then")), report, words)
    yield from _rest(rest, MOST_FOLLOWERS, words, indent="  ")


def _reported(label: str, report: Report, words: Words, *, with_link: bool = True) -> Iterator[str]:
    origin = phrases.origin(report, words)
    parts = [report.outlet.name, *([report.lang] if report.lang else []), phrases.when(report, words)]
    yield from _wrap(f"{label}: {', '.join(parts)}{f' ({origin})' if origin else ''}", first="  ", rest="    ")
    if with_link:
        yield from _link(report, indent="    ")


def _numbers(digest: Digest, words: Words) -> Iterator[str]:
    if digest.numbers:
        yield from _heading("numbers", words)
    for number in digest.numbers:
        yield from ("", *_wrap(f"{number.amounts[0].text}: {_plain(number.segments)}", first="* ", rest="  "))
        yield from _source(number.report)


def _planned(digest: Digest, words: Words) -> Iterator[str]:
    if digest.planned:
        yield from _heading("planned", words)
    for planned in digest.planned:
        yield from ("", *_wrap(f"{words.day(planned.on)}: {_plain(planned.segments)}", first="* ", rest="  "))
        yield from _source(planned.report, phrases.announced(planned, digest, words))


def _corrections(digest: Digest, words: Words) -> Iterator[str]:
    if digest.corrections:
        yield from _heading("corrections", words)
    for correction in digest.corrections:
        report = correction.report
        yield from ("", *_wrap(report.title, first="* ", rest="  "))
        yield from _wrap(f"{report.outlet.name}, {phrases.correction(correction, words)}", first="  ", rest="  ")
        yield from _link(report)
        if correction.changes:
            changes = "".join(_changed(text, change) for text, change in correction.changes)
            yield from _wrap(changes, first="  > ", rest="  > ")


def _changed(text: str, change: Change) -> str:
    """As a word diff: ``[-out-]{+in+}``."""
    if change is Change.SAME:
        return text
    return f"{{+{text}+}}" if change is Change.ADDED else f"[-{text}-]"


def _one_sided(digest: Digest, words: Words) -> Iterator[str]:
    if digest.one_sided:
        yield from _heading("one-sided", words)
    for side in digest.one_sided:
        yield from ("", *_own(words.begin(words.say("only side", side=words.side(side.country)))))
        for story in side.stories:
            yield from _wrap(f"{story.headline} ({phrases.reach(story, words)})", first="* ", rest="  ")


def _passing(digest: Digest, words: Words) -> Iterator[str]:
    if digest.passing:
        yield from _heading("passing", words, "passing note")
    for passing in digest.passing:
        yield from _listed(passing.report, ", ".join(passing.pairs), words)


def _near_misses(digest: Digest, words: Words) -> Iterator[str]:
    if digest.near_misses:
        yield from _heading("near misses", words, "near misses note")
    for miss in digest.near_misses:
        yield from _listed(miss.report, lacking(miss.why, words), words)


def _ledger(digest: Digest, words: Words) -> Iterator[str]:
    yield from _heading("ledger", words)
    lines = phrases.ledger_lines(digest.ledger, words, MOST_IN_LEDGER)
    if not lines:
        yield from _own(words.say("no crawl"))
    for line in lines:
        yield from _wrap(_ascii(f"{line.label + ':':<21}{line.number:>6}  {line.detail}"), rest=" " * 29)


def _foot(digest: Digest, words: Words) -> Iterator[str]:
    yield from ("", "-" * COLUMNS)
    if digest.repeated:
        yield from _own(words.count("repeated", len(digest.repeated)))
    covers = words.say("covers", start=words.moment(digest.window.start), end=words.moment(digest.window.end))
    yield from _own(covers)
    yield from _own(words.say("times", zone=digest.window.zone))
    yield from _own(words.say("built", moment=words.moment(digest.built_at)))
    if digest.stories:
        yield from _own(f"{words.say('why')} khabar explain {digest.stories[0].best.article_id}")


def _heading(key: str, words: Words, note: str | None = None) -> Iterator[str]:
    yield from ("", "", words.capitals(words.say(key)), "-" * COLUMNS)
    if note:
        yield from _own(words.say(note))


def _listed(report: Report, note: str, words: Words) -> Iterator[str]:
    yield from ("", *_wrap(report.title, first="* ", rest="  "))
    source = ", ".join([report.outlet.name, *([report.lang] if report.lang else []), phrases.when(report, words)])
    yield from _wrap(f"{source}; {note}; #{report.article_id}", first="  ", rest="  ")
    yield from _link(report)


def _source(report: Report, note: str = "") -> Iterator[str]:
    yield from _wrap(", ".join(filter(None, (report.outlet.name, note))), first="  ", rest="  ")
    yield from _link(report)


def _link(report: Report, indent: str = "  ") -> Iterator[str]:
    if report.url:
        yield indent + report.url


def _rest(entries: Sequence[Report], most: int, words: Words, *, indent: str) -> Iterator[str]:
    if len(entries) > most:
        yield from _own(words.count("more", len(entries) - most), indent=indent)


def _own(text: str, indent: str = "") -> list[str]:
    """Khabar's own words, in ASCII where they are English."""
    return _wrap(_ascii(text), first=indent, rest=indent)


def _ascii(text: str) -> str:
    for fine, plain in ASCII.items():
        text = text.replace(fine, plain)
    return text


def _wrap(text: str, *, first: str = "", rest: str = "") -> list[str]:
    wrapper = TextWrapper(COLUMNS, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False)
    return wrapper.wrap(text)


def _starred(segments: Iterable[Segment]) -> str:
    return "".join(f"*{segment.text}*" if segment.marked else segment.text for segment in segments)


def _plain(segments: Iterable[Segment]) -> str:
    return "".join(segment.text for segment in segments)
