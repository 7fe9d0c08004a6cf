from __future__ import annotations

from dataclasses import replace

import pytest

from scheduler.digest.actors import act_level, actor_level, people_of
from storage.records import Article, Mention
from tests.scheduler.digest.builders import article


def naming(*entities: str) -> Article:
    made = article()
    tie = made.tagging.ties[0]
    mentions = tuple(Mention(entity.title(), entity, "AZ", 0, 1) for entity in entities)
    told = replace(tie, evidence=(replace(tie.evidence[0], mentions=mentions),))
    return replace(made, tagging=replace(made.tagging, ties=(told,)))


@pytest.mark.parametrize(
    ("entities", "level"),
    [
        (["aliyev"], 3),
        (["AZ", "bayramov"], 2),
        (["socar", "baku"], 1),
        (["AZ", "baku"], 0),
        (["aliyev", "socar"], 3),
        (["nobody_we_know"], 0),
        ([], 0),
    ],
)
def test_the_highest_of_those_named_counts(entities, level):
    assert actor_level([naming(*entities)]) == level


def test_people_are_told_as_they_are_printed_first():
    assert people_of(naming("aliyev", "socar", "aliyev", "bayramov")) == {"aliyev": "Aliyev", "bayramov": "Bayramov"}


@pytest.mark.parametrize(
    ("title", "lang", "level"),
    [
        ("Baku and Astana sign a transport agreement", "en", 2),
        ("Баку и Астана подписали соглашение", "ru", 2),
        ("Presidents of Azerbaijan and Kazakhstan meet", "en", 1),
        ("Bakıda görüş keçirildi", "az", 1),
        ("Snow on the Caspian", "en", 0),
        ("Baku and Astana sign a transport agreement", "xx", 0),
    ],
)
def test_the_kind_of_act_is_read_from_headline_and_evidence(title, lang, level):
    assert act_level([article(title, "Snow fell.", lang=lang)]) == level
