"""Fills an archive with made-up articles in nine languages, three years of them, as a crawl would have stored them.

Titles, addresses and times are each article's own. Texts are shared by some hundred articles each, so that a million
can be made in hours and not in a day; to an index they are as many words in as many places.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import insert

from storage.models import ArticleRow, ArticleTaggingRow, ArticleTextRow
from storage.records import Candidate, Evidence, Mention, NewArticle, Relevance, Tagging, Tie
from storage.repositories.article_rows import article_values, known_at, tagging_json
from storage.repositories.article_tags import add_tags, tag_values
from storage.search.documents import Document, document_of
from storage.search.index import index_of
from storage.session import Database, Storage
from storage.upsert import table_of
from tests.benchmarks.prose import LANGUAGES, Prose

TEXTS = 300
"""Of each language."""
AT_ONCE = 1_000
SPAN = timedelta(days=3 * 365)
NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)
OTHERS = ("KZ", "KG", "UZ", "TM", "TJ")
TOPICS = ("transport", "energy", "trade", "culture", "security")
TIED = 20
"""One article in so many has a tie: of all that the outlets of the region print."""


@dataclass(frozen=True, slots=True)
class Template:
    """A text with what the index makes of it."""

    article: NewArticle
    document: Document


def templates() -> list[Template]:
    """All texts: half as long as a short report, some as long as an essay."""
    chance = random.Random(1)
    made = []
    for language in LANGUAGES:
        prose = Prose(language, 0)
        for _ in range(TEXTS):
            text = "\n\n".join(prose.paragraphs(min(40, int(chance.lognormvariate(1.7, 0.6)) + 1)))
            article = NewArticle(
                source="", url="", key="", title="", text=text, lang=language, fetched_at=NOW, tagging=_tagging(None)
            )
            made.append(Template(article, document_of(article)))
    return made


def article_at(number: int, template: Template, size: int) -> NewArticle:
    """The article with this number of `size`: the last is the newest."""
    chance = random.Random(number)
    published = NOW - SPAN * (1 - number / size) * min(1.0, size / 1_000_000)
    url = f"https://outlet{number % 120}.example/news/{published:%Y/%m/%d}/{number}.html"
    other = chance.choice(OTHERS) if number % TIED == 0 else None
    return replace(
        template.article,
        source=f"outlet{number % 120}",
        url=url,
        key=url,
        title=Prose(template.article.lang or "en", number).title(),
        published_at=published,
        published_from="json-ld",
        fetched_at=published + timedelta(minutes=20),
        tagging=_tagging(other),
    )


def fill(storage: Storage, pool: list[Template], *, first: int, last: int) -> Iterator[int]:
    """Store the articles from `first` until before `last`; yields how many there are after each transaction."""
    for start in range(first, last, AT_ONCE):
        numbers = range(start, min(start + AT_ONCE, last))
        with storage.begin() as db:
            _store(
                db, [(article_at(number, pool[number * 7919 % len(pool)], last), number) for number in numbers], pool
            )
        yield numbers[-1] + 1


def _store(db: Database, articles: list[tuple[NewArticle, int]], pool: list[Template]) -> None:
    session = db.articles._session
    ids = [number + 1 for _, number in articles]
    both = list(zip(ids, (article for article, _ in articles), strict=True))
    rows = [article_values(one) | tag_values(one.tagging) | {"id": id_, "story_id": None} for id_, one in both]
    for row in rows:
        row["story_id"] = db.stories.open(row["fetched_at"]) if row["is_notable"] else None
    session.execute(insert(table_of(ArticleRow)), rows)
    texts = [{"article_id": id_, "standfirst": "", "text": one.text} for id_, one in both]
    session.execute(insert(table_of(ArticleTextRow)), texts)
    taggings = [{"article_id": id_, "tagging": tagging_json(one.tagging)} for id_, one in both]
    session.execute(insert(table_of(ArticleTaggingRow)), taggings)
    index = index_of(session)
    for id_, one in both:
        titled = document_of(replace(one, text=""))
        body = pool[(id_ - 1) * 7919 % len(pool)].document.body
        index.add(id_, known_at(one), replace(titled, body=body))
        add_tags(session, id_, one.tagging)
    listed = [Candidate(url=one.url, key=one.key, via=f"https://{one.source}.example/rss") for _, one in both]
    db.frontier.pass_over("outlet", listed, reason="stored", now=NOW)


def _tagging(other: str | None) -> Tagging:
    if other is None:
        return Tagging(Relevance.NONE, 0.02, None)
    mentions = (Mention("Baku", "AZ", "AZ", 0, 4), Mention("Astana", other, other, 9, 15))
    evidence = Evidence(0, 25, "Baku and Astana signed it.", mentions, rule="both sides", weight=1.5)
    topic = TOPICS[OTHERS.index(other)]
    tie = Tie(home="AZ", other=other, score=0.9, topics=(topic,), evidence=(evidence,))
    return Tagging(Relevance.SUBSTANTIVE, 0.9, None, ties=(tie,), topics=(topic,))
