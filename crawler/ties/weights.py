"""The fitted weights: one small readable file, written by `khabar train`."""

from __future__ import annotations

import hashlib
import math
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from crawler.errors import CrawlerError

FILE = "weights.toml"
SHOWN = 3
"""Features that a message names; of more, only how many."""
TABLES = ("sentence", "context", "any_tie", "substantive", "pairs", "topics")
_HEAD = """# Weights of the tie tagger, fitted by `khabar train` from labelled articles. A score is the sum of value
# times weight over the features that a text has (crawler/ties/clues.py and features.py say what each is), put through
# the logistic function. `sentence`: does a sentence that names both sides carry a tie? `context`: does one that leans
# on such a sentence? `any_tie`: does the text hold a tie? `substantive`: is it about one? `pairs`: with this
# country? `topics`: about this topic?
"""


class WeightsFileError(CrawlerError):
    """A weights file cannot be used. `path` is the file."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(f"{path}: {problem}")
        self.path = path


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
    """Weights from the content of a weights file that is in order."""
    tables = tomllib.loads(text)
    return WeightSet(**{name: tables[name] for name in TABLES})


def read_weights(path: Path) -> WeightSet:
    """Weights from a file that `khabar train` wrote. Raises WeightsFileError for one that does not fit this program."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise WeightsFileError(path, f"cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise WeightsFileError(path, f"is not valid TOML: {error}") from error
    if problems := list(_problems(tables, load_weights())):
        raise WeightsFileError(path, f"{'; '.join(problems)}; `khabar train` writes a file that fits")
    return WeightSet(**{name: tables[name] for name in TABLES})


def file_stamp(path: Path) -> tuple[int, ...]:
    """Changes with the file. Raises WeightsFileError when it cannot be found."""
    try:
        state = path.stat()
    except OSError as error:
        raise WeightsFileError(path, f"cannot be read: {error.strerror}") from error
    return state.st_dev, state.st_ino, state.st_mtime_ns, state.st_size


def fit_to(weights: WeightSet, known: WeightSet) -> WeightSet:
    """`weights` with exactly the features of `known`: one that was not met in training says nothing."""
    return WeightSet(
        **{name: {key: getattr(weights, name).get(key, 0.0) for key in getattr(known, name)} for name in TABLES}
    )


def _problems(tables: Mapping[str, object], known: WeightSet) -> Iterator[str]:
    """What is wrong with the content of a weights file, by kind."""
    given = {name: table if isinstance(table := tables.get(name), dict) else {} for name in TABLES}
    features = {f"{name}.{feature}": value for name in TABLES for feature, value in given[name].items()}
    expected = {f"{name}.{feature}" for name in TABLES for feature in getattr(known, name)}
    unknown = [*(name for name in tables if name not in TABLES), *(key for key in features if key not in expected)]
    if unknown:
        yield f"unknown: {_some(unknown)}"
    if missing := sorted(expected - features.keys()):
        yield f"missing: {_some(missing)}"
    if wrong := [key for key, value in features.items() if not _is_weight(value)]:
        yield f"not a number: {_some(wrong)}"


def _is_weight(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _some(names: Sequence[str]) -> str:
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return ", ".join(names[:SHOWN]) + more


def dump_weights(weights: WeightSet) -> str:
    """The content of a weights file, heaviest features first."""
    parts = [_HEAD]
    for name in TABLES:
        table: Mapping[str, float] = getattr(weights, name)
        lines = [f'"{key}" = {value:.3f}' for key, value in sorted(table.items(), key=lambda item: -abs(item[1]))]
        parts.append("\n".join([f"[{name}]", *lines, ""]))
    return "\n".join(parts)
