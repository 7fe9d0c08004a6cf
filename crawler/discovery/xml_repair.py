"""Mending XML as badly made feeds have it, so that one wrong letter does not cost the entries behind it."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from html.entities import html5

_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_DECLARATION = re.compile(r"<\?xml\b[^<>]{0,200}\?>")
_AMPERSAND = re.compile(r"&(?:(#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)?")
_BARE_LESS_THAN = re.compile(r"<(?![A-Za-z_/!?])")
_VOID_TAG = re.compile(r"<((?:br|hr|img|wbr|input|embed)\b[^<>]{0,2000}?)/?>", re.IGNORECASE)
_CDATA, _CDATA_END = "<![CDATA[", "]]>"


def repair(text: str, entry_names: Iterable[str]) -> str:
    """`text` with stray signs escaped, HTML's entities resolved and its void tags closed, in a root of our own.

    The root lets a second document behind the first be read too. An entry that the end of the text cuts in two
    is left out: half a link is a wrong link.
    """
    text = _NOT_XML.sub("", _without_unfinished(text, entry_names))
    pieces: list[str] = []
    position = 0
    while (start := text.find(_CDATA, position)) >= 0 and (end := text.find(_CDATA_END, start)) >= 0:
        end += len(_CDATA_END)
        pieces += (_mend(text[position:start]), text[start:end])
        position = end
    return f"<repaired>{''.join(pieces)}{_mend(text[position:])}</repaired>"


def _mend(markup: str) -> str:
    markup = _DECLARATION.sub("", markup)
    markup = _AMPERSAND.sub(_by_number, markup)
    markup = _BARE_LESS_THAN.sub("&#60;", markup)
    return _VOID_TAG.sub(r"<\1/>", markup)


def _without_unfinished(text: str, entry_names: Iterable[str]) -> str:
    names = tuple(entry_names)
    opened = max(text.rfind(f"<{name}{end}") for name in names for end in "> \t\r\n")
    closed = max(text.rfind(f"</{name}") for name in names)
    return text[:opened] if opened > closed else text


def _by_number(match: re.Match[str]) -> str:
    """An entity by the number of its letter: libxml2 drops even ``&amp;`` once it has met an error."""
    name = match[1] or ""
    if name.startswith("#"):
        code = int(name[2:], 16) if name[1] in "xX" else int(name[1:])
        # lxml breaks off at half a character (U+D800 to U+DFFF), and at what no Unicode has.
        return "" if code > sys.maxunicode or _NOT_XML.match(chr(code)) else match[0]
    letters = html5.get(f"{name};")
    if letters is None:
        return f"&#38;{match[0][1:]}"
    return "".join(f"&#{ord(letter)};" for letter in letters)
