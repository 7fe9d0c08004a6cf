"""What a model of meaning makes of articles: a vector each, of the last model that read it."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.models import MeaningRow
from storage.upsert import put

SINGLE = "f"
"""Numbers are kept as 32 bits each, the lowest byte first."""


class Meanings:
    """What a model of meaning makes of articles."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def put(self, article_id: int, model: str, vector: Sequence[float]) -> None:
        """Keeps what `model` made of an article, instead of what another did."""
        content = _swapped(array(SINGLE, vector)).tobytes()
        put(self._session, MeaningRow, {"article_id": article_id, "model": model, "vector": content})

    def get(self, article_id: int, model: str) -> Sequence[float] | None:
        """What this model made of an article; None when it has not read it."""
        kept = select(MeaningRow.vector).where(MeaningRow.article_id == article_id, MeaningRow.model == model)
        content = self._session.scalar(kept)
        return None if content is None else _swapped(array(SINGLE, content))


def _swapped(numbers: array[float]) -> array[float]:
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
