"""Texts that read like news to a program: words as unevenly frequent as in real ones, and no paragraph twice."""

from __future__ import annotations

import random
import tomllib
from functools import lru_cache
from itertools import accumulate
from pathlib import Path

LANGUAGES = ("az", "en", "kk", "ky", "ru", "tg", "tk", "tr", "uz")
VOCABULARY = 40_000
"""Words of a language, the usual ones among them."""
TIED = 10
"""One article in so many tells of a tie."""


class Prose:
    """Writes in one language; the same `seed` writes the same again."""

    def __init__(self, language: str, seed: int) -> None:
        self._random = random.Random(f"{language}-{seed}")
        self._words, self._weights = _vocabulary(language)
        self._ties: list[str] = _languages()[language]["ties"]

    def title(self) -> str:
        """A headline."""
        return self._sentence(6, 12).rstrip(".")

    def slug(self) -> str:
        """Words of an address."""
        return "-".join("".join(self._random.choices("abcdefghiklmnoprstuvz", k=6)) for _ in range(6))

    def paragraphs(self, count: int, *, is_tied: bool = False) -> list[str]:
        """Paragraphs of two to five sentences; of a tie the first and another tell."""
        written = [" ".join(self._sentence(8, 24) for _ in range(self._random.randint(2, 5))) for _ in range(count)]
        if is_tied:
            for place in {0, count // 2}:
                written[place] = f"{self._tie()} {written[place]}"
        return written

    def number(self, least: int, most: int) -> int:
        """A number, both bounds included."""
        return self._random.randint(least, most)

    def _tie(self) -> str:
        return self._random.choice(self._ties).format(number=self._random.randint(10, 9999)) + "."

    def _sentence(self, least: int, most: int) -> str:
        words = self._random.choices(self._words, cum_weights=self._weights, k=self._random.randint(least, most))
        if self._random.random() < 0.3:
            words[len(words) // 2] = str(self._random.randint(2, 99_999))
        return words[0].capitalize() + " " + " ".join(words[1:]) + "."


@lru_cache(maxsize=1)
def _languages() -> dict[str, dict[str, object]]:
    return tomllib.loads(Path(__file__).with_name("languages.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=len(LANGUAGES))
def _vocabulary(language: str) -> tuple[list[str], list[float]]:
    """Words with cumulated weights: as Zipf found them, the n-th is 1/n as frequent as the first."""
    known = _languages()[language]
    chance = random.Random(language)
    syllables = str(known["syllables"]).split()
    words = dict.fromkeys(str(known["words"]).split())
    while len(words) < VOCABULARY:
        word = "".join(chance.choices(syllables, k=chance.randint(2, 5)))
        words[word.capitalize() if chance.random() < 0.2 else word] = None
    return list(words), list(accumulate(1 / (rank + 2) for rank in range(len(words))))
