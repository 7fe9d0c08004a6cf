"""The option ``--semantic``: grouping helped by a model of what texts mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.cli.root import configuration

if TYPE_CHECKING:
    from crawler.stories.meaning import Embedder

Semantic = Annotated[
    bool, typer.Option("--semantic", help='Also compare what texts mean; needs: pip install "khabar[semantic]".')
]


def chosen_embedder(is_asked: bool) -> Embedder | None:
    """The model, when the option or the configuration asks for it. Raises MissingModel."""
    from crawler.stories.meaning import load_embedder

    stories = configuration().stories
    return load_embedder(is_wanted=is_asked or stories.semantic, model=stories.model)
