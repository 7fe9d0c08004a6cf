"""Weights fitted anew: how good they are beside those in use, and the file that they are written to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from crawler.ties.cases import own_cases
from crawler.ties.evaluate import Report, evaluate_articles
from crawler.ties.labelled import Labelled
from crawler.ties.tagger import Tagger
from crawler.ties.train import fit_weights
from crawler.ties.weights import WeightSet, dump_weights, fit_to, load_weights
from scheduler.errors import SchedulerError


class TooFewArticles(SchedulerError):
    """There is nothing to learn from, or too little for the folds."""


class WeightsNotWritten(SchedulerError):
    """The new weights cannot be written. `path` is the file."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(f"{path}: {problem}")
        self.path = path


@dataclass(frozen=True, slots=True)
class Lesson:
    """What was learnt. Without folds there are no figures."""

    weights: WeightSet
    in_use: Report | None
    cross_validated: Report | None

    @property
    def is_worse(self) -> bool:
        """Whether the new weights find substantive ties less surely than those in use."""
        if not self.in_use or not self.cross_validated:
            return False
        return self.cross_validated.lines[0].measure.f1 < self.in_use.lines[0].measure.f1

    def rows(self) -> Iterator[tuple[str, int, str, str, str]]:
        """What was asked, of how many articles, F1 with the weights in use, with the new ones, and the difference."""
        if not self.in_use or not self.cross_validated:
            return
        for old, new in zip(self.in_use.lines, self.cross_validated.lines, strict=True):
            before, after = old.measure.f1, new.measure.f1
            yield old.what, old.count, f"{before:.3f}", f"{after:.3f}", f"{after - before:+.3f}"


def learn(articles: Sequence[Labelled], tagger: Tagger, *, folds: int, refine: bool) -> Lesson:
    """Weights from `articles` and our own cases; with `refine`, those of `tagger` as far as these agree with them.

    `folds` says how often weights are fitted without a part of the articles, to be tried on that part; 0: not at all.
    Raises TooFewArticles.
    """
    if not articles:
        raise TooFewArticles("there is no labelled article to learn from")
    if len(articles) < folds:
        raise TooFewArticles(f"{len(articles)} labelled articles are too few for {folds} folds; see --folds")
    start = tagger.weights if refine else None
    reports = evaluate_articles(articles, tagger, folds=folds, start=start) if folds else []
    fitted = fit_weights(articles, tagger.sides, start=start)
    return Lesson(
        weights=fit_to(fitted, load_weights()),
        in_use=reports[0] if reports else None,
        cross_validated=reports[1] if reports else None,
    )


def write_weights(path: Path, weights: WeightSet, *, articles: int, replace: bool) -> None:
    """Write `weights`, with what they were fitted from. Raises WeightsNotWritten, also for a file that is there."""
    origin = f"# From {articles} labelled articles and {len(own_cases())} cases that come with Khabar.\n"
    try:
        with path.open("w" if replace else "x", encoding="utf-8") as out:
            out.write(origin + dump_weights(weights))
    except FileExistsError as error:
        raise WeightsNotWritten(path, "is there already; --force replaces it") from error
    except OSError as error:
        raise WeightsNotWritten(path, f"cannot be written: {error.strerror}") from error
