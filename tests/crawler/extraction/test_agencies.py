"""Whose copy it is."""

from __future__ import annotations

import pytest

from crawler.extraction.agencies import find_agency, is_agency


@pytest.mark.parametrize(
    ("line", "agency"),
    [
        ("Baku, July 8, AZERTAC", "AZERTAC"),
        ("Bakı, 8 iyul, AZƏRTAC", "AZERTAC"),
        ("BAKU, Azerbaijan, August 26. The ministers met, Trend reports.", "Trend"),
        ("By Leman Zeynalova – Trend: The terminal was opened.", "Trend"),
        ("БАКУ/Trend/ - Министры встретились в столице.", "Trend"),
        ("BAKI /Trend, müxbir E.Mehdiyev/ Nazirlər görüşüb.", "Trend"),
        ("Nazirlər görüşüb, bu barədə Report-a istinadən xəbər verilir.", "Report"),
        ("APA xəbər verir ki, nazirlər görüşüb.", "APA"),
        ("NUR-SULTAN. KAZINFORM — The ministers met.", "Kazinform"),
        ("Министрлер кездесті, деп хабарлайды ҚазАқпарат.", None),
        ("ҚазАқпарат хабарлайды: министрлер кездесті.", "Kazinform"),
        ("Министры встретились, сообщает агентство «Кабар».", "Kabar"),
        ("Об этом пишет 24.kg со ссылкой на ИА «Казинформ».", "24.kg"),
        ("Вазирлар учрашди, деб хабар беради ЎзА.", None),
        ("ЎзА хабар берди: вазирлар учрашди.", "UzA"),
        ("Baku, 22 December 2021 (AA): The ministers met.", "Anadolu"),
        ("Source: Xinhua", "Xinhua"),
        ("The ministers met, as Herald.Az reports citing Reuters.", "Reuters"),
        ("Report informs via AZERTAC that the ministers met.", "AZERTAC"),
        ("Report informs (via AZERTAC) that the ministers met.", "AZERTAC"),
        ("AKIPRESS.COM - The ministers met.", "AKIpress"),
        ("НУР-СУЛТАН. КАЗИНФОРМ — Министры встретились.", "Kazinform"),
        ("The report of the commission was read in full.", None),
        ("A trend towards rail was seen in the report.", None),
        ("The trend.az page was down.", None),
    ],
)
def test_the_agency_is_told_by_how_copy_names_it(line: str, agency: str | None) -> None:
    assert find_agency(line) == agency


def test_an_agency_named_in_the_middle_of_a_long_text_is_not_its_source() -> None:
    filler = "The talks went on and on.\n" * 60
    assert find_agency(f"{filler}He told Reuters so, Reuters reports.\n{filler}") is None


@pytest.mark.parametrize(("name", "expected"), [("AzərTac", True), ("AZƏRTAC", True), ("trend", True), ("Vafa", False)])
def test_names_of_agencies_are_known_in_any_case(name: str, expected: bool) -> None:
    assert is_agency(name) is expected
