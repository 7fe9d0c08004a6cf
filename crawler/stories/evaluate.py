"""How well articles are grouped: ``khabar evaluate-stories``, on JSON Lines that also say ``story`` and ``copy_of``."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from crawler.errors import CrawlerError
from crawler.stories.items import ItemId
from crawler.stories.lines import group_lines
from crawler.stories.meaning import Embedder

Stories = Mapping[ItemId, Hashable]
"""Article to the story it is in."""
Linked = Callable[[ItemId, ItemId], bool]
"""Whether two articles of one story count as a link."""


class LabelFileError(CrawlerError):
    """The labelled file cannot be used. `path` is the file."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(f"{path}: {problem}")
        self.path = path


@dataclass(frozen=True, slots=True)
class Score:
    """Precision and recall, each 1 where there was nothing to find or nothing was said."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(frozen=True, slots=True)
class Grouping:
    """Scores of the stories among some of the articles."""

    articles: int
    stories: int
    """As labelled."""
    pairs: Score
    """Of all pairs of articles: are those put together of one story?"""
    b_cubed: Score
    """Mean over articles (Bagga and Baldwin 1998): how much of the story an article is in is rightly there."""


@dataclass(frozen=True, slots=True)
class Report:
    """What `evaluate_stories` found."""

    overall: Grouping
    by_language: Mapping[str, Grouping]
    """Each language as if it were alone."""
    one_language: Score
    """B-cubed within languages: their mean, by number of articles."""
    across: Grouping
    """Only links between languages: each article with those of its story in other languages."""
    copies: Score
    """Of the articles said to be copies: is the text they are said to repeat of the same labelled text?"""

    def render(self) -> list[str]:
        """A table, one line a row."""
        rows = [("all languages together", self.overall)]
        rows += [(f"only {lang or 'no language'}", grouping) for lang, grouping in self.by_language.items()]
        rows.append(("links between languages", self.across))
        head = f"{'':24} articles stories  {'B-cubed: P':>10} {'R':>5} {'F1':>5}  {'pairs: P':>9} {'R':>5} {'F1':>5}"
        lines = [head, *(_row(name, grouping) for name, grouping in rows)]
        for name, score in (("within one language, mean", self.one_language), ("copies", self.copies)):
            lines.append(f"{name}: P {score.precision:.3f}  R {score.recall:.3f}  F1 {score.f1:.3f}")
        return lines


@dataclass(frozen=True, slots=True)
class _Labels:
    lang: dict[ItemId, str]
    story: dict[ItemId, Hashable]
    copy_of: dict[ItemId, ItemId]


def _row(name: str, grouping: Grouping) -> str:
    b, p = grouping.b_cubed, grouping.pairs
    return (
        f"{name:24} {grouping.articles:8} {grouping.stories:7}  {b.precision:10.3f} {b.recall:5.3f} {b.f1:5.3f}"
        f"  {p.precision:9.3f} {p.recall:5.3f} {p.f1:5.3f}"
    )


def evaluate_stories(path: Path, *, embedder: Embedder | None = None) -> Report:
    """Groups the articles of `path` in the order of its lines, and compares with its labels. Raises LabelFileError."""
    try:
        lines = [line for line in path.read_text(encoding="utf-8-sig").splitlines() if line.strip()]
    except (OSError, UnicodeDecodeError) as error:
        raise LabelFileError(path, f"cannot be read: {error}") from error
    labels = _read_labels(path, lines)
    found: dict[ItemId, Hashable] = {}
    copies: dict[ItemId, ItemId] = {}
    for result in group_lines(lines, embedder=embedder):
        if "error" in result:
            raise LabelFileError(path, result["error"])
        found[result["id"]] = result["story"]
        if result["copy_of"] is not None:
            copies[result["id"]] = result["copy_of"]
    return _report(labels, found, copies)


def score_pairs(true: Stories, found: Stories, linked: Linked) -> Score:
    """Precision and recall of the pairs that `found` puts together, among those that `linked` lets count."""
    truly, said = _companions(true, linked), _companions(found, linked)
    right = sum(len(truly[article] & said[article] - {article}) for article in true)
    return Score(
        _share(right, sum(len(said[article] - {article}) for article in true)),
        _share(right, sum(len(truly[article] - {article}) for article in true)),
    )


def score_b_cubed(true: Stories, found: Stories, linked: Linked) -> Score:
    """B-cubed precision and recall, over the links that `linked` lets count (an article is linked with itself)."""
    truly, said = _companions(true, linked), _companions(found, linked)
    right = {article: len(truly[article] & said[article]) for article in true}
    return Score(
        _mean([right[article] / len(said[article]) for article in true if said[article]]),
        _mean([right[article] / len(truly[article]) for article in true if truly[article]]),
    )


def _companions(stories: Stories, linked: Linked) -> dict[ItemId, set[ItemId]]:
    members: dict[Hashable, list[ItemId]] = defaultdict(list)
    for article, story in stories.items():
        members[story].append(article)
    return {a: {b for b in members[story] if linked(a, b)} for a, story in stories.items()}


def score_copies(true: Mapping[ItemId, ItemId], found: Mapping[ItemId, ItemId]) -> Score:
    """Precision and recall of articles said to be copies; it does not matter of which copy of the right text."""
    right = sum(_root(true, copy) == _root(true, original) for copy, original in found.items())
    return Score(_share(right, len(found)), _share(right, len(true)))


def _root(copies: Mapping[ItemId, ItemId], article: ItemId) -> ItemId:
    passed = [article]
    while (article := copies.get(article, article)) not in passed:
        passed.append(article)
    # Labels that run in a circle have no first text: any one of them will do, if it is always the same.
    return min(passed[passed.index(article) :], key=str)


def _group_scores(true: Stories, found: Stories, linked: Linked) -> Grouping:
    return Grouping(
        articles=len(true),
        stories=len(set(true.values())),
        pairs=score_pairs(true, found, linked),
        b_cubed=score_b_cubed(true, found, linked),
    )


def _report(labels: _Labels, found: Stories, copies: Mapping[ItemId, ItemId]) -> Report:
    lang, true = labels.lang, labels.story
    by_language = {}
    for language in sorted(set(lang.values())):
        here = {article for article in true if lang[article] == language}
        by_language[language] = _group_scores(
            {a: s for a, s in true.items() if a in here}, {a: s for a, s in found.items() if a in here}, _all
        )
    return Report(
        overall=_group_scores(true, found, _all),
        by_language=by_language,
        one_language=_average(list(by_language.values())),
        across=_group_scores(true, found, lambda a, b: lang[a] != lang[b]),
        copies=score_copies(labels.copy_of, copies),
    )


def _all(_a: ItemId, _b: ItemId) -> bool:
    return True


def _average(groupings: Sequence[Grouping]) -> Score:
    total = sum(grouping.articles for grouping in groupings)
    return Score(
        _share(sum(g.b_cubed.precision * g.articles for g in groupings), total),
        _share(sum(g.b_cubed.recall * g.articles for g in groupings), total),
    )


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 1.0


def _mean(values: Sequence[float]) -> float:
    return _share(sum(values), len(values))


def _read_labels(path: Path, lines: Sequence[str]) -> _Labels:
    lang: dict[ItemId, str] = {}
    story: dict[ItemId, Hashable] = {}
    copy_of: dict[ItemId, ItemId] = {}
    for number, line in enumerate(lines, 1):
        try:
            values = json.loads(line)
            id = values["id"]
            lang[id], story[id] = values.get("lang") or "", values["story"]
            if values.get("copy_of") is not None:
                copy_of[id] = values["copy_of"]
        except (ValueError, TypeError, AttributeError, KeyError) as error:
            raise LabelFileError(path, f"line {number}: id and story are needed ({error})") from error
    if not story:
        raise LabelFileError(path, "holds no article")
    return _Labels(lang, story, copy_of)
