"""What the value of a source key may be. Each type checks its text and says in one line what is wrong."""

from __future__ import annotations

import re
from datetime import date, timedelta
from difflib import get_close_matches
from enum import StrEnum
from typing import Annotated
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

import cssselect
from pydantic import AfterValidator, BeforeValidator

from crawler.sources.dated import check_fields, fill_in

MAX_URL = 2083
MAX_PATTERN = 500
_MAX_NAME = 200
_SHORTEST, _LONGEST = timedelta(minutes=1), timedelta(days=7)
_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_HOST = re.compile(r"[\w-]{1,63}(?:\.[\w-]{1,63})*\.?|\[[0-9a-f:.]+\]")

# Country codes that are taken for language codes, and the codes that the sites themselves use.
_LANGUAGE_MEANT = {"kz": "kk", "kg": "ky", "tm": "tk", "tj": "tg", "oz": "uz", "ua": "uk", "cn": "zh"}
# Names that people write and the zone database lacks.
_ZONE_MEANT = {
    "Asia/Astana": "Asia/Almaty",
    "Asia/Nur-Sultan": "Asia/Almaty",
    "Asia/Ankara": "Europe/Istanbul",
}


class Owner(StrEnum):
    """Whose voice a source is."""

    STATE = "state"
    PRIVATE = "private"
    THINK_TANK = "think-tank"
    GOVERNMENT = "government"


def _name(text: str) -> str:
    if not text.strip():
        raise ValueError("is empty")
    if len(text) > _MAX_NAME or _UNPRINTABLE.search(text):
        raise ValueError(f"must be one line of at most {_MAX_NAME} characters")
    return text.strip()


def check_url(text: str) -> str:
    """`text` if it is an address that may be fetched; raises ValueError with the cause."""
    if len(text) > MAX_URL:
        raise ValueError(f"is longer than {MAX_URL} characters")
    if re.search(r"\s", text) or _UNPRINTABLE.search(text):
        raise ValueError("an address holds no spaces and no control characters")
    if re.search(r"[{}]", text):
        raise ValueError("must not hold braces: a day may stand in feeds, sitemaps and listings only")
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise ValueError(f"is not a valid address: {error}") from error
    if parts.scheme not in {"http", "https"}:
        raise ValueError("must begin with https:// or http://")
    if parts.username is not None or parts.password is not None:
        raise ValueError("must not hold a user name or password")
    if port == 0 or not _HOST.fullmatch(f"[{host}]" if ":" in host else host):
        raise ValueError("names no valid host")
    return text


def _dated_url(text: str) -> str:
    if len(text) > MAX_URL:
        raise ValueError(f"is longer than {MAX_URL} characters")
    check_fields(text)
    check_url(fill_in(text, date(2000, 12, 31)))
    return text


def _host(text: str) -> str:
    if "/" in text:
        raise ValueError("is a host name, without https:// and path")
    check_url(f"https://{text}/")
    return text.lower()


def _language(text: str) -> str:
    if meant := _LANGUAGE_MEANT.get(text):
        raise ValueError(f"is the code of a country, not of a language; did you mean {meant}?")
    if not re.fullmatch(r"[a-z]{2}", text):
        raise ValueError('must be a language code of two small letters, such as "az"')
    return text


def _country(text: str) -> str:
    if not re.fullmatch(r"[A-Z]{2}", text):
        raise ValueError('must be a country code of two capital letters, such as "AZ"')
    return text


def _zone(text: str) -> str:
    try:
        ZoneInfo(text)
    except (KeyError, ValueError, OSError) as error:
        known = sorted(available_timezones())
        near = _ZONE_MEANT.get(text) or next(iter(get_close_matches(text, known, n=1)), None)
        hint = f"did you mean {near}?" if near else 'write a name such as "Asia/Baku"'
        raise ValueError(f"is not a known time zone; {hint}") from error
    return text


def _duration(value: object) -> timedelta:
    match = re.fullmatch(r"(\d{1,5})([mhd])", value) if isinstance(value, str) else None
    if match is None:
        raise ValueError('must be minutes, hours or days, such as "15m", "2h" or "1d"')
    duration = int(match[1]) * _UNITS[match[2]]
    if not _SHORTEST <= duration <= _LONGEST:
        raise ValueError("must be between 1m and 7d")
    return duration


def _pattern(text: str) -> str:
    if not text or len(text) > MAX_PATTERN:
        raise ValueError(f"must be a regular expression of at most {MAX_PATTERN} characters")
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"is not a regular expression: {error}") from error
    return text


def _selector(text: str) -> str:
    try:
        parsed = cssselect.parse(text)
        for selector in parsed:
            cssselect.HTMLTranslator().selector_to_xpath(selector)
    except cssselect.SelectorError as error:
        raise ValueError(f"is not a CSS selector: {error}") from error
    if any(selector.pseudo_element for selector in parsed):
        raise ValueError("must select elements: no ::text or ::attr() here")
    return text


def _user_agent(text: str) -> str:
    if text.strip() != text or not re.fullmatch(r"[\x20-\x7e]{1,300}", text):
        raise ValueError("must be 1 to 300 printable ASCII characters")
    if text not in {"browser", "feed"} and text.lower() in {"browser", "feed"}:
        raise ValueError(f"did you mean {text.lower()}?")
    return text


Name = Annotated[str, AfterValidator(_name)]
Url = Annotated[str, AfterValidator(check_url)]
DatedUrl = Annotated[str, AfterValidator(_dated_url)]
Host = Annotated[str, AfterValidator(_host)]
Language = Annotated[str, AfterValidator(_language)]
Country = Annotated[str, AfterValidator(_country)]
Zone = Annotated[str, AfterValidator(_zone)]
Duration = Annotated[timedelta, BeforeValidator(_duration)]
Pattern = Annotated[str, AfterValidator(_pattern)]
Selector = Annotated[str, AfterValidator(_selector)]
UserAgent = Annotated[str, AfterValidator(_user_agent)]
