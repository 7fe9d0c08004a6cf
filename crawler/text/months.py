"""Names of months in the languages of the region and its neighbours, from the CLDR data in Babel."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from babel import Locale

LANGUAGES = (
    "en",
    "ru",
    "az",
    "az_Cyrl",
    "kk",
    "ky",
    "uz",
    "uz_Cyrl",
    "tg",
    "tk",
    "tr",
    "uk",
    "ka",
    "hy",
    "de",
)
_SHORTEST_STEM = 3
_LONGEST_WORD = 30


def month_of(word: str) -> int | None:
    """Number of the month that `word` names, in any of the languages, with any ending; None for other words.

    ``Nov``, ``ноября``, ``İyul``, ``қарашада`` and ``noýabr`` are all known.
    """
    if len(word) > _LONGEST_WORD:
        return None
    word = fold_month(word)
    if month := month_names().get(word):
        return month
    if word in _weekdays():
        return None
    # Endings: the longest name that the word begins with (октябрда, martın).
    stems = (word[:length] for length in range(len(word) - 1, _SHORTEST_STEM - 1, -1))
    return next((month for stem in stems if (month := month_names().get(stem))), None)


@cache
def month_names() -> dict[str, int]:
    """Number of the month by its name, as `fold_month` spells it."""
    return {fold_month(name): number for number, name in _names("months")}


@cache
def _weekdays() -> frozenset[str]:
    """``сенбі`` is a Saturday in Kazakh, and begins like the Kyrgyz September."""
    return frozenset(fold_month(name) for _, name in _names("days"))


def _names(kind: str) -> Iterator[tuple[int, str]]:
    for language in LANGUAGES:
        tables = getattr(Locale.parse(language), kind)
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                yield from tables[context][width].items()


def fold_month(name: str) -> str:
    """`name` in the form in which months are compared."""
    # The dot above of a Turkic İ outlives casefold.
    return name.casefold().replace("\u0307", "").strip(".")
