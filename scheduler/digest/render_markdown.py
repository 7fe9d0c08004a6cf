"""The digest as Markdown (CommonMark), for a wiki, a chat or a note.

What comes from outside is escaped so that it is read as text: a title can make neither a link nor a heading,
nor HTML.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from scheduler.digest import phrases
from scheduler.digest.lacking import lacking
from scheduler.digest.model import Change, Digest, Section
from scheduler.digest.story_model import Report, SectionKind, Segment, Story
from scheduler.digest.words import Words

MOST_FOLLOWERS = 20
MOST_IN_LEDGER = 20
NOTED = (SectionKind.UNDATED, SectionKind.LATE)
SPECIAL = re.compile(r"[\\`*_{}\[\]<>&#|~$]")
BLOCK_START = re.compile(r"^(\s*)([-+=]|\d{1,9}(?=[.)]))")
"""What would begin a list or a heading at the start of a line."""


def render_markdown(digest: Digest) -> str:
    """The whole digest."""
    words = Words(digest.window, digest.language)
    blocks = [
        *_head(digest, words),
        *(block for section in digest.sections for block in _section(section, digest, words)),
        *_numbers(digest, words),
        *_planned(digest, words),
        *_corrections(digest, words),
        *_one_sided(digest, words),
        *_passing(digest, words),
        *_near_misses(digest, words),
        *_ledger(digest, words),
        *_foot(digest, words),
    ]
    return "\n\n".join(blocks) + "\n"


def escape(text: str) -> str:
    """`text` so that Markdown shows it as it is."""
    inline = SPECIAL.sub(r"\\\g<0>", text)
    return BLOCK_START.sub(lambda match: _escape_start(match[1], match[2]), inline)


def _escape_start(space: str, mark: str) -> str:
    # A number is kept from starting a list by escaping the point after it, which stands outside the match.
    return f"{space}{mark}\\" if mark.isdigit() else f"{space}\\{mark}"


def _head(digest: Digest, words: Words) -> Iterator[str]:
    yield f"# {words.say('title')}: {words.long_day(digest.window.on)}"
    yield f"{phrases.scope(digest, words)} · **{phrases.summary(digest, words)}**"
    if not digest.stories:
        yield words.say("empty", scope=phrases.scope(digest, words))
    yield "\n".join(
        f"- {words.partner(count.pair)}: **{count.stories}** {phrases.usual(count, digest, words)}".rstrip()
        for count in digest.glance.pairs
    )
    topics = [
        f"- {escape(words.begin(words.topic(count.topic)))}: **{count.stories}** {phrases.usual(count, digest, words)}"
        for count in digest.glance.topics
    ]
    if topics:
        yield "\n".join([f"{words.say('topics')}:", "", *(line.rstrip() for line in topics)])
    if not digest.glance.is_compared:
        yield f"*{words.say('no comparison')}*"


def _section(section: Section, digest: Digest, words: Words) -> Iterator[str]:
    yield f"## {words.say(section.kind.value)}"
    if section.kind in NOTED:
        yield f"*{words.say(section.kind.value + ' note')}*"
    for group in section.groups:
        yield f"### {words.pair(group.pair)} ({len(group.stories)})"
        for story in group.stories:
            yield from _story(story, digest, words)


def _story(story: Story, digest: Digest, words: Words) -> Iterator[str]:
    yield f"#### {_linked(story.headline, story.best.url)}"
    if story.quote and not story.quote.in_title:
        opening, closing = phrases.quoted(story.quote)
        yield f"> {opening}{_marked(story.quote.segments)}{closing}"
    if story.development:
        news = escape(" · ".join(phrases.news(story, words)))
        yield f"**{words.say('new since')}** {news} ({phrases.day_of(story, digest, words)})"
    tags = [*story.pairs, *(words.topic(topic) for topic in story.topics)]
    rest = [report for follower in phrases.followers(story) for report in follower.reports]
    entries = [_reported(report, words) for report in rest]
    then = f" · {words.say('then')} {', '.join(phrases.cut(entries, words, MOST_FOLLOWERS))}" if entries else ""
    yield (
        f"{escape(', '.join(tags))} · {words.say('first')}: {_reported(story.first, words)}{then} · "
        f"**{phrases.reach(story, words)}** · {phrases.sides(story, words)} · \\#{story.best.article_id}"
    )


def _reported(report: Report, words: Words) -> str:
    origin = phrases.origin(report, words)
    lang = f" *{report.lang}*" if report.lang else ""
    told = f" ({escape(origin)})" if origin else ""
    return f"{_linked(report.outlet.name, report.url)}{lang} {phrases.when(report, words)}{told}"


def _numbers(digest: Digest, words: Words) -> Iterator[str]:
    if digest.numbers:
        yield f"## {words.say('numbers')}"
        yield "\n".join(
            f"- **{escape(number.amounts[0].text)}**: {_plain(number.segments)} ({_source(number.report)})"
            for number in digest.numbers
        )


def _planned(digest: Digest, words: Words) -> Iterator[str]:
    if digest.planned:
        yield f"## {words.say('planned')}"
        yield "\n".join(
            f"- **{escape(words.day(planned.on))}**: {_plain(planned.segments)} "
            f"({', '.join(filter(None, (_source(planned.report), phrases.announced(planned, digest, words))))})"
            for planned in digest.planned
        )


def _corrections(digest: Digest, words: Words) -> Iterator[str]:
    if digest.corrections:
        yield f"## {words.say('corrections')}"
    for correction in digest.corrections:
        report = correction.report
        told = f"{escape(report.outlet.name)}, {phrases.correction(correction, words)}"
        yield f"{_linked(report.title, report.url)}: {told}"
        if correction.changes:
            yield "> " + "".join(_changed(text, change) for text, change in correction.changes)


def _changed(text: str, change: Change) -> str:
    """CommonMark has no strike-through: what was taken out stands in brackets, what was put in is bold."""
    if change is Change.REMOVED:
        return f"[-{escape(text)}-]"
    return f"**{escape(text.strip())}**{' ' * text.endswith(' ')}" if change is Change.ADDED else escape(text)


def _one_sided(digest: Digest, words: Words) -> Iterator[str]:
    if digest.one_sided:
        yield f"## {words.say('one-sided')}"
    for side in digest.one_sided:
        yield f"**{words.begin(words.say('only side', side=words.side(side.country)))}**"
        yield "\n".join(
            f"- {_linked(story.headline, story.best.url)} ({phrases.reach(story, words)})" for story in side.stories
        )


def _passing(digest: Digest, words: Words) -> Iterator[str]:
    if digest.passing:
        yield f"## {words.say('passing')}"
        yield f"*{words.say('passing note')}*"
        yield "\n".join(_listed(passing.report, ", ".join(passing.pairs), words) for passing in digest.passing)


def _near_misses(digest: Digest, words: Words) -> Iterator[str]:
    if digest.near_misses:
        yield f"## {words.say('near misses')}"
        yield f"*{words.say('near misses note')}*"
        yield "\n".join(_listed(miss.report, lacking(miss.why, words), words) for miss in digest.near_misses)


def _ledger(digest: Digest, words: Words) -> Iterator[str]:
    yield f"## {words.say('ledger')}"
    lines = phrases.ledger_lines(digest.ledger, words, MOST_IN_LEDGER)
    rows = [f"- {line.label}: **{line.number}** {escape(line.detail)}".rstrip() for line in lines]
    yield "\n".join(rows) or words.say("no crawl")


def _foot(digest: Digest, words: Words) -> Iterator[str]:
    yield "---"
    told = [
        *([words.count("repeated", len(digest.repeated))] if digest.repeated else []),
        words.say("covers", start=words.moment(digest.window.start), end=words.moment(digest.window.end)),
        words.say("times", zone=digest.window.zone),
        words.say("built", moment=words.moment(digest.built_at)),
    ]
    if digest.stories:
        told.append(f"{words.say('why')} `khabar explain {digest.stories[0].best.article_id}`")
    yield " ".join(told)


def _listed(report: Report, note: str, words: Words) -> str:
    lang = f" *{report.lang}*" if report.lang else ""
    source = f"{escape(report.outlet.name)}{lang} {phrases.when(report, words)}"
    return f"- {_linked(report.title, report.url)} · {source} · {escape(note)} · \\#{report.article_id}"


def _source(report: Report) -> str:
    return _linked(report.outlet.name, report.url)


def _linked(text: str, url: str | None) -> str:
    # Between < and > a link may hold brackets; `web_link` has encoded the angle brackets themselves.
    return f"[{escape(text)}](<{url}>)" if url else escape(text)


def _marked(segments: Iterable[Segment]) -> str:
    return "".join(f"**{escape(segment.text)}**" if segment.marked else escape(segment.text) for segment in segments)


def _plain(segments: Iterable[Segment]) -> str:
    return escape("".join(segment.text for segment in segments))
