"""Errors of the digest that the operator can act on.

KhabarError
├── UnknownFormat      nobody renders this format
└── DigestFileError    a digest could not be written to its folder
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from storage.errors import KhabarError


class UnknownFormat(KhabarError):
    """`format` is not one of `known`."""

    def __init__(self, format: str, known: Iterable[str]) -> None:
        super().__init__(f"{format}: no such digest format; there are {', '.join(known)}")
        self.format = format


class DigestFileError(KhabarError):
    """The digest file `path` could not be written; an older one of that name is untouched."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(f"{path}: cannot be written: {problem}")
        self.path, self.problem = path, problem
