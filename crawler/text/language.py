"""Which language a text is in: letters and the commonest words for the nine of the region, n-grams for the rest.

N-gram detectors take Uzbek in Cyrillic for Tajik or Russian, a Kyrgyz headline for Russian, and an English one with
Azerbaijani names for Azerbaijani. Letters that a language has to itself do not err so.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Set
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from resiliparse.parse.lang import detect_fast

SAMPLE = 5_000
"""Characters that are looked at."""
SHORT = 80
"""Letters from which a text must show the letters of its language."""
STRANGE_LETTER = 12.0
"""What the share of letters costs that the language does not have: a text may hold a foreign name, not more."""
LACKED_LETTER = 2.0
"""What the share of letters costs that the language does not use: names of other languages hold them, too."""
MISSING_LETTER = 2.0
"""What the share of its own letters costs by which a text falls short of the usual."""
ENDING_VOTE = 0.15
"""What words are worth that end as those of the language do, if all of them do."""
NGRAM_VOTE = 0.08
HINT_VOTE = 0.05
REGION = frozenset({"en", "ru", "az", "kk", "ky", "uz", "tg", "tk", "tr"})
FOREIGN = 0.04
"""What a language outside the region must be ahead by: a headline has few words to go by."""
LONG = 200
FEW_WORDS = 0.02
NGRAM_LIMIT = 1200
"""resiliparse's measure of distance, above which its guess is no better than chance."""


@dataclass(frozen=True, slots=True)
class _Profile:
    """What a language looks like: see languages.toml."""

    letters: str
    share: float
    words: frozenset[str]
    lacks: str
    endings: tuple[str, ...]


_UZBEK_LETTER = re.compile(r"[og]ʻ")
_APOSTROPHE = re.compile(r"(?<=[og])[ʼ‘’'`´]")
_WORD = re.compile(r"[^\W\d_]+(?:ʻ[^\W\d_]*)*")
_SAME = {"iw": "he", "jw": "jv", "nn": "no", "nb": "no"}


@cache
def _profiles(script: str) -> dict[str, _Profile]:
    tables = tomllib.loads(Path(__file__).with_name("languages.toml").read_text(encoding="utf-8"))[script]
    return {
        language: _Profile(
            table["letters"],
            table["share"],
            frozenset(table["words"].split()),
            table.get("lacks", ""),
            tuple(table.get("endings", "").split()),
        )
        for language, table in tables.items()
    }


@cache
def _marks(script: str) -> Set[str]:
    """The letters that some languages of the script have and others lack."""
    return frozenset(letter for profile in _profiles(script).values() for letter in profile.letters)


def detect_language(text: str, *, hint: str | None = None) -> str | None:
    """ISO 639-1 of the language that most of `text` is in; `hint` when it has no letters.

    `hint` is the language expected of the site: it tips the scales where a text is too short to tell, and no more.
    """
    sample = _APOSTROPHE.sub("ʻ", text[:SAMPLE].lower().replace("i\u0307", "i"))
    letters = Counter({sign: count for sign, count in Counter(sample).items() if _is_letter(sign)})
    cyrillic = sum(count for letter, count in letters.items() if "\u0400" <= letter <= "\u052f")
    latin = sum(count for letter, count in letters.items() if letter < "\u02bc" or "\u1e00" <= letter < "\u1f00")
    total = letters.total()
    if max(cyrillic, latin) < total / 2 or total == 0:
        return (_by_ngrams(sample) if total else None) or hint
    return _best(sample, letters, "cyrillic" if cyrillic > latin else "latin", hint)


def _best(sample: str, letters: Counter[str], script: str, hint: str | None) -> str:
    profiles = _profiles(script)
    words = Counter(_WORD.findall(sample))
    scores = {
        language: _letter_score(letters, profile, _marks(script))
        + _word_score(words, profile)
        + _ending_score(words, profile)
        - FOREIGN * (language not in REGION)
        for language, profile in profiles.items()
    }
    if script == "latin":
        scores["uz"] += 3 * len(_UZBEK_LETTER.findall(sample)) / letters.total()
    if guess := _by_ngrams(sample, profiles):
        scores[guess] += NGRAM_VOTE
    if hint in scores:
        scores[hint] += HINT_VOTE
    best = max(scores, key=lambda language: scores[language])
    # A long text without any of the common words is in none of these languages.
    if letters.total() >= LONG and _word_score(words, profiles[best]) < FEW_WORDS:
        return _by_ngrams(sample) or best
    return best


def _is_letter(sign: str) -> bool:
    return sign.isalnum() and not sign.isdecimal()


def _letter_score(letters: Counter[str], profile: _Profile, marks: Set[str]) -> float:
    total = letters.total()
    own = sum(letters[letter] for letter in profile.letters) / total
    strange = sum(letters[letter] for letter in marks if letter not in profile.letters) / total
    lacked = sum(letters[letter] for letter in profile.lacks) / total
    missing = max(0.0, profile.share - own) * min(1.0, total / SHORT)
    return -STRANGE_LETTER * strange - LACKED_LETTER * lacked - MISSING_LETTER * missing


def _word_score(words: Counter[str], profile: _Profile) -> float:
    return sum(words[word] for word in profile.words & words.keys()) / max(1, words.total())


def _ending_score(words: Counter[str], profile: _Profile) -> float:
    if not profile.endings:
        return 0.0
    ended = sum(count for word, count in words.items() if word.endswith(profile.endings))
    return ENDING_VOTE * ended / max(1, words.total())


def _by_ngrams(sample: str, among: Iterable[str] | None = None) -> str | None:
    language, distance = detect_fast(sample, cutoff=NGRAM_LIMIT, langs=list(among) if among else None)
    if language == "unknown" or distance >= NGRAM_LIMIT:
        return None
    return _SAME.get(language, language)
