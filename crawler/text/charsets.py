"""The encodings that web pages are written in."""

from __future__ import annotations

import codecs
import re

_WEB_CODECS = re.compile(
    r"utf-8|ascii|cp125[0-8]|cp866|cp949|iso8859-[0-9]+|koi8-[rtu]|kz1048|ptcp154|mac-(?:cyrillic|turkish)"
    r"|gb2312|gbk|gb18030|big5|big5hkscs|euc_(?:jp|kr)|shift_jis|cp932"
)
"""Of Python's codecs those that decode any bytes: not ``idna``, ``undefined``, ``unicode_escape`` and their like."""


def web_codec(name: str) -> str | None:
    """Python's name of the encoding that a page or a server calls `name`; None for one that no page is written in."""
    try:
        codec = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    return codec if _WEB_CODECS.fullmatch(codec) else None
