"""What an article's publisher changed, for people and programs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from crawler.versions.word_diff import Change, Kind, word_diff
from storage.records import Article, Revision

AROUND = 60
"""Characters of what has stayed that are shown on each side of a change."""
LEFT_OUT = " … "


def history(article: Article, revisions: list[Revision]) -> Iterator[str]:
    """One line a revision, and one when the article was taken down; nothing for an article that is as it was."""
    for revision in revisions:
        yield f"changed, as seen {revision.seen_at:%Y-%m-%d %H:%M} UTC: {' and '.join(revision.changed)}"
    if article.removed_at:
        yield f"taken down, as seen {article.removed_at:%Y-%m-%d %H:%M} UTC"


def differences(revision: Revision) -> Iterator[tuple[Change, ...]]:
    """The word diff of each part that a revision changed, cut to what is around the changes."""
    for part in revision.changed:
        yield shortened(word_diff(*_sides(revision, part)))


def as_data(revision: Revision) -> dict[str, Any]:
    """A revision with its word diffs, as plain values."""
    diffs = {part: [asdict(each) for each in word_diff(*_sides(revision, part))] for part in revision.changed}
    return {**asdict(revision), "diff": diffs}


def shortened(changes: tuple[Change, ...]) -> tuple[Change, ...]:
    """`changes` without most of what has stayed: only what stands next to a change is left of it."""
    last = len(changes) - 1
    return tuple(
        Change(change.kind, _cut(change.text, is_first=number == 0, is_last=number == last))
        if change.kind is Kind.SAME
        else change
        for number, change in enumerate(changes)
    )


def _cut(text: str, *, is_first: bool, is_last: bool) -> str:
    before = "" if is_first else text[:AROUND]
    after = "" if is_last else text[-AROUND:]
    if len(text) <= len(before) + len(after) + len(LEFT_OUT):
        return text
    return f"{before}{LEFT_OUT}{after}"


def _sides(revision: Revision, part: str) -> tuple[str, str]:
    sides = {"title": (revision.old_title, revision.new_title), "text": (revision.old_text, revision.new_text)}
    return sides[part]
