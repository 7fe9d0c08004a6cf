"""Commands on the archive: ``khabar search``, ``show``, ``explain`` and ``export``."""

from __future__ import annotations

import sys
from dataclasses import asdict
from datetime import date, datetime
from enum import StrEnum
from itertools import zip_longest
from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.cli.arguments import Since, read_pair, read_since
from scheduler.cli.output import plain, print_changes, print_json, print_json_line, print_table, say
from scheduler.cli.root import AsJson, archive, configuration, state

if TYPE_CHECKING:
    from storage.records import Article, Revision


class ExportFormat(StrEnum):
    """What an export is written as."""

    CSV = "csv"
    JSONL = "jsonl"


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(search)
    app.command()(show)
    app.command()(explain)
    app.command()(export)


def search(
    query: Annotated[str, typer.Argument(help='Words, "phrases", beginnings*; all must occur.')] = "",
    pair: Annotated[str | None, typer.Option(help="Pair of countries, such as AZ-KZ.")] = None,
    topic: Annotated[str | None, typer.Option(help="Topic, such as transport.")] = None,
    since: Since = None,
    lang: Annotated[str | None, typer.Option(help="Language, such as ru.")] = None,
    source: Annotated[str | None, typer.Option(help="Id of a source.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="At most this many.")] = 20,
    as_json: AsJson = False,
) -> None:
    """Search the archive, in any of its languages and scripts.

    Example: khabar search "Middle Corridor" --pair AZ-KZ --since 30d
    """
    from storage.records import SearchQuery

    wanted = SearchQuery(
        words=query,
        pair=read_pair(pair) if pair else None,
        topic=topic,
        since=read_since(since),
        lang=lang.lower() if lang else None,
        source=source,
        limit=limit,
    )
    with archive() as storage, storage.read() as db:
        hits = db.articles.search(wanted)
    if as_json:
        print_json([asdict(hit) for hit in hits])
        return
    rows = (
        (hit.article.id, _day(hit.article), hit.article.source, _pairs(hit.article), hit.article.title) for hit in hits
    )
    if not hits:
        say("nothing found.")
        return
    print_table(("id>", "date", "source", "pairs", "title"), rows)
    say(f"\n{len(hits)} found.")


def show(
    name: Annotated[str, typer.Argument(metavar="ID|URL", help="A stored article.")],
    diff: Annotated[bool, typer.Option("--diff", help="What its publisher changed, word by word.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show one stored article whole, and what its publisher changed in it since.

    Example: khabar show 41872 --diff
    """
    from scheduler.lookup import find_article
    from scheduler.marking import describe_mark
    from scheduler.versions import as_data, history

    with archive() as storage, storage.read() as db:
        article = find_article(db, name)
        revisions = db.revisions.of(article.id)
    if as_json:
        print_json({**asdict(article), "revisions": [as_data(each) for each in revisions]})
        return
    if diff:
        _print_differences(article, revisions)
        return
    say(plain(article.title))
    published = f"{article.published_at:%Y-%m-%d %H:%M} UTC" if article.published_at else "date unknown"
    say(f"{article.source} · {published} · {article.lang} · {', '.join(map(plain, article.authors)) or 'no author'}")
    say(plain(article.url))
    say(f"{article.tagging.relevance} {_pairs(article)} {', '.join(article.tagging.topics)}")
    if article.mark:
        say(plain(describe_mark(article.mark, article.machine_tagging)))
    for line in history(article, revisions):
        say(line)
    for paragraph in (article.standfirst, *article.text.split("\n\n")):
        if paragraph:
            say(f"\n{plain(paragraph)}")


def explain(
    name: Annotated[
        str | None, typer.Argument(metavar="ID|URL|FILE", help="A stored article, a page, or a text file.")
    ] = None,
    digest: Annotated[bool, typer.Option("--digest", help="The order of a digest instead of an article.")] = False,
    on: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Day of the digest; default: today.")
    ] = None,
    profile: Annotated[
        str | None, typer.Option(metavar="NAME", help="Profile of the digest; default: a look at the calendar day.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show why an article is, or is not, about a tie, or why a digest has its order.

    Of an article the evidence, the names matched, and the sum that makes the score; of a digest the formula, and its
    sum for each story.

    Example: khabar explain 41872
    """
    if digest:
        _explain_digest(on.date() if on else None, profile, as_json=as_json)
        return
    if name is None:
        raise typer.BadParameter("name an article, or use --digest", param_hint="ID|URL|FILE")
    from scheduler.explaining import explain_article

    explanation = explain_article(name, configuration(), state.config_file)
    if as_json:
        print_json(explanation.as_json())
        return
    for line in explanation.lines():
        say(plain(line))


def _explain_digest(on: date | None, name: str | None, *, as_json: bool) -> None:
    from crawler.clock import utc_now
    from scheduler.cli.digests import chosen_day, chosen_profiles
    from scheduler.digest.explaining import digest_to_explain, explanation, explanation_as_json

    config = configuration()
    profile = chosen_profiles(config, name)[0] if name else None
    day = chosen_day(on, profile or config.described, utc_now())
    with archive() as storage:
        found = digest_to_explain(storage, config, profile=profile, on=day, now=utc_now())
    if as_json:
        print_json(explanation_as_json(found))
        return
    for line in explanation(found):
        say(plain(line))


def export(
    form: Annotated[ExportFormat, typer.Option("--format", help="csv or jsonl.")] = ExportFormat.JSONL,
    since: Since = None,
    relevant: Annotated[bool, typer.Option("--relevant", help="Only articles about a tie.")] = False,
    marks: Annotated[
        bool, typer.Option("--marks", help="Only what you marked, as labelled JSON Lines for evaluate and train.")
    ] = False,
) -> None:
    """Write the archive to standard output.

    Example: khabar export --format csv --relevant --since 30d > ties.csv
    """
    if marks:
        if relevant or form is not ExportFormat.JSONL:
            raise typer.BadParameter("is JSON Lines of all marks", param_hint="--marks")
        _export_marks(since)
        return
    from scheduler.export import write_csv, write_jsonl

    write = write_csv if form is ExportFormat.CSV else write_jsonl
    with archive() as storage, storage.read() as db:
        articles = db.articles.iterate(since=read_since(since))
        write((each for each in articles if each.tagging.ties or not relevant), sys.stdout)


def _print_differences(article: Article, revisions: list[Revision]) -> None:
    from scheduler.versions import differences, history

    if not revisions and not article.removed_at:
        say("nothing was changed since it was stored.")
    for line, revision in zip_longest(history(article, revisions), revisions):
        say(line)
        for part in differences(revision) if revision else ():
            print_changes([(str(change.kind), change.text) for change in part])


def _export_marks(since: str | None) -> None:
    from scheduler.marking import marked_line

    with archive() as storage, storage.read() as db:
        for article in db.marks.articles(since=read_since(since)):
            print_json_line(marked_line(article))


def _day(article: Article) -> str:
    return f"{article.published_at:%Y-%m-%d}" if article.published_at else "unknown"


def _pairs(article: Article) -> str:
    return " ".join(tie.pair for tie in article.tagging.ties)
