"""The lexicon: names of the sides and their neighbours, and the words of dealing, in nine languages."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from crawler.ties.lexicon.index import NameIndex, WordIndex
from crawler.ties.lexicon.schema import (
    Entry,
    Kind,
    read_side,
    read_tables,
    read_third_countries,
    read_toml,
    read_words,
)
from crawler.ties.lexicon.suffixes import Suffixes


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All data files, read once."""

    entries: tuple[Entry, ...]
    names: NameIndex
    words: dict[str, WordIndex]
    """By language."""
    version: str
    """Changes with any change of a data file."""

    @property
    def side_codes(self) -> frozenset[str]:
        """The countries that may be a side."""
        return frozenset(entry.country for entry in self.entries if entry.kind is Kind.COUNTRY)


@lru_cache(maxsize=1)
def load_lexicon() -> Lexicon:
    """The built-in lexicon. Raises LexiconError, which names file and key."""
    root = files(__name__)
    sides = sorted((root / "sides").iterdir(), key=lambda file: file.name)
    words = sorted((root / "words").iterdir(), key=lambda file: file.name)
    entries = tuple(entry for file in sides for entry in read_side(file))
    entries += tuple(read_third_countries(root / "third_countries.toml"))
    entries += tuple(read_tables(root / "regions.toml", Kind.REGION))
    entries += tuple(read_tables(root / "formats.toml", Kind.FORMAT))
    entries += tuple(read_tables(root / "false_friends.toml", Kind.FALSE_FRIEND, "phrases"))
    return Lexicon(
        entries=entries,
        names=NameIndex(entries, Suffixes(read_toml(root / "suffixes.toml"))),
        words={file.name.removesuffix(".toml"): WordIndex(read_words(file)) for file in words},
        version=_version([*sides, *words, *(file for file in root.iterdir() if file.name.endswith(".toml"))]),
    )


def _version(data: list[Traversable]) -> str:
    digest = hashlib.sha256()
    for file in sorted(data, key=lambda file: file.name):
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:8]
