"""How much each thing that two articles share says that they tell one event: ``weights.toml``, fitted."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from importlib.resources import files

from crawler.ties.logistic import Weights, probability, total

PER_DAY = 0.5
"""What each day after the first takes from the sum. Not fitted: labelled stories are told faster than real ones."""

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
        return probability(total(shared, weights) - PER_DAY * days)


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
