"""Commands that need no database: ``khabar extract``, ``tag`` and ``group``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.cli.output import print_json, print_json_line, say
from scheduler.cli.root import AsJson, configuration, state

if TYPE_CHECKING:
    from collections.abc import Iterator

Files = Annotated[
    list[str] | None, typer.Argument(metavar="[FILE|-]...", help="Files; - or none: standard input.")
]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(extract)
    app.command()(tag)
    app.command()(group)


def extract(
    pages: Annotated[
        list[str] | None, typer.Argument(metavar="URL|FILE...", help="Pages: addresses or files.")
    ] = None,
    url: Annotated[str | None, typer.Option(help="Address of the page in FILE.")] = None,
    batch: Annotated[
        Path | None, typer.Option(help="JSON Lines with id, url, path: one result a line.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show what the extractor makes of pages.

    Example: khabar extract page.html --url https://example.org/news/1 --json
    """
    from scheduler.pages import extract_batch_file, extract_page

    if batch:
        for result in extract_batch_file(batch, workers=configuration().crawl.workers):
            print_json_line(result)
        return
    if not pages:
        raise typer.BadParameter("name a page, or use --batch", param_hint="URL|FILE")
    for page in pages:
        result = extract_page(page, url=url, config=state.config_file)
        if as_json:
            print_json(result)
        else:
            _show(result)


def tag(files: Files = None) -> None:
    """Tag articles: JSON Lines (or a plain text file) in, JSON Lines out.

    Example: khabar tag articles.jsonl
    """
    from crawler.ties.jsonl import tag_lines
    from crawler.ties.tagger import load_tagger
    from scheduler.texts import read_records

    sides = configuration().ties
    tagger = load_tagger(sides.home, sides.others)
    _print_all(tag_lines(read_records(files or ["-"]), tagger))


def group(files: Files = None) -> None:
    """Group articles into stories: JSON Lines in the order of arrival in, {id, story, copy_of} out.

    Example: khabar group articles.jsonl
    """
    from crawler.stories.lines import group_lines

    from scheduler.texts import read_records

    _print_all(group_lines(read_records(files or ["-"])))


def _print_all(results: Iterator[dict[str, object]]) -> None:
    """Print each result; ends with 1 when a line could not be read, after all others were answered."""
    failed = False
    for result in results:
        print_json_line(result)
        failed = failed or "error" in result
    if failed:
        raise typer.Exit(1)


def _show(result: dict[str, object]) -> None:
    from scheduler.cli.output import plain

    if result.get("refused"):
        say(f"refused:   {plain(result['refused'])}")
    for key in (
        "url",
        "title",
        "published",
        "published_from",
        "lang",
        "section",
        "site_name",
        "agency",
        "extractor",
    ):
        if result.get(key):
            say(f"{key + ':':<16}{plain(result[key])}")
    authors = result.get("authors")
    if isinstance(authors, list | tuple) and authors:
        say(f"{'authors:':<16}{plain(', '.join(map(str, authors)))}")
    say()
    for line in str(result.get("text") or "").splitlines():
        say(plain(line))
