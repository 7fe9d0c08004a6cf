"""From the archive to a digest: ask it for the time of the window, choose, and keep a record of what was shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

from crawler.sources import load_sources
from scheduler.config import AppConfig, Profile
from scheduler.digest.corrections import corrections_between
from scheduler.digest.ledger import build_ledger
from scheduler.digest.model import Digest
from scheduler.digest.outlets import outlets_of
from scheduler.digest.select import Material, select
from scheduler.digest.slots import slot_window
from scheduler.digest.stories import Setting
from scheduler.digest.usual import COMPARED, usual_of
from scheduler.digest.window import Window
from storage.records import Article, DigestRecord, NewDigest, Relevance, ShownStory
from storage.session import Database, Storage

STILL_COMING = timedelta(hours=2)
"""An article is stored a while after it was fetched: one that the last digest was too early for is in this one."""
ANNOUNCED = timedelta(days=28)
"""How long ago something may have been announced that is to come in the next days."""


def slot_to_build(storage: Storage, profile: Profile, on: date, now: datetime) -> tuple[Window, datetime]:
    """What the digest of the slot `on` covers, and the instant whose archive it shows.

    A slot that has its digest keeps its window and its instant: made again, it shows the same. Otherwise the window
    begins where the profile's last digest ended, and ends `now` if the slot is not due yet.
    """
    with storage.read() as db:
        made = db.digests.get(profile.name, on)
        before = db.digests.before(profile.name, on)
    if made and made.window_start and made.window_end:
        return Window(made.window_start, made.window_end, on, made.zone), made.built_at
    return slot_window(profile, on, before.window_end if before else None).until(now), now


def build_digest(
    storage: Storage, config: AppConfig, *, profile: Profile, window: Window, now: datetime, is_slot: bool = True
) -> Digest:
    """The digest of `profile` for `window`, from what is in the archive `now`.

    Of a slot, stories that earlier digests of the profile showed are in only when they develop. Otherwise it is a
    look at the time of the window: all that happened then.
    """
    setting = Setting(
        profile=profile,
        window=window,
        outlets=outlets_of(load_sources(config.crawl.sources)),
        ties=config.ties,
        now=now,
    )
    with storage.read() as db:
        material = _gather(db, setting, is_slot=is_slot)
    return select(material, setting)


def record_digest(storage: Storage, digest: Digest, files: Sequence[Path] = ()) -> int:
    """Keep what the digest of a slot covered, and which stories it showed. Returns the id of the digest."""
    with storage.begin() as db:
        return note_digest(db, digest, files)


def note_digest(db: Database, digest: Digest, files: Sequence[Path] = ()) -> int:
    """The same within a transaction."""
    return db.digests.add(
        NewDigest(
            profile=digest.profile,
            on=digest.window.on,
            zone=digest.window.zone,
            built_at=digest.built_at,
            window_start=digest.window.start,
            window_end=digest.window.end,
            shown=tuple(
                ShownStory(story_id=story.story_id, section=story.kind.value, facts=story.facts)
                for story in digest.stories
                if story.story_id is not None
            ),
            files=tuple(map(str, files)),
        )
    )


def _gather(db: Database, setting: Setting, *, is_slot: bool) -> Material:
    window, profile = setting.window, setting.profile
    found = [one for one in _found(db, profile, window, is_slot=is_slot) if one.fetched_at <= setting.now]
    articles = _with_members(db, found, setting)
    stories = {article.story_id for article in articles if article.story_id is not None}
    known = db.digests.known(profile.name, window.on, stories) if is_slot else {}
    made = db.digests.get(profile.name, window.on)
    if is_slot and made and made.window_end == window.end:
        articles = _as_shown(articles, made, known)
    activity = db.activity.between(window.start - COMPARED, window.start)
    return Material(
        articles=articles,
        ledger=build_ledger(
            db.runs.between(window.start, window.end),
            setting.outlets,
            db.activity.usual_new(window.start),
            window.days,
        ),
        known=known,
        usual=usual_of(activity, profile=profile, window=window, began_at=db.activity.began_at()),
        announced=db.activity.announcing(window.start - ANNOUNCED, window.start),
        corrections=corrections_between(db, setting) if is_slot else (),
    )


def _as_shown(articles: Sequence[Article], made: DigestRecord, known: Mapping[int, ShownStory]) -> list[Article]:
    """`articles` without those that were still on their way to the archive when the digest was `made`.

    Its readers have not seen them: they must not be taken for shown.
    """
    shown = {story.story_id: story.facts.articles for story in made.shown if story.facts}

    def was_there(article: Article) -> bool:
        if article.story_id in shown:
            return article.id in shown[article.story_id]
        is_new = article.tagging.relevance is Relevance.SUBSTANTIVE and article.story_id is not None
        return not is_new or article.story_id in known

    return [article for article in articles if was_there(article)]


def _found(db: Database, profile: Profile, window: Window, *, is_slot: bool) -> list[Article]:
    """What the window brought; and what came while the last digest was made, which may not have shown it."""
    articles = db.articles.in_window(window.start, window.end)
    if not is_slot or db.digests.before(profile.name, window.on) is None:
        return articles
    ids = {article.id for article in articles}
    earlier = db.articles.in_window(window.start - STILL_COMING, window.start)
    came = [one for one in earlier if one.id not in ids and one.tagging.relevance is Relevance.SUBSTANTIVE]
    return [*came, *articles]


def _with_members(db: Database, articles: Sequence[Article], setting: Setting) -> list[Article]:
    """`articles` and the other members of their stories."""
    stories = sorted({article.story_id for article in articles if article.story_id is not None})
    ids = {article.id for article in articles}
    members = db.activity.members(stories, known_before=setting.window.end, fetched_by=setting.now)
    return [*articles, *(one for one in members if one.id not in ids)]
