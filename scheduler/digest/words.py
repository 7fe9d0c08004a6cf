"""Numbers, days, names and phrases in the language and the zone of a digest's reader."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

from scheduler.digest.catalogue import counted, message
from scheduler.digest.labels import ENGLISH
from scheduler.digest.window import Window

DOTTED = str.maketrans({"i": "İ", "ı": "I"})
"""Capitals of Azerbaijani, which Python does not know."""


class Words:
    """Khabar's words for a digest of `window`, in `language`; clocks are those of the window's zone."""

    def __init__(self, window: Window, language: str = "en") -> None:
        self._zone = window.tzinfo
        self._year = window.on.year
        self._locale = Locale.parse(language)
        self.language = language
        """As HTML and Atom name it: ``en``."""

    def say(self, key: str, **values: str) -> str:
        """The message `key` with `values` filled in. An unknown key is a bug: KeyError."""
        return message(self.language, key).format(**values)

    def count(self, key: str, number: int, **values: str) -> str:
        """The message `key` in the form that `number` needs: ``1 story``, ``2 stories``."""
        return counted(self.language, key, number).format(n=self.number(number), **values)

    def number(self, number: float) -> str:
        """``4,812``; of fractions one digit."""
        return str(format_decimal(number, format="#,##0.#", locale=self._locale))

    def long_day(self, on: date) -> str:
        """``Saturday 21 November 2026``."""
        return str(format_date(on, self.say("long day pattern"), locale=self._locale))

    def day(self, on: date) -> str:
        """``21 Nov``; with the year when it is not the digest's."""
        return str(format_date(on, "d MMM" if on.year == self._year else "d MMM y", locale=self._locale))

    def moment(self, instant: datetime) -> str:
        """``21 Nov 18:42``, local time."""
        local = instant.astimezone(self._zone)
        return f"{self.day(local.date())} {local:%H:%M}"

    def local_day(self, instant: datetime) -> str:
        """``21 Nov``: the day that `instant` falls on in the digest's zone."""
        return self.day(instant.astimezone(self._zone).date())

    def country(self, code: str) -> str:
        """The name of a country; its code where the language has none."""
        return self._own(f"country {code}") or str(self._locale.territories.get(code, code))

    def pair(self, pair: str) -> str:
        """``AZ-KZ`` as ``Azerbaijan – Kazakhstan``."""
        return " – ".join(self.country(code) for code in pair.split("-"))

    def partner(self, pair: str) -> str:
        """The far side of a pair: ``Kazakhstan``."""
        return self.country(pair.partition("-")[2])

    def side(self, code: str) -> str:
        """The adjective of a country: ``Kazakh``; its name where the table has none."""
        return self._own(f"side {code}") or self.country(code)

    def topic(self, topic: str) -> str:
        """A topic as a badge shows it."""
        return self._own(f"topic {topic}") or topic.replace("-", " ")

    def reason(self, reason: str) -> str:
        """Why a page was refused; as the crawl says it where the table has no words for it."""
        return self._own(f"reason {reason}") or reason

    def listing(self, names: Sequence[str]) -> str:
        """``A, B and C``."""
        if len(names) < 2:
            return "".join(names)
        return self.say("and", first=", ".join(names[:-1]), last=names[-1])

    def capitals(self, text: str) -> str:
        """`text` in capitals, with the dots of the language's own."""
        return (text.translate(DOTTED) if self.language == "az" else text).upper()

    def begin(self, text: str) -> str:
        """`text` with a capital at its beginning."""
        return self.capitals(text[:1]) + text[1:]

    def _own(self, key: str) -> str | None:
        return self.say(key) if key in ENGLISH else None
