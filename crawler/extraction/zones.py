"""The time zone of a site that no source file describes: that of the country its address ends in."""

from __future__ import annotations

from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.core import get_global

from crawler.clock import utc_now
from crawler.urls import host_of

UNKNOWN = "UTC"
_NOT_COUNTRIES = frozenset({"ai", "ag", "cc", "cd", "co", "fm", "gg", "io", "la", "me", "sh", "tv", "ws"})
"""Endings that stand for a country and are used by everybody."""
_CAPITALS = {
    "kz": "Asia/Almaty",
    "ru": "Europe/Moscow",
    "ua": "Europe/Kyiv",
    "uk": "Europe/London",
    "uz": "Asia/Tashkent",
}
"""Where the ending is not the code of the country, or where most sites of a wide country are written."""


def zone_of(url: str) -> str:
    """IANA name of the zone; ``UTC`` for endings without a country, and for countries with several clocks."""
    try:
        ending = host_of(url).rpartition(".")[2]
    except ValueError:
        return UNKNOWN
    return _CAPITALS.get(ending) or _single_zone(ending)


@cache
def _single_zone(ending: str) -> str:
    if len(ending) != 2 or ending in _NOT_COUNTRIES:
        return UNKNOWN
    names = [name for name in get_global("territory_zones").get(ending.upper(), ()) if _is_known(name)]
    offsets = {utc_now().astimezone(ZoneInfo(name)).utcoffset() for name in names}
    return names[0] if len(offsets) == 1 else UNKNOWN


def _is_known(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return False
    return True
