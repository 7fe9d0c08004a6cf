"""News agencies: whose copy a text is, by what the text itself says; their names, for all who need them."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from crawler.extraction.lines import folded

HEAD_CHARACTERS = 700
TAIL_CHARACTERS = 300
MAX_LINE = 400

_FILE = Path(__file__).with_name("agencies.toml")
_ALONE = r"(?<![\w.-])(?P<name>{names})(?![\w])"
"""A name is not found within another word, nor in an address."""


@dataclass(frozen=True, slots=True)
class _Agencies:
    by_name: dict[str, str]
    marks: tuple[re.Pattern[str], ...]


def is_agency(name: str) -> bool:
    """Whether `name` is that of an agency."""
    return folded(name) in _agencies().by_name


def find_agency(text: str) -> str | None:
    """The agency whose copy `text` claims to be, by its head and its end; None when it claims none."""
    agencies = _agencies()
    for part in (text[:HEAD_CHARACTERS], text[-TAIL_CHARACTERS:]):
        for line in part.split("\n"):
            for mark in agencies.marks:
                if match := mark.search(line[:MAX_LINE]):
                    return agencies.by_name[folded(match["name"])]
    return None


def credited_names() -> dict[str, list[str]]:
    """Names that stand in credits, by agency or site: those of agencies, and of sites whose news others retell."""
    tables = _tables()
    names = {agency: list(forms) for agency, forms in tables["names"].items()}
    for site, forms in tables["retold"].items():
        names.setdefault(site, []).extend(forms)
    return names


def noun_names() -> frozenset[str]:
    """Those of them that are common nouns, too."""
    return frozenset(_tables()["nouns"]["names"])


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


@cache
def _agencies() -> _Agencies:
    tables = _tables()
    names = sorted((name for forms in tables["names"].values() for name in forms), key=len, reverse=True)
    alone = _ALONE.format(names="|".join(re.escape(name) for name in names))
    return _Agencies(
        by_name={folded(name): agency for agency, forms in tables["names"].items() for name in forms},
        marks=tuple(re.compile(mark.replace("NAME", alone)) for marks in tables["marks"].values() for mark in marks),
    )
