"""``khabar deliveries``, and the delivering of ``khabar digest --send``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from scheduler.cli.output import note, plain, print_json, print_table, say
from scheduler.cli.root import AsJson, archive, configuration

if TYPE_CHECKING:
    from scheduler.config import AppConfig, Profile
    from scheduler.digest.model import Digest
    from storage.records import Delivery
    from storage.session import Storage


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(deliveries)


def deliveries(
    retry: Annotated[
        bool, typer.Option("--retry", help="Queue again what was refused or given up, and send what is due now.")
    ] = False,
    since: Annotated[str, typer.Option(help="How far back, such as 48h or 30d.")] = "30d",
    as_json: AsJson = False,
) -> None:
    """Show what was sent to whom, what waits, and what the servers said.

    With --retry ends with 1 when something is refused again or still waits.

    Example: khabar deliveries --retry
    """
    from crawler.clock import utc_now
    from crawler.durations import parse_duration
    from scheduler.delivery.outbox import deliver_at_once

    try:
        start = utc_now() - parse_duration(since)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--since") from error
    with archive() as storage:
        if retry:
            with storage.begin() as db:
                again = {each.id for each in db.outbox.requeue(utc_now())}
            tried = deliver_at_once(storage, configuration()).tried
            again |= {each.id for each in tried}
        with storage.read() as db:
            found = db.outbox.since(start)
    _print(found, as_json=as_json)
    if retry and not all(_arrived(each) for each in found if each.id in again):
        raise typer.Exit(1)


def deliver(storage: Storage, config: AppConfig, profile: Profile, digest: Digest) -> bool:
    """Queue `digest`, send it now, and print what became of it for each recipient: whether all got it."""
    from crawler.clock import utc_now
    from scheduler.delivery.outbox import deliver_at_once, queue_digest
    from scheduler.delivery.queueing import demand_channels
    from scheduler.digest.slots import slot_key

    demand_channels(config, profile)
    key = slot_key(profile.name, digest.window.on)
    new = queue_digest(storage, config, profile=profile, digest=digest, now=utc_now())
    deliver_at_once(storage, config, key)
    with storage.read() as db:
        own = db.outbox.of(key)
    if not own:
        say("nothing is sent: there is no story, and the profile is silent then")
    if own and not new:
        say("was queued before; nobody gets it twice:")
    for each in own:
        (say if _arrived(each) else note)(plain(f"{each.channel} {each.recipient}: {_outcome(each)}"))
    return all(map(_arrived, own))


def _arrived(delivery: Delivery) -> bool:
    return delivery.state == "sent"


def _outcome(delivery: Delivery) -> str:
    words = f" ({delivery.words})" if delivery.words else ""
    if delivery.settled_at is not None:
        return f"{delivery.state} {_minute(delivery.settled_at)}{words}"
    return f"{delivery.state}, tried {delivery.attempts} times, again {_minute(delivery.due_at)}{words}"


def _print(found: Sequence[Delivery], *, as_json: bool) -> None:
    if as_json:
        print_json([_as_json(each) for each in found])
        return
    if not found:
        say("nothing was queued")
        return
    rows = ((each.subject, each.channel, each.recipient, _outcome(each)) for each in found)
    print_table(("what", "channel", "recipient", "outcome"), rows)


def _as_json(delivery: Delivery) -> dict[str, Any]:
    hidden = ("message_id", "claim", "lease_until")
    return {name: value for name, value in asdict(delivery).items() if name not in hidden}


def _minute(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"
