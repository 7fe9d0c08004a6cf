"""The passage of a text that shows why it was found, in the spelling of the text."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from storage.folding import is_name, name_key, plain_word, words
from storage.query import Term

LONGEST_PASSAGE = 240
"""Characters, without marks and dots."""
MOST_WORDS_READ = 5_000
CONTEXT = 60
"""Characters shown before the first word that was found."""

Span = tuple[int, int]


def passage(text: str, terms: Sequence[Term]) -> str:
    """A part of `text` with the words that `terms` look for between ``[[`` and ``]]``; its start if there are none."""
    found = _found(text, terms)
    start = _start(text, found)
    end = _word_end(text, start + LONGEST_PASSAGE)
    return _marked(text, (start, end), [span for span, _ in found if start <= span[0] and span[1] <= end])


def _found(text: str, terms: Sequence[Term]) -> list[tuple[Span, int]]:
    """Places of the words that terms look for, each with the number of its term."""
    found = []
    for match in islice(words(text), MOST_WORDS_READ):
        word = match[0]
        plain, name = plain_word(word), name_key(word) if is_name(word) else None
        for number, term in enumerate(terms):
            if term.matches_word(plain, name):
                found.append((match.span(), number))
                break
    return found


def _start(text: str, found: Sequence[tuple[Span, int]]) -> int:
    """Where the passage begins that holds the most terms, the earliest of these."""
    best, best_count = 0, 0
    for index, ((start, _), _) in enumerate(found):
        within = {number for (_, end), number in found[index : index + 40] if end <= start + LONGEST_PASSAGE - CONTEXT}
        if len(within) > best_count:
            best, best_count = start, len(within)
    if best <= CONTEXT:
        return 0
    space = text.find(" ", best - CONTEXT, best)
    return best if space < 0 else space + 1


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
