from datetime import date

import pytest

PUBLISHED = date(2026, 11, 24)


def events(tagger, text, lang="en", published=PUBLISHED):
    text += " Azerbaijan and Kazakhstan signed an agreement."
    return [(event.text, event.on) for event in tagger.tag("", text, lang=lang, published=published).events]


@pytest.mark.parametrize(
    ("lang", "text", "printed", "on"),
    [
        ("en", "Tokayev will visit Baku on December 12.", "December 12", date(2026, 12, 12)),
        ("en", "Tokayev will visit Baku on 12 December 2027.", "12 December 2027", date(2027, 12, 12)),
        ("en", "The forum of Azerbaijan and Kazakhstan will be held on 3 March.", "3 March", date(2027, 3, 3)),
        ("ru", "Токаев посетит Азербайджан с визитом 5 декабря.", "5 декабря", date(2026, 12, 5)),
        ("az", "Tokayev Azərbaycana səfər edəcək, görüş 5 dekabr tarixindədir.", "5 dekabr", date(2026, 12, 5)),
        ("kk", "Тоқаев 5 желтоқсанда Әзербайжанға сапармен келеді.", "5 желтоқсанда", date(2026, 12, 5)),
        ("ky", "Токаев 5-декабрда Азербайжанга сапар менен келет.", "5-декабрда", date(2026, 12, 5)),
        ("uz", "Tokayev 5-dekabr kuni Ozarbayjonga tashrif bilan keladi.", "5-dekabr", date(2026, 12, 5)),
        ("tg", "Токаев 5 декабр ба Озарбойҷон бо сафар меояд.", "5 декабр", date(2026, 12, 5)),
        ("tk", "Tokaýew 5-nji dekabrda Azerbaýjana sapar bilen geler.", "5-nji dekabrda", date(2026, 12, 5)),
        ("tr", "Tokayev 5 Aralık'ta Azerbaycan'ı ziyaret edecek.", "5 Aralık'ta", date(2026, 12, 5)),
    ],
)
def test_an_announced_day_is_resolved_against_the_publication(tagger, lang, text, printed, on):
    assert events(tagger, text, lang) == [(printed, on)]


def test_a_numbered_meeting_without_a_date_is_announced_by_its_place(tagger):
    text = "The joint commission of Azerbaijan agreed to hold its 7th session in Kazakhstan."
    assert events(tagger, text) == [("7th session in Kazakhstan", None)]


def test_a_day_that_is_past_is_not_announced(tagger):
    assert events(tagger, "The summit of Azerbaijan and Kazakhstan will take place on 1 November 2026.") == []


def test_without_a_publication_date_a_day_without_a_year_stays_unknown(tagger):
    assert events(tagger, "Tokayev will visit Baku on December 12.", published=None) == [("December 12", None)]


def test_a_day_that_does_not_exist_stays_unknown(tagger):
    assert events(tagger, "Tokayev will visit Baku on February 31.") == [("February 31", None)]


def test_a_report_of_the_past_announces_nothing(tagger):
    assert events(tagger, "Tokayev visited Baku on November 12.") == []
