from __future__ import annotations

import pytest

from crawler.text.charsets import web_codec


@pytest.mark.parametrize(
    ("name", "codec"),
    [
        ("windows-1251", "cp1251"),
        ("UTF8", "utf-8"),
        ("latin-1", "iso8859-1"),
        ("koi8-r", "koi8-r"),
        ("undefined", None),
        ("idna", None),
        ("punycode", None),
        ("unicode_escape", None),
        ("rot13", None),
        ("no such name", None),
        ("a\0b", None),
        ("", None),
    ],
)
def test_only_encodings_of_pages_are_believed(name: str, codec: str | None) -> None:
    assert web_codec(name) == codec
