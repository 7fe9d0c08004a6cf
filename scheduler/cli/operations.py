"""``khabar init`` and ``khabar status``."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from scheduler.cli.output import plain, print_json, print_table, say
from scheduler.cli.root import AsJson, archive, configuration


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(init)
    app.command()(status)


def init(
    file: Annotated[Path, typer.Argument(help="File to write.")] = Path("khabar.toml"),
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
) -> None:
    """Write a commented khabar.toml to start from.

    Example: khabar init
    """
    from scheduler.example import write_example

    write_example(file, replace=force)
    say(f"{file}: written")


def status(as_json: AsJson = False) -> None:
    """Show the last runs, sources in trouble, the last digest.

    A source is in trouble when it fails; is empty: none of the pages of its last three runs held an article; or is
    quiet: it is reached but has brought nothing new for three days.

    Example: khabar status
    """
    from crawler.sources import load_sources
    from scheduler.health import examine

    config = configuration()
    registry = load_sources(config.crawl.sources)
    with archive() as storage, storage.read() as db:
        health = examine(db, registry)
    if as_json:
        print_json(health.as_json())
        return
    for line in health.lines():
        say(plain(line))
    if health.troubled:
        say()
        rows = ((each.source, each.state, _minute(each.last_reached_at), each.reason) for each in health.troubled)
        print_table(("source", "state", "last reached", "reason"), rows)


def _minute(at: datetime | None) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC" if at else "never"
