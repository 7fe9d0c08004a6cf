"""What a terminal is shown, and what a file gets."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.cli.output import plain, print_table
from scheduler.encoding import to_json

STEERING = {*map(chr, range(32)), *map(chr, range(127, 160)), *"\u061c\u200e\u200f\u202a\u202e\u2066\u2069"}


@given(st.text(st.sampled_from([*sorted(STEERING), "a", " ", "\u0259", "\u2028"])))
def test_nothing_that_steers_a_terminal_is_shown(text: str) -> None:
    assert not STEERING & set(plain(text))


def test_a_text_keeps_its_indentation() -> None:
    assert plain("  a\tb\nc\x1b[0m") == "  a b c[0m"


@given(st.text())
def test_json_reads_back_as_it_was_and_steers_nothing(text: str) -> None:
    written = to_json({"text": text})
    assert json.loads(written) == {"text": text}
    assert not STEERING & set(written)
    assert written.encode()


def test_values_that_json_does_not_know_have_one_form() -> None:
    value = {"at": datetime(2026, 11, 20, 10, tzinfo=UTC), "on": date(2026, 11, 20), "file": Path("a/b")}
    assert json.loads(to_json(value)) == {"at": "2026-11-20T10:00:00Z", "on": "2026-11-20", "file": "a/b"}


def test_what_has_no_form_in_json_is_an_error() -> None:
    with pytest.raises(TypeError, match="object has no form in JSON"):
        to_json(object())


def test_a_table_in_a_file_has_one_line_a_row(capsys: pytest.CaptureFixture[str]) -> None:
    print_table(("n>", "title"), [(7, "long " * 100), (10, "[bold]red\x1b[31m")])
    lines = capsys.readouterr().out.splitlines()
    assert lines == [" n  title", " 7  " + ("long " * 100).rstrip(), "10  [bold]red[31m"]
