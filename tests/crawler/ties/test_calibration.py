import pytest

from crawler.ties.calibration import calibrate


def test_scores_that_keep_their_word_have_no_error():
    found = calibrate([(0.6, True)] * 6 + [(0.6, False)] * 4)
    assert found.error == pytest.approx(0.0)
    assert found.brier == pytest.approx(0.24)


def test_boastful_scores_are_found_out():
    assert calibrate([(0.9, True), (0.9, False)]).error == pytest.approx(0.4)


def test_each_article_is_in_one_bin():
    scores = [index / 100 for index in range(101)]
    found = calibrate([(score, False) for score in scores])
    assert sum(each.count for each in found.bins) == len(scores)
    assert found.bins[-1].high == 1.0


def test_empty_bins_are_left_out_of_the_table():
    assert len(calibrate([(0.01, False), (0.99, True)]).lines()) == 4


def test_nothing_scored_is_no_error():
    assert calibrate([]).bins == ()
