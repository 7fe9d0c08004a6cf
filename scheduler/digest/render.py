"""A digest in a format: the table of those there are."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from scheduler.digest.errors import UnknownFormat
from scheduler.digest.model import Digest
from scheduler.digest.render_atom import render_atom
from scheduler.digest.render_html import render_html
from scheduler.digest.render_json import render_json
from scheduler.digest.render_markdown import render_markdown
from scheduler.digest.render_text import render_text

FORMATS: Mapping[str, Callable[[Digest], str | bytes]] = {
    "html": render_html,
    "txt": render_text,
    "md": render_markdown,
    "json": render_json,
    "atom": render_atom,
}
"""By the name that the command line uses, which is the ending of the file too."""


def render(digest: Digest, format: str) -> str | bytes:
    """`digest` in `format`: bytes where the text itself declares its encoding. Raises UnknownFormat."""
    if format not in FORMATS:
        raise UnknownFormat(format, FORMATS)
    return FORMATS[format](digest)
