"""The span of time that a digest covers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Window:
    """Instants from `start` up to, but without, `end`, both UTC: what the digest of `on` in the IANA zone covers."""

    start: datetime
    end: datetime
    on: date
    zone: str

    @property
    def tzinfo(self) -> ZoneInfo:
        """The zone, for showing instants as its readers' clocks do."""
        return ZoneInfo(self.zone)

    @property
    def days(self) -> float:
        """Its length; 1.0 for an ordinary day."""
        return (self.end - self.start) / timedelta(days=1)

    def until(self, now: datetime) -> Window:
        """The same, ended `now` if its end is still to come."""
        return replace(self, end=max(self.start, now)) if now < self.end else self


def today_in(zone: str, now: datetime) -> date:
    """The calendar day in `zone`."""
    return now.astimezone(ZoneInfo(zone)).date()


def day_window(on: date, zone: str) -> Window:
    """The day `on` from midnight to midnight of the clocks in `zone`: 23, 24 or 25 hours.

    Where the clocks skip midnight the day starts with the first minute there is; where it comes twice, with
    the first of the two. So the windows of two days in a row always touch. Configuration has checked the
    zone.
    """
    clock = ZoneInfo(zone)
    start, end = (datetime.combine(day, time(), tzinfo=clock).astimezone(UTC) for day in (on, on + timedelta(days=1)))
    return Window(start, end, on, zone)
