"""The door of the digest: text and links from outside become safe to print in every format.

Escaping is the formats' own business; this module only takes away what no escaping helps against: characters
that steer a terminal, break XML or reverse the reading order of the line they stand in, and links that are
not web pages.
"""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

STEERING = re.compile(
    "["
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"  # controls that are no white space
    "\u00ad\u200b\ufeff\ufff9-\ufffb"  # invisible
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # order of reading
    "\ud800-\udfff"  # lone surrogates
    "\ufdd0-\ufdef\ufffe\uffff\U000e0000-\U000e007f"  # noncharacters, invisible tags
    "]"
)
MAX_URL = 2083
WEB_CHARACTERS = "%/:?#@!$&'()*+,;=~-._"
"""What may stand in a printed URL besides letters and digits of ASCII; the rest is percent-encoded."""


def printable(text: str) -> str:
    """`text` on one line: every kind of white space is a space, steering characters are gone."""
    return re.sub(r"\s", " ", STEERING.sub("", text))


def one_line(text: str, limit: int) -> str:
    """`text` printable, without double spaces, and at most `limit` characters: cut at a word, with an ellipsis."""
    line = " ".join(printable(text[: 4 * limit]).split())
    if len(line) <= limit:
        return line
    words, space, _ = line[:limit].rpartition(" ")
    head = words if space and len(words) > limit // 2 else line[: limit - 1]
    return head.rstrip(" ,;:–-") + "…"


def web_link(url: str) -> str | None:
    """`url` in ASCII if it leads to a public web page in a plain way; None for anything else.

    Refused: other schemes, links without a host, user names in links (they disguise the host), white space
    and steering characters (browsers drop them: ``java\\nscript:`` is a script to them), more than 2083
    characters.
    """
    if len(url) > MAX_URL or printable(url) != url or " " in url or "\\" in url:
        return None
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or "@" in parts.netloc or not re.fullmatch(r"[a-z0-9.-]+", host):
        return None
    rest = url[len(f"{parts.scheme}://{parts.netloc}") :]
    return f"{parts.scheme}://{host}{port}{quote(rest, safe=WEB_CHARACTERS)}"
