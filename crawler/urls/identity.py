"""The key under which an article is known, however its address was written."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from crawler.urls.address import canonical, join_host, within_limit
from crawler.urls.host import host_and_port
from crawler.urls.parameters import is_same_article
from crawler.urls.quoting import FOLDED_IN_PATHS, PATH_SAFE, QUERY_SAFE, compose, escape
from crawler.urls.site import without_prefixes

TWIN_HOSTS = frozenset({"www", "m", "mobile", "amp"})
"""Leading labels under which a site shows the same paths again."""

_AMP_SUFFIX = re.compile(r"(?:\.amp)+(?=\.html?$|$)", re.IGNORECASE)
_PLAIN_PATH = re.compile(r"(?:/[A-Za-z0-9._~:-]+)+")
_WORTH_A_LOOK = re.compile(r"amp|print", re.IGNORECASE)
_DIGIT = re.compile(r"(?<!%)(?<!%[0-9A-F])[0-9]")


def identity(url: str) -> str:
    """Key of the article at `url`, equal for all addresses that show it. It is never fetched.

    Folded: http and https, ``www.``, ``m.`` and ``amp.`` hosts, trailing and repeated slashes, spelling of
    letters and escapes, order of the query, tracking, AMP and print twins. Kept: case of the path, and every
    parameter that may be an id. Never longer than an address may be, and its own identity.
    Raises ValueError as `canonical`.
    """
    parts = urlsplit(canonical(url))
    host, port = host_and_port(parts.netloc)
    place = join_host(without_prefixes(host, TWIN_HOSTS), None if port == 80 else port, "https")
    query = sorted(filter(None, map(_identifying, parts.query.split("&")))) if parts.query else ()
    return within_limit(f"https://{place}{_article_path(parts.path)}{'?' if query else ''}{'&'.join(query)}")


def _article_path(path: str) -> str:
    if _PLAIN_PATH.fullmatch(path) and not _WORTH_A_LOOK.search(path):
        return path
    composed = compose(escape(path, PATH_SAFE, decoded=FOLDED_IN_PATHS), PATH_SAFE)
    segments = [cut for segment in composed.split("/") if (cut := _AMP_SUFFIX.sub("", segment))]
    segments = [segment for segment in segments if segment.lower() != "amp"] or segments
    return "/" + "/".join(_without_print(segments))


def _without_print(segments: list[str]) -> list[str]:
    """Without a leading or trailing ``print``, when the rest carries a number as addresses of articles do."""
    while segments and segments[0].lower() == "print" and _DIGIT.search("/".join(segments[1:])):
        segments = segments[1:]
    while segments and segments[-1].lower() == "print" and _DIGIT.search("/".join(segments[:-1])):
        segments = segments[:-1]
    return segments


def _identifying(piece: str) -> str:
    name, _, value = piece.partition("=")
    if is_same_article(name, value):
        return ""
    name, value = (compose(part, QUERY_SAFE).replace("%20", "+") for part in (name, value))
    return f"{name}={value}" if value else name
