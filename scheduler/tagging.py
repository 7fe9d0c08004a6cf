"""The tagger as the configuration wants it."""

from __future__ import annotations

from crawler.ties.tagger import Tagger, load_tagger
from scheduler.config import AppConfig


def configured_tagger(config: AppConfig) -> Tagger:
    """With the sides and weights of ``[ties]``. Raises LexiconError, WeightsFileError."""
    return load_tagger(config.ties.home, config.ties.others, config.ties.weights)
