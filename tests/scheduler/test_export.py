"""CSV that a spreadsheet shows and does not compute."""

from __future__ import annotations

import csv
import io
import json

import pytest

from scheduler.export import COLUMNS, neutral, write_csv, write_jsonl
from tests.scheduler.digest.builders import article


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_starts_a_formula(cell: str) -> None:
    assert neutral(cell) == f"'{cell}"


def test_rows_read_back_as_they_were_written() -> None:
    title = 'He said "no", twice;\nthen left'
    out = io.StringIO(newline="")
    write_csv([article(title)], out)
    out.seek(0)
    header, row = csv.reader(out)
    assert dict(zip(header, row, strict=True))["title"] == title
    assert tuple(header) == COLUMNS


def test_each_line_of_the_export_is_an_article() -> None:
    out = io.StringIO()
    write_jsonl([article("One"), article("Two")], out)
    assert [json.loads(line)["title"] for line in out.getvalue().splitlines()] == ["One", "Two"]
