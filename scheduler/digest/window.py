"""The span of time that a digest covers: a local day as UTC instants."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Window:
    """Instants from `start` up to, but without, `end`, both UTC: the day `on` in the IANA zone `zone`."""

    start: datetime
    end: datetime
    on: date
    zone: str

    @property
    def tzinfo(self) -> ZoneInfo:
        """The zone, for showing instants as its readers' clocks do."""
        return ZoneInfo(self.zone)


def day_window(on: date, zone: str) -> Window:
    """The day `on` from midnight to midnight of the clocks in `zone`: 23, 24 or 25 hours.

    Where the clocks skip midnight the day starts with the first minute there is; where it comes twice, with
    the first of the two. So the windows of two days in a row always touch. Configuration has checked the
    zone.
    """
    clock = ZoneInfo(zone)
    start, end = (datetime.combine(day, time(), tzinfo=clock).astimezone(UTC) for day in (on, on + timedelta(days=1)))
    return Window(start, end, on, zone)
