from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.sources.loading import SOURCE_ID
from crawler.sources.slugs import free_id, slug


@pytest.mark.parametrize(
    ("title", "id"),
    [
        ("The Astana Times", "the-astana-times"),
        ("Azadlıq Radiosu", "azadliq-radiosu"),
        ("İki Sahil Qəzeti — Ən yeni xəbərlər", "iki-sahil-qezeti-en-yeni-xeberler"),
        ("Вечерний Бишкек", "vecherniy-bishkek"),
        ("Егемен Қазақстан", "egemen-qazaqstan"),
        ("Ҷумҳурият", "jumhuriyat"),
        ("Yangi Oʻzbekiston", "yangi-ozbekiston"),
        ("Türkmenistan: Altyn Asyr", "turkmenistan-altyn-asyr"),
        ("Щит и ёж", "schit-i-yozh"),
        ("  24.kg  ", "24-kg"),
        ("新华网", ""),
        ("", ""),
    ],
)
def test_a_title_becomes_an_id(title: str, id: str) -> None:
    assert slug(title) == id


@given(st.text(max_size=300))
def test_a_slug_is_empty_or_an_id(title: str) -> None:
    assert slug(title) == "" or SOURCE_ID.fullmatch(slug(title))


def test_a_taken_id_is_numbered() -> None:
    assert free_id("herald", {"herald", "herald-2"}) == "herald-3"
    assert re.fullmatch(r"herald", free_id("herald", {"heralds"}))
