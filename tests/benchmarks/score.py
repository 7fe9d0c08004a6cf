"""How much of what was to be found a crawl has found, and how well it read it."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

_RUN = 4


@dataclass(frozen=True, slots=True)
class Score:
    """`found` counts articles with a text, or that were not to be read; `f1` is of precision and recall of runs of
    four words, as means over the articles that were."""

    there: int
    found: int
    f1: float


def score(folder: Path) -> Score:
    """Compare ``found.jsonl`` with ``truth.jsonl``."""
    truth = {line["url"]: line["text"] for line in _lines(folder / "truth.jsonl")}
    given = {line["url"]: line["text"] for line in _lines(folder / "found.jsonl")}
    found = {url: text for url, text in given.items() if url in truth and text != ""}
    shares = [_shares(_runs(truth[url]), _runs(text)) for url, text in found.items() if text is not None]
    if not shares:
        return Score(len(truth), len(found), 0.0)
    precision, recall = fmean(one for one, _ in shares), fmean(other for _, other in shares)
    return Score(len(truth), len(found), 2 * precision * recall / (precision + recall or 1))


def _lines(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _runs(text: str) -> Counter[tuple[str, ...]]:
    words = text.split()
    return Counter(tuple(words[start : start + _RUN]) for start in range(max(1, len(words) - _RUN + 1)))


def _shares(true: Counter[tuple[str, ...]], given: Counter[tuple[str, ...]]) -> tuple[float, float]:
    common = (true & given).total()
    return common / given.total(), common / true.total()
