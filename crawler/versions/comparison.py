"""Do two readings of one page differ in what the article says, and not only in what surrounds it?"""

from __future__ import annotations

import re

from crawler.versions.signs import folded

MAX_COUNTER = 40
"""Characters of a line that is no more than a clock or a counter with its label."""
MAX_LABELS = 4
PROSE_WORDS = 25
"""A line of so many words is a paragraph, however it ends."""

_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"\d+(?:[\s.,:/]\d+)*")
_SENTENCE_END = re.compile(r"[.!?…:;»”\"')\]]\s*$")


def what_changed(old_title: str, old_text: str, new_title: str, new_text: str) -> tuple[str, ...]:
    """``title`` and ``text``, as far as their words differ; none for what is no change of the article.

    No change are: spaces, quotation marks, dashes and capitals; lines that are a clock or a counter; and what comes
    after the last paragraph and is none itself, where pages list what else there is to read.
    """
    changed = []
    if _words(old_title) != _words(new_title):
        changed.append("title")
    if _essence(old_text) != _essence(new_text):
        changed.append("text")
    return tuple(changed)


def is_counter(line: str) -> bool:
    """Whether a line is a number with hardly a word: ``1 204 views``, ``Просмотров: 17``, ``12:45``."""
    if len(line) > MAX_COUNTER or not _NUMBER.search(line):
        return False
    labels = _WORD.findall(_NUMBER.sub(" ", line))
    return len(labels) <= MAX_LABELS and not line.rstrip().endswith((".", "!", "?"))


def _essence(text: str) -> list[str]:
    """The words of the article proper. Where paragraphs begin does not matter."""
    lines = [line for line in text.split("\n") if line.strip() and not is_counter(line.strip())]
    while lines and not _is_prose(lines[-1]) and any(map(_is_prose, lines)):
        lines.pop()
    return [word for line in lines for word in _words(line)]


def _is_prose(line: str) -> bool:
    return bool(_SENTENCE_END.search(line)) or len(_WORD.findall(line)) >= PROSE_WORDS


def _words(text: str) -> list[str]:
    return _WORD.findall(folded(text).casefold())
