"""The fetchable form of an address: the one door through which links of untrusted pages become addresses."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urljoin, urlsplit

from crawler.urls.host import host_and_port
from crawler.urls.parameters import drop_path_session, is_noise
from crawler.urls.quoting import PATH_SAFE, QUERY_SAFE, escape

MAX_LENGTH = 2083
"""Scrapy's own limit for an address, and what browsers once shared."""
DEFAULT_PORTS = {"http": 80, "https": 443}

_FORBIDDEN = re.compile(r"[\x00-\x1f\x7f-\x9f\\\ud800-\udfff]")
_INVISIBLE_EDGES = "\u200b\u200e\u200f\ufeff\u2028\u2029\xa0 \t\r\n\f\v"
_PLAIN = re.compile(r"https?://(?P<host>[a-z0-9.-]+)(?P<path>/[A-Za-z0-9/._~:-]*)")
_EXTRA_AMP = re.compile(r"(^|&)(?:amp;)+")


def canonical(url: str, *, base: str | None = None) -> str:
    """`url`, absolute and in ASCII, in the form in which it is fetched.

    Kept as the site wrote them: scheme, ``www.``, case of the path, trailing slash, order of the query.
    Dropped: fragment, default port, dot segments, tracking and session parameters.
    `base` is the page that holds the link. Raises ValueError with a short cause for what cannot be fetched.
    """
    if _is_plain(url):
        return url
    link = _checked(url)
    if base is not None:
        link = urljoin(_checked(base), link)
    parts = urlsplit(link)
    host, port = _place(parts)
    path = _without_dots(drop_path_session(escape(parts.path, PATH_SAFE)))
    result = f"{parts.scheme}://{join_host(host, port, parts.scheme)}{path or '/'}"
    if query := _needed_query(parts.query):
        result += f"?{query}"
    return within_limit(result)


def host_of(url: str) -> str:
    """Host of an http(s) address in lower case and ASCII, without port. Raises ValueError as `canonical`."""
    return _place(urlsplit(_checked(url)))[0]


def origin_of(url: str) -> str:
    """``scheme://host``, with the port unless it is the scheme's own. Raises ValueError as `canonical`."""
    parts = urlsplit(_checked(url))
    return f"{parts.scheme}://{join_host(*_place(parts), parts.scheme)}"


def join_host(host: str, port: int | None, scheme: str) -> str:
    """Host and port as they stand in an address of `scheme`."""
    shown = f"[{host}]" if ":" in host else host
    return shown if port in {None, DEFAULT_PORTS[scheme]} else f"{shown}:{port}"


def within_limit(url: str) -> str:
    """`url` itself. Raises ValueError when it is too long."""
    if len(url) > MAX_LENGTH:
        raise ValueError(f"longer than {MAX_LENGTH} characters")
    return url


def _is_plain(url: str) -> bool:
    """Whether `url` is canonical at first sight, as most in a sitemap of 50,000 are."""
    match = _PLAIN.fullmatch(url)
    if match is None or len(url) > MAX_LENGTH or "/." in match["path"]:
        return False
    return host_and_port(match["host"]) == (match["host"], None)


def _checked(url: str) -> str:
    text = within_limit(url.strip(_INVISIBLE_EDGES))
    if not text:
        raise ValueError("empty")
    if _FORBIDDEN.search(text):
        raise ValueError("holds a control character, a backslash or half a character")
    return text


def _place(parts: SplitResult) -> tuple[str, int | None]:
    if not parts.scheme:
        raise ValueError("relative, without a base")
    if parts.scheme not in DEFAULT_PORTS:
        raise ValueError(f"scheme {parts.scheme[:20]!r} is not fetched")
    return host_and_port(parts.netloc)


def _needed_query(query: str) -> str:
    pieces = _EXTRA_AMP.sub(r"\1", escape(query, QUERY_SAFE)).split("&")
    return "&".join(piece for piece in pieces if piece and not is_noise(*piece.partition("=")[::2]))


def _without_dots(path: str) -> str:
    """RFC 3986, 5.2.4; escaped dots are decoded by now."""
    if "/." not in path:
        return path
    root, *segments = path.split("/")
    kept: list[str] = []
    for segment in segments:
        if segment == "..":
            kept = kept[:-1]
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in {".", ".."}:
        kept.append("")
    return "/".join([root, *kept])
