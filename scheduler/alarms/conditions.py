"""When something needs a person. Values in, conditions out: nothing here asks or tells anybody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from crawler.text.clean import one_line
from scheduler.quiet import why_quiet
from storage.records import Delivery, DeliveryState, Run, SourceState

FAILING_AFTER = timedelta(hours=24)
FAILING_FROM = 1.5
"""Weighted failures in a row from which a source that never answered is said to fail."""
NETWORK_AFTER = timedelta(hours=6)
"""Without any source reached, it is hardly the sources."""
NOTHING_NEW_AFTER = timedelta(hours=24)
EXPECTED_IN_ALL = 3.0
LATE_AFTER = timedelta(hours=1)
UNDELIVERED_AFTER = timedelta(hours=2)
MAX_TEXT = 300
FAILED = frozenset({DeliveryState.REFUSED, DeliveryState.GAVE_UP, DeliveryState.AMBIGUOUS})


@dataclass(frozen=True, slots=True)
class Condition:
    """Something that needs a person: `key` is the same as long as it lasts, `text` says in a line what it is."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class SlotState:
    """The last digest that was due of a profile, and whether it was made."""

    profile: str
    on: date
    due_at: datetime
    is_made: bool


def failing_sources(states: Iterable[SourceState], now: datetime) -> Iterator[Condition]:
    """Sources that have not been reached for a day; one condition for all when none has been."""
    asked = [state for state in states if state.outcome is not None]
    reached = [state.last_reached_at for state in asked if state.last_reached_at]
    if len(asked) > 1 and reached and now - max(reached) >= NETWORK_AFTER and not any(map(_is_reached, asked)):
        yield Condition("nothing reached", f"no source was reached since {_minute(max(reached))}: is there a network?")
        return
    for state in asked:
        if not _is_reached(state) and _fails_for_long(state, now):
            since = f"since {_minute(state.last_reached_at)}" if state.last_reached_at else "ever"
            cause = one_line(f"{state.outcome}: {state.detail}", limit=MAX_TEXT)
            yield Condition(f"failing {state.source}", f"{state.source} was not reached {since}: {cause}")


def quiet_sources(states: Iterable[SourceState], usual: Mapping[str, float]) -> Iterator[Condition]:
    """Sources that are reached, but bring nothing for longer than their `usual` articles a day explain."""
    for state in states:
        if told := why_quiet(state, usual.get(state.source, 0.0)):
            yield Condition(f"quiet {state.source}", f"{state.source} is quiet: {told}")


def nothing_new(runs: Sequence[Run], usual_in_all: float, now: datetime) -> Iterator[Condition]:
    """Sources answer, and for a day not one of them listed anything new. `runs` are those of the last two days."""
    recent = [run for run in runs if now - run.started_at <= NOTHING_NEW_AFTER]
    is_known_for_a_day = any(now - run.started_at > NOTHING_NEW_AFTER for run in runs)
    reports = [report for run in recent for report in run.reports]
    answered = {report.source for report in reports if report.outcome.reached}
    is_empty = not any(report.new or report.stored for report in reports)
    if is_known_for_a_day and answered and is_empty and usual_in_all >= EXPECTED_IN_ALL:
        told = f"{len(answered)} sources answered in the last 24 hours, and none had anything new"
        yield Condition("nothing new", f"{told}; usually there are {usual_in_all:.0f} articles a day")


def late_digests(slots: Iterable[SlotState], now: datetime) -> Iterator[Condition]:
    """Digests that should have been made an hour ago."""
    for slot in slots:
        if not slot.is_made and now - slot.due_at > LATE_AFTER:
            text = f"the digest {slot.profile} of {slot.on} was due at {_minute(slot.due_at)} and is not made"
            yield Condition(f"late {slot.profile}", text)


def undelivered(deliveries: Iterable[Delivery], now: datetime) -> Iterator[Condition]:
    """Channels in which something waits for long, and recipients whose last message came to a bad end."""
    waiting: dict[str, list[Delivery]] = {}
    last: dict[tuple[str, str], Delivery] = {}
    for delivery in deliveries:
        if delivery.settled_at is None and now - delivery.queued_at > UNDELIVERED_AFTER:
            waiting.setdefault(delivery.channel, []).append(delivery)
        elif delivery.settled_at is not None:
            whom = (delivery.channel, delivery.recipient)
            if whom not in last or _end(last[whom]) <= delivery.settled_at:
                last[whom] = delivery
    for channel, held in waiting.items():
        oldest = min(held, key=lambda delivery: delivery.queued_at)
        told = f"{len(held)} messages wait to go by {channel} since {_minute(oldest.queued_at)}"
        yield Condition(f"waiting {channel}", one_line(f"{told}: {oldest.words or 'not tried yet'}", limit=MAX_TEXT))
    for (channel, recipient), delivery in last.items():
        if delivery.state in FAILED:
            told = f"{channel} to {recipient}: “{delivery.subject}” {delivery.state}: {delivery.words}"
            yield Condition(f"undelivered {channel} {recipient}", one_line(told, limit=MAX_TEXT))


def little_room(free_mb: Mapping[str, int], floor_mb: int) -> Iterator[Condition]:
    """Disks, each named by a folder on it, with less free space than `floor_mb`."""
    for folder, free in free_mb.items():
        if free < floor_mb:
            yield Condition(f"disk {folder}", f"{folder}: only {free} MB are free on its disk")


def _is_reached(state: SourceState) -> bool:
    return state.outcome is not None and state.outcome.reached


def _fails_for_long(state: SourceState, now: datetime) -> bool:
    if state.last_reached_at is None:
        return state.failures >= FAILING_FROM
    return now - state.last_reached_at >= FAILING_AFTER


def _end(delivery: Delivery) -> datetime:
    assert delivery.settled_at is not None
    return delivery.settled_at


def _minute(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"
