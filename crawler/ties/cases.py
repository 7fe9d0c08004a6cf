"""Our own labelled cases, in every language, for each way to be mistaken: part of every fit, and of the tests."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from crawler.ties.labelled import Labelled, read_labelled


@lru_cache(maxsize=1)
def own_cases() -> tuple[Labelled, ...]:
    """All cases of ``cases/*.jsonl``, by language. The kind of a case is the middle part of its id."""
    folder = files("crawler.ties") / "cases"
    found: list[Labelled] = []
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        found += read_labelled(file.read_text(encoding="utf-8").splitlines(), file.name)
    return tuple(found)
