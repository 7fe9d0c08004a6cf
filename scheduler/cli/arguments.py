"""Values typed on the command line that several commands take: pairs, topics, how long ago."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

import typer

from scheduler.cli.root import configuration

Since = Annotated[str | None, typer.Option(help="Only what is younger than this, such as 30d or 48h.")]


def read_pair(text: str) -> str:
    """``kz/az`` as the archive knows it, ``AZ-KZ``. One that cannot be there is a mistake."""
    from crawler.ties.sides import REGION

    sides = configuration().ties
    known = [(home, other) for home in sides.home for other in (*sides.others, REGION)]
    countries = set(re.split(r"\W+", text.strip().upper()))
    for home, other in known:
        if countries == {home, other}:
            return f"{home}-{other}"
    names = ", ".join(map("-".join, known))
    raise typer.BadParameter(f"{text!r} is none of {names}", param_hint="--pair")


def read_pairs(texts: Sequence[str] | None) -> tuple[str, ...]:
    """Pairs, each once."""
    return tuple(dict.fromkeys(read_pair(text) for text in texts or ()))


def read_topics(texts: Sequence[str] | None) -> tuple[str, ...]:
    """Topics, each once. One that no article can have is a mistake."""
    from crawler.ties.topics import TOPICS

    topics = tuple(dict.fromkeys(text.strip().lower() for text in texts or ()))
    for topic in topics:
        if topic not in TOPICS:
            raise typer.BadParameter(f"{topic!r} is none of {', '.join(TOPICS)}", param_hint="--topic")
    return topics


def read_since(text: str | None) -> datetime | None:
    """``30d`` as the instant so long ago."""
    from crawler.clock import utc_now
    from crawler.durations import parse_duration

    if text is None:
        return None
    try:
        return utc_now() - parse_duration(text)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--since") from error
