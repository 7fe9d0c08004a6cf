"""``khabar crawl``."""

from __future__ import annotations

import os
import sys
from contextlib import closing
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.cli.output import note, print_json, print_table, say
from scheduler.cli.root import AsJson, archive, configuration, state

if TYPE_CHECKING:
    from storage.records import SourceReport

NOTHING_REACHED = 3
"""Exit code of a crawl that reached no source."""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(crawl)


def crawl(
    sources: Annotated[list[str] | None, typer.Argument(help="Ids of sources; default: all in use.")] = None,
    since: Annotated[
        str | None, typer.Option(help="Only articles listed as younger than this, such as 48h or 7d.")
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="At most this many articles of each source.")] = None,
    as_json: AsJson = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Show the crawler's log on stderr.")] = False,
) -> None:
    """Crawl now, once; ends with 3 when no source was reached.

    Example: khabar crawl trend kun --since 48h
    """
    from crawler.durations import parse_duration
    from scheduler.cli.progress import watch
    from scheduler.crawl_process import CrawlOrder
    from scheduler.crawl_process import crawl as run_crawl
    from storage.room import database_folders, demand_room

    if since:
        try:
            parse_duration(since)
        except ValueError as error:
            raise typer.BadParameter(str(error), param_hint="--since") from error
    _check_names(sources or [])
    _check_models()
    database = configuration().database
    demand_room(database_folders(database.url), database.free_mb)
    with archive():
        pass  # a database that cannot be used is told before anything is asked of the web
    order = CrawlOrder(
        sources=tuple(sources or ()),
        since=since,
        limit=limit,
        config=state.config_file,
        log=sys.stderr if verbose else None,
    )
    with closing(run_crawl(order)) as events:
        run_id = watch(events, bars=not verbose)
    _show(run_id, as_json=as_json)


def _check_names(names: list[str]) -> None:
    """Raises UnknownSource or SourceFileError before anything is started."""
    from crawler.sources import load_sources, select

    select(load_sources(configuration().crawl.sources), names)


def _check_models() -> None:
    """Raises WeightsFileError for weights that do not fit, MissingModel for a model that is not there."""
    from crawler.stories.meaning import demand_model
    from crawler.ties.weights import read_weights

    config = configuration()
    if config.ties.weights:
        read_weights(config.ties.weights)
    if config.stories.semantic:
        demand_model(config.stories.model)


def _show(run_id: int, *, as_json: bool) -> None:
    from crawler.net.proxies import ignored_proxies
    from scheduler.reports import totals

    with archive() as storage, storage.read() as db:
        run = db.runs.get(run_id)
    summary = totals(run)
    if as_json:
        print_json({"run": run.id, "totals": summary, "sources": [asdict(report) for report in run.reports]})
    else:
        columns = ("source", "outcome", "listed>", "new>", "stored>", "relevant>", "refused", "detail")
        print_table(columns, (_row(report) for report in run.reports))
        say()
        say(
            f"{summary['reached']} of {summary['sources']} sources reached, {summary['listed']} articles listed, "
            f"{summary['new']} new, {summary['stored']} stored, {summary['relevant']} about a tie, "
            f"{summary['refused']} refused, {summary['failed']} failed."
        )
    if not summary["reached"]:
        note("khabar: no source was reached. Is there a network? `make demo` shows everything without one.")
        if said := ignored_proxies(os.environ):
            note(f"khabar: {said}")
        raise typer.Exit(NOTHING_REACHED)


def _row(report: SourceReport) -> tuple[object, ...]:
    from scheduler.reports import count_reasons

    refused = count_reasons({**report.refused, **{f"failed: {k}": n for k, n in report.failed.items()}})
    return (
        report.source,
        report.outcome,
        report.listed,
        report.new,
        report.stored,
        report.relevant,
        refused,
        report.detail,
    )
