"""``khabar digest``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.cli.deliveries import deliver
from scheduler.cli.output import complain, note, say
from scheduler.cli.root import archive, configuration

if TYPE_CHECKING:
    from scheduler.config import AppConfig, Profile
    from scheduler.digest.model import Digest
    from storage.session import Storage


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(digest)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the command line asks for. `formats` empty and `out` None: as the profile says."""

    formats: tuple[str, ...]
    out: Path | None
    send: bool


def digest(
    on: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Day, in the zone of the digest; default: today."),
    ] = None,
    formats: Annotated[
        str | None,
        typer.Option("--format", help="Comma-separated: html, txt, md, json, atom; default: as configured."),
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Folder; default: as configured.")] = None,
    name: Annotated[
        str | None,
        typer.Option("--profile", metavar="NAME", help="The day's digest of a profile: what is new to its readers."),
    ] = None,
    send: Annotated[bool, typer.Option("--send", help="Also send it, of all profiles unless one is named.")] = False,
) -> None:
    """Write the digest of one day, or with --profile and --send the one that readers get.

    Without these two it is a look at a calendar day. With them it begins where the last digest ended.

    With --send each recipient gets it once, however often it is called; ends with 1 when something was refused or
    still waits.

    Example: khabar digest --on 2026-11-21 --format html,txt
    """
    config = configuration()
    wanted = Wanted(_formats(formats), out, send)
    with archive() as storage:
        if name is None and not send:
            _look(storage, config, on.date() if on else None, wanted)
            return
        made = [
            _make_or_complain(storage, config, profile, on.date() if on else None, wanted)
            for profile in chosen_profiles(config, name)
        ]
    if not all(made):
        raise typer.Exit(1)


def _make_or_complain(storage: Storage, config: AppConfig, profile: Profile, on: date | None, wanted: Wanted) -> bool:
    """What is in the way of one profile's digest does not keep the others from their readers."""
    from storage.errors import KhabarError

    try:
        return _make(storage, config, profile, on, wanted)
    except KhabarError as error:
        complain(error)
        return False


def _look(storage: Storage, config: AppConfig, on: date | None, wanted: Wanted) -> None:
    """A calendar day, for looking: its readers know nothing of it."""
    from crawler.clock import utc_now
    from scheduler.digest.build import build_digest
    from scheduler.digest.window import day_window

    profile = config.described
    now = utc_now()
    window = day_window(chosen_day(on, profile, now), profile.zone)
    _write(build_digest(storage, config, profile=profile, window=window, now=now, is_slot=False), profile, wanted)


def _make(storage: Storage, config: AppConfig, profile: Profile, on: date | None, wanted: Wanted) -> bool:
    """The digest of a profile and day: built, written, recorded and, if wanted, sent. False if somebody refused it."""
    from crawler.clock import utc_now
    from scheduler.digest.build import build_digest, record_digest, slot_to_build
    from scheduler.digest.slots import has_slot
    from scheduler.digest.wanted import keeps_silent

    day = chosen_day(on, profile, utc_now())
    if not has_slot(profile, day):
        note(f"khabar: {profile.name} has no digest on {day}: its days are {', '.join(profile.days)}")
        return True
    window, now = slot_to_build(storage, profile, day, utc_now())
    built = build_digest(storage, config, profile=profile, window=window, now=now)
    if keeps_silent(profile, built):
        record_digest(storage, built)
        say(f"{profile.name}: nothing on {day}, and so nothing is written or sent")
        return True
    files = _write(built, profile, wanted)
    record_digest(storage, built, files)
    return not wanted.send or deliver(storage, config, profile, built)


def _write(built: Digest, profile: Profile, wanted: Wanted) -> list[Path]:
    from scheduler.digest.phrases import subject
    from scheduler.digest.write import write_digest

    files = write_digest(built, wanted.formats or profile.formats, wanted.out or profile.folder)
    say(subject(built))
    for file in files:
        say(f"  {file}")
    return files


def chosen_day(on: date | None, profile: Profile, now: datetime) -> date:
    """The day asked for, else today by the clocks of the profile. One that has not begun is wrong usage."""
    from scheduler.digest.window import today_in

    today = today_in(profile.zone, now)
    if on and on > today:
        raise typer.BadParameter(f"{on} has not begun in {profile.zone}", param_hint="--on")
    return on or today


def chosen_profiles(config: AppConfig, name: str | None) -> Sequence[Profile]:
    """The profile of that name, or all. An unknown name is wrong usage."""
    found = [profile for profile in config.profiles if name in {None, profile.name}]
    if not found:
        known = ", ".join(profile.name for profile in config.profiles)
        raise typer.BadParameter(f"{name}: no such profile; choose from {known}", param_hint="--profile")
    return found


def _formats(text: str | None) -> tuple[str, ...]:
    from scheduler.digest.render import FORMATS

    chosen = tuple(part.strip() for part in (text or "").split(",") if part.strip())
    for name in chosen:
        if name not in FORMATS:
            raise typer.BadParameter(f"{name}: unknown; choose from {', '.join(FORMATS)}", param_hint="--format")
    return chosen
