from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from crawler.items import Page
from crawler.ties.tagger import load_tagger
from crawler.ties.weights import WeightSet, WeightsFileError, dump_weights, fit_to, load_weights, read_weights
from crawler.understanding import Question, Sides, understand
from tests.factories import NOW

BUILT_IN = dump_weights(load_weights())
FIRST = BUILT_IN[BUILT_IN.index('\n"') + 1 :].split("\n", 1)[0]
"""The first line that gives a weight."""


def without_a_table(text: str) -> str:
    return text[: text.index("[topics]")]


@pytest.mark.parametrize(
    ("edit", "problem"),
    [
        (lambda text: text.replace("[any_tie]", '[any_tie]\n"new" = 1.0'), "unknown: any_tie.new;"),
        (lambda text: text + "\n[mood]\n", "unknown: mood;"),
        (lambda text: text.replace(FIRST, ""), "missing: sentence."),
        (without_a_table, "and .* more;"),
        (lambda text: "sentence = 1\n", "missing: .* more;"),
        (lambda text: text.replace(FIRST, FIRST.partition(" = ")[0] + ' = "heavy"'), "not a number: sentence."),
        (lambda text: text.replace(FIRST, FIRST.partition(" = ")[0] + " = true"), "not a number: sentence."),
        (lambda text: text.replace(FIRST, FIRST.partition(" = ")[0] + " = nan"), "not a number: sentence."),
        (lambda text: "[", "is not valid TOML"),
    ],
)
def test_a_file_that_does_not_fit_is_one_line(tmp_path: Path, edit: Callable[[str], str], problem: str) -> None:
    file = tmp_path / "weights.toml"
    file.write_text(edit(BUILT_IN), encoding="utf-8")
    with pytest.raises(WeightsFileError, match=f"^{file}: .*{problem}") as raised:
        read_weights(file)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("content", [b"\xff\xfe", b"\x00"])
def test_a_file_that_is_no_text_is_one_line(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "weights.toml"
    file.write_bytes(content)
    with pytest.raises(WeightsFileError, match="is not valid TOML"):
        read_weights(file)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(WeightsFileError, match=r"none.toml: cannot be read: No such file"):
        read_weights(tmp_path / "none.toml")


def test_weights_are_brought_to_the_features_that_are_known() -> None:
    known = WeightSet({"a": 1.0, "b": 2.0}, {}, {}, {}, {}, {})
    fitted = WeightSet({"b": 3.0, "c": 4.0}, {}, {}, {}, {}, {})
    assert fit_to(fitted, known).sentence == {"a": 0.0, "b": 3.0}


def test_a_crawl_tags_with_the_weights_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "weights.toml"
    file.write_text(BUILT_IN.replace(FIRST, FIRST.partition(" = ")[0] + " = 0.5"), encoding="utf-8")
    text = "Azerbaijan and Kazakhstan signed an agreement on transit through the Caspian Sea in Baku on Monday."
    body = f"<html><body><article><h1>A transit agreement</h1><p>{f'{text}</p><p>' * 5}</p></article></body></html>"
    page = Page(url="https://herald.example/news/1", body=body.encode(), fetched_at=NOW)
    understood = understand(Question(page, Sides(("AZ",), ("KZ",), file), "AZ"))
    assert understood.extraction.refused is None
    assert understood.tagging.version == load_tagger(("AZ",), ("KZ",), file).version
    assert understood.tagging.version != load_tagger(("AZ",), ("KZ",)).version


def test_the_version_tells_for_which_sides_a_text_was_tagged() -> None:
    assert load_tagger(others=("KZ",)).version != load_tagger(others=("KZ", "UZ")).version
    assert load_tagger(others=("UZ", "KZ")).version == load_tagger(others=("KZ", "UZ")).version


def test_a_file_that_changes_is_read_anew(tmp_path: Path) -> None:
    file = tmp_path / "weights.toml"
    file.write_text(BUILT_IN, encoding="utf-8")
    before = load_tagger(weights=file)
    assert load_tagger(weights=file) is before
    file.write_text(BUILT_IN.replace(FIRST, FIRST.partition(" = ")[0] + " = 0.25"), encoding="utf-8")
    assert load_tagger(weights=file).version != before.version
