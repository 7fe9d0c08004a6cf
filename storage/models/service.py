"""Tables of the background service: that it lives, and what its jobs did last."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base


class ServiceRow(Base):
    """The service of this database: there is one at most."""

    __tablename__ = "services"

    name: Mapped[str] = mapped_column(primary_key=True)
    pid: Mapped[int]
    host: Mapped[str]
    started_at: Mapped[datetime]
    beat_at: Mapped[datetime]
    stopped_at: Mapped[datetime | None]
    problem: Mapped[str]


class JobRow(Base):
    """What a job of the service did last."""

    __tablename__ = "jobs"

    name: Mapped[str] = mapped_column(primary_key=True)
    started_at: Mapped[datetime | None]
    heard_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    succeeded_at: Mapped[datetime | None]
    failures: Mapped[int]
    detail: Mapped[str]
