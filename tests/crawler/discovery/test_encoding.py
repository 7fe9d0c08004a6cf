"""Bytes to text."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.discovery.encoding import decode

RUSSIAN = "<p>Груз прибыл в порт Баку, сообщает агентство</p>"
KAZAKH = "<p>Жүк Бакуге жетті, деп хабарлайды агенттік</p>"
TURKISH = "<p>Yük Bakü'ye ulaştı, açıklama yapıldı</p>"
AZERI = "<p>Yük Bakıya çatdı, agentlik xəbər verir</p>"


@pytest.mark.parametrize(
    ("body", "header", "text"),
    [
        (RUSSIAN.encode(), None, RUSSIAN),
        (RUSSIAN.encode(), "text/html; charset=windows-1251", RUSSIAN),
        (RUSSIAN.encode("cp1251"), "text/html; charset=windows-1251", RUSSIAN),
        (RUSSIAN.encode("cp1251"), 'text/html; charset="Windows-1251"', RUSSIAN),
        (RUSSIAN.encode("cp1251"), "text/html; charset=utf-8", RUSSIAN),
        (RUSSIAN.encode("cp1251"), "text/html; charset=iso-8859-1", RUSSIAN),
        (RUSSIAN.encode("cp1251"), "text/html; charset=no-such", RUSSIAN),
        (RUSSIAN.encode("cp1251"), "text/html; charset=base64", RUSSIAN),
        (RUSSIAN.encode("cp1251"), None, RUSSIAN),
        (RUSSIAN.encode("koi8-r"), None, RUSSIAN),
        (RUSSIAN.encode("koi8-r"), "text/html; charset=koi8-r", RUSSIAN),
        (b"<meta charset='windows-1251'>" + RUSSIAN.encode("cp1251"), "text/html; charset=koi8-r", None),
        (KAZAKH.encode("ptcp154"), "text/html; charset=ptcp154", KAZAKH),
        (TURKISH.encode("cp1254"), "text/html; charset=iso-8859-9", TURKISH),
        (TURKISH.encode("cp1254"), "text/html; charset=iso-8859-1", None),
        (TURKISH.encode("cp1254"), None, TURKISH),
        (AZERI.encode("utf-16"), "text/html; charset=utf-8", AZERI),
        (AZERI.encode("utf-16-le"), None, AZERI),
        (codecs.BOM_UTF32_BE + AZERI.encode("utf-32-be"), None, AZERI),
        (codecs.BOM_UTF8 + AZERI.encode(), "text/html; charset=windows-1251", AZERI),
        (AZERI.encode()[:-1] + "ə".encode()[:1], None, AZERI[:-1]),
        (b"", None, ""),
    ],
)
def test_reads_what_is_declared_somewhere_or_plain_to_see(body: bytes, header: str | None, text: str | None) -> None:
    decoded, _ = decode(body, header)
    assert text is None or decoded == text


def test_the_documents_own_declaration_comes_before_the_header() -> None:
    body = b"<meta charset='windows-1251'>" + RUSSIAN.encode("cp1251")
    assert decode(body, "text/html; charset=koi8-r")[0].endswith(RUSSIAN)


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (RUSSIAN.encode(), None),
        (RUSSIAN.encode("cp1251"), "charset not declared, read as cp1251"),
        (b"<?xml encoding='utf-8'?>" + RUSSIAN.encode("cp1251"), "charset utf-8, read as cp1251"),
        (b"<?xml encoding='windows-1251'?>" + RUSSIAN.encode("cp1251"), None),
        (b"<?xml encoding='utf-8'?>" + RUSSIAN.encode() + b"\xff", "some bytes are not UTF-8"),
    ],
)
def test_a_guess_is_told(body: bytes, problem: str | None) -> None:
    assert decode(body)[1] == problem


@given(st.binary(max_size=300), st.one_of(st.none(), st.text(max_size=40), st.just("text/html; charset=utf-7")))
def test_any_bytes_give_some_text(body: bytes, header: str | None) -> None:
    assert isinstance(decode(body, header)[0], str)


@pytest.mark.parametrize(
    "name", ["idna", "punycode", "unicode_escape", "utf-7", "rot13", "hex", "zlib", "mbcs", "undefined"]
)
def test_odd_codecs_of_python_do_no_harm(name: str) -> None:
    assert "Баку" in decode(RUSSIAN.encode("cp1251"), f"text/html; charset={name}")[0]
