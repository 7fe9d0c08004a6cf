"""What commands print: tables for people, JSON for programs; foreign text loses its control characters first."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable, Sequence
from typing import Any

import typer

from scheduler.encoding import to_json

UNBOUNDED = 100_000
"""Columns of a table that no terminal shows: nothing is folded, so that grep finds whole rows."""


def plain(text: object) -> str:
    """`text` as one line that a terminal shows as it is: no escapes, no line breaks, no marks of direction."""
    from crawler.text.clean import clean

    return clean(str(text)).replace("\n", " ").replace("\t", " ")


def prepare_streams() -> None:
    """Make every text printable: files and pipes get UTF-8, a terminal what it knows, and ``\\u0259`` for the rest."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="backslashreplace")


def say(text: str = "") -> None:
    """Print a line to stdout."""
    typer.echo(text)


def note(text: str) -> None:
    """Print a line to stderr, where people read it and programs do not."""
    typer.echo(text, err=True)


def complain(error: object) -> None:
    """Print an error to stderr: one line for each of its lines."""
    for line in str(error).splitlines():
        note(f"khabar: {plain(line)}")


def print_json(value: Any) -> None:
    """Print a value as indented JSON."""
    typer.echo(to_json(value, indent=2))


def print_json_line(value: Any) -> None:
    """Print a value as one line of JSON."""
    typer.echo(to_json(value))


STYLES = {"same": "", "removed": "red strike", "added": "green"}
MARKS = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}


def print_changes(pieces: Iterable[tuple[str, str]]) -> None:
    """Print a text that was changed: pieces that are the ``same``, ``removed`` or ``added``.

    In colours on a terminal, and else as ``[-old-]{+new+}``, which is what wdiff prints, too.
    """
    from rich.console import Console
    from rich.text import Text

    shown = [(kind, "\n".join(map(plain, text.split("\n")))) for kind, text in pieces]
    if sys.stdout and sys.stdout.isatty():
        Console(highlight=False).print(Text.assemble(*((text, STYLES[kind]) for kind, text in shown)))
    else:
        say("".join(MARKS[kind].format(text) for kind, text in shown))


def print_table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print rows under their headings; a heading that ends in ``>`` is a column of numbers.

    A terminal gets cells folded to its width, a file or pipe one line a row.
    """
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(column.rstrip(">"), justify="right" if column.endswith(">") else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(plain(cell)) for cell in row))
    if sys.stdout and sys.stdout.isatty():
        Console(highlight=False).print(table)
        return
    console = Console(width=UNBOUNDED, highlight=False, color_system=None)
    with console.capture() as captured:
        console.print(table)
    for line in captured.get().splitlines():
        say(line.rstrip())
