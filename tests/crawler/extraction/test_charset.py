"""Bytes to text."""

from __future__ import annotations

import pytest

from crawler.extraction.charset import decode

RUSSIAN = "Съёмки о Каспии: Президент Узбекистана прибыл в Баку с рабочим визитом, его встретили в аэропорту."
KYRGYZ_WORDS = "Бишкекте эки өлкөнүн министрлери жолугуп, соода жөнүндө сүйлөштү."
AZERBAIJANI = "Azərbaycan Prezidenti İlham Əliyev Qazaxıstana səfər edib, görüş keçirilib."
TURKISH = "Cumhurbaşkanı, İstanbul'da Özbekistanlı bakanı ağırladı; görüşmede dağıtım şirketi konuşuldu."
TURKMEN = "Prezident Aşgabatda ýygnak geçirdi, täze ýollar barada gürleşildi, ýüň we çaý söwdasy."


def in_page(text: str, charset: str, head: str = "") -> bytes:
    return f"<html><head>{head}<title>t</title></head><body><p>{text}</p></body></html>".encode(charset)


@pytest.mark.parametrize(
    ("text", "charset", "declared"),
    [
        (RUSSIAN, "cp1251", None),
        (RUSSIAN, "cp1251", "utf-8"),
        (RUSSIAN, "cp1251", "iso-8859-1"),
        (RUSSIAN, "koi8-r", None),
        (RUSSIAN, "koi8-r", "windows-1251"),
        (RUSSIAN, "iso8859-5", None),
        (RUSSIAN, "cp866", None),
        (RUSSIAN, "utf-8", "windows-1251"),
        (RUSSIAN, "utf-8", "no-such-charset"),
        (RUSSIAN, "utf-16", None),
        (RUSSIAN, "utf-16-le", None),
        (RUSSIAN, "utf-16-be", None),
        (KYRGYZ_WORDS, "utf-8", "iso-8859-1"),
        (AZERBAIJANI, "utf-8", "iso-8859-9"),
        (TURKISH, "cp1254", None),
        (TURKISH, "cp1254", "iso-8859-1"),
        (TURKMEN, "utf-8", None),
        (TURKMEN.replace("ň", "n"), "cp1250", "windows-1250"),
        ("It cost 5 € – “too much”, said the café owner.", "cp1252", None),
        ("一带一路 铁路 货物", "gb18030", "gb2312"),
    ],
)
def test_the_letters_are_right_whatever_is_declared(text: str, charset: str, declared: str | None) -> None:
    assert text in decode(in_page(text, charset), declared=declared).text


def test_the_page_is_believed_before_the_header() -> None:
    body = in_page(RUSSIAN, "cp1251", head='<meta charset="windows-1251">')
    assert RUSSIAN in decode(body, declared="koi8-r").text


def test_utf_8_that_is_cut_in_a_letter_stays_utf_8() -> None:
    body = in_page(RUSSIAN, "utf-8")
    cut = body[: body.index("аэропорту".encode()) + 1]
    assert RUSSIAN[:60] in decode(cut).text


def test_bytes_of_no_language_are_marked_as_doubtful() -> None:
    assert not decode(b"<html><p>" + b"\x81\x8d\x8f\x90\x9d " * 50).is_sure


def test_text_in_a_usual_encoding_is_sure() -> None:
    assert decode(in_page(RUSSIAN, "cp1251")).is_sure
