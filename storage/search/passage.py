"""The passage of a text that shows why it was found, in the spelling of the text."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from storage.folding import LONGEST_WORD, is_name, name_key, plain_word, words
from storage.search.query import Term

LONGEST_PASSAGE = 240
"""Characters, without marks and dots."""
MOST_WORDS_READ = 5_000
FIRST_LOOK = 1_500
"""Characters that are read first: reading the words of twenty whole articles took longer than finding them."""
CONTEXT = 60
"""Characters shown before the first word that was found."""

Span = tuple[int, int]


class Finder:
    """Finds in texts the words that terms look for."""

    def __init__(self, terms: Sequence[Term]) -> None:
        self.terms = len(terms)
        """How many there are to be found."""
        self._plain: dict[str, int] = {}
        self._names: dict[str, int] = {}
        self._starts: list[tuple[tuple[str, ...], int]] = []
        self._known: dict[str, int | None] = {}
        """Words that were looked at: articles that hold one word have many others in common."""
        for number, term in enumerate(terms):
            if term.is_start:
                self._starts.append((term.plain + term.names, number))
            else:
                self._plain |= dict.fromkeys(term.plain, number)
                self._names |= dict.fromkeys(term.names, number)

    def found_in(self, text: str) -> list[tuple[Span, int]]:
        """Places of such words, each with the number of its term."""
        if not self._plain and not self._starts:
            return []
        found = []
        for match in islice(words(text), MOST_WORDS_READ):
            word = match[0]
            number = self._known[word] if word in self._known else self._known.setdefault(word, self._term(word))
            if number is not None:
                found.append((match.span(), number))
        return found

    def _term(self, word: str) -> int | None:
        plain = plain_word(word)
        number = self._plain.get(plain)
        if number is not None:
            return number
        name = name_key(word) if is_name(word) else None
        if name and name in self._names:
            return self._names[name]
        for starts, number in self._starts:
            if plain.startswith(starts) or (name and name.startswith(starts)):
                return number
        return None


def passage(text: str, finder: Finder) -> str:
    """A part of `text` with the words that are looked for between ``[[`` and ``]]``; its start if there are none."""
    found = finder.found_in(text[:FIRST_LOOK])
    start, count = _start(text, found)
    if len(text) > FIRST_LOOK and not (count == finder.terms and start + LONGEST_PASSAGE + LONGEST_WORD < FIRST_LOOK):
        # Further down there may be more of them.
        found = finder.found_in(text)
        start, _ = _start(text, found)
    end = _word_end(text, start + LONGEST_PASSAGE)
    return _marked(text, (start, end), [span for span, _ in found if start <= span[0] and span[1] <= end])


def _start(text: str, found: Sequence[tuple[Span, int]]) -> tuple[int, int]:
    """Where the passage begins that holds the most terms, the earliest of these, and how many it holds."""
    best, best_count = 0, 0
    for index, ((start, _), _) in enumerate(found):
        within = {number for (_, end), number in found[index : index + 40] if end <= start + LONGEST_PASSAGE - CONTEXT}
        if len(within) > best_count:
            best, best_count = start, len(within)
    if best <= CONTEXT:
        return 0, best_count
    space = text.find(" ", best - CONTEXT, best)
    return (best if space < 0 else space + 1), best_count


def _word_end(text: str, limit: int) -> int:
    if limit >= len(text):
        return len(text)
    space = text.rfind(" ", limit - 30, limit)
    return limit if space < 0 else space


def _marked(text: str, part: Span, spans: Sequence[Span]) -> str:
    start, end = part
    pieces = ["… " if start else ""]
    for word_start, word_end in spans:
        pieces += [text[start:word_start], "[[", text[word_start:word_end], "]]"]
        start = word_end
    pieces += [text[start:end], " …" if end < len(text) else ""]
    return " ".join("".join(pieces).split())
