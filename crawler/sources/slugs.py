"""Ids from titles in the scripts of the region."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container

MAX_SLUG = 40

# Cyrillic of ru, uk, kk, ky, uz, tg, then the Latin letters that have no base letter to fall back to.
_LETTERS = str.maketrans(
    {
        **dict(zip("абвгдезийклмнопрстуфхыэі", "abvgdeziyklmnoprstufhyei", strict=True)),
        **dict(zip("ғқңөұүһәҳўӣӯҷ", "gqnouuhahoiuj", strict=True)),
        **{"ё": "yo", "ж": "zh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sch", "ю": "yu", "я": "ya"},
        **{
            "є": "ye",
            "ї": "yi",
            "ґ": "g",
            "ъ": "",
            "ь": "",
            "ə": "e",
            "ı": "i",
            "ß": "ss",
            "ø": "o",
            "æ": "ae",
        },
        **dict.fromkeys("'’‘ʻʼ`´", ""),
    }
)


def slug(title: str) -> str:
    """`title` in small ASCII letters, digits and hyphens; empty when nothing in it can be written so."""
    lower = unicodedata.normalize("NFC", title[:200]).lower().translate(_LETTERS)
    ascii_only = unicodedata.normalize("NFKD", lower).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")[:MAX_SLUG].rstrip("-")


def free_id(wanted: str, taken: Container[str]) -> str:
    """`wanted`, or the first of ``wanted-2``, ``wanted-3``, ... that is not taken."""
    id, number = wanted, 1
    while id in taken:
        number += 1
        id = f"{wanted}-{number}"
    return id
