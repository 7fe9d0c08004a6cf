"""The set on which near copies are judged: each text of the events, edited in the ways in which editors edit."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.stories.copies import CopyIndex, Source, is_copy, needed_share
from crawler.text.fingerprint import Resemblance, compare, fingerprint

NOW = datetime(2025, 3, 5, 9, tzinfo=UTC)
FILES = [Path(__file__).with_name(f"events_{half}.jsonl") for half in ("dev", "held_out")]
MIN_SENTENCES, WORDS = 4, 30


def texts() -> list[str]:
    """Each text once that is long enough to be edited; rubrics are left out."""
    rows = [json.loads(line) for path in FILES for line in path.read_text(encoding="utf-8").splitlines()]
    own = [row["text"] for row in rows if row["copy_of"] is None and not row["title"].startswith(("Офиц", "Okty"))]
    return [text for text in own if len(sentences(text)) >= MIN_SENTENCES and len(text.split()) >= WORDS]


def sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.!?»”…])\s+", text)


def edits(text: str, foreign: list[str]) -> Iterator[tuple[str, str]]:
    """Ways to edit `text`; `foreign` are sentences from elsewhere."""
    own = sentences(text)
    yield "new lead", " ".join([foreign[0], *own[1:]])
    yield "cut tail", " ".join(own[: max(3, len(own) * 2 // 3)])
    yield "added paragraph", f"{text}\n\n{foreign[0]} {foreign[1]}"
    yield "agency frame", f"Как передает Report со ссылкой на агентство. {text} Подписывайтесь на наш канал."
    yield "lost words", " ".join(word for i, word in enumerate(text.split()) if i % 25 != 24)
    yield "other marks", text.upper().replace("«", '"').replace(". ", " ")


def found_copies() -> tuple[list[tuple[str, bool]], int]:
    """For each edited text how it was edited and whether it was found; and how many were taken for other texts."""
    chance = random.Random(7)
    own = texts()
    pool = [sentence for text in own for sentence in sentences(text)]
    index = CopyIndex()
    wrong = 0
    for number, text in enumerate(own):
        source = Source(fingerprint(text), NOW)
        wrong += index.find(source).copy is not None
        index.add(number, source)
    found = []
    for number, text in enumerate(own):
        for kind, edited in edits(text, chance.sample(pool, 2)):
            copy = index.find(Source(fingerprint(edited), NOW)).copy
            found.append((kind, copy is not None and copy.number == number))
            wrong += copy is not None and copy.number != number
    return found, wrong


def test_edited_copies_are_found_and_nothing_else():
    found, wrong = found_copies()
    right = sum(is_right for _, is_right in found)
    assert len(found) > 300
    assert right / len(found) >= 0.95
    assert right / (right + wrong) >= 0.99


def test_every_kind_of_edit_is_mostly_found():
    found, _ = found_copies()
    for kind in {kind for kind, _ in found}:
        rights = [is_right for other, is_right in found if other == kind]
        assert sum(rights) / len(rights) >= 0.9, kind


RATES = (
    "Центральный банк Азербайджана объявил официальный курс валют на {} марта. Доллар США — 1,7000 маната. "
    "Евро — {} маната. Российский рубль — {} маната за 100 рублей. Казахстанский тенге — {} маната за 100 тенге."
)
WEATHER = (
    "В Баку и на Апшероне {} марта ожидается переменная облачность, днем местами кратковременный дождь. "
    "Подует умеренный северо-западный ветер. Температура ночью {} градусов тепла, днем {} градусов тепла. "
    "Атмосферное давление составит {} мм ртутного столба."
)


@pytest.mark.parametrize(
    ("form", "today", "tomorrow"),
    [
        (RATES, ("3", "1,7689", "1,9105", "0,3391"), ("4", "1,7834", "1,9032", "0,3402")),
        (WEATHER, ("3", "4-6", "9-11", "764"), ("4", "3-5", "8-10", "769")),
    ],
)
def test_the_next_issue_of_a_rubric_is_no_copy_but_known_as_an_issue(form, today, tomorrow):
    index = CopyIndex()
    index.add(1, Source(fingerprint(form.format(*today)), NOW))
    match = index.find(Source(fingerprint(form.format(*tomorrow)), NOW + timedelta(days=1)))
    assert match.copy is None
    assert match.other_issues == {1}


def test_the_same_issue_of_a_rubric_in_another_outlet_is_a_copy():
    index = CopyIndex()
    text = RATES.format("3", "1,7689", "1,9105", "0,3391")
    index.add(1, Source(fingerprint(text), NOW))
    assert index.find(Source(fingerprint("По данным ЦБА. " + text), NOW)).copy is not None


def test_a_roundup_that_contains_a_text_is_no_copy_of_it():
    own = texts()
    likeness = compare(fingerprint(own[0]), fingerprint(" ".join(own[:6])))
    assert likeness.contained > 0.8
    assert not is_copy(likeness)


def test_equal_texts_are_copies_after_years_but_similar_ones_only_within_a_month():
    index = CopyIndex()
    text = texts()[0]
    index.add(1, Source(fingerprint(text), NOW))
    later = NOW + timedelta(days=400)
    assert index.find(Source(fingerprint(text), later)).copy is not None
    assert index.find(Source(fingerprint("Архив. " + text), later)).copy is None
    assert index.find(Source(fingerprint("Архив. " + text), NOW + timedelta(days=20))).copy is not None


def test_a_text_with_a_wrong_date_makes_no_other_forgotten():
    index = CopyIndex()
    first, second = texts()[:2]
    index.add(1, Source(fingerprint(first), NOW))
    index.add(2, Source(fingerprint(second), NOW + timedelta(days=9000)))
    assert index.find(Source(fingerprint(first + " Конец."), NOW)).copy is not None


@pytest.mark.parametrize(("shingles", "credited", "expected"), [(100, False, False), (100, True, True)])
def test_a_credit_lowers_what_must_be_shared(shingles, credited, expected):
    share = needed_share(shingles) - 0.05
    likeness = Resemblance(
        jaccard=0.3, contained=share, shared=share, common=round(share * shingles), shingles=shingles,
        same_numbers=0, other_numbers=0,
    )  # fmt: skip
    assert is_copy(likeness, credited=credited) is expected


def test_longer_texts_must_share_more():
    assert needed_share(30) < needed_share(200) < needed_share(2000) <= 1
