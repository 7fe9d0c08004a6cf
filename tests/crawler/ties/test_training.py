import json

import pytest

from crawler.ties.cases import own_cases
from crawler.ties.evaluate import cross_validate, evaluate
from crawler.ties.labelled import Labelled, LabelledFileError, labelled_to_json, read_labelled, read_labelled_files
from crawler.ties.lexicon import load_lexicon
from crawler.ties.logistic import BIAS, fit, probability, solve, total
from crawler.ties.measures import Measure, bootstrap_f1, measure_sets
from crawler.ties.tagger import HOME, OTHERS, load_tagger, sides_of
from crawler.ties.train import fit_weights
from crawler.ties.weights import dump_weights, load_weights, parse_weights, read_weights

YES, NO = frozenset({"yes"}), frozenset[str]()


def test_equations_are_solved():
    assert solve([[0.0, 2.0], [1.0, 1.0]], [4.0, 5.0]) == pytest.approx([3.0, 2.0])


def test_a_feature_that_tells_gets_its_sign():
    rows = [{"good": 1.0}] * 9 + [{"good": 1.0}] + [{"bad": 1.0}] * 9 + [{"bad": 1.0}]
    labels = [1.0] * 9 + [0.0] + [0.0] * 9 + [1.0]
    weights = fit(rows, labels, [1.0] * 20, ridge=0.1)
    assert weights["good"] > 0 > weights["bad"]
    assert probability(total({"good": 1.0}, weights)) == pytest.approx(0.9, abs=0.03)


def test_the_bias_alone_gives_the_share_of_yes():
    weights = fit([{}] * 10, [1.0] * 3 + [0.0] * 7, [1.0] * 10, ridge=1.0)
    assert probability(weights[BIAS]) == pytest.approx(0.3)


@pytest.mark.parametrize("log_odds", [-1e6, -1.0, 0.0, 1.0, 1e6])
def test_a_chance_lies_between_none_and_certainty(log_odds):
    assert 0.0 <= probability(log_odds) <= 1.0


def test_weights_survive_their_file(tmp_path):
    file = tmp_path / "weights.toml"
    file.write_text(dump_weights(load_weights()), encoding="utf-8")
    assert read_weights(file) == parse_weights(dump_weights(load_weights()))


def test_the_version_changes_with_a_weight():
    weights = load_weights()
    changed = parse_weights(dump_weights(weights).replace("[any_tie]", '[any_tie]\n"new" = 1.0'))
    assert changed.version != weights.version


def test_weights_can_be_fitted_from_our_own_cases():
    weights = fit_weights([], sides_of(load_lexicon(), HOME, OTHERS))
    assert weights.sentence["venue"] < 0
    assert weights.substantive["best_sentence"] > 0


def test_a_fit_from_known_weights_stays_where_the_articles_agree_with_them():
    rows, labels = [{"good": 1.0}] * 4, [1.0] * 4
    start = {"bias": 0.5, "good": 20.0, "never met": -3.0}
    assert fit(rows, labels, [1.0] * 4, ridge=1.0, start=start) == pytest.approx(start, abs=1e-3)


def test_a_fit_from_known_weights_moves_where_they_are_wrong():
    start = {"bias": 0.0, "good": 2.0}
    moved = fit([{"good": 1.0}] * 50, [0.0] * 50, [1.0] * 50, ridge=1.0, start=start)
    assert moved["good"] < 0


def test_weights_are_refined_from_those_in_use():
    sides, start = sides_of(load_lexicon(), HOME, OTHERS), load_weights()
    refined = fit_weights([], sides, start=start)
    assert refined.topics.keys() >= start.topics.keys()
    assert refined.sentence["venue"] == pytest.approx(start.sentence["venue"], abs=1.0)


def test_an_article_without_names_or_evidence_can_be_learnt_from():
    odd = [
        Labelled("1", "", "It rains.", None, 2, frozenset({"KZ"}), frozenset({"energy"})),
        Labelled("2", "", "Azerbaijan and Kazakhstan signed an agreement.", "en", 1, frozenset({"KZ"})),
    ]
    weights = fit_weights(odd, sides_of(load_lexicon(), HOME, OTHERS))
    assert weights.sentence["venue"] < 0


def test_cross_validation_tags_each_article_once():
    articles = own_cases()[:10]
    assert len(cross_validate(articles, sides_of(load_lexicon(), HOME, OTHERS), folds=2)) == 10


def test_measures_count_right_wrong_and_missed():
    measure = measure_sets([(YES, YES), (YES, NO), (NO, YES), (NO, NO)])
    assert measure == Measure(right=1, wrong=1, missed=1)
    assert (measure.precision, measure.recall, measure.f1) == (0.5, 0.5, 0.5)


def test_the_interval_holds_the_figure():
    low, high = bootstrap_f1([(YES, YES)] * 8 + [(YES, NO)] * 2)
    assert low <= measure_sets([(YES, YES)] * 8 + [(YES, NO)] * 2).f1 <= high


def test_an_evaluation_reports_every_question_and_explains_its_mistakes(tmp_path):
    article = {
        "id": "x",
        "title": "",
        "text": "Azerbaijan and Kazakhstan signed an agreement.",
        "label": 0,
        "lang": "en",
    }
    file = tmp_path / "labelled.jsonl"
    file.write_text(json.dumps(article) + "\n", encoding="utf-8")
    (report,) = evaluate([file], load_tagger())
    text = "\n".join(report.render(errors=True))
    for what in ("substantive", "any tie", "pairs", "topics", "evidence", "x [en] labelled 0", "the sum"):
        assert what in text


@pytest.mark.parametrize(
    ("line", "cause"),
    [
        ("{", "is not JSON"),
        ("[" * 99_999, "is not JSON"),
        ("\udc00", "is not JSON"),
        ("[1]", "is not an object"),
        ('{"label": 1, "text": ""}', "id is missing"),
        ('{"id": 1}', "label is missing"),
        ('{"id": 1, "label": 5, "text": ""}', "label must be 0, 1 or 2, not 5"),
        ('{"id": 1, "label": true, "text": ""}', "label must be"),
        ('{"id": 1, "label": [], "text": ""}', "label must be"),
        ('{"id": 1, "label": 1}', "text is missing"),
        ('{"id": 1, "label": 1, "text": 5}', "text must be a text, not int"),
        ('{"id": 1, "label": 2, "text": "", "countries": "KZ"}', "countries must be a list of texts"),
        ('{"id": 1, "label": 2, "text": "", "evidence": [1]}', "evidence must be a list of texts"),
    ],
)
def test_a_wrong_labelled_line_is_named(line, cause):
    with pytest.raises(LabelledFileError, match=f"^mine.jsonl:2: .*{cause}"):
        list(read_labelled(["", line], "mine.jsonl"))


def test_a_labelled_file_that_is_not_utf8_is_named_with_its_line(tmp_path):
    file = tmp_path / "mine.jsonl"
    file.write_bytes(b'\n{"id": 1, "label": 1, "text": "\xff"}\n')
    with pytest.raises(LabelledFileError, match=rf"{file}:2: is not JSON"):
        read_labelled_files([file])


def test_a_labelled_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(LabelledFileError, match=r"none.jsonl: cannot be read: No such file"):
        read_labelled_files([tmp_path / "none.jsonl"])


def test_a_labelled_article_survives_its_line():
    for case in own_cases():
        assert next(read_labelled([json.dumps(labelled_to_json(case))], "")) == case


def test_of_a_text_that_is_labelled_twice_the_last_word_counts(tmp_path):
    first, second = tmp_path / "1.jsonl", tmp_path / "2.jsonl"
    line = {"id": "a", "title": "t", "text": "x", "label": 2}
    first.write_text("\ufeff" + json.dumps(line), encoding="utf-8")
    second.write_text(json.dumps(line | {"id": "b", "label": 0}) + "\n", encoding="utf-8")
    assert [(each.id, each.label) for each in read_labelled_files([first, second])] == [("b", 0)]


def test_our_cases_cover_every_language_and_have_ids_of_their_own():
    cases = own_cases()
    assert {case.lang for case in cases} == set(load_lexicon().words)
    assert len({case.id for case in cases}) == len(cases)


def test_the_evidence_of_our_cases_stands_in_them():
    for case in own_cases():
        assert all(sentence in case.text for sentence in case.evidence), case.id
