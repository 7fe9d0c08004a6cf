"""How long work is shown while it goes: bars where stderr is a terminal, plain lines or nothing where it is not."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from scheduler.cli.output import note, plain

T = TypeVar("T")


def watch(events: Iterator[dict[str, Any]], *, bars: bool) -> int:
    """Show a crawl to its end and return the id of its run, which the first event tells.

    Without `bars`, plain lines also on a terminal: for when a log is written there.
    """
    begun = next(events)
    if bars and sys.stderr and sys.stderr.isatty():
        _show_bars(events, len(begun["sources"]))
    else:
        note(f"crawl {begun['run']}: {len(begun['sources'])} sources")
        _print_lines(events)
    run: int = begun["run"]
    return run


def count_up(what: str, total: int, batches: Iterable[Sequence[T]]) -> Iterator[Sequence[T]]:
    """The batches, while a bar shows how many of `total` things they have held; without a terminal, silently."""
    if not (sys.stderr and sys.stderr.isatty()):
        yield from batches
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(what, total=total)
        for batch in batches:
            progress.advance(task, len(batch))
            yield batch


def _print_lines(events: Iterator[Mapping[str, Any]]) -> None:
    for event in events:
        if event["done"]:
            note(
                f"{event['source']}: {event['outcome']}, {event['listed']} listed, {event['new']} new, "
                f"{event['stored']} stored, {event['relevant']} relevant; {plain(event['detail'])}"
            )


def _show_bars(events: Iterator[dict[str, Any]], count: int) -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description:<9}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[what]}"),
        TimeElapsedColumn(),
    )
    sources: dict[str, dict[str, Any]] = {}
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        asked = progress.add_task("sources", total=count, what="")
        pages = progress.add_task("articles", total=0, what="")
        for event in events:
            sources[event["source"]] = event
            told = sources.values()
            busy = [escape(plain(name)) for name, each in sources.items() if not each["done"]][:4]
            progress.update(asked, completed=sum(each["done"] for each in told), what=", ".join(busy))
            progress.update(
                pages,
                total=sum(each["planned"] for each in told),
                completed=sum(each["settled"] for each in told),
                what=f"{sum(each['relevant'] for each in told)} about a tie",
            )
