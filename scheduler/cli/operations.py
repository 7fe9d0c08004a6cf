"""``khabar init``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from scheduler.cli.output import say


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(init)


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
