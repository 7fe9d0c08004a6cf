"""What stands under the picture of an article."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from crawler.extraction.document import Document, text_of
from crawler.extraction.jsonld import Node, referred, texts_of
from crawler.extraction.lines import folded
from crawler.text.clean import one_line

MAX_CAPTION = 400
MIN_CAPTION = 8
MAX_FIGURES = 5


def read_caption(document: Document, *, title: str) -> tuple[str, str] | None:
    """Where it was found, and the caption; None when there is none, or it only repeats the title."""
    for origin, raw in _captions(document):
        caption = one_line(raw, limit=MAX_CAPTION)
        if len(caption) >= MIN_CAPTION and folded(caption) not in folded(title):
            return origin, caption
    return None


def _captions(document: Document) -> Iterator[tuple[str, str]]:
    for node in _images(document):
        for key in ("caption", "description"):
            yield from (("json-ld", text) for text in texts_of(node.get(key), document.linked.by_id)[:1])
    for figure in islice(document.tree.iter("figure"), MAX_FIGURES):
        caption = figure.find(".//figcaption")
        if caption is not None and figure.find(".//img") is not None:
            yield "page", text_of(caption)
    if alternative := document.first_meta("og:image:alt", "twitter:image:alt"):
        yield "meta", alternative


def _images(document: Document) -> Iterator[Node]:
    """The nodes of the article's picture: the first is the one that is shown."""
    value = document.linked.article.get("image")
    for item in (value if isinstance(value, list) else [value])[:1]:
        if isinstance(item, dict):
            yield referred(item, document.linked.by_id)
