"""Texts that can be stored: PostgreSQL has no NUL, where SQLite cuts a text, and neither takes half a surrogate pair.

`crawler.text.clean` takes both out of all that is published; what still comes with them is refused by name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass


def problem_of(text: str) -> str | None:
    """Why `text` cannot be stored; None when it can."""
    if "\0" in text:
        return f"NUL at character {text.index(chr(0))}"
    try:
        text.encode()
    except UnicodeEncodeError as error:
        return f"half a surrogate pair at character {error.start}"
    return None


def refuse_impossible(subject: str, *values: object) -> None:
    """Raises ValueError that names `subject`, when a text in one of `values` cannot be stored. Looks into records."""
    for text in _texts(values):
        if problem := problem_of(text):
            raise ValueError(f"{subject[:200]!r} cannot be stored: {problem} of {text[:60]!r}")


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | list):
        for part in value:
            yield from _texts(part)
    elif isinstance(value, Mapping):
        yield from _texts([*value.keys(), *value.values()])
    elif is_dataclass(value):
        for field in fields(value):
            yield from _texts(getattr(value, field.name))
