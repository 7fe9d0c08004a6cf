"""``python -m scheduler`` is ``khabar``."""

from scheduler.cli import app

app()
