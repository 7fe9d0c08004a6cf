"""The grouping of stored articles as the configuration wants it."""

from __future__ import annotations

from crawler.placing import Placer
from crawler.regrouping import Regrouper
from crawler.stories.meaning import load_embedder
from scheduler.config import AppConfig
from storage.session import Storage


def configured_regrouper(storage: Storage, config: AppConfig) -> Regrouper:
    """With the model of ``[stories]``. Raises MissingModel."""
    embedder = load_embedder(is_wanted=config.stories.semantic, model=config.stories.model)
    return Regrouper(storage, lambda: Placer(embedder))
