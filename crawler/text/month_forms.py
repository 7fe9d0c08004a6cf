"""Names of months in running text, in the case forms of the region, and no word that only begins like one."""

from __future__ import annotations

import re
from functools import cache

from crawler.text.months import fold_month, month_names

_ENDINGS = re.compile(
    r"[ьяъ]?(?:[ыіиiuıüyаү]|ын|ін|un|ın|in|ün|ynyň|iniň|nyň)?"
    r"(?:да|де|та|те|дан|ден|тан|тен|до|дө|да[гғ]ы|де[гғ]і|ның|нің|дың|дің|тың|тің|дын|дин|тын|тин|нинг|ga|da|də|de|dan|dən|den"
    r"|ning|ndа|nda|nde|ndə|a|ə|e)?"
)
_OTHER_SPELLINGS = {
    # Uzbek and Azerbaijani as written before the spelling reforms, and by many sites still.
    "sentyabr": 9, "oktyabr": 10, "sentabr": 9, "oktabr": 10, "avgust": 8,
    # Tajik without its izafet, as in datelines.
    "январ": 1, "феврал": 2, "апрел": 4, "сентябр": 9, "октябр": 10, "ноябр": 11, "декабр": 12,
}  # fmt: skip


def month_named(word: str) -> int | None:
    """Number of the month that `word` is the name of, in any case form; None for a word that only begins like one."""
    folded = fold_month(word)
    names = _month_names()
    for length in range(len(folded), 2, -1):
        month = names.get(folded[:length])
        if month and _ENDINGS.fullmatch(folded[length:]):
            return month
    return None


@cache
def _month_names() -> dict[str, int]:
    return {"sept": 9, "сен": 9, "noyab": 11, "нояб": 11} | month_names() | _OTHER_SPELLINGS
