"""A source for a single page that somebody names on the command line."""

from __future__ import annotations

from crawler.sources.addresses import origin
from crawler.sources.building import build_source
from crawler.sources.schema import SourceKeys
from crawler.sources.source import Source


def source_of_page(url: str) -> Source:
    """A source that owns the host of `url` and nothing else. Raises ValueError when it cannot be fetched."""
    keys = SourceKeys(name="page", language="en", home=origin(url))
    return build_source("page", keys, where="command line")
