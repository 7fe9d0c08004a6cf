from __future__ import annotations

import pytest

from crawler.stories.agencies import find_credits


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("The volume has doubled, Trend reports.", "Trend"),
        ("БАКУ /Trend/ - Подписан документ.", "Trend"),
        ("Report informs that the ministers met.", "Report"),
        ("APA xəbər verir ki, görüş keçirilib.", "APA"),
        ("AZƏRTAC-a istinadən bildirilir.", "AZERTAC"),
        ("сообщает АЗЕРТАДЖ", "AZERTAC"),
        ("Как передает «Кабар», визит состоится в мае.", "Kabar"),
        ("деп хабарлайды ҚазАқпарат тілшісі", "Kazinform"),
        ("NUR-SULTAN. KAZINFORM — The president", "Kazinform"),
        ("UzA xabariga ko‘ra, sammit bo‘lib o‘tdi.", "UzA"),
        ("по данным «Интерфакса» нет, пишет Интерфакс", "Interfax"),
    ],
)
def test_an_agency_is_found_by_its_formula(text, agency):
    assert find_credits(text) == {agency}


@pytest.mark.parametrize(
    "text", ["", "The trend is up, a report says.", "Yangi dunyo", "Бул кабар тарады", "запущен спутник"]
)
def test_a_common_noun_is_no_agency(text):
    assert not find_credits(text)


@pytest.mark.parametrize(("outlet", "agency"), [("en.trend.az", "Trend"), ("report", "Report"), ("24kg", None)])
def test_an_outlet_that_is_an_agency_stands_for_itself(outlet, agency):
    assert find_credits("", outlet) == ({agency} if agency else set())


def test_a_credit_deep_inside_a_long_text_is_background():
    assert not find_credits("word " * 1000 + "Trend reports " + "word " * 1000)
