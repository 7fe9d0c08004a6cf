"""On which line of a TOML file a key stands: tomllib tells only where the syntax breaks."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

# Strings come first, so that brackets, hashes and line ends inside them mean nothing.
_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"""(?:"{0,2})'
    r"|'''.*?'''(?:'{0,2})"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|\#[^\n]*"
    r"|[A-Za-z0-9_+:-]+"
    r"|\n"
    r"|[^\s]",
    re.DOTALL,
)
DEEPEST = 10
"""Tables in tables whose lines are known: no file of ours has more than three, and a hostile one had 20,000."""
_OPENING, _CLOSING = frozenset("[{"), frozenset("]}")


@dataclass(frozen=True, slots=True)
class _Statement:
    """One table header or one assignment."""

    tokens: tuple[str, ...]
    first: int
    last: int


class Lines:
    """The lines of the keys of one valid TOML file."""

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")
        self._places = dict(_places(text))

    def find(self, path: Sequence[str | int], value: object = None) -> int:
        """The line of the key at `path`, or of the nearest table around it; counted from 1.

        When the value spans several lines, the one that holds the text `value`.
        """
        keys = tuple(part for part in path if isinstance(part, str))
        while keys and keys not in self._places:
            keys = keys[:-1]
        first, last = self._places.get(keys, (1, 1))
        if isinstance(value, str) and last > first:
            for number in range(first, last + 1):
                if any(f"{quote}{value}{quote}" in self._lines[number - 1] for quote in "\"'"):
                    return number
        return first


def _places(text: str) -> Iterator[tuple[tuple[str, ...], tuple[int, int]]]:
    """Paths of keys with first and last line; in reverse, so that a path's first place wins in a dict."""
    header: tuple[str, ...] = ()
    found = []
    for statement in _statements(text):
        if statement.tokens[0] == "[":
            header = path = _keys(statement.tokens, until="\n")
        else:
            path = header + _keys(statement.tokens, until="=")
        # `a.b.c = 1` and [a.b.c] also make the tables a and a.b.
        depth = min(len(path), DEEPEST)
        found += [(path[:length], (statement.first, statement.last)) for length in range(1, depth + 1)]
    return reversed(found)


def _keys(tokens: Sequence[str], *, until: str) -> tuple[str, ...]:
    end = tokens.index(until) if until in tokens else len(tokens)
    return tuple(_unquoted(token) for token in tokens[:end] if token not in {"[", "]", "."})


def _unquoted(token: str) -> str:
    if token[0] in "\"'":
        return str(tomllib.loads(f"key = {token}")["key"])
    return token


def _statements(text: str) -> Iterator[_Statement]:
    tokens: list[str] = []
    line, first, depth = 1, 1, 0
    for match in _TOKEN.finditer(f"{text}\n"):
        token = match[0]
        if token == "\n" and depth == 0:
            if tokens:
                yield _Statement(tuple(tokens), first, line)
            tokens = []
        elif token != "\n" and not token.startswith("#"):
            first = first if tokens else line
            tokens.append(token)
            depth += (token in _OPENING) - (token in _CLOSING)
        line += token.count("\n")
