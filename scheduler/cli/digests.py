"""``khabar digest``."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from scheduler.cli.deliveries import deliver
from scheduler.cli.output import say
from scheduler.cli.root import archive, configuration


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(digest)


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
    send: Annotated[bool, typer.Option("--send", help="Also deliver it now, as configured.")] = False,
) -> None:
    """Write the digest of one day.

    With --send each recipient gets it once, however often it is called; ends with 1 when something was refused or
    still waits.

    Example: khabar digest --on 2026-11-21 --format html,txt
    """
    from crawler.clock import utc_now
    from scheduler.digest.build import build_digest, record_digest, today_in
    from scheduler.digest.phrases import subject
    from scheduler.digest.write import write_digest

    config = configuration()
    chosen = _formats(formats) or config.digest.formats
    day: date = on.date() if on else today_in(config.digest.zone, utc_now())
    if day > today_in(config.digest.zone, utc_now()):
        raise typer.BadParameter(f"{day} has not begun in {config.digest.zone}", param_hint="--on")
    with archive() as storage:
        built = build_digest(storage, config, on=day, now=utc_now())
        files = write_digest(built, chosen, out or config.digest.folder)
        record_digest(storage, built, files)
        say(subject(built))
        for file in files:
            say(f"  {file}")
        if send:
            deliver(storage, config, config.profiles[0], built)


def _formats(text: str | None) -> tuple[str, ...]:
    from scheduler.digest.render import FORMATS

    chosen = tuple(part.strip() for part in (text or "").split(",") if part.strip())
    for name in chosen:
        if name not in FORMATS:
            raise typer.BadParameter(f"{name}: unknown; choose from {', '.join(FORMATS)}", param_hint="--format")
    return chosen
