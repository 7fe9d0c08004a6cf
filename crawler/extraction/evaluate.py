"""How well texts are extracted: precision, recall and F1 against pages whose true text is known.

The measure is that of the public article-extraction-benchmark (Zyte, formerly Scrapinghub): a text is the multiset of
its runs of four words; of each page the shares that are right, too much and missing; precision and recall are means
over the pages, F1 is that of the two means, and the error is the standard deviation over bootstrap samples of pages.
"""

from __future__ import annotations

import json
import random
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from crawler.clock import utc_now
from crawler.errors import CrawlerError
from crawler.extraction.article import extract
from crawler.extraction.batch import read_file
from crawler.extraction.shingles import shingles
from crawler.items import Page

BOOTSTRAP_SAMPLES = 1000
BOOTSTRAP_SEED = 42
WORST = 10


class UnusablePages(CrawlerError):
    """A folder cannot be evaluated: it is not in the layout of the benchmark."""

    def __init__(self, folder: Path, problem: str) -> None:
        super().__init__(f"{folder}: {problem}")
        self.folder = folder


@dataclass(frozen=True, slots=True)
class PageScore:
    """How one page fared: the shares that are right, too much and missing add up to 1, or are all 0 without texts."""

    id: str
    url: str
    right: float
    extra: float
    missing: float
    seconds: float
    """CPU time."""
    extractor: str = ""
    refused: str | None = None

    @property
    def f1(self) -> float:
        """Of this page alone."""
        return 2 * self.right / (2 * self.right + self.extra + self.missing) if self.right else 0.0


@dataclass(frozen=True, slots=True)
class Measure:
    """Precision and recall are means over the pages where they are defined; F1 is that of the means."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        together = self.precision + self.recall
        return 2 * self.precision * self.recall / together if together else 0.0


@dataclass(frozen=True, slots=True)
class Report:
    """The result over all pages."""

    pages: tuple[PageScore, ...]
    measure: Measure
    errors: tuple[float, float, float]
    """Standard deviations of F1, precision and recall."""
    halves: tuple[float, float]
    """F1 of every other page in the order of ids, and of the rest: rules that fit single pages show here."""

    @property
    def worst(self) -> list[PageScore]:
        """The pages that cost most, the worst first."""
        return sorted(self.pages, key=lambda page: (page.f1, page.id))[:WORST]

    @property
    def milliseconds(self) -> float:
        """CPU time a page, the mean."""
        return 1000 * statistics.fmean(page.seconds for page in self.pages)


def evaluate_pages(folder: Path, *, on_page: Callable[[PageScore], None] | None = None) -> Report:
    """Extract all pages of `folder`: ``ground-truth.json`` (``{id: {url, articleBody}}``) and ``html/ID.html.gz``.

    `on_page` is told of each page as it is done. Raises UnusablePages.
    """
    truth = _truth(folder)
    pages: list[PageScore] = []
    for name, known in sorted(truth.items()):
        score = _score(name, known["url"], known["articleBody"], _body(folder, name))
        pages.append(score)
        if on_page is not None:
            on_page(score)
    halves = (measured(pages[0::2]).f1, measured(pages[1::2] or pages).f1)
    return Report(tuple(pages), measured(pages), _errors(pages), halves)


def compare(prediction: str, truth: str) -> tuple[float, float, float]:
    """The shares of two texts together that are in both, only in `prediction`, and only in `truth`."""
    predicted, true = shingles(prediction), shingles(truth)
    both = (predicted & true).total()
    extra, missing = predicted.total() - both, true.total() - both
    together = both + extra + missing
    return (both / together, extra / together, missing / together) if together else (0.0, 0.0, 0.0)


def measured(pages: Iterable[PageScore]) -> Measure:
    """Precision and recall over `pages`."""
    scores = list(pages)
    predicted = [page.right / (page.right + page.extra) for page in scores if page.right + page.extra]
    true = [page.right / (page.right + page.missing) for page in scores if page.right + page.missing]
    return Measure(_mean(predicted), _mean(true))


def _mean(values: Sequence[float]) -> float:
    return statistics.fmean(values) if values else 0.0


def _errors(pages: Sequence[PageScore]) -> tuple[float, float, float]:
    chance = random.Random(BOOTSTRAP_SEED)
    samples = [measured(chance.choices(pages, k=len(pages))) for _ in range(BOOTSTRAP_SAMPLES)]
    return (
        statistics.pstdev(sample.f1 for sample in samples),
        statistics.pstdev(sample.precision for sample in samples),
        statistics.pstdev(sample.recall for sample in samples),
    )


def _score(name: str, url: str, truth: str, body: bytes) -> PageScore:
    started = time.process_time()
    extraction = extract(Page(url=url, body=body, fetched_at=utc_now()))
    seconds = time.process_time() - started
    right, extra, missing = compare(extraction.text, truth)
    return PageScore(name, url, right, extra, missing, seconds, extraction.extractor, extraction.refused)


def _truth(folder: Path) -> dict[str, dict[str, str]]:
    file = folder / "ground-truth.json"
    try:
        truth = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise UnusablePages(folder, f"no ground-truth.json: {error.strerror}") from error
    except ValueError as error:
        raise UnusablePages(folder, f"ground-truth.json is no JSON: {error}") from error
    if not isinstance(truth, dict) or not truth:
        raise UnusablePages(folder, "ground-truth.json has no pages")
    wrong = next((name for name, page in truth.items() if not {"url", "articleBody"} <= set(page)), None)
    if wrong is not None:
        raise UnusablePages(folder, f"ground-truth.json: {wrong} has no url or no articleBody")
    return truth


def _body(folder: Path, name: str) -> bytes:
    for ending in (".html.gz", ".html"):
        path = folder / "html" / f"{name}{ending}"
        if path.exists():
            return read_file(path)
    raise UnusablePages(folder, f"no html/{name}.html.gz")
