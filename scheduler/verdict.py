"""What a user can say of an article."""

from __future__ import annotations

from enum import StrEnum


class Verdict(StrEnum):
    """Whether it is about a tie."""

    RELEVANT = "relevant"
    PASSING = "passing"
    IRRELEVANT = "irrelevant"
