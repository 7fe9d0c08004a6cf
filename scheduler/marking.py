"""The user's own judgement of an article: from what was typed to a mark, and from marks to labelled articles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from crawler.placing import Placer
from crawler.regrouping import Regrouper
from crawler.ties.labelled import NONE, PASSING, SUBSTANTIVE, Labelled, labelled_to_json
from crawler.ties.sides import REGION
from scheduler.errors import SchedulerError
from scheduler.lookup import find_article
from scheduler.verdict import Verdict
from storage.judging import put_right
from storage.records import Article, Mark, Relevance, Tagging
from storage.session import Storage

_MEANING = {
    Verdict.RELEVANT: Relevance.SUBSTANTIVE,
    Verdict.PASSING: Relevance.PASSING,
    Verdict.IRRELEVANT: Relevance.NONE,
}
_WORD = {relevance: verdict for verdict, relevance in _MEANING.items()}
_LABEL = {Relevance.SUBSTANTIVE: SUBSTANTIVE, Relevance.PASSING: PASSING, Relevance.NONE: NONE}


class NoPair(SchedulerError):
    """An article cannot have a tie with nobody."""

    def __init__(self, article: int) -> None:
        super().__init__(f"{article}: the tagger found no pair in it; name one, such as --pair AZ-KZ")
        self.article = article


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What was typed. Empty pairs and topics: those that are known of the article."""

    verdict: Verdict
    pairs: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    note: str = ""


def mark_of(article: Article, judgement: Judgement, now: datetime) -> Mark:
    """The mark that says it of `article`, with the pairs that it then has, so that no later tagging takes them away.

    Raises NoPair for an article with a tie and no pair.
    """
    relevance = _MEANING[judgement.verdict]
    if relevance is Relevance.NONE:
        return Mark(relevance=relevance, note=judgement.note, marked_at=now)
    said_before = article.mark.pairs if article.mark else ()
    found = tuple(dict.fromkeys(tie.pair for tie in article.machine_tagging.ties))
    pairs = judgement.pairs or said_before or found
    if not pairs:
        raise NoPair(article.id)
    return Mark(relevance=relevance, pairs=pairs, topics=judgement.topics, note=judgement.note, marked_at=now)


def mark_article(storage: Storage, name: str, judgement: Judgement, *, regrouper: Regrouper, now: datetime) -> Article:
    """Mark the article with this id or address, and put it where it then belongs. Raises NotFound, NoPair."""
    with storage.read() as db:
        article = find_article(db, name)
    mark = mark_of(article, judgement, now)
    return _change(storage, article, mark, regrouper=regrouper, now=now)


def unmark_article(storage: Storage, name: str, *, regrouper: Regrouper, now: datetime) -> Article:
    """Take the mark of an article away. Raises NotFound."""
    with storage.read() as db:
        article = find_article(db, name)
    return _change(storage, article, None, regrouper=regrouper, now=now)


def word_of(mark: Mark) -> Verdict:
    """What the user typed."""
    return _WORD[mark.relevance]


def describe_mark(mark: Mark, by_tagger: Tagging) -> str:
    """One line: what the user says, and what the tagger says."""
    note = f" ({mark.note})" if mark.note else ""
    return (
        f"marked {word_of(mark)} by you on {mark.marked_at:%Y-%m-%d}{note}; "
        f"the tagger says {by_tagger.relevance} {by_tagger.score:.2f}"
    )


def mark_to_json(mark: Mark) -> dict[str, Any]:
    """For a program."""
    return {"verdict": word_of(mark)} | asdict(mark)


def labelled_of(article: Article) -> Labelled:
    """A marked article as one to measure by and to learn from. Its evidence is what the tagger showed of its pairs.

    Topics are only those that the user named.
    """
    mark = article.mark
    assert mark is not None, "only marked articles are labelled"
    sentences = (each.sentence for tie in article.tagging.ties for each in tie.evidence)
    return Labelled(
        id=str(article.id),
        title=article.title,
        text=article.text,
        lang=article.lang,
        label=_LABEL[mark.relevance],
        countries=frozenset(pair.partition("-")[2] for pair in mark.pairs) - {REGION},
        topics=frozenset(mark.topics),
        evidence=tuple(dict.fromkeys(sentences)),
    )


def marked_line(article: Article) -> Mapping[str, Any]:
    """A marked article as a labelled line, with what else tells a person which one it is."""
    assert article.mark is not None, "only marked articles are labelled"
    more = {"note": article.mark.note, "url": article.url, "marked_at": article.mark.marked_at}
    return labelled_to_json(labelled_of(article)) | more


def _change(storage: Storage, article: Article, mark: Mark | None, *, regrouper: Regrouper, now: datetime) -> Article:
    placer: Placer = regrouper.prepare([_expected(article, mark)])
    with storage.begin() as db:
        if mark:
            db.marks.put(article.id, mark)
        else:
            db.marks.remove(article.id)
        changed = db.articles.get(article.id)
        assert changed is not None
        placer.place_again(db, changed, now)
    return changed


def _expected(article: Article, mark: Mark | None) -> Article:
    return replace(article, tagging=put_right(article.machine_tagging, mark), mark=mark)
