"""Many pages in files: JSON Lines in, one result a line out, in order, whatever single lines and files hold."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from crawler.clock import utc_now
from crawler.extraction.article import extract
from crawler.extraction.zones import zone_of
from crawler.items import Extraction, Page
from crawler.urls import canonical
from crawler.workers import WorkerError, Workers

MAX_FILE = 32 * 1024 * 1024
"""Bytes that are read of a file, unpacked: the extractor refuses far smaller pages, but with its own reason."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the batch: which page is in which file."""

    number: int
    text: str
    folder: Path


def extract_batch(lines: Iterable[str], workers: Workers, *, folder: Path) -> Iterator[dict[str, Any]]:
    """For each line ``{"id", "url", "path"}`` that is not blank what `extraction_to_json` gives, in order.

    Paths are relative to `folder`. A line may also name the ``zone`` of its site and the ``lang`` expected. A line or
    file that cannot be read gives an object with ``refused`` and ``error``, and stops nothing.
    """
    asked = (Line(number, text, folder) for number, text in enumerate(lines, 1) if text.strip())
    for line, result in workers.map(extract_line, asked):
        yield _failed(line, result) if isinstance(result, WorkerError) else result


def extract_line(line: Line) -> dict[str, Any]:
    """The result of one line, made in this process."""
    try:
        asked = json.loads(line.text)
        path = line.folder / asked["path"]
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        return _unread(line, "unreadable line", f"line {line.number}: {type(error).__name__}: {error}")
    try:
        body = read_file(path)
    except (OSError, EOFError, zlib.error) as error:
        return _unread(line, "unreadable file", f"{path}: {getattr(error, 'strerror', None) or error}")
    return extraction_to_json(asked.get("id"), extract(_page(asked, body, path)))


def read_file(path: Path) -> bytes:
    """The bytes of a page, unpacked when they are gzipped; no more than `MAX_FILE` of them."""
    with path.open("rb") as file:
        is_packed = file.read(2) == b"\x1f\x8b"
    with gzip.open(path) if is_packed else path.open("rb") as file:
        return file.read(MAX_FILE)


def extraction_to_json(identity: object, extraction: Extraction) -> dict[str, Any]:
    """An extraction as programs read it. Instants are RFC 3339, in the clock of the publisher where that is known."""
    offset = extraction.published_offset
    return {
        "id": identity,
        "url": extraction.url,
        "title": extraction.title,
        "standfirst": extraction.standfirst,
        "text": extraction.text,
        "authors": list(extraction.authors),
        "published": _rfc3339(extraction.published_at, offset),
        "published_from": extraction.published_from,
        "published_is_sure": extraction.published_is_sure,
        "modified": _rfc3339(extraction.modified_at, offset),
        "lang": extraction.lang,
        "section": extraction.section,
        "tags": list(extraction.tags),
        "image": extraction.image_url,
        "image_caption": extraction.image_caption,
        "kind": extraction.kind,
        "site_name": extraction.site_name,
        "agency": extraction.agency,
        "extractor": extraction.extractor,
        "doubts": list(extraction.doubts),
        "origins": dict(extraction.origins),
        "refused": extraction.refused,
    }


def _page(asked: dict[str, Any], body: bytes, path: Path) -> Page:
    url = _url(asked.get("url")) or path.absolute().as_uri()
    zone = asked.get("zone") or zone_of(url)
    return Page(url=url, body=body, zone=zone, lang=asked.get("lang"), fetched_at=utc_now())


def _url(value: object) -> str | None:
    try:
        return canonical(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _failed(line: Line, error: WorkerError) -> dict[str, Any]:
    return _unread(line, error.reason, str(error))


def _unread(line: Line, refused: str, error: str) -> dict[str, Any]:
    """The result of a line without a page, with the identity that it states, if it can be read."""
    try:
        asked = json.loads(line.text)
    except (ValueError, RecursionError):
        asked = None
    known = asked if isinstance(asked, dict) else {}
    result = extraction_to_json(known.get("id"), Extraction(url=str(known.get("url") or ""), refused=refused))
    return result | {"error": error}


def _rfc3339(at: datetime | None, offset: timedelta | None) -> str | None:
    return at.astimezone(timezone(offset or timedelta())).isoformat().replace("+00:00", "Z") if at else None
