"""``khabar db``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from scheduler.cli.output import note, say
from scheduler.cli.root import archive

db = typer.Typer(help="The database: migrations, integrity, backup.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the group of commands."""
    app.add_typer(db, name="db")


@db.command()
def upgrade() -> None:
    """Create the database, or bring it up to date.

    Example: khabar db upgrade
    """
    with archive() as storage:
        say(f"{storage.url}: up to date")


@db.command()
def check() -> None:
    """Look for damage, in rows, search index and schema.

    Ends with 1 when something is wrong.

    Example: khabar db check
    """
    from storage.integrity import check as find_problems

    with archive(upgrade=False) as storage:
        problems = find_problems(storage)
        for problem in problems:
            note(f"{storage.url}: {problem}")
        if problems:
            raise typer.Exit(1)
        say(f"{storage.url}: no problem found")


@db.command()
def backup(file: Annotated[Path, typer.Argument(help="New file to write.")]) -> None:
    """Copy the database to a file, while it is in use.

    Example: khabar db backup khabar-backup.db
    """
    from storage.backup import back_up

    with archive(upgrade=False) as storage:
        back_up(storage, file)
    say(f"{file}: written")
