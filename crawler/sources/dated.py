"""Entry points with a day in their address: ``https://herald.example/news-{today:%Y-%m-%d}.xml``.

The day is filled in when a source is asked, never when its file is read: a service that runs for months would
otherwise ask for the day of its start for ever.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

_FIELD = re.compile(r"\{today:([^{}]*)\}")
_DIRECTIVE = re.compile(r"%-?.?")
# Our own table rather than strftime, whose %-d does not exist on every platform.
_DIRECTIVES: dict[str, Callable[[date], str]] = {
    "%Y": lambda day: f"{day.year:04}",
    "%y": lambda day: f"{day.year % 100:02}",
    "%m": lambda day: f"{day.month:02}",
    "%d": lambda day: f"{day.day:02}",
    "%-m": lambda day: str(day.month),
    "%-d": lambda day: str(day.day),
    "%j": lambda day: f"{day.timetuple().tm_yday:03}",
}


def fill_in(url: str, day: date) -> str:
    """`url` with each ``{today:…}`` replaced by `day`."""
    return _FIELD.sub(lambda field: _DIRECTIVE.sub(lambda d: _DIRECTIVES[d[0]](day), field[1]), url)


def is_dated(url: str) -> bool:
    """Whether the address depends on the day."""
    return _FIELD.search(url) is not None


def check_fields(url: str) -> None:
    """Raises ValueError when braces hold anything but a day in the known directives."""
    for field in _FIELD.finditer(url):
        for directive in _DIRECTIVE.findall(field[1]):
            if directive not in _DIRECTIVES:
                raise ValueError(f"{directive} is not a part of a day: use {' '.join(_DIRECTIVES)}")
        if "%" not in field[1]:
            raise ValueError(f"{field[0]} names no part of the day: write {{today:%Y-%m-%d}}")
    if re.search(r"[{}]", _FIELD.sub("", url)):
        raise ValueError("braces may only hold the day, as in {today:%Y-%m-%d}")
