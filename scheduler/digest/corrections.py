"""What outlets changed, or took down, of articles that a digest had shown."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import timedelta

from crawler.versions.word_diff import Change as WordChange
from crawler.versions.word_diff import Kind, word_diff
from scheduler.digest.model import Change, Correction, CorrectionKind
from scheduler.digest.reports import report_of
from scheduler.digest.stories import Setting
from scheduler.digest.untrusted import printable
from scheduler.versions import shortened
from storage.records import Article, Revision
from storage.session import Database

REMEMBERED = timedelta(days=30)
"""How long ago a reader may have read what is corrected now."""
MAX_PASSAGE = 900
"""Characters of changes that are shown of one article: the rest stands in `khabar show ID --diff`."""
OMISSION = " […]"


def corrections_between(db: Database, setting: Setting) -> tuple[Correction, ...]:
    """Those that were seen in the time of the window, the earliest first."""
    window = setting.window
    since = window.on - REMEMBERED
    known = db.digests.shown_since(setting.profile.name, since, window.on).values()
    shown = {article for story in known if story.facts for article in story.facts.articles}
    if not shown:
        return ()
    changed = db.articles.revised_between(window.start, window.end)
    revisions = db.revisions.between(window.start, window.end)
    return corrections_of(changed, revisions, shown=shown, setting=setting)


def corrections_of(
    changed: Sequence[Article], revisions: Sequence[Revision], *, shown: Collection[int], setting: Setting
) -> tuple[Correction, ...]:
    """The corrections that `changed` articles and their `revisions` are, as far as they are among those `shown`.

    Several changes of an article are one correction: from what was read to what stands there now.
    """
    by_article: dict[int, list[Revision]] = {}
    for revision in revisions:
        by_article.setdefault(revision.article_id, []).append(revision)
    found = [
        correction
        for article in changed
        if article.id in shown and (correction := _correction(article, by_article.get(article.id, []), setting))
    ]
    return tuple(sorted(found, key=lambda each: (each.seen_at, each.report.article_id)))


def _correction(article: Article, revisions: Sequence[Revision], setting: Setting) -> Correction | None:
    report = report_of(article, setting.outlets)
    removed_at = article.removed_at
    if removed_at and setting.window.start <= removed_at < setting.window.end:
        return Correction(report, removed_at, CorrectionKind.REMOVED)
    changes = tuple(_bounded(_changes(revisions))) if revisions else ()
    if all(change is Change.SAME for _, change in changes):
        return None  # changed, and changed back
    return Correction(report, revisions[-1].seen_at, CorrectionKind.EDITED, changes)


def _changes(revisions: Sequence[Revision]) -> Iterator[tuple[str, Change]]:
    """Word by word, the headline first; each part only if it differs."""
    first, last = revisions[0], revisions[-1]
    sides = ((first.old_title, last.new_title), (first.old_text, last.new_text))
    parts = [shortened(diff) for old, new in sides if _differs(diff := word_diff(old, new))]
    for number, part in enumerate(parts):
        if number:
            yield " — ", Change.SAME
        for change in part:
            yield printable(change.text), Change(change.kind.value)


def _differs(diff: Sequence[WordChange]) -> bool:
    return any(change.kind is not Kind.SAME for change in diff)


def _bounded(changes: Iterator[tuple[str, Change]]) -> Iterator[tuple[str, Change]]:
    room = MAX_PASSAGE
    for text, change in changes:
        if len(text) > room:
            yield text[:room] + OMISSION, change
            return
        room -= len(text)
        yield text, change
