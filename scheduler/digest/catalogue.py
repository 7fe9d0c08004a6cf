"""Khabar's words in the reader's language: gettext catalogues, read from their text form.

An entry of ``catalogues/az.po`` has the key of `scheduler.digest.labels` as its context and the English message as
its id, so that a translator needs no other file.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from io import BytesIO

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

from scheduler.digest.labels import ENGLISH


@cache
def translations(language: str) -> NullTranslations:
    """Those of a language; English says what the table says."""
    if language == "en":
        return NullTranslations()
    compiled = BytesIO()
    write_mo(compiled, read_catalogue(language))
    compiled.seek(0)
    return Translations(compiled)


def read_catalogue(language: str) -> Catalog:
    """The catalogue of a language as its file has it."""
    file = files("scheduler.digest") / "catalogues" / f"{language}.po"
    return read_po(BytesIO(file.read_bytes()), locale=language)


def message(language: str, key: str) -> str:
    """The message `key`. An unknown key, or one that needs a number, is a bug: KeyError."""
    english = ENGLISH[key]
    if not isinstance(english, str):
        raise KeyError(f"{key} needs a number")
    return str(translations(language).pgettext(key, english))


def counted(language: str, key: str, number: int) -> str:
    """The message `key` in the form that `number` needs."""
    english = ENGLISH[key]
    if isinstance(english, str):
        raise KeyError(f"{key} needs no number")
    return str(translations(language).npgettext(key, english["one"], english["other"], number))
