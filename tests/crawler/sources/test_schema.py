from __future__ import annotations

import pytest
from pydantic import ValidationError

from crawler.sources import SOURCE_KEYS
from crawler.sources.schema import SourceKeys


def test_every_key_of_a_source_has_a_meaning() -> None:
    assert [key for key, meaning in SOURCE_KEYS.items() if not meaning] == []


def test_the_keys_are_those_of_the_model_and_of_its_page_table() -> None:
    assert {key.partition(".")[0] for key in SOURCE_KEYS} == set(SourceKeys.model_fields)
    assert {key for key in SOURCE_KEYS if "." in key} == {
        "page.body",
        "page.remove",
        "page.date",
        "page.author",
        "page.boilerplate",
    }


def test_a_declaration_cannot_be_changed() -> None:
    keys = SourceKeys(name="H", language="az", home="https://herald.example/")
    with pytest.raises(ValidationError, match="frozen"):
        keys.name = "Other"  # type: ignore[misc]
