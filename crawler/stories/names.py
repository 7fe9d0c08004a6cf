"""Names as they sound, so that they are equal in all languages and cases."""

from __future__ import annotations

import re
from functools import lru_cache

from crawler.text.words import latin, sound

LONGEST = 4
SHORTEST = 3
_ENDING = re.compile(r"(?<=.{5})(?:n?ing|n?[iu]n|[dt][ae]n?|[gk][ae]|l[ae]|n[iu])$")
"""Turkic case endings, after `latin`; enough letters must remain to be a name."""
_SURNAME = re.compile(r"^(.{2,}?[oe])[vw]")


@lru_cache(maxsize=65_536)
def name_key(word: str) -> str | None:
    """The head of a name's sound: Bayramovun, Байрамовым and Bayramov are ``brmv``. None when it says too little."""
    spelled = latin(word)
    if spelled[:1].isdigit():
        return None
    surname = _SURNAME.match(spelled)
    spelled = surname[1] + "v" if surname else _ENDING.sub("", spelled)
    heard = sound(spelled)[:LONGEST]
    return heard if len(heard) >= SHORTEST else None
