"""Words of a text as other modules compare them: folded, and in one script for all nine languages."""

from __future__ import annotations

import re
from functools import lru_cache

from crawler.ties.folding import fold

_WORD = re.compile(r"[^\W_]+(?:['`´‘’‛ʻʼʹʽ＇′.,](?=[^\W_])[^\W_]+)*")
MAX_WORD = 64
"""Longer runs of letters are no word of any language we read."""

_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "j", "з": "z", "и": "i", "й": "y", "к": "k",
    "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "h",
    "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sh", "ъ": "", "ы": "i", "ь": "", "э": "e", "ю": "yu", "я": "ya",
}  # fmt: skip

# Qırğız, Кыргыз and Kyrgyz; Ceyhun, Джейхун and Jeyhun; Xəzər, Хазар and Khazar each sound the same.
_PAIRS = (("kh", "h"), ("gh", "k"), ("sh", "s"), ("ts", "s"), ("dzh", "j"), ("dj", "j"), ("zh", "j"), ("ch", "j"))
_SINGLE = str.maketrans("xgqwc", "hkkvj", "aeiouy")
_VOWELS = frozenset("aeiouy")
_DOUBLED = re.compile(r"(\D)\1+")


@lru_cache(maxsize=65_536)
def latin(word: str) -> str:
    """`word` folded and in Latin letters."""
    folded = fold(word)
    return folded if folded.isascii() else "".join([_CYRILLIC.get(letter, letter) for letter in folded])


@lru_cache(maxsize=65_536)
def sound(word: str) -> str:
    """The consonants of `word`: equal for its spellings in two scripts, or in two languages where it is a name.

    ``Мирзиёев`` and ``Mirziyoyev`` are ``mrzv``. Numbers stay as they are.
    """
    heard = latin(word)
    if heard[:1].isdigit():
        return heard
    for pair, letter in _PAIRS:
        heard = heard.replace(pair, letter)
    opening = "a" if heard[:1] in _VOWELS else ""
    return opening + _DOUBLED.sub(r"\1", heard.translate(_SINGLE))


def split_words(text: str) -> list[str]:
    """The words of `text` as printed, in order. Numbers keep their inner point or comma."""
    return [match[0] for match in _WORD.finditer(text) if len(match[0]) <= MAX_WORD]
