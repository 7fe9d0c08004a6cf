"""What a lexicon file may hold. All of it is data in TOML; a name or a word is added without touching Python.

Forms are listed in one string, parted by white space, with ``_`` for a space inside a form. They are written as they
are printed; case, marks and apostrophes are folded away (`crawler.ties.folding`), so one spelling serves for all that
differ only in these. A form is a stem: it also matches with the endings of ``suffixes.toml``, unless it is shorter
than four letters. ``kk,ky:Қазақ`` matches only in texts in these languages. ``türk=`` matches without
endings only. A form of two to five capitals (``SOCAR``) is an acronym: it matches only in capitals.

``sides/az.toml``: one file a country that may be a side
    code = "AZ"                          ISO 3166
    [country] AZ = "Azerbaijan …"        the state, its people, its language; small letters match too
    [capital], [cities], [companies], [institutions], [places], [culture], [clubs]:   key = "forms"
    [leaders], [officials]:              key = "surname forms | given names"
        With given names, a surname alone counts only when the full name stands elsewhere in the text (a leader's
        also without, unless a namesake does); without given names, the surname alone is enough.

``third_countries.toml``   [country] CODE = "forms": countries that tell a list from a tie
``regions.toml``           [key] part_of = "C5", others = "its states", forms = "…"
``formats.toml``           [key] forms = "…": tables at which both sides sit
``false_friends.toml``     [rule] why = "…", phrases = "…": hide the names inside them
``suffixes.toml``          [script] group = "endings"
``units.toml``, ``months.toml``   words of figures and dates
``words/en.toml``          one file a language: [dealing], [mutual], [coincidence], [route], [topics], [minor], [tone],
                           [structure], [own]: category = "words"; ``*`` at the end stands for any ending
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources.abc import Traversable
from typing import Any

from crawler.errors import CrawlerError

SIDE_KINDS = (
    "country", "capital", "leaders", "officials", "cities", "companies", "institutions", "places", "culture", "clubs",
)  # fmt: skip
WORD_TABLES = ("dealing", "mutual", "coincidence", "route", "topics", "minor", "tone", "structure", "own")


class Kind(StrEnum):
    """What a name stands for; decides how much a mention of it says about its country."""

    COUNTRY = "country"
    CAPITAL = "capital"
    LEADER = "leaders"
    OFFICIAL = "officials"
    CITY = "cities"
    COMPANY = "companies"
    INSTITUTION = "institutions"
    PLACE = "places"
    CULTURE = "culture"
    CLUB = "clubs"
    REGION = "region"
    FORMAT = "format"
    THIRD = "third"
    FALSE_FRIEND = "false friend"


class LexiconError(CrawlerError):
    """A lexicon file is wrong. `where` names the file and the key."""

    def __init__(self, where: str, problem: str) -> None:
        super().__init__(f"{where}: {problem}")
        self.where = where


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that has names."""

    key: str
    country: str
    """Code of the state it stands for; ``C5`` for a region, empty for a format or a false friend."""
    kind: Kind
    forms: tuple[str, ...]
    """As printed, with spaces."""
    given_names: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    """Of a region: the codes of its states."""


def read_toml(file: Traversable) -> dict[str, Any]:
    """The content of a lexicon file. Raises LexiconError."""
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LexiconError(file.name, f"is not valid TOML: {error}") from error


def read_side(file: Traversable) -> Iterator[Entry]:
    """The entries of one ``sides`` file."""
    tables = read_toml(file)
    code = tables.pop("code", None)
    if not isinstance(code, str):
        raise LexiconError(file.name, "code is missing")
    for kind, table in tables.items():
        if kind not in SIDE_KINDS:
            raise LexiconError(f"{file.name} [{kind}]", f"unknown table; known are {', '.join(SIDE_KINDS)}")
        for key, value in table.items():
            surnames, _, given = _text(value, f"{file.name} [{kind}] {key}").partition("|")
            yield Entry(key, code, Kind(kind), split_forms(surnames), split_forms(given))


def read_third_countries(file: Traversable) -> Iterator[Entry]:
    """The entries of ``third_countries.toml``."""
    for code, value in read_toml(file)["country"].items():
        yield Entry(code, code, Kind.THIRD, split_forms(_text(value, f"{file.name} {code}")))


def read_tables(file: Traversable, kind: Kind, forms_key: str = "forms") -> Iterator[Entry]:
    """The entries of ``regions.toml``, ``formats.toml`` or ``false_friends.toml``: one table each."""
    for key, table in read_toml(file).items():
        forms = split_forms(_text(table.get(forms_key), f"{file.name} [{key}] {forms_key}"))
        yield Entry(key, table.get("part_of", ""), kind, forms, members=split_forms(table.get("others", "")))


def read_words(file: Traversable) -> dict[str, tuple[str, ...]]:
    """``dealing.meeting`` and so on → the words of one language."""
    words: dict[str, tuple[str, ...]] = {}
    for table, categories in read_toml(file).items():
        if table not in WORD_TABLES:
            raise LexiconError(f"{file.name} [{table}]", f"unknown table; known are {', '.join(WORD_TABLES)}")
        for category, value in categories.items():
            where = f"{file.name} [{table}] {category}"
            words[f"{table}.{category}"] = split_forms(_text(value, where))
    return words


def split_forms(text: str) -> tuple[str, ...]:
    """The forms in a string, with real spaces, each once."""
    return tuple(dict.fromkeys(form.replace("_", " ").strip() for form in text.split()))


def _text(value: Any, where: str) -> str:
    if not isinstance(value, str):
        raise LexiconError(where, "must be a string of forms")
    return value
