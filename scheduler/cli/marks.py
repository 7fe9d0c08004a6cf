"""``khabar mark``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.cli.arguments import read_pairs, read_topics
from scheduler.cli.output import plain, print_json, print_table, say
from scheduler.cli.root import AsJson, archive, configuration
from scheduler.verdict import Verdict

if TYPE_CHECKING:
    from storage.records import Article


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(mark)


def mark(
    name: Annotated[str | None, typer.Argument(metavar="ID|URL", help="A stored article.")] = None,
    verdict: Annotated[Verdict | None, typer.Argument(help="Is it about a tie?")] = None,
    pairs: Annotated[
        list[str] | None, typer.Option("--pair", help="Pair of countries, such as AZ-KZ; default: those found.")
    ] = None,
    topics: Annotated[list[str] | None, typer.Option("--topic", help="Topic; default: those found.")] = None,
    note: Annotated[str, typer.Option(help="Why: for yourself.")] = "",
    remove: Annotated[bool, typer.Option("--remove", help="Take the mark away again.")] = False,
    show_all: Annotated[bool, typer.Option("--list", help="List all marks.")] = False,
    as_json: AsJson = False,
) -> None:
    """Say yourself whether an article is about a tie: that outweighs the tagger, for good.

    Example: khabar mark 41872 irrelevant --note "a namesake"
    """
    if show_all:
        _demand_nothing_else(name, verdict, pairs, topics, note, remove)
        _list(as_json=as_json)
    elif name is None:
        raise typer.BadParameter("name an article, or use --list", param_hint="ID|URL")
    elif remove:
        _demand_nothing_else(verdict, pairs, topics, note)
        _remove(name, as_json=as_json)
    elif verdict is None:
        raise typer.BadParameter(f"say {', '.join(Verdict)}", param_hint="verdict")
    else:
        if verdict is Verdict.IRRELEVANT and (pairs or topics):
            raise typer.BadParameter("what is irrelevant has no pair and no topic", param_hint="--pair")
        _mark(name, verdict, pairs=read_pairs(pairs), topics=read_topics(topics), note=note, as_json=as_json)


def _demand_nothing_else(*others: object) -> None:
    if any(others):
        raise typer.BadParameter("--list and --remove stand alone")


def _mark(
    name: str, verdict: Verdict, *, pairs: tuple[str, ...], topics: tuple[str, ...], note: str, as_json: bool
) -> None:
    from crawler.clock import utc_now
    from crawler.text.clean import clean
    from scheduler.marking import Judgement, mark_article
    from scheduler.regrouping import configured_regrouper

    said = Judgement(verdict=verdict, pairs=pairs, topics=topics, note=clean(note).strip())
    with archive() as storage:
        regrouper = configured_regrouper(storage, configuration())
        _show(mark_article(storage, name, said, regrouper=regrouper, now=utc_now()), as_json=as_json)


def _remove(name: str, *, as_json: bool) -> None:
    from crawler.clock import utc_now
    from scheduler.marking import unmark_article
    from scheduler.regrouping import configured_regrouper

    with archive() as storage:
        regrouper = configured_regrouper(storage, configuration())
        _show(unmark_article(storage, name, regrouper=regrouper, now=utc_now()), as_json=as_json)


def _show(article: Article, *, as_json: bool) -> None:
    from scheduler.marking import mark_to_json, word_of

    mark, tagging = article.mark, article.tagging
    if as_json:
        print_json({"id": article.id, "mark": mark_to_json(mark) if mark else None})
        return
    what = f"marked {word_of(mark)}" if mark else f"not marked; the tagger says {tagging.relevance}"
    details = (" ".join(tie.pair for tie in tagging.ties), ", ".join(tagging.topics))
    say(plain(f"{article.id}: {'; '.join([what, *filter(None, details)])}: {article.title}"))


def _list(*, as_json: bool) -> None:
    from scheduler.marking import mark_to_json, word_of

    with archive() as storage, storage.read() as db:
        marked = [(article, article.mark) for article in db.marks.articles() if article.mark]
    if as_json:
        print_json(
            [
                {"id": article.id, "title": article.title, "url": article.url}
                | mark_to_json(mark)
                | {"tagger": {"relevance": article.machine_tagging.relevance, "score": article.machine_tagging.score}}
                for article, mark in marked
            ]
        )
        return
    if not marked:
        say("nothing is marked.")
        return
    rows = (
        (
            article.id,
            word_of(mark),
            f"{mark.marked_at:%Y-%m-%d}",
            " ".join(mark.pairs),
            f"{article.machine_tagging.relevance} {article.machine_tagging.score:.2f}",
            article.title,
            mark.note,
        )
        for article, mark in marked
    )
    print_table(("id>", "verdict", "on", "pairs", "tagger", "title", "note"), rows)
