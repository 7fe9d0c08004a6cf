from __future__ import annotations

import json

import pytest

from crawler.stories.evaluate import LabelFileError, Score, evaluate_stories, score_b_cubed, score_copies, score_pairs

TRUE = {"a": 1, "b": 1, "c": 1, "d": 2}
FOUND = {"a": "x", "b": "x", "c": "y", "d": "y"}


def linked(_one, _two):
    return True


def test_pairs_put_together_are_counted():
    assert score_pairs(TRUE, FOUND, linked) == Score(precision=1 / 2, recall=1 / 3)


def test_b_cubed_is_the_mean_over_articles():
    score = score_b_cubed(TRUE, FOUND, linked)
    assert score.precision == pytest.approx((1 + 1 + 1 / 2 + 1 / 2) / 4)
    assert score.recall == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1) / 4)


def test_only_links_that_count_are_judged():
    other_language = {frozenset("ac")}
    score = score_b_cubed(TRUE, FOUND, lambda one, two: frozenset((one, two)) in other_language)
    assert score == Score(precision=1.0, recall=0.0)


def test_a_perfect_answer_scores_1_whatever_the_stories_are_called():
    assert score_b_cubed(TRUE, {"a": 5, "b": 5, "c": 5, "d": 6}, linked).f1 == 1


def test_nothing_right_scores_0():
    assert Score(0.0, 0.0).f1 == 0


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ({"b": "a", "c": "a"}, Score(1.0, 1.0)),
        ({"c": "b"}, Score(1.0, 0.5)),
        ({"b": "a", "d": "a"}, Score(0.5, 0.5)),
        ({}, Score(1.0, 0.0)),
    ],
)
def test_a_copy_may_point_to_any_copy_of_the_right_text(found, expected):
    assert score_copies({"b": "a", "c": "b"}, found) == expected


def test_labels_that_run_in_a_circle_do_no_harm():
    assert score_copies({"a": "b", "b": "a"}, {"a": "b"}).recall == pytest.approx(0.5)


ROW = {"id": "a", "title": "Kazakh wheat", "text": "", "lang": "en", "story": "s"}


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        ("", "no article"),
        ('{"id": "a", "title": "x"}', "line 1"),
        ("{", "line 1"),
        ("[]", "line 1"),
        (json.dumps(ROW) + "\n" + json.dumps(ROW | {"title": 5, "id": 2}), "line 2"),
        ('{"id": ["a"], "story": 1}', "line 1"),
    ],
)
def test_an_unusable_file_is_named_with_the_line(tmp_path, content, cause):
    path = tmp_path / "labels.jsonl"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(LabelFileError, match=cause) as caught:
        evaluate_stories(path)
    assert str(path) in str(caught.value)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(LabelFileError, match=r"nowhere\.jsonl"):
        evaluate_stories(tmp_path / "nowhere.jsonl")


def test_the_table_has_a_row_for_each_language(tmp_path):
    path = tmp_path / "labels.jsonl"
    rows = [ROW, ROW | {"id": "b", "lang": "kk", "story": "t"}]
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    table = "\n".join(evaluate_stories(path).render())
    assert all(name in table for name in ("all languages", "only en", "only kk", "links between", "copies"))
