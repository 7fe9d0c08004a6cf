"""Commands that measure: ``khabar evaluate``, ``evaluate-pages``, ``evaluate-stories`` and ``train``."""

from __future__ import annotations

import typer


def register(app: typer.Typer) -> None:
    """Add the commands."""
