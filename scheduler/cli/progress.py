"""How a crawl is shown while it goes: bars where stderr is a terminal, plain lines where it is not."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

from scheduler.cli.output import note, plain
from scheduler.errors import CrawlFailed


def watch(events: Iterator[dict[str, Any]]) -> int:
    """Show a crawl to its end and return the id of its run. Raises CrawlFailed when it never began one."""
    run = _bars(events) if sys.stderr.isatty() else _lines(events)
    if run is None:
        raise CrawlFailed(0, "it ended before it began")
    return run


def _lines(events: Iterator[dict[str, Any]]) -> int | None:
    run = None
    for event in events:
        if "run" in event:
            run = event["run"]
            note(f"crawl {run}: {len(event['sources'])} sources")
        elif event["done"]:
            note(
                f"{event['source']}: {event['outcome']}, {event['listed']} listed, {event['new']} new, "
                f"{event['stored']} stored, {event['relevant']} relevant; {plain(event['detail'])}"
            )
    return run


def _bars(events: Iterator[dict[str, Any]]) -> int | None:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description:<9}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[what]}"),
    )
    run, sources = None, {}
    with Progress(*columns, TimeElapsedColumn(), console=Console(stderr=True), transient=True) as progress:
        asked = progress.add_task("sources", total=None, what="")
        pages = progress.add_task("articles", total=0, what="")
        for event in events:
            if "run" in event:
                run = event["run"]
                progress.update(asked, total=len(event["sources"]))
                continue
            sources[event["source"]] = event
            told = sources.values()
            busy = [plain(name) for name, each in sources.items() if not each["done"]][:4]
            progress.update(asked, completed=sum(each["done"] for each in told), what=", ".join(busy))
            relevant = sum(each["relevant"] for each in told)
            progress.update(
                pages,
                total=sum(each["planned"] for each in told),
                completed=sum(each["settled"] for each in told),
                what=f"{relevant} about a tie",
            )
    return run
