"""How good the tagger is on labelled articles: `khabar evaluate`."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from crawler.ties.analysis import analyse
from crawler.ties.calibration import Calibration, calibrate
from crawler.ties.cases import own_cases
from crawler.ties.explain import explain
from crawler.ties.labelled import NONE, PASSING, SUBSTANTIVE, Labelled, read_labelled_files
from crawler.ties.lexicon import load_lexicon
from crawler.ties.measures import Measure, bootstrap_f1, measure_sets
from crawler.ties.scan import Scanner
from crawler.ties.sides import REGION, Sides
from crawler.ties.tagger import Tagger
from crawler.ties.train import holds_evidence, item_of, train
from crawler.ties.weights import WeightSet
from storage.records import Relevance, Tagging

_LABELS = {Relevance.SUBSTANTIVE: SUBSTANTIVE, Relevance.PASSING: PASSING, Relevance.NONE: NONE}
_YES = frozenset({"yes"})
_FOLD_SEED = 7
Answers = tuple[frozenset[str], frozenset[str]]


@dataclass(frozen=True, slots=True)
class Line:
    """One figure of the report: F1 with its parts, and the interval in which it lies in 95 of 100 draws."""

    what: str
    measure: Measure
    low: float
    high: float
    count: int
    """Articles."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """An article that got another label than a person gave it."""

    article: Labelled
    tagging: Tagging

    def lines(self) -> list[str]:
        """Its explanation."""
        doubt = ", doubtful" if self.article.is_doubtful else ""
        head = f"{self.article.id} [{self.article.lang}] labelled {self.article.label}{doubt}: {self.article.title}"
        return [head, *(f"  {line}" for line in explain(self.tagging))]


@dataclass(frozen=True, slots=True)
class Report:
    """What an evaluation found."""

    title: str
    lines: tuple[Line, ...]
    with_both_sides: float
    """Share of the articles rightly found substantive that have a sentence with both sides, or with one of them and
    words that stand for both."""
    mistakes: tuple[Mistake, ...]
    calibration: Calibration
    """Of the score, which says how likely an article is substantive."""

    def render(self, *, errors: bool = False) -> list[str]:
        """The report as lines of text."""
        width = max(len(line.what) for line in self.lines)
        head = f"{self.title:{width}}      n  precision  recall     F1  95 % of draws"
        rows = [
            f"{line.what:{width}}  {line.count:5}  {line.measure.precision:9.3f}  {line.measure.recall:6.3f}"
            f"  {line.measure.f1:5.3f}  {line.low:.3f}-{line.high:.3f}"
            for line in self.lines
        ]
        tail = f"substantive articles with a sentence for both sides: {self.with_both_sides:.1%}"
        listed = [text for mistake in self.mistakes for text in mistake.lines()] if errors else []
        return [head, *rows, tail, *self.calibration.lines(), *listed]


def evaluate(paths: Sequence[Path], tagger: Tagger, *, folds: int = 0) -> list[Report]:
    """Reports on labelled JSON Lines: with the weights of `tagger` and, with `folds`, cross-validated.

    Raises LabelledFileError.
    """
    return evaluate_articles(read_labelled_files(paths), tagger, folds=folds)


def evaluate_articles(
    articles: Sequence[Labelled], tagger: Tagger, *, folds: int = 0, start: WeightSet | None = None
) -> list[Report]:
    """The same for articles that were read before; the folds are fitted from `start`, if given."""
    reports = [_report("weights in use", articles, [_tag(tagger, article) for article in articles])]
    if folds > 1:
        taggings = cross_validate(articles, tagger.sides, folds=folds, start=start)
        reports.append(_report(f"{folds} folds", articles, taggings))
    return reports


def cross_validate(
    articles: Sequence[Labelled], sides: Sides, *, folds: int, start: WeightSet | None = None
) -> list[Tagging]:
    """Each article tagged with weights that were fitted without its fold (but with our own cases)."""
    lexicon = load_lexicon()
    scanner = Scanner(lexicon)
    known = [*articles, *own_cases()]
    analyses = [analyse(scanner, sides, item_of(article)) for article in known]
    order = list(range(len(articles)))
    random.Random(_FOLD_SEED).shuffle(order)
    taggings: dict[int, Tagging] = {}
    for fold in range(folds):
        left_out = set(order[fold::folds])
        kept = [index for index in range(len(known)) if index not in left_out]
        weights = train([known[i] for i in kept], [analyses[i] for i in kept], start=start)
        tagger = Tagger(lexicon, weights, sides)
        taggings |= {index: _tag(tagger, articles[index]) for index in left_out}
    return [taggings[index] for index in range(len(articles))]


def _tag(tagger: Tagger, article: Labelled) -> Tagging:
    return tagger.tag(article.title, article.text, lang=article.lang)


def _report(title: str, articles: Sequence[Labelled], taggings: Sequence[Tagging]) -> Report:
    both = list(zip(articles, taggings, strict=True))
    sure = [(article, tagging) for article, tagging in both if not article.is_doubtful]
    lines = [
        _label_line("substantive", both, SUBSTANTIVE),
        _label_line("substantive, without doubt", sure, SUBSTANTIVE),
        _label_line("any tie", both, PASSING),
        _label_line("any tie, without doubt", sure, PASSING),
    ]
    for lang in sorted({article.lang or "?" for article in articles}):
        spoken = [(article, tagging) for article, tagging in both if (article.lang or "?") == lang]
        lines.append(_label_line(f"substantive in {lang}", spoken, SUBSTANTIVE))
        lines.append(_label_line(f"any tie in {lang}", spoken, PASSING))
    tied = [(article, tagging) for article, tagging in both if article.label != NONE]
    lines.append(_line("pairs", [_pairs(article, tagging) for article, tagging in both]))
    lines.append(_line("pairs of tied articles", [_pairs(article, tagging) for article, tagging in tied]))
    lines.append(_line("topics", [_topics(article, tagging) for article, tagging in tied if article.topics]))
    lines.append(_line("evidence", [_evidence(article, tagging) for article, tagging in tied if article.evidence]))
    mistakes = tuple(Mistake(a, t) for a, t in both if _LABELS[t.relevance] != a.label)
    scores = [(tagging.score, article.label == SUBSTANTIVE) for article, tagging in both]
    return Report(title, tuple(lines), _share_with_both(both), mistakes, calibrate(scores))


def _label_line(what: str, rows: Sequence[tuple[Labelled, Tagging]], least: int) -> Line:
    answers = [
        (_YES if article.label >= least else frozenset(), _YES if _LABELS[tagging.relevance] >= least else frozenset())
        for article, tagging in rows
    ]
    return _line(what, answers)


def _line(what: str, answers: Sequence[Answers]) -> Line:
    low, high = bootstrap_f1(answers)
    return Line(what, measure_sets(answers), low, high, len(answers))


def _pairs(article: Labelled, tagging: Tagging) -> Answers:
    given = frozenset(tie.other for tie in tagging.ties)
    if REGION in given and not article.countries:
        given -= {REGION}
    return article.countries, given


def _topics(article: Labelled, tagging: Tagging) -> Answers:
    return article.topics, frozenset(tagging.topics)


def _evidence(article: Labelled, tagging: Tagging) -> Answers:
    """Labelled sentences that were found. A sentence of ours that was not labelled is no mistake: nobody labels all."""
    ours = [evidence.sentence for tie in tagging.ties for evidence in tie.evidence]
    found = frozenset(gold for gold in article.evidence if any(holds_evidence(text, [gold]) for text in ours))
    return frozenset(article.evidence), found


def _share_with_both(rows: Sequence[tuple[Labelled, Tagging]]) -> float:
    found = [t for a, t in rows if a.label == SUBSTANTIVE and t.relevance is Relevance.SUBSTANTIVE]
    good = sum(any(_covers(e.rule) for tie in t.ties for e in tie.evidence) for t in found)
    return good / len(found) if found else 1.0


def _covers(rule: str) -> bool:
    return "both" in rule and "alone" not in rule
