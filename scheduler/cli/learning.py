"""Commands that learn and apply what was learnt: ``khabar train`` and ``khabar retag``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.cli.arguments import Since, read_since
from scheduler.cli.output import note, plain, print_json, print_table, say
from scheduler.cli.root import AsJson, archive, configuration

if TYPE_CHECKING:
    from crawler.retagging import Change, Retagging
    from crawler.ties.labelled import Labelled
    from scheduler.retag_report import RetagReport

DEFAULT_FILE = Path("khabar-weights.toml")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(train)
    app.command()(retag)


def train(
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="[FILE.jsonl]...", help="Labelled articles, as for evaluate.")
    ] = None,
    marks: Annotated[bool, typer.Option("--marks", help="Also learn from what you marked.")] = False,
    refine: Annotated[
        bool, typer.Option("--refine", help="Start from the weights in use: for a few dozen articles.")
    ] = False,
    out: Annotated[Path, typer.Option(help="File to write.")] = DEFAULT_FILE,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
    folds: Annotated[int, typer.Option(min=0, max=50, help="Try the weights on so many parts left out; 0: not.")] = 5,
) -> None:
    """Fit the tagger's weights to labelled articles.

    Prints how good they are beside those in use (which may have been fitted to these very articles), and writes them.

    Example: khabar train --marks --refine
    """
    from scheduler.tagging import configured_tagger
    from scheduler.training import learn, write_weights

    if not files and not marks:
        raise typer.BadParameter("name a file, or use --marks", param_hint="FILE.jsonl")
    if folds == 1:
        raise typer.BadParameter("with one fold nothing is left to learn from", param_hint="--folds")
    _demand_free(out, force=force)
    articles = _labelled(files or [], marks=marks)
    lesson = learn(articles, configured_tagger(configuration()), folds=folds, refine=refine)
    if folds:
        print_table(("F1", "articles>", "in use>", f"new, {folds} folds>", "change>"), lesson.rows())
        say()
    write_weights(out, lesson.weights, articles=len(articles), replace=force)
    say(f'{out}: written. To use it: [ties] weights = "{out}" in khabar.toml, then khabar retag')
    if lesson.is_worse:
        hint = "" if refine else "; --refine keeps what those have learnt"
        note(f"khabar: on articles left out, the new weights do less well than those in use{hint}")


def retag(
    since: Since = None,
    is_sure: Annotated[bool, typer.Option("--yes", "--apply", help="Write without asking.")] = False,
    as_json: AsJson = False,
) -> None:
    """Tag stored articles anew, by today's lexicon and weights; shows first what would change, and asks.

    Articles that today's version has tagged are passed over, so that it goes on where it was interrupted.

    Example: khabar retag --since 30d
    """
    from crawler.clock import utc_now
    from crawler.retagging import Retagging
    from crawler.sources import load_sources
    from scheduler.regrouping import configured_regrouper
    from scheduler.tagging import configured_tagger

    config = configuration()
    countries = {key: source.country for key, source in load_sources(config.crawl.sources).items()}
    tagger = configured_tagger(config)
    with archive() as storage:
        regrouper = configured_regrouper(storage, config)
        work = Retagging(storage=storage, tagger=tagger, countries=countries, since=read_since(since))
        if not is_sure:
            report = _follow("looking", work, work.preview())
            _show(report, "would change", as_json=as_json)
            if as_json or not report.articles or not _agreed():
                return
        done = _follow("tagging", work, work.apply(regrouper, utc_now()))
        if is_sure:
            _show(done, "changed", as_json=as_json)
        elif not as_json:
            say(f"{done.articles} articles tagged anew, {done.changed} changed.")


def _demand_free(out: Path, *, force: bool) -> None:
    """Told before the work, which takes a while."""
    from scheduler.training import WeightsNotWritten

    if out.exists() and not force:
        raise WeightsNotWritten(out, "is there already; --force replaces it")


def _labelled(files: list[Path], *, marks: bool) -> list[Labelled]:
    from crawler.ties.labelled import each_text_once, read_labelled_files
    from scheduler.marking import labelled_of

    articles = read_labelled_files(files)
    if marks:
        with archive() as storage, storage.read() as db:
            articles += map(labelled_of, db.marks.articles())
    return each_text_once(articles)


def _follow(what: str, work: Retagging, batches: Iterator[list[Change]]) -> RetagReport:
    """Go through all batches, with a bar where stderr is a terminal."""
    from scheduler.cli.progress import count_up
    from scheduler.retag_report import RetagReport

    report = RetagReport(work.tagger.version)
    for batch in count_up(what, work.count(), batches):
        report.add(batch)
    return report


def _show(report: RetagReport, verb: str, *, as_json: bool) -> None:
    if as_json:
        print_json(report.as_json())
        return
    if not report.articles:
        say(f"every article is tagged by this version, {report.version}.")
        return
    say(f"{report.changed} of {report.articles} articles {verb}; version {report.version}")
    for line in report.lines():
        say(plain(line))


def _agreed() -> bool:
    """Asked where there is somebody to answer; else nothing is written."""
    if not (sys.stdin and sys.stdin.isatty()):
        note("khabar: nothing was written; --yes writes")
        return False
    return typer.confirm("Write this?", err=True)
