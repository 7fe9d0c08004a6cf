"""The measure of extraction."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from crawler.extraction.evaluate import PageScore, UnusablePages, compare, evaluate_pages, measured
from tests.crawler.extraction.pages import PARAGRAPHS, news_page


def score(right: float, extra: float, missing: float) -> PageScore:
    return PageScore("x", "https://herald.az/x", right, extra, missing, seconds=0.0)


@pytest.mark.parametrize(
    ("prediction", "truth", "shares"),
    [
        ("a b c d e", "a b c d e", (1.0, 0.0, 0.0)),
        ("a b c d", "a b c d e", (0.5, 0.0, 0.5)),
        ("a b c d e", "b c d e", (0.5, 0.5, 0.0)),
        ("a b", "a b", (1.0, 0.0, 0.0)),
        ("A b", "a b", (0.0, 0.5, 0.5)),
        ("a, b. c! d", "a b c d", (1.0, 0.0, 0.0)),
        ("", "a b c d", (0.0, 0.0, 1.0)),
        ("", "", (0.0, 0.0, 0.0)),
        ("a b c d a b c d", "a b c d", (0.2, 0.8, 0.0)),
    ],
)
def test_texts_are_compared_as_multisets_of_four_words(
    prediction: str, truth: str, shares: tuple[float, float, float]
) -> None:
    assert compare(prediction, truth) == pytest.approx(shares)


def test_precision_and_recall_are_means_over_the_pages_that_have_them() -> None:
    found = measured([score(0.5, 0.5, 0.0), score(1.0, 0.0, 0.0), score(0.0, 0.0, 1.0)])
    assert (found.precision, found.recall) == pytest.approx((0.75, 2 / 3))


def test_f1_is_that_of_the_two_means() -> None:
    found = measured([score(0.5, 0.5, 0.0), score(0.5, 0.0, 0.5)])
    assert found.f1 == pytest.approx(0.75)


def test_a_folder_is_evaluated(tmp_path: Path) -> None:
    (tmp_path / "html").mkdir()
    truth = {"a": "\n".join(PARAGRAPHS), "b": "\n".join(PARAGRAPHS[:2])}
    for name in truth:
        (tmp_path / "html" / f"{name}.html.gz").write_bytes(gzip.compress(news_page().encode()))
    pages = {name: {"url": f"https://herald.az/{name}", "articleBody": text} for name, text in truth.items()}
    (tmp_path / "ground-truth.json").write_text(json.dumps(pages), encoding="utf-8")
    report = evaluate_pages(tmp_path)
    assert [page.id for page in report.worst] == ["b", "a"]
    assert report.measure.recall == 1.0
    assert report.measure.precision < 1.0
    assert report.errors[0] > 0


@pytest.mark.parametrize("truth", [None, "{", "[]", '{"a": {"url": "x"}}', '{"a": {"url": "x", "articleBody": "y"}}'])
def test_a_folder_in_another_layout_is_named(tmp_path: Path, truth: str | None) -> None:
    if truth is not None:
        (tmp_path / "ground-truth.json").write_text(truth, encoding="utf-8")
    with pytest.raises(UnusablePages, match=str(tmp_path)):
        evaluate_pages(tmp_path)
