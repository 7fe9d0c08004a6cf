"""What commands print: tables for people, JSON for programs; foreign text loses its control characters first."""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

import typer

from crawler.text.clean import one_line

_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")
"""Marks that turn the direction of a line: they can make a terminal show another text than the one stored."""


def plain(text: object) -> str:
    """`text` as one line that a terminal shows as it is: no escapes, no line breaks, no marks of direction."""
    line = one_line(str(text))
    return "".join(char for char in line if char not in _BIDI and unicodedata.category(char) != "Cc")


def say(text: str = "") -> None:
    """Print a line to stdout."""
    typer.echo(text)


def note(text: str) -> None:
    """Print a line to stderr, where people read it and programs do not."""
    typer.echo(text, err=True)


def print_json(value: Any) -> None:
    """Print a value as indented JSON."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def print_json_line(value: Any) -> None:
    """Print a value as one line of JSON."""
    typer.echo(json.dumps(value, ensure_ascii=False, default=str))


def print_table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print rows under their headings; a heading that ends in ``>`` is a column of numbers."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(
            column.rstrip(">"), justify="right" if column.endswith(">") else "left", overflow="fold"
        )
    for row in rows:
        table.add_row(*(Text(plain(cell)) for cell in row))
    width = None if sys.stdout.isatty() else 160
    Console(width=width, highlight=False).print(table)
