from __future__ import annotations

import json

import pytest

from crawler.stories.lines import group_lines

TEXT = (
    "Kazakhstan's Prodcorporation and Azerbaijani partners have laid the foundation of a grain terminal in Alat. "
    "Its first stage will handle 700,000 tons a year. The investment of $28 million is to be completed next summer."
)
ARTICLE = {
    "id": "a",
    "title": "Grain terminal",
    "text": TEXT,
    "lang": "en",
    "outlet": "x",
    "published": "2025-03-05T09:00:00Z",
}


def line(**changes: object) -> str:
    return json.dumps(ARTICLE | changes, ensure_ascii=False)


def test_each_article_says_where_it_belongs():
    copy = line(id=7, text=TEXT + " Read more.", title="Another title")
    other = line(id="c", title="Judo", text="The judo team of Uzbekistan took three medals in Baku on the first day.")
    assert list(group_lines([line(), copy, other])) == [
        {"id": "a", "story": "a", "copy_of": None},
        {"id": 7, "story": "a", "copy_of": "a"},
        {"id": "c", "story": "c", "copy_of": None},
    ]


def test_answers_come_one_by_one():
    endless = (line(id=number, text="") for number in iter(int, 1))
    assert next(group_lines(endless))["id"] == 0


@pytest.mark.parametrize(
    ("bad", "id", "cause"),
    [
        ("{", None, "not JSON"),
        ("[" * 100_000, None, "not JSON"),
        ("[1]", None, "not a JSON object"),
        ('{"title": "x"}', None, "id"),
        ('{"id": true, "title": "x"}', None, "id"),
        ('{"id": 1.5, "title": "x"}', None, "id"),
        ('{"id": ["a"], "title": "x"}', None, "id"),
        ('{"id": "b"}', "b", "title and text"),
        ('{"id": "b", "title": 5}', "b", "title"),
        ('{"id": "b", "title": "x", "published": "yesterday"}', "b", "published"),
        ('{"id": "b", "title": "x", "published": "0001-01-01T00:00:00+23:59"}', "b", "published"),
        (line(), "a", "given before"),
    ],
)
def test_a_bad_line_is_answered_with_its_number_and_cause_and_the_rest_goes_on(bad, id, cause):
    first, second, third = group_lines([line(), bad, line(id="z")])
    assert second["id"] == id
    assert second["error"].startswith("line 2: ")
    assert cause in second["error"]
    assert (first["story"], third["copy_of"]) == ("a", "a")


def test_empty_lines_are_passed_over_but_counted():
    answers = list(group_lines(["\n", line(), "  ", "{"]))
    assert [answer.get("error", "")[:6] for answer in answers] == ["", "line 4"]


@pytest.mark.parametrize("published", [None, "", "2025-03-05", "2025-03-05T09:00:00", "2025-03-05T13:00:00+04:00"])
def test_a_time_may_be_lacking_or_without_a_zone(published):
    assert list(group_lines([line(published=published)])) == [{"id": "a", "story": "a", "copy_of": None}]
