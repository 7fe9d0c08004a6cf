"""The fitted weights: one small readable file, written by `khabar train`."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

FILE = "weights.toml"
_TABLES = ("sentence", "context", "any_tie", "substantive", "pairs", "topics")
_HEAD = """# Weights of the tie tagger, fitted by `khabar train` from labelled articles. A score is the sum of value
# times weight over the features that a text has (crawler/ties/clues.py and features.py say what each is), put through
# the logistic function. `sentence`: does a sentence that names both sides carry a tie? `context`: does one that leans
# on such a sentence? `any_tie`: does the text hold a tie? `substantive`: is it about one? `pairs`: with this
# country? `topics`: about this topic?
"""


@dataclass(frozen=True, slots=True)
class WeightSet:
    """Weights by feature for each of the six questions."""

    sentence: Mapping[str, float]
    context: Mapping[str, float]
    any_tie: Mapping[str, float]
    substantive: Mapping[str, float]
    pairs: Mapping[str, float]
    topics: Mapping[str, float]

    @property
    def version(self) -> str:
        """Changes with any weight."""
        return hashlib.sha256(dump_weights(self).encode()).hexdigest()[:8]


@lru_cache(maxsize=1)
def load_weights() -> WeightSet:
    """The weights that come with the program."""
    return parse_weights((files("crawler.ties") / FILE).read_text(encoding="utf-8"))


def parse_weights(text: str) -> WeightSet:
    """Weights from the content of a weights file."""
    tables = tomllib.loads(text)
    return WeightSet(**{name: tables[name] for name in _TABLES})


def read_weights(path: Path) -> WeightSet:
    """Weights from a file that `khabar train` wrote."""
    return parse_weights(path.read_text(encoding="utf-8"))


def dump_weights(weights: WeightSet) -> str:
    """The content of a weights file, heaviest features first."""
    parts = [_HEAD]
    for name in _TABLES:
        table: Mapping[str, float] = getattr(weights, name)
        lines = [f'"{key}" = {value:.3f}' for key, value in sorted(table.items(), key=lambda item: -abs(item[1]))]
        parts.append("\n".join([f"[{name}]", *lines, ""]))
    return "\n".join(parts)
