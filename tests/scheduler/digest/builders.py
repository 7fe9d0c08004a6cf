"""Articles, taggings and runs for tests of the digest, with everything that a test does not care about filled in."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from crawler.config import TiesConfig
from scheduler.config import Profile
from scheduler.digest.ledger import Ledger
from scheduler.digest.model import Digest
from scheduler.digest.outlets import Outlet
from scheduler.digest.select import Material, select
from scheduler.digest.stories import Setting
from scheduler.digest.window import day_window
from storage.records import (
    Article,
    Evidence,
    Figure,
    Mention,
    Outcome,
    PlannedEvent,
    Relevance,
    Run,
    SourceReport,
    Tagging,
    Tie,
)

WINDOW = day_window(date(2026, 11, 21), "Asia/Baku")
NOON = datetime(2026, 11, 21, 8, tzinfo=UTC)
"""Twelve o'clock in Baku."""
NIGHT = WINDOW.end
ids = count(1)

OUTLETS = {
    outlet.id: outlet
    for outlet in (
        Outlet("caspian", "Caspian Herald", "AZ", "private", "https://caspian.example/"),
        Outlet("baku-wire", "Baku Wire", "AZ", "state", "https://bakuwire.example/"),
        Outlet("dala", "Дала хабары", "KZ", "state", "https://dala.example/"),
        Outlet("almaty", "Almaty Post", "KZ", "private", "https://almaty.example/"),
        Outlet("bishkek", "Бишкек жаңылыктары", "KG", "private", "https://bishkek.example/"),
        Outlet("tashkent", "Toshkent xabarlari", "UZ", "private", "https://tashkent.example/"),
        Outlet("world", "World Dispatch", "GB", "private", "https://world.example/"),
    )
}


def evidence(title: str, text: str, sentence: str, names: Sequence[str]) -> Evidence:
    """`sentence` of an article as evidence, with the first place of each of `names` in it as a mention."""
    start = f"{title}\n\n{text}".index(sentence)
    places = [(name, start + sentence.index(name)) for name in names]
    countries = {"Kazakhstan": "KZ", "Kyrgyzstan": "KG", "Uzbekistan": "UZ"}
    mentions = tuple(Mention(name, name.lower(), countries.get(name, "AZ"), at, at + len(name)) for name, at in places)
    return Evidence(start, start + len(sentence), sentence, mentions, weight=1.0)


def tie(pair: str = "AZ-KZ", score: float = 0.9, topics: Sequence[str] = (), found: Sequence[Evidence] = ()) -> Tie:
    home, _, other = pair.partition("-")
    return Tie(home, other, score, tuple(topics), tuple(found))


def article(
    title: str = "Baku and Astana sign a transport agreement",
    text: str = "Azerbaijan and Kazakhstan will build a terminal. It opens in spring.",
    *,
    source: str = "caspian",
    quote: str | None = None,
    names: Sequence[str] = (),
    pairs: Sequence[str] = ("AZ-KZ",),
    relevance: Relevance = Relevance.SUBSTANTIVE,
    **fields: Any,
) -> Article:
    """A stored article. `quote` is the evidence sentence; other keywords set fields of Article or of Tagging."""
    number = fields.pop("id", None) or next(ids)
    sentence = quote if quote is not None else text.split(". ")[0].rstrip(".") + "."
    found = [evidence(title, text, sentence, names)] if sentence in f"{title}\n\n{text}" else []
    topics = tuple(fields.pop("topics", ("transport",)))
    score = fields.pop("score", 0.9)
    tagging = Tagging(
        relevance=relevance,
        score=score,
        lang=fields.get("lang", "en"),
        ties=tuple(tie(pair, score, topics, found) for pair in pairs),
        topics=topics,
        near_miss=fields.pop("near_miss", None),
        figures=tuple(fields.pop("figures", ())),
        events=tuple(fields.pop("events", ())),
    )
    published_at = fields.pop("published_at", NOON)
    return Article(
        id=number,
        source=source,
        url=fields.pop("url", f"https://{source}.example/news/{number}"),
        key=f"{source}.example/news/{number}",
        title=title,
        text=text,
        lang=fields.pop("lang", "en"),
        published_at=published_at,
        published_is_sure=fields.pop("published_is_sure", True),
        fetched_at=fields.pop("fetched_at", (published_at or NOON) + timedelta(minutes=20)),
        tagging=tagging,
        **fields,
    )


def passing(title: str = "Oil prices fall again", **fields: Any) -> Article:
    return article(title, relevance=Relevance.PASSING, score=0.3, **fields)


def near_miss(
    title: str = "Ten cities by rent", why: str | None = "both sides only in one list", **fields: Any
) -> Article:
    return article(title, relevance=Relevance.NONE, pairs=(), near_miss=why, **{"score": 0.2, **fields})


def figure(text: str, value: float, unit: str, sentence: str) -> Figure:
    return Figure(text, value, unit, sentence, 0, len(text))


def event(text: str, on: date | None, sentence: str) -> PlannedEvent:
    return PlannedEvent(text, on, sentence, 0, len(text))


def run(*reports: SourceReport, started_at: datetime = NOON, finished: bool = True) -> Run:
    ends = started_at + timedelta(minutes=9) if finished else None
    return Run(id=next(ids), started_at=started_at, finished_at=ends, reports=tuple(reports))


def report(source: str = "caspian", outcome: Outcome = Outcome.OK, **fields: Any) -> SourceReport:
    return SourceReport(source=source, outcome=outcome, **fields)


def setting(**options: Any) -> Setting:
    """WINDOW for an ordinary profile; other keywords set fields of the profile."""
    defaults: dict[str, Any] = {"window": WINDOW, "outlets": OUTLETS, "now": NIGHT, "ties": TiesConfig()}
    own = {key: options.pop(key, value) for key, value in defaults.items()}
    return Setting(profile=Profile(**{"name": "daily", **options}), **own)


def digest_of(*articles: Article, **options: Any) -> Digest:
    """The digest of `articles` in WINDOW. Keywords set fields of the material, of the setting or of the profile."""
    of_material = {field.name for field in dataclasses.fields(Material)} & options.keys()
    material = {"ledger": Ledger(), **{name: options.pop(name) for name in of_material}}
    return select(Material(articles=articles, **material), setting(**options))
