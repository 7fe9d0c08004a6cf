"""How much each thing that two articles share says that they tell one event: ``weights.toml``, fitted."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from importlib.resources import files
from textwrap import fill

from crawler.stories.likeness import MEANING
from crawler.ties.logistic import Weights, probability, total

PER_DAY = 0.5
"""What each day after the first takes from the sum. Not fitted: labelled stories are told faster than real ones."""

COMMON_FROM = 3
"""What fewer of the labelled stories have is no background."""

_BACKGROUND_HEAD = """# Written by crawler.stories.train: what is common in news of the region, by share of stories.
# w: beginning of a word, with its language; n: name, by its sound; e, s: entity and state of the lexicon; c: concept;
# a: amount; d: day.
"""
_HEAD = """# Fitted by crawler.stories.train from labelled articles: how much each thing that two articles share
# (crawler/stories/likeness.py) says that they tell one event. The sum goes through the logistic function.
"""


@dataclass(frozen=True, slots=True)
class StoryWeights:
    """Weights for two articles in one language, and in two."""

    one_language: Weights
    across: Weights

    def chance(self, shared: Mapping[str, float], apart: timedelta) -> float:
        """Probability that two articles which share this tell one event, `apart` from each other."""
        days = max(0.0, abs(apart) / timedelta(days=1) - 1)
        weights = self.one_language if "words" in shared else self.across
        return probability(total(shared, weights) + shared.get(MEANING, 0.0) - PER_DAY * days)


@cache
def load_weights() -> StoryWeights:
    """The weights that come with the program."""
    return parse_weights(files("crawler.stories").joinpath("weights.toml").read_text(encoding="utf-8"))


def parse_weights(text: str) -> StoryWeights:
    """Weights from the text of such a file."""
    tables = tomllib.loads(text)
    return StoryWeights(one_language=tables["one_language"], across=tables["across"])


def dump_weights(weights: StoryWeights) -> str:
    """The text of a file with these weights, the heaviest first."""
    parts = [_HEAD]
    for name, table in (("one_language", weights.one_language), ("across", weights.across)):
        lines = [f"{key} = {value:.2f}" for key, value in sorted(table.items(), key=lambda pair: -abs(pair[1]))]
        parts.append("\n".join([f"[{name}]", *lines, ""]))
    return "\n".join(parts)


@cache
def load_background() -> dict[str, float]:
    """The background that comes with the program."""
    return parse_background(files("crawler.stories").joinpath("background.toml").read_text(encoding="utf-8"))


def parse_background(text: str) -> dict[str, float]:
    """Key to share of stories, from the text of such a file."""
    return {key: float(share) for share, keys in tomllib.loads(text).items() for key in keys.split()}


def dump_background(stories: Sequence[Set[str]]) -> str:
    """The text of a file with what is common in these stories, each given by its keys."""
    by_count: dict[int, list[str]] = {}
    for key, count in Counter(key for story in stories for key in story).items():
        if count >= COMMON_FROM:
            by_count.setdefault(count, []).append(key)
    lines = [
        f'"{count / len(stories):.3f}" = """\n{fill(" ".join(sorted(keys)), 118, break_on_hyphens=False)}"""\n'
        for count, keys in sorted(by_count.items(), reverse=True)
    ]
    return _BACKGROUND_HEAD + "".join(lines)
