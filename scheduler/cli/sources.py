"""``khabar sources``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from scheduler.cli.output import note, plain, print_json, print_table, say
from scheduler.cli.root import AsJson, configuration, state

sources = typer.Typer(help="The registry of sources.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the group of commands."""
    app.add_typer(sources, name="sources")


@sources.command("list")
def list_sources(as_json: AsJson = False) -> None:
    """List the sources, with country, languages, entry points.

    Example: khabar sources list
    """
    from crawler.clock import utc_now
    from crawler.sources import load_sources

    registry = load_sources(configuration().crawl.sources)
    today = utc_now().date()
    if as_json:
        print_json(
            [
                {
                    "id": source.id,
                    "name": source.name,
                    "home": source.home,
                    "country": source.country,
                    "kind": source.kind,
                    "languages": source.languages,
                    "entry_points": [
                        {"url": point.url, "kind": point.kind, "lang": point.lang, "verified": point.verified}
                        for point in source.entry_points(today)
                    ],
                    "off": source.off,
                }
                for source in registry.values()
            ]
        )
        return
    print_table(
        ("id", "country", "languages", "kind", "entry points>", "name"),
        (
            (
                source.id,
                source.country or "",
                " ".join(source.languages),
                source.kind,
                len(source.entry_points(today)),
                source.name + (f" (off: {source.off})" if source.off else ""),
            )
            for source in registry.values()
        ),
    )
    say(f"\n{len(registry)} sources")


@sources.command()
def check(
    files: Annotated[list[Path] | None, typer.Argument(help="Files or folders; default: as configured.")] = None,
) -> None:
    """Validate source files, all at once.

    Each mistake is told with its file, line and key; ends with 1 when there is one.

    Example: khabar sources check my-sources.toml
    """
    from crawler.errors import SourceFileError
    from crawler.sources import load_sources

    paths = files or list(configuration().crawl.sources)
    try:
        registry = load_sources(paths)
    except SourceFileError as error:
        for problem in error.problems:
            note(problem)
        note(f"{len(error.problems)} mistake{'s' if len(error.problems) != 1 else ''}")
        raise typer.Exit(1) from error
    say(f"{len(registry)} sources in {', '.join(map(str, paths)) or 'the built-in registry'}: no mistake found")


@sources.command("try")
def try_source(source: Annotated[str, typer.Argument(metavar="ID", help="A source.")], as_json: AsJson = False) -> None:
    """Ask one source now; nothing is kept.

    Shows which entry point worked, what it listed, and one article whole. Ends with 3 when it was not reached.

    Example: khabar sources try trend
    """
    from scheduler.cli.crawling import NOTHING_REACHED
    from scheduler.trial import try_out

    trial = try_out(source, configuration(), state.config_file)
    if as_json:
        print_json(trial.as_json())
    else:
        for line in trial.lines():
            say(plain(line))
    if not trial.report.outcome.reached:
        raise typer.Exit(NOTHING_REACHED)


@sources.command("import")
def import_file(
    file: Annotated[Path, typer.Argument(metavar="FILE.opml", help="A list of feeds from any feed reader.")],
    lang: Annotated[str, typer.Option(help="Language of feeds for which the list says none.")] = "en",
) -> None:
    """Turn a feed reader's list into sources, as TOML on stdout.

    Example: khabar sources import feeds.opml > my-sources.toml
    """
    from crawler.errors import SourceFileError
    from crawler.sources import import_opml, load_sources
    from scheduler.texts import UnreadableFile

    try:
        content = file.read_bytes()
    except OSError as error:
        raise UnreadableFile.because(file, error) from error
    taken = set(load_sources(configuration().crawl.sources))
    try:
        result = import_opml(content, taken_ids=taken, language=lang)
    except SourceFileError as error:
        raise UnreadableFile(str(file), str(error)) from error
    for problem in result.problems:
        note(f"{file}: {problem}")
    sys.stdout.write(result.toml)


@sources.command()
def export() -> None:
    """Write all feeds as OPML to standard output.

    Example: khabar sources export > khabar.opml
    """
    from crawler.sources import export_opml, load_sources

    sys.stdout.write(export_opml(load_sources(configuration().crawl.sources)))
