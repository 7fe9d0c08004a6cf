"""Dates as the sites of the region print them."""

from __future__ import annotations

from datetime import datetime

MONTHS = {
    "en": "January February March April May June July August September October November December",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "az": "Yanvar Fevral Mart Aprel May İyun İyul Avqust Sentyabr Oktyabr Noyabr Dekabr",
    "kk": "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан",
    "ky": "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
    "uz": "yanvar fevral mart aprel may iyun iyul avgust sentabr oktabr noyabr dekabr",
    "tr": "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık",
    "tg": "январи феврали марти апрели майи июни июли августи сентябри октябри ноябри декабри",
    "tk": "ýanwar fewral mart aprel maý iýun iýul awgust sentýabr oktýabr noýabr dekabr",
}
RUSSIAN_FEED_DAYS = ("Пн", "Вт", "Ср", "Чт", "Пт", "Сб", "Вс")


def print_date(moment: datetime, pattern: str, lang: str) -> str:
    """`moment`, in the zone it carries, as `pattern` says; ``{nth}``: the Turkmen day, ``{HM}``: the time."""
    return pattern.format(
        d=moment.day,
        nth=f"{moment.day}-{_turkmen_ordinal(moment.day)}",
        dd=f"{moment.day:02}",
        mm=f"{moment.month:02}",
        month=MONTHS[lang].split()[moment.month - 1],
        Y=moment.year,
        HM=f"{moment:%H:%M}",
    )


def print_russian_feed_date(moment: datetime) -> str:
    """``Вс, 22 ноя 2026 14:30:00 +0500``: what some engines write where RFC 822 wants English."""
    month = MONTHS["ru"].split()[moment.month - 1][:3]
    return f"{RUSSIAN_FEED_DAYS[moment.weekday()]}, {moment.day:02} {month} {moment:%Y %H:%M:%S %z}"


def _turkmen_ordinal(day: int) -> str:
    """Back-vowel numerals (altynjy, dokuzynjy, onunjy, otuzynjy) take -njy."""
    return "njy" if day % 10 in {6, 9} or day in {10, 30} else "nji"
