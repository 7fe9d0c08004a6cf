"""One spelling for the many that a name has: case, marks, look-alike letters and apostrophes are folded away.

Folding works on single words, whose offsets are kept from the original text: so it may change the length of a word
(``İ`` becomes ``i``, ``ß`` becomes ``ss``) without any table of offsets.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_APOSTROPHES = "'`´‘’‛ʻʼʹʽ＇′ˈ"
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"

_LETTERS = {
    # Latin letters that do not decompose. Dotted and dotless i are one: editors mix them up, and so do we.
    "ə": "a", "ı": "i", "ø": "o", "đ": "d", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe",
    # Cyrillic letters of one language that its neighbours write differently (Әзербайжан, Азербайжан).
    "ё": "е", "ә": "а", "қ": "к", "ғ": "г", "ң": "н", "ө": "о", "ұ": "у", "ү": "у", "һ": "х", "і": "и",
    "ҳ": "х", "ҷ": "ж", "җ": "ж", "ӣ": "и", "ӯ": "у", "ў": "у", "ӷ": "г", "ӈ": "н", "ї": "и", "є": "е", "ъ": "",
}  # fmt: skip


@lru_cache(maxsize=4096)
def _fold_letter(letter: str) -> str:
    if letter in _LETTERS:
        return _LETTERS[letter]
    if letter in _APOSTROPHES or letter in _INVISIBLE or unicodedata.category(letter) in {"Mn", "Me", "Cs"}:
        return ""
    if letter.isascii() or letter == "й":
        return letter
    base = unicodedata.normalize("NFKD", letter)
    return "".join(c for c in base if unicodedata.category(c) != "Mn") if base != letter else letter


def fold(word: str) -> str:
    """`word` in lower case, without marks; equal for all spellings of it that we know. Safe for any text."""
    if word.isascii():
        return word.lower().replace("'", "").replace("`", "")
    lowered = unicodedata.normalize("NFC", word).lower().replace("i̇", "i")
    return "".join([_fold_letter(letter) for letter in lowered])
