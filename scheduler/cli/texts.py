"""Commands that need no database: ``khabar extract``, ``tag`` and ``group``."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from scheduler.cli.output import complain, note, plain, print_json_line, say
from scheduler.cli.root import configuration, state
from scheduler.cli.semantic import Semantic, chosen_embedder
from storage.errors import KhabarError

Files = Annotated[list[str] | None, typer.Argument(metavar="[FILE|-]...", help="Files; - or none: standard input.")]
SHOWN_FIELDS = (
    "url",
    "title",
    "published",
    "published_from",
    "lang",
    "section",
    "site_name",
    "agency",
    "extractor",
)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(extract)
    app.command()(tag)
    app.command()(group)


def extract(
    pages: Annotated[list[str] | None, typer.Argument(metavar="URL|FILE...", help="Pages: addresses or files.")] = None,
    url: Annotated[str | None, typer.Option(metavar="URL", help="Address of the page in FILE.")] = None,
    batch: Annotated[
        Path | None,
        typer.Option(metavar="FILE.jsonl", help="JSON Lines with id, url, path (seen from FILE's folder)."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one line of JSON a page.")] = False,
) -> None:
    """Show what the extractor makes of pages.

    With --batch, in worker processes, always as JSON Lines.

    Example: khabar extract page.html --url https://example.org/news/1 --json
    """
    _check_usage(pages or [], url, batch)
    if batch:
        from scheduler.pages import extract_batch_file

        crawl = configuration().crawl
        for result in extract_batch_file(batch, workers=crawl.workers, page_seconds=crawl.page_seconds):
            print_json_line(result)
        return
    unread = [page for page in pages or [] if not _extract_one(page, url, as_json=as_json)]
    if unread:
        raise typer.Exit(1)


def tag(files: Files = None) -> None:
    """Tag articles: JSON Lines or text in, JSON Lines out.

    A file is JSON Lines (id, title, text and, where known, lang, url, published), or the text of one article.

    Example: khabar tag articles.jsonl
    """
    from crawler.ties.jsonl import tag_lines
    from scheduler.tagging import configured_tagger
    from scheduler.texts import read_records

    _print_all(tag_lines(read_records(_named(files)), configured_tagger(configuration())))


def group(files: Files = None, semantic: Semantic = False) -> None:
    """Group articles into stories: JSON Lines in and out.

    In: id, title, text, lang, outlet, url, published, in the order of arrival. Out: id, story, copy_of.

    Example: khabar group articles.jsonl
    """
    from crawler.stories.lines import group_lines
    from scheduler.texts import read_records

    embedder = chosen_embedder(semantic)
    _print_all(group_lines(read_records(_named(files)), embedder=embedder))


def _check_usage(pages: list[str], url: str | None, batch: Path | None) -> None:
    from crawler.urls import canonical

    if not pages and not batch:
        raise typer.BadParameter("name a page, or use --batch", param_hint="URL|FILE")
    if pages and batch:
        raise typer.BadParameter("names its pages itself", param_hint="--batch")
    if url is None:
        return
    if len(pages) != 1:
        raise typer.BadParameter("is the address of one page in one file", param_hint="--url")
    try:
        canonical(url)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--url") from error


def _extract_one(page: str, url: str | None, *, as_json: bool) -> bool:
    """Whether the page could be read; when not, why not has been told."""
    from scheduler.pages import extract_page

    try:
        result = extract_page(page, url=url, config=state.config_file)
    except KhabarError as error:
        complain(error)
        return False
    if as_json:
        print_json_line(result)
    else:
        _show(result)
    return True


def _named(files: list[str] | None) -> list[str]:
    names = files or ["-"]
    if "-" in names and sys.stdin and sys.stdin.isatty():
        note("khabar: reading JSON Lines from the keyboard; Ctrl-D ends them")
    return names


def _print_all(results: Iterator[dict[str, Any]]) -> None:
    """Print each result; ends with 1 when a line could not be read, after all others were answered."""
    failed = 0
    for result in results:
        print_json_line(result)
        failed += "error" in result
    if failed:
        note(f"khabar: {failed} {'line' if failed == 1 else 'lines'} could not be read")
        raise typer.Exit(1)


def _show(result: Mapping[str, Any]) -> None:
    if result["refused"]:
        say(f"{'refused:':<16}{plain(result['refused'])}")
    for key in SHOWN_FIELDS:
        if result[key]:
            say(f"{key + ':':<16}{plain(result[key])}")
    if result["authors"]:
        say(f"{'authors:':<16}{plain(', '.join(result['authors']))}")
    say()
    for line in result["text"].splitlines():
        say(plain(line))
    say()
