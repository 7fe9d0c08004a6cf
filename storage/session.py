"""The open database: transactions, and what can be asked in one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import URL, Engine
from sqlalchemy.orm import Session

from storage.engine import parse_url, reading_engine, shown, writing_engine
from storage.failures import operator_errors
from storage.preflight import check_file
from storage.repositories.activity import Activities
from storage.repositories.alarms import Alarms
from storage.repositories.articles import Articles
from storage.repositories.blocks import Blocks
from storage.repositories.checks import Checks
from storage.repositories.digests import Digests
from storage.repositories.frontier import Frontier
from storage.repositories.marks import Marks
from storage.repositories.meanings import Meanings
from storage.repositories.outbox import Outbox
from storage.repositories.retention import Retention
from storage.repositories.revisions import Revisions
from storage.repositories.robots import Robots
from storage.repositories.runs import Runs
from storage.repositories.service import Service
from storage.repositories.shingles import Shingles
from storage.repositories.sources import Sources
from storage.repositories.stories import Stories
from storage.version import NEWEST, version_of


@dataclass(frozen=True, slots=True)
class Database:
    """What can be asked and told within one transaction."""

    articles: Articles
    revisions: Revisions
    checks: Checks
    blocks: Blocks
    shingles: Shingles
    frontier: Frontier
    stories: Stories
    sources: Sources
    runs: Runs
    digests: Digests
    activity: Activities
    robots: Robots
    service: Service
    retention: Retention
    marks: Marks
    meanings: Meanings
    outbox: Outbox
    alarms: Alarms


class Storage:
    """An open database. It may be shared by threads, each with transactions of its own, but not by forked processes."""

    def __init__(self, url: URL) -> None:
        self.url = shown(url)
        """The address without its password, for messages."""
        self.engine: Engine = writing_engine(url)
        self.reading_engine: Engine = reading_engine(url)

    @contextmanager
    def begin(self) -> Iterator[Database]:
        """One transaction that may write: kept as a whole at the end of the block, undone on an error.

        Only one process at a time writes to SQLite: whoever comes later waits for up to 30 seconds. So nothing slow
        belongs in the block, and no second `begin`. Raises StorageError for what the operator can mend.
        """
        with operator_errors(self.url), Session(self.engine) as session, session.begin():
            session.info["only_reads"] = False
            yield _database(session)

    @contextmanager
    def read(self) -> Iterator[Database]:
        """One transaction that sees the database as it was at its first query, and cannot write."""
        with operator_errors(self.url), Session(self.reading_engine) as session:
            session.info["only_reads"] = True
            yield _database(session)

    def close(self) -> None:
        """Closes all connections."""
        self.engine.dispose()
        self.reading_engine.dispose()


def open_storage(url: str, *, upgrade: bool = True) -> Storage:
    """The database at `url`, made if there is none and brought up to date; close it in the end.

    Without `upgrade` it must exist, and an older one is opened as it is: good for copying and checking it.
    Raises StorageError for one that is newer than this program, belongs to another, is damaged, or cannot be written.
    """
    address = parse_url(url)
    with operator_errors(shown(address)):
        check_file(address, may_create=upgrade)
        storage = Storage(address)
        try:
            _bring_up_to_date(storage, address, upgrade=upgrade)
        except BaseException:
            storage.close()
            raise
    return storage


def _bring_up_to_date(storage: Storage, address: URL, *, upgrade: bool) -> None:
    with storage.reading_engine.connect() as connection:
        if version_of(connection) == NEWEST:
            return
        # Loaded only when there is something to do: it takes as long as all the rest.
        from storage import migrate

        migrate.demand_known(connection, address)
    if upgrade:
        migrate.upgrade(address)


def _database(session: Session) -> Database:
    return Database(
        articles=Articles(session),
        revisions=Revisions(session),
        checks=Checks(session),
        blocks=Blocks(session),
        shingles=Shingles(session),
        frontier=Frontier(session),
        stories=Stories(session),
        sources=Sources(session),
        runs=Runs(session),
        digests=Digests(session),
        activity=Activities(session),
        robots=Robots(session),
        service=Service(session),
        retention=Retention(session),
        marks=Marks(session),
        meanings=Meanings(session),
        outbox=Outbox(session),
        alarms=Alarms(session),
    )
