"""From bytes to text, for sites whose declarations of a charset are missing or wrong."""

from __future__ import annotations

import codecs
import re

from crawler.text.charsets import web_codec

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UNMARKED_UTF16 = {b"<\0": "utf-16-le", b"\0<": "utf-16-be"}
_HEAD = 4096
_DECLARATION = re.compile(rb"""(?:encoding|charset)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""")
_HEADER = re.compile(r"""charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)

_HIGH_BYTE = re.compile(rb"[\x80-\xff]")
_CYRILLIC_RUN = re.compile(rb"[\xa8\xb8\xc0-\xff]{2,}")
_UTF8_LETTER = re.compile(rb"[\xc2-\xf4][\x80-\xbf]+")
_WESTERN = frozenset({"iso8859-1", "iso8859-15", "cp1252", "ascii"})
_SAMPLE = 200_000


def decode(body: bytes, content_type: str | None = None) -> tuple[str, str | None]:
    """Text of `body`, without a byte order mark, and what was wrong with its declaration (None: nothing).

    Bytes that can be UTF-8 are UTF-8, whatever is declared. Otherwise the document's own declaration counts, then
    that of the Content-Type header; a Western one is not believed of a text that is Cyrillic. Never raises.
    """
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(encoding, "replace"), None
    if encoding := _UNMARKED_UTF16.get(body[:2], ""):
        return body.decode(encoding, "replace"), None
    try:
        # A last letter that was cut in half does not make it something else.
        return codecs.getincrementaldecoder("utf-8")().decode(body), None
    except UnicodeDecodeError:
        return _decode_other(body, _declared(body, content_type))


def _decode_other(body: bytes, declared: str | None) -> tuple[str, str | None]:
    if declared == "utf-8" and _is_utf8_with_faults(body):
        return body.decode("utf-8", "replace"), "some bytes are not UTF-8"
    guess = _guess(body[:_SAMPLE])
    if declared in {None, "utf-8"} or (declared in _WESTERN and guess != "cp1254"):
        return body.decode(guess, "replace"), f"charset {declared or 'not declared'}, read as {guess}"
    return body.decode(declared or guess, "replace"), None


def _declared(body: bytes, content_type: str | None) -> str | None:
    """Python's name of the declared charset; None where there is none that web pages are written in."""
    names = [match[1].decode("ascii") for match in _DECLARATION.finditer(body[:_HEAD])]
    if content_type and (match := _HEADER.search(content_type[:_HEAD])):
        names.append(match[1])
    for name in names:
        if codec := web_codec(name):
            return codec
    return None


def _is_utf8_with_faults(body: bytes) -> bool:
    sample = body[:_SAMPLE]
    letters = sum(len(match[0]) for match in _UTF8_LETTER.finditer(sample))
    return letters >= 0.9 * len(_HIGH_BYTE.findall(sample))


def _guess(sample: bytes) -> str:
    """A Cyrillic charset when the high bytes stand together as in words, else the Turkish one (Western but for six).

    Small letters are the many: in windows-1251 they are the upper 32 bytes, in KOI8-R the lower.
    """
    runs = b"".join(_CYRILLIC_RUN.findall(sample))
    if len(runs) < 0.6 * len(_HIGH_BYTE.findall(sample)):
        return "cp1254"
    upper = sum(byte >= 0xE0 for byte in runs)
    return "cp1251" if upper >= len(runs) / 2 else "koi8-r"
