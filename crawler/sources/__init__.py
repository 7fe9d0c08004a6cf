"""The registry of sources: TOML files in, checked and frozen `Source` objects out."""

from __future__ import annotations

from crawler.sources.loading import REGISTRY, load_sources, select
from crawler.sources.opml import OpmlImport, export_opml, import_opml
from crawler.sources.schema import SOURCE_KEYS, EntryPoint, Kind, Owner, Source

__all__ = [
    "REGISTRY",
    "SOURCE_KEYS",
    "EntryPoint",
    "Kind",
    "OpmlImport",
    "Owner",
    "Source",
    "export_opml",
    "import_opml",
    "load_sources",
    "select",
]
