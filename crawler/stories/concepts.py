"""What a text is about, in words that are the same for all languages (``concepts.toml``)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files

from crawler.text.words import latin

_LONGEST = 20
_COMMON = str.maketrans("qxw", "khv")
UZBEK = "uz"
_UZBEK_O = re.compile("o['‘’ʻʼ]")
"""Cyrillic ў, which folding takes for a u."""
_SHORTEST = 2
ANY = "any"
"""Stands for a language that is not known, or that we do not read: a word of any language then counts."""


@lru_cache(maxsize=65_536)
def concepts_of(word: str, lang: str | None) -> tuple[str, ...]:
    """The concepts that `word` (as printed) stands for in `lang`; none for most words."""
    table = _tables().get(lang or ANY) or _tables()[ANY]
    spelled = _spell(word, lang or ANY)
    found = table.get(spelled + ".", ())
    for length in range(_SHORTEST, min(len(spelled), _LONGEST) + 1):
        found += table.get(spelled[:length], ())
    return found


@cache
def _tables() -> dict[str, dict[str, tuple[str, ...]]]:
    """Language to word (ending in a full stop when it stands for itself alone) to concepts."""
    sections = tomllib.loads(files("crawler.stories").joinpath("concepts.toml").read_text(encoding="utf-8"))
    tables: dict[str, dict[str, tuple[str, ...]]] = {ANY: {}}
    for section in sections.values():
        for concept, languages in section.items():
            for lang, words in languages.items():
                _enter(tables.setdefault(lang, {}), _keys(words, lang), concept)
                _enter(tables[ANY], _keys(words, ANY), concept)
    return tables


def _keys(words: str, lang: str) -> Iterable[str]:
    for word in words.split():
        end = "." if word.endswith(".") else ""
        yield _spell(word.rstrip("."), lang) + end
        if lang == UZBEK and _UZBEK_O.search(word):
            yield _spell(_UZBEK_O.sub("u", word.rstrip(".")), lang) + end


def _spell(word: str, lang: str) -> str:
    """In Latin letters; of Uzbek words, what both of its scripts have in common: поезд and poyezd are ``poezd``."""
    if lang != UZBEK:
        return latin(word)
    return latin(word).replace("ye", "e").replace("yo", "e").translate(_COMMON)


def _enter(table: dict[str, tuple[str, ...]], keys: Iterable[str], concept: str) -> None:
    for key in keys:
        if concept not in table.get(key, ()):
            table[key] = (*table.get(key, ()), concept)
