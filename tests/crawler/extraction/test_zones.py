"""The zone that an address stands for."""

from __future__ import annotations

import pytest

from crawler.extraction.zones import zone_of


@pytest.mark.parametrize(
    ("url", "zone"),
    [
        ("https://trend.az/1", "Asia/Baku"),
        ("https://www.kun.uz/1", "Asia/Tashkent"),
        ("https://24.kg/1", "Asia/Bishkek"),
        ("https://inform.kz/1", "Asia/Almaty"),
        ("https://khovar.tj/1", "Asia/Dushanbe"),
        ("https://orient.tm/1", "Asia/Ashgabat"),
        ("https://aa.com.tr/1", "Europe/Istanbul"),
        ("https://ria.ru/1", "Europe/Moscow"),
        ("https://example.com/1", "UTC"),
        ("https://startup.io/1", "UTC"),
        ("https://paper.br/1", "UTC"),
        ("https://127.0.0.1/1", "UTC"),
        ("file:///page.html", "UTC"),
    ],
)
def test_a_country_with_one_clock_gives_its_zone(url: str, zone: str) -> None:
    assert zone_of(url) == zone
