"""News agencies: whose copy a text is, by what the text itself says."""

from __future__ import annotations

import re

from crawler.extraction.lines import folded

HEAD_CHARACTERS = 700
TAIL_CHARACTERS = 300

# Agency: the names that stand in texts, in all scripts. The first is the one we report.
AGENCIES: dict[str, tuple[str, ...]] = {
    "AZERTAC": ("AZERTAC", "AzerTAc", "AZƏRTAC", "АЗЕРТАДЖ", "Азертадж", "Azertag"),
    "Trend": ("Trend", "Тренд", "Trend News Agency", "АМИ Trend"),
    "Report": ("Report", "Report News Agency", "Report İnformasiya Agentliyi"),
    "APA": ("APA", "АПА"),
    "Turan": ("Turan", "Туран"),
    "AzerNews": ("AzerNews", "Azernews"),
    "Kazinform": ("Kazinform", "Qazinform", "QazAqparat", "ҚазАқпарат", "Казинформ", "KAZINFORM", "inform.kz"),
    "KazTAG": ("KazTAG", "КазТАГ", "ҚазТАГ"),
    "Interfax-Kazakhstan": ("Interfax-Kazakhstan", "Интерфакс-Казахстан"),
    "Kabar": ("Kabar", "Кабар"),
    "AKIpress": ("AKIpress", "АКИpress", "Акипресс"),
    "24.kg": ("24.kg",),
    "UzA": ("UzA", "УзА", "ЎзА", "OʻzA", "O'zA", "O‘zA"),
    "Dunyo": ("Dunyo", "Дунё"),
    "TDH": ("TDH", "ТДХ", "Туркмендовлетхабарлары", "Türkmendöwlethabarlary"),
    "Khovar": ("Khovar", "Ховар", "НИАТ «Ховар»", "АМИТ «Ховар»"),
    "Asia-Plus": ("Asia-Plus", "Азия-Плюс", "Asia Plus"),
    "Anadolu": ("Anadolu", "Anadolu Agency", "Anadolu Ajansı", "AA", "Анадолу"),
    "İHA": ("İHA", "İhlas Haber Ajansı"),
    "DHA": ("DHA", "Demirören Haber Ajansı"),
    "TASS": ("TASS", "ТАСС"),
    "Interfax": ("Interfax", "Интерфакс"),
    "RIA Novosti": ("RIA Novosti", "РИА Новости"),
    "Sputnik": ("Sputnik", "Спутник"),
    "Reuters": ("Reuters", "Рейтер", "Reyters"),
    "AFP": ("AFP", "АФП", "Agence France-Presse"),
    "AP": ("AP", "Associated Press"),
    "Xinhua": ("Xinhua", "Синьхуа"),
    "IRNA": ("IRNA", "ИРНА"),
    "UNN": ("UNN", "УНН"),
    "Bloomberg": ("Bloomberg", "Блумберг"),
    "The Times of Central Asia": ("The Times of Central Asia", "TCA"),
}
_BY_NAME = {folded(name): agency for agency, names in AGENCIES.items() for name in names}
_NAME = "(" + "|".join(sorted((re.escape(name) for names in AGENCIES.values() for name in names), key=len, reverse=True)) + ")"
_BARE = r"(?<![\w.-])"
_END = r"(?![\w-])"

# How copy names its agency. A dateline, a statement of who reports, a reference to a source.
_MARKS = tuple(
    re.compile(pattern)
    for pattern in (
        # BAKU, Azerbaijan, August 26. /Trend/ · БАКУ/Trend/ · BAKI, 8 iyul, AZƏRTAC
        rf"^.{{0,80}}?/\s?{_NAME}(?:[,\s][^/\n]{{0,40}})?/",
        rf"^[^.!?\n]{{2,80}}[,.]\s{_NAME}\.?\s?(?:[-–—:/]|$|\s)",
        rf"^.{{0,60}}\({_NAME}\)\s?[-–—:]",
        rf"^(?:By .{{2,50}}\s[-–—]\s)?{_NAME}\s?[:.]",
        rf"^[^.\n]{{2,60}}\.\s{_NAME}\s[-–—]",
        # Trend reports · сообщает Trend · Trend xəbər verir · Report-a istinadən
        rf"{_BARE}{_NAME}{_END}(?: news agency| agency)? (?:reports?|informs?|reported|learned|has learned|said)\b",
        rf"{_BARE}{_NAME}(?:['’-]?\w{{0,6}})? (?:xəbər verir|bildirir|məlumat verir|istinadən|istinadla|хабарлайды|хабарлады|билдирет|билдирди|кабарлайт|xabar bermoqda|xabar berdi|хабар бермоқда|хабар берди|хабар медиҳад|хабар дод|habar berýär|bildirdi|duyurdu|aktardı)",
        rf"(?:сообщает|передает|передаёт|пишет|сообщили|информирует|сообщил\w?)(?: \w+){{0,3}} [«\"]?{_NAME}{_END}",
        rf"(?:со ссылкой на|по (?:данным|информации|сообщению)|as reported by|citing|reports? via|with reference to|according to|\bvia|referring to)(?: (?:the|ИА|АМИ|агентство|агентства|news agency|information agency)){{0,2}} [«\"]?{_NAME}{_END}",
        rf"(?:Source|Источник|Mənbə|Kaynak|Манба|Manba|Дереккөз)\s?:\s?{_NAME}{_END}",
        rf"^(?:By|By:)\s{_NAME}\s*$",
    )
)


def is_agency(name: str) -> bool:
    """Whether `name` is that of an agency."""
    return folded(name) in _BY_NAME


def find_agency(text: str) -> str | None:
    """The agency whose copy `text` claims to be, by its head and its end; None when it claims none."""
    for part in (text[:HEAD_CHARACTERS], text[-TAIL_CHARACTERS:]):
        for line in part.split("\n"):
            for mark in _MARKS:
                if match := mark.search(line):
                    return _BY_NAME[folded(match[1])]
    return None
