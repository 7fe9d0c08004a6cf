"""Khabar's words in three languages: nothing is missing, and nothing English is left on a page."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from html import unescape
from string import Formatter

import pytest

from scheduler.digest.catalogue import read_catalogue
from scheduler.digest.labels import ENGLISH
from scheduler.digest.lacking import lacking
from scheduler.digest.ledger import build_ledger
from scheduler.digest.model import Change, Correction, CorrectionKind, Digest, Usual
from scheduler.digest.outlets import Outlet
from scheduler.digest.render import FORMATS, render
from scheduler.digest.story_model import Development, SectionKind, Sides
from scheduler.digest.words import Words
from storage.records import Outcome
from tests.scheduler.digest.builders import (
    NOON,
    WINDOW,
    article,
    digest_of,
    event,
    figure,
    near_miss,
    passing,
    report,
    run,
)

LANGUAGES = ("az", "ru")
TEXTS = [(key, english) for key, english in ENGLISH.items() if isinstance(english, str)]
COUNTED = [(key, english) for key, english in ENGLISH.items() if not isinstance(english, str)]
OUTLETS = {name: Outlet(name, name.upper(), country) for name, country in (("qz", "KZ"), ("zq", "AZ"), ("xq", "GB"))}
KEPT = {
    *("khabar", "explain", "asia", "baku", "json", "html", "utf", "robots", "txt", "az", "kz", "kg", "uz", "tm", "tj"),
    "trq",
}
"""Words of the Latin alphabet that may stand on a Russian page: commands, zones, codes, names in our test articles."""


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("key", "english"), TEXTS, ids=[key for key, _ in TEXTS])
def test_each_message_is_translated_and_keeps_its_places(language, key, english):
    found = read_catalogue(language).get(english, context=key)

    assert found is not None, key
    assert found.string
    assert not found.fuzzy
    assert fields(found.string) == fields(english)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("key", "english"), COUNTED, ids=[key for key, _ in COUNTED])
def test_each_counted_message_has_all_the_forms_of_its_language(language, key, english):
    catalogue = read_catalogue(language)
    found = catalogue.get((english["one"], english["other"]), context=key)

    assert found is not None, key
    assert len(found.string) == catalogue.num_plurals
    assert {frozenset(fields(form)) for form in found.string} == {frozenset(fields(english["other"]))}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_catalogue_holds_what_nobody_says(language):
    assert {found.context for found in read_catalogue(language) if found.id} == ENGLISH.keys()


def whole_page(language: str) -> Digest:
    """Everything that a page can show; what outlets say is in the letters q, x and z and in digits."""
    fields = {"lang": "tg", "quote": "Zq qz.", "text": "Zq qz.", "names": ["Zq"], "topics": ["energy"]}
    lead = article(
        "Qzx", source="qz", story_id=1, figures=[figure("7 q", 7, "q", "7 q.")], score=0.99, agency="Qxq", **fields
    )
    answers = [
        report("qz", listed=9, new=0, refused={"paid": 2, "no text": 1}, failed={"timeout": 1}),
        report("zq", Outcome.HARD, detail="404"),
        report("xq", Outcome.UNCHANGED),
    ]
    later = event("9", WINDOW.on + timedelta(days=3), "Zq 9.")
    lacks = [
        "both sides are named only in a list of countries",
        "the best sentence scores 0.31: too little for a tie",
        "no sentence names both sides; the nearest scores 0.30",
    ]
    digest = digest_of(
        lead,
        article("Qzx", source="zq", story_id=1, copy_of=lead.id, **fields),
        article("Qz", source="xq", pairs=["AZ-KG"], **fields),
        article("Zx", source="qz", published_at=None, fetched_at=NOON, pairs=["AZ-C5"], **fields),
        article("Xx", source="zq", published_at=WINDOW.start - timedelta(days=9), fetched_at=NOON, **fields),
        passing("Xz", source="qz", lang="tg"),
        *(near_miss("Zz", why, source="zq", lang="tg") for why in lacks),
        announced=[article("Xq", source="qz", events=[later], published_at=NOON - timedelta(days=9), **fields)],
        ledger=build_ledger([run(*answers), run(finished=False)], OUTLETS, {"qz": (34.0, 28.0)}),
        usual={"AZ-KZ": Usual(0.1), "AZ-UZ": Usual(6.0, WINDOW.on - timedelta(days=5)), "energy": Usual(0.2)},
        outlets=OUTLETS,
        language=language,
    )
    developed = replace(
        digest.stories[0],
        kind=SectionKind.DEVELOPING,
        sides=Sides.NEITHER,
        development=Development(
            first_on=WINDOW.on - timedelta(days=2),
            outlets=("QZ", "XQ"),
            sides=("KZ",),
            figures=("7 q",),
            dates=(WINDOW.on,),
            actors=("Qx",),
        ),
    )
    section = replace(
        digest.sections[0],
        kind=SectionKind.DEVELOPING,
        groups=(replace(digest.sections[0].groups[0], stories=(developed,)),),
    )
    corrected = tuple(
        Correction(lead_report, NOON, kind, (("Qz", Change.ADDED),))
        for kind in CorrectionKind
        for lead_report in (developed.best,)
    )
    return replace(digest, sections=(*digest.sections, section), corrections=corrected, repeated=(developed.best,) * 3)


@pytest.mark.parametrize("format", ["html", "txt", "md", "atom"])
def test_nothing_english_is_left_on_a_russian_page(format):
    words = re.findall(r"[a-z]{3,}", visible(whole_page("ru"), format).lower())

    assert set(words) - KEPT - {word for word in words if set(word) <= set("qxz")} == set()


@pytest.mark.parametrize("format", ["html", "txt", "md", "atom"])
def test_no_english_label_is_left_on_an_azerbaijani_page(format):
    english = {
        word
        for key, message in ENGLISH.items()
        for form in ([message] if isinstance(message, str) else message.values())
        if not key.endswith("pattern")
        for word in re.findall(r"[a-z]{3,}", re.sub(r"\{\w+\}", " ", form).lower())
    }
    same = english & catalogue_words("az")

    found = set(re.findall(r"[^\W\d_]{3,}", visible(whole_page("az"), format).lower()))

    assert found & (english - same - KEPT) == set()


def test_an_english_page_has_the_words_that_the_others_lack():
    assert "near misses" in visible(whole_page("en"), "html").lower()


def catalogue_words(language: str) -> set[str]:
    """Words that a catalogue itself uses, such as ``transport``."""
    strings = [found.string for found in read_catalogue(language) if found.id]
    forms = [form for string in strings for form in ([string] if isinstance(string, str) else string)]
    return {word for form in forms for word in re.findall(r"[^\W\d_]{3,}", re.sub(r"\{\w+\}", " ", form).lower())}


def visible(digest: Digest, format: str) -> str:
    """What a reader sees of the page: without markup, addresses and codes of languages."""
    page = render(digest, format)
    text = page.decode() if isinstance(page, bytes) else page
    text = unescape(text) if format == "atom" else text
    text = re.sub(r"<(style|generator|id|updated|published)\b.*?</\1>", " ", text, flags=re.DOTALL)
    text = re.sub(r"<category[^>]*>", " ", text)
    return re.sub(r"<[^>]*>|&\w+;|https?://\S+|\btg\b", " ", text)


@pytest.mark.parametrize(
    ("language", "told"),
    [("en", "Saturday 21 November 2026"), ("az", "21 noyabr 2026, şənbə"), ("ru", "суббота, 21 ноября 2026 г.")],
)
def test_days_are_told_as_the_language_tells_them(language, told):
    assert Words(WINDOW, language).long_day(WINDOW.on) == told


@pytest.mark.parametrize(("language", "told"), [("en", "4,812.5"), ("az", "4.812,5"), ("ru", "4\xa0812,5")])
def test_numbers_are_told_as_the_language_tells_them(language, told):
    assert Words(WINDOW, language).number(4812.5) == told


def test_capitals_of_azerbaijani_keep_their_dots():
    assert Words(WINDOW, "az").capitals("yeni, ıldırım") == "YENİ, ILDIRIM"
    assert Words(WINDOW, "az").begin("iqtisadiyyat") == "İqtisadiyyat"


@pytest.mark.parametrize(
    ("why", "told"),
    [
        ("the best sentence scores 0.42: too little for a tie", "лучшее предложение набирает 0.42: для связи мало"),
        ("Baku does not count: a dateline", "Baku не в счёт: a dateline"),
        ("something that nobody ever said", "something that nobody ever said"),
    ],
)
def test_what_a_near_miss_lacks_is_told_in_the_language_where_we_know_how(why, told):
    assert lacking(why, Words(WINDOW, "ru")) == told


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("language", ["en", *LANGUAGES])
def test_each_format_is_rendered_in_each_language(format, language):
    assert render(whole_page(language), format)
