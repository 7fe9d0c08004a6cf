"""What came: a feed, a sitemap, a page, or something else that an entry point should not serve."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from enum import StrEnum

from crawler.discovery.encoding import decode
from crawler.discovery.packing import unpack
from crawler.errors import UnreadableEntryPoint
from crawler.text.clean import one_line

_HEAD = 20_000
_PROLOG = re.compile(r"\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE)
_ROOT = re.compile(r"<(?:[A-Za-z_][\w.-]{0,50}:)?([A-Za-z_][\w.-]{0,50})(?=[\s/>])")
_BURIED_ROOT = re.compile(r"<(?:rss|feed|rdf:RDF|urlset|sitemapindex)(?=[\s>])")
_BURIED_PAGE = re.compile(r"<(?:!doctype\s+html|html|body)\b", re.IGNORECASE)
_HTML_DOCTYPE = re.compile(r"\s*(?:<\?.{0,200}?\?>\s*)?<!DOCTYPE\s+html", re.IGNORECASE | re.DOTALL)
_TITLE = re.compile(r"<title[^<>]{0,200}>([^<]{0,300})", re.IGNORECASE)
_PASSWORD_FIELD = re.compile(r"""<input\b[^<>]{0,500}type\s*=\s*["']?password""", re.IGNORECASE)
_LOGIN_TITLE = re.compile(r"\b(?:log.?in|sign.?in|вход|войти|авториза|кіру|кирүү|giriş|daxil ol|kirish)", re.IGNORECASE)
_CAPTCHA = re.compile(r"captcha|are you (?:a )?(?:human|robot)|вы не робот", re.IGNORECASE)
_CHALLENGES = (
    ("Cloudflare challenge page", re.compile(r"_cf_chl|challenge-platform|cf-browser-verification|cf-error-details")),
    ("DDoS-Guard challenge page", re.compile(r"ddos-guard/|\.well-known/ddos-guard|check\.ddos-guard", re.I)),
)
_SMALL_PAGE = 20_000


class Shape(StrEnum):
    """What a body is by its first characters."""

    FEED = "feed"
    SITEMAP = "sitemap"
    JSON = "JSON"
    HTML = "HTML"
    XML = "XML"
    TEXT = "text"
    BINARY = "binary data"


_SHAPES = {
    **dict.fromkeys(("rss", "rdf", "feed", "channel"), Shape.FEED),
    **dict.fromkeys(("urlset", "sitemapindex"), Shape.SITEMAP),
    **dict.fromkeys(("html", "head", "body", "div", "script", "meta", "title", "center", "h1", "p", "br"), Shape.HTML),
}


@dataclass(frozen=True, slots=True)
class Document:
    """A decoded body. `text` begins at the root element, so that no DOCTYPE and no entity of its own is left."""

    shape: Shape
    text: str = field(repr=False)
    root: str = ""
    """Local name of the root element, in lower case."""
    problems: tuple[str, ...] = ()


def look_at(body: bytes, *, url: str, content_type: str | None = None, limit: int) -> Document:
    """What `body` is. Raises UnreadableEntryPoint for an empty one, and for one of over `limit` bytes unpacked."""
    body, packing_problem = unpack(body, url=url, limit=limit)
    text, charset_problem = decode(body, content_type)
    text = text.strip("\ufeff\0 \t\r\n\f\v")
    if not text:
        raise UnreadableEntryPoint(url, "empty body")
    problems = tuple(filter(None, (packing_problem, charset_problem)))
    if text[0] != "<":
        return _without_markup(text, problems)
    start = _skip_prolog(text)
    root = _ROOT.match(text, start)
    name = root[1].lower() if root else ""
    shape = Shape.HTML if _HTML_DOCTYPE.match(text) else _SHAPES.get(name, Shape.XML)
    is_whole_page = name in {"html", "head", "body"} or _HTML_DOCTYPE.match(text)
    found = _dig_out(text, problems) if shape in {Shape.XML, Shape.HTML} and not is_whole_page else None
    return found or Document(shape, text[start:], name, problems)


def describe(document: Document, wanted: str) -> str:
    """Why `document` is not the `wanted` thing ("feed", "sitemap"): short, for the operator."""
    if document.shape is Shape.HTML:
        return _describe_page(document.text, wanted)
    if document.shape is Shape.JSON:
        return _describe_json(document.text, wanted)
    if document.shape is Shape.XML:
        return f"XML, but not a {wanted}" + (f": <{document.root}>" if document.root else "")
    return f"{document.shape}, not a {wanted}"


def _without_markup(text: str, problems: tuple[str, ...]) -> Document:
    if found := _dig_out(text, problems):
        return found
    head = text[:_HEAD]
    if "\0" in head or head.count("\ufffd") > len(head) / 10 or head.startswith(("%PDF", "PK\x03\x04")):
        return Document(Shape.BINARY, "", problems=problems)
    if page := _BURIED_PAGE.search(head):
        return Document(Shape.HTML, text[page.start() :], "html", problems)
    return Document(Shape.JSON if text[0] in "{[" else Shape.TEXT, text, problems=problems)


def _dig_out(text: str, problems: tuple[str, ...]) -> Document | None:
    """The feed or sitemap behind messages of a broken server script."""
    if text[0] in "{[" or (buried := _BURIED_ROOT.search(text, 0, _HEAD)) is None:
        return None
    name = buried[0].lstrip("<").rpartition(":")[2].lower()
    return Document(_SHAPES[name], text[buried.start() :], name, (*problems, "other text before the XML"))


def _skip_prolog(text: str) -> int:
    position = 0
    while match := _PROLOG.match(text, position, position + _HEAD):
        position = match.end()
    return position


def _describe_page(text: str, wanted: str) -> str:
    title = match[1] if (match := _TITLE.search(text, 0, _HEAD)) else ""
    for name, mark in _CHALLENGES:
        if mark.search(text, 0, 10 * _HEAD):
            return name
    if _CAPTCHA.search(title) or (len(text) < _SMALL_PAGE and _CAPTCHA.search(text)):
        return "captcha page"
    is_small = len(text) < _SMALL_PAGE
    if _PASSWORD_FIELD.search(text, 0, 10 * _HEAD) and (is_small or _LOGIN_TITLE.search(title)):
        return "login page"
    return f"HTML served as a {wanted}"


def _describe_json(text: str, wanted: str) -> str:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return "damaged JSON"
    if isinstance(value, dict):
        told = next((value[key] for key in ("error", "message", "detail", "errors") if value.get(key)), None)
        if told is not None:
            return f"JSON error: {one_line(str(told), limit=100)}"
    return f"JSON, but not a {wanted}"
