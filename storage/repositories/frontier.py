"""The frontier: every address that was ever seen, by its identity, and which of them wait to be fetched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, bindparam, func, literal, or_, select, update
from sqlalchemy.orm import Session

from storage.keys import key_hash
from storage.models import SeenUrlRow
from storage.plain_text import refuse_impossible
from storage.records import Candidate, UrlState, WaitingCandidate
from storage.upsert import insert_new, put, table_of

CHUNK = 500
"""Keys in one query."""
LONGEST_WAIT = timedelta(days=1)
"""No address waits for longer: one that seems to was put off while the clock was ahead."""
MOST_ATTEMPTS = 5

_SEEN = table_of(SeenUrlRow)
_SETTLE = update(_SEEN).where(_SEEN.c.key_hash == bindparam("this")).returning(_SEEN.c.key_hash)


class Frontier:
    """Every address that was ever seen. A key is its identity, the same for all forms of the address."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def unseen(self, keys: Iterable[str]) -> set[str]:
        """Those of `keys` that are new to us."""
        by_hash = {key_hash(key): key for key in keys}
        known = self._known(by_hash)
        return {key for hash_, key in by_hash.items() if hash_ not in known}

    def admit(self, source: str, candidates: Iterable[Candidate], now: datetime) -> int:
        """Lets the new ones of `candidates` wait, and notes of the others that they are still listed.

        Returns how many are new. Raises ValueError that names the URL, for a text that cannot be stored.
        """
        by_hash = {key_hash(candidate.key): candidate for candidate in candidates}
        known = self._known(by_hash)
        for hashes in _chunks(sorted(known)):
            listed = update(SeenUrlRow).where(SeenUrlRow.key_hash.in_(hashes)).values(last_listed_at=now)
            self._session.execute(listed)
        new = [_waiting_values(source, candidate, now) for hash_, candidate in by_hash.items() if hash_ not in known]
        insert_new(self._session, SeenUrlRow, new)
        return len(new)

    def pass_over(self, source: str, candidates: Iterable[Candidate], *, reason: str, now: datetime) -> None:
        """Notes of those of `candidates` that are new that they will not be fetched, so that they stay seen."""
        by_hash = {key_hash(candidate.key): candidate for candidate in candidates}
        known = self._known(list(by_hash))
        settled = {"state": UrlState.REFUSED, "reason": reason, "settled_at": now}
        rows = [
            _waiting_values(source, candidate, now) | settled
            for hash_, candidate in by_hash.items()
            if hash_ not in known
        ]
        insert_new(self._session, SeenUrlRow, rows)

    def waiting(self, source: str, now: datetime, limit: int) -> list[WaitingCandidate]:
        """What is due to be fetched from a source, the newest first; the undated as old as their first listing."""
        is_due = or_(SeenUrlRow.due_at <= now, SeenUrlRow.due_at > now + LONGEST_WAIT)
        query = (
            select(SeenUrlRow)
            .where(_is_waiting(), SeenUrlRow.source == source, is_due)
            .order_by(SeenUrlRow.known_at.desc(), SeenUrlRow.key_hash)
        )
        return [_waiting_candidate(row) for row in self._session.scalars(query.limit(limit))]

    def settle(self, key: str, state: UrlState, *, reason: str | None, article: int | None, now: datetime) -> None:
        """Notes what became of an address, which need not have been listed: a page may name another as its own."""
        if state is UrlState.WAITING:
            raise ValueError(f"{key}: waiting is not an end")
        refuse_impossible(key, key, reason)
        outcome = {"state": state, "reason": reason, "article_id": article, "settled_at": now}
        if self._session.execute(_SETTLE, outcome | {"this": key_hash(key)}).scalar_one_or_none() is None:
            unlisted = {"key_hash": key_hash(key), "key": key, "url": key, "via": "", "attempts": 0}
            put(self._session, SeenUrlRow, unlisted | {"due_at": now, "known_at": now} | outcome)

    def retry(self, key: str, *, reason: str, now: datetime, not_before: datetime) -> None:
        """Notes a failed try: the address waits until `not_before`; after five tries it has failed for good.

        Raises LookupError for one that was never seen.
        """
        refuse_impossible(key, key, reason)
        row = self._session.get(SeenUrlRow, key_hash(key))
        if row is None:
            raise LookupError(f"{key}: was never seen")
        row.attempts += 1
        row.reason = reason
        row.due_at = not_before
        if row.attempts >= MOST_ATTEMPTS:
            row.state, row.settled_at = UrlState.FAILED, now
        self._session.flush()

    def count_waiting(self, source: str) -> int:
        """How many addresses of a source wait, due or not."""
        waiting = select(func.count()).where(_is_waiting(), SeenUrlRow.source == source)
        return self._session.scalar(waiting) or 0

    def _known(self, hashes: Iterable[bytes]) -> set[bytes]:
        known: set[bytes] = set()
        # In order, so that neighbours in the index are read together.
        for chunk in _chunks(sorted(hashes)):
            known.update(self._session.scalars(select(SeenUrlRow.key_hash).where(SeenUrlRow.key_hash.in_(chunk))))
        return known


def _chunks(hashes: Sequence[bytes]) -> Iterator[Sequence[bytes]]:
    return (hashes[first : first + CHUNK] for first in range(0, len(hashes), CHUNK))


def _is_waiting() -> ColumnElement[bool]:
    # Written out, not as a parameter: else SQLite cannot know that the index of the waiting ones will do.
    return SeenUrlRow.state == literal(UrlState.WAITING, SeenUrlRow.state.type, literal_execute=True)


def _waiting_values(source: str, candidate: Candidate, now: datetime) -> dict[str, object]:
    if not candidate.key:
        raise ValueError(f"{candidate.url}: has no key")
    refuse_impossible(candidate.url, candidate)
    published = candidate.published_at
    return {
        "key_hash": key_hash(candidate.key),
        "key": candidate.key,
        "url": candidate.url,
        "source": source,
        "state": UrlState.WAITING,
        "title": candidate.title,
        "published_at": published,
        "lang": candidate.lang,
        "via": candidate.via,
        "attempts": 0,
        "due_at": now,
        "known_at": min(published, now) if published else now,
        "last_listed_at": now,
    }


def _waiting_candidate(row: SeenUrlRow) -> WaitingCandidate:
    return WaitingCandidate(
        url=row.url,
        key=row.key,
        title=row.title,
        published_at=row.published_at,
        lang=row.lang,
        via=row.via,
        source=row.source or "",
        attempts=row.attempts,
    )
