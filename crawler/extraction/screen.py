"""What is refused before any parser sees it: parsers need minutes for pages that are made to hurt, or simply too big.

This is only a cheap first filter; what slips through costs one worker its time limit (`crawler.workers`).
"""

from __future__ import annotations

import re

MAX_BYTES = 2 * 1024 * 1024
MAX_TAGS = 30_000
"""Measured: real article pages have under 4,000; 50,000 paragraphs take the extractor 13 seconds."""
MAX_ATTRIBUTES = 5_000
"""In one tag. Parsers compare each attribute of a tag with all the others."""

_MAGIC = (
    b"%PDF-",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"RIFF",
    b"OggS",
    b"ID3",
    b"\x00\x00\x00",
)
_TAG = re.compile(r"""<[a-zA-Z][^>"']*+(?:(?:"[^"]*"|'[^']*')[^>"']*+)*+""")
_QUOTED = re.compile(r""""[^"]*"|'[^']*'""")
_ATTRIBUTE = re.compile(r"""[^\s/<>="']+""")


def refuse_bytes(body: bytes) -> str | None:
    """Why these bytes need no decoding: ``empty``, ``too large``, ``not html``; None when they may be a page."""
    if not body.strip():
        return "empty"
    if len(body) > MAX_BYTES:
        return "too large"
    if body.startswith(_MAGIC):
        return "not html"
    return None


def refuse_markup(text: str) -> str | None:
    """Why this markup must not be parsed: ``too large``, ``not html``; None when it may."""
    if "<" not in text:
        return "not html"
    if text.lstrip()[:1] in "{[" or _is_xml(text):
        return "not html"
    if text.count("<") > MAX_TAGS or _has_attribute_bomb(text):
        return "too large"
    return None


def _is_xml(text: str) -> bool:
    head = text[:1000].lstrip("\ufeff \t\r\n").lower()
    return head.startswith(("<?xml", "<rss", "<feed", "<urlset", "<sitemapindex")) and "<html" not in head


def _has_attribute_bomb(text: str) -> bool:
    """Whether a tag has more attributes than any page needs. Quotes are minded: a bare ``>`` may stand inside them."""
    return _has_huge_tag(text) and _has_huge_tag(_without_raw_text(text))


def _has_huge_tag(text: str) -> bool:
    return any(
        len(_ATTRIBUTE.findall(_QUOTED.sub(" ", tag.group()))) > MAX_ATTRIBUTES
        for tag in _TAG.finditer(text)
        if tag.end() - tag.start() > 2 * MAX_ATTRIBUTES
    )


def _without_raw_text(text: str) -> str:
    """`text` without what stands in scripts and styles, where ``<`` is no tag. Linear, whatever is left open."""
    kept: list[str] = []
    position = 0
    lowered = text.lower() if len(text.lower()) == len(text) else text
    for opening in re.finditer(r"<(script|style)\b", lowered):
        if opening.start() < position:
            continue
        closing = lowered.find(f"</{opening.group(1)}", opening.end())
        if closing < 0:
            break
        start_tag_end = lowered.find(">", opening.end(), closing)
        if start_tag_end < 0:
            continue
        kept.append(text[position : start_tag_end + 1])
        position = closing
    kept.append(text[position:])
    return "".join(kept)
