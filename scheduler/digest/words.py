"""Numbers, days, names and phrases in the language and the zone of a digest's reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

from scheduler.digest.labels import ENGLISH, Message
from scheduler.digest.window import Window


class Words:
    """Khabar's words for a digest of `window`: `labels` are those of `locale`, clocks those of the window's zone."""

    def __init__(self, window: Window, labels: Mapping[str, Message] = ENGLISH, locale: str = "en") -> None:
        self._zone = window.tzinfo
        self._year = window.on.year
        self._labels = labels
        self._locale = Locale.parse(locale)

    @property
    def locale(self) -> str:
        """As HTML and Atom name it: ``en``."""
        return str(self._locale).replace("_", "-")

    def say(self, key: str, **values: str) -> str:
        """The message `key` with `values` filled in. An unknown key is a bug: KeyError."""
        message = self._labels[key]
        if not isinstance(message, str):
            raise KeyError(f"{key} needs a number")
        return message.format(**values)

    def count(self, key: str, number: int) -> str:
        """The message `key` in the form that `number` needs: ``1 story``, ``2 stories``."""
        message = self._labels[key]
        if not isinstance(message, str):
            message = message[self._locale.plural_form(number)]
        return message.format(n=self.number(number))

    def number(self, number: float) -> str:
        """``4,812``; of fractions one digit."""
        return str(format_decimal(number, format="#,##0.#", locale=self._locale))

    def long_day(self, on: date) -> str:
        """``Saturday 21 November 2026``."""
        return str(format_date(on, "EEEE d MMMM y", locale=self._locale))

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
        return self._own("country", code) or str(self._locale.territories.get(code, code))

    def pair(self, pair: str) -> str:
        """``AZ-KZ`` as ``Azerbaijan – Kazakhstan``."""
        return " – ".join(self.country(code) for code in pair.split("-"))

    def partner(self, pair: str) -> str:
        """The far side of a pair: ``Kazakhstan``."""
        return self.country(pair.partition("-")[2])

    def side(self, code: str) -> str:
        """The adjective of a country: ``Kazakh``; its name where the table has none."""
        return self._own("side", code) or self.country(code)

    def topic(self, topic: str) -> str:
        """A topic as a badge shows it."""
        return self._own("topic", topic) or topic.replace("-", " ")

    def listing(self, names: Sequence[str]) -> str:
        """``A, B and C``."""
        if len(names) < 2:
            return "".join(names)
        return self.say("and", first=", ".join(names[:-1]), last=names[-1])

    def _own(self, kind: str, code: str) -> str | None:
        message = self._labels.get(f"{kind} {code}")
        return message if isinstance(message, str) else None
