"""What a near miss lacked, in the reader's language: the tagger says it in English, in few patterns."""

from __future__ import annotations

import re
from functools import cache

from scheduler.digest.labels import ENGLISH
from scheduler.digest.words import Words


def lacking(why: str, words: Words) -> str:
    """`why` in the language of `words`; as it is where it follows no pattern we know."""
    for key, pattern in _patterns():
        if found := pattern.fullmatch(why):
            return words.say(key, **found.groupdict())
    return why


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The English messages as patterns: ``{score}`` stands for anything."""
    return tuple(
        (key, re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+)", re.escape(english))))
        for key, english in ENGLISH.items()
        if key.startswith("lacks ") and isinstance(english, str)
    )
