"""Commands that measure: ``khabar evaluate``, ``evaluate-pages`` and ``evaluate-stories``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from scheduler.cli.output import plain, say
from scheduler.cli.root import configuration
from scheduler.cli.semantic import Semantic, chosen_embedder

Labelled = Annotated[Path, typer.Argument(metavar="FILE.jsonl", exists=True, dir_okay=False, help="Labelled articles.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(evaluate)
    app.command("evaluate-pages")(evaluate_pages)
    app.command("evaluate-stories")(evaluate_stories)


def evaluate(
    file: Labelled,
    folds: Annotated[int, typer.Option(min=0, max=50, help="Also fit the weights anew, this often, on the rest.")] = 0,
    errors: Annotated[bool, typer.Option("--errors", help="List the mistakes with their explanation.")] = False,
) -> None:
    """Measure the tagger on labelled articles.

    Precision, recall and F1, by language and in all.

    Example: khabar evaluate labelled.jsonl --folds 5
    """
    from crawler.ties.evaluate import evaluate as measure
    from scheduler.tagging import configured_tagger

    for report in measure([file], configured_tagger(configuration()), folds=folds):
        for line in report.render(errors=errors):
            say(plain(line) if line.strip() else "")
        say()


def evaluate_stories(file: Labelled, semantic: Semantic = False) -> None:
    """Measure the grouping on labelled articles.

    Pairwise and B-cubed F1, and copies, by language and across languages.

    Example: khabar evaluate-stories events.jsonl
    """
    from crawler.stories.evaluate import evaluate_stories as measure

    for line in measure(file, embedder=chosen_embedder(semantic)).render():
        say(line)


def evaluate_pages(
    folder: Annotated[Path, typer.Argument(metavar="DIR", exists=True, file_okay=False, help="Pages and their texts.")],
) -> None:
    """Measure the extractor on pages whose text is known.

    Precision, recall, F1, time a page, and the worst pages.

    Example: khabar evaluate-pages article-extraction-benchmark
    """
    from crawler.extraction.evaluate import evaluate_pages as measure

    report = measure(folder)
    say(f"{len(report.pages)} pages, {report.milliseconds:.1f} ms CPU a page")
    values = (report.measure.f1, report.measure.precision, report.measure.recall)
    for name, value, error in zip(("F1", "precision", "recall"), values, report.errors, strict=True):
        say(f"{name:<10} {value:.4f} ± {error:.4f}")
    say(f"F1 of either half of the pages: {report.halves[0]:.4f}, {report.halves[1]:.4f}")
    for page in report.worst:
        say(f"{page.f1:.3f}  {plain(page.id)}")
