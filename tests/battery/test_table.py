"""The table in README.md stays true."""

from __future__ import annotations

import re

from tests.battery.table import shown_rows, written_checks, written_tests


def test_the_table_has_each_check_with_its_files() -> None:
    shown = {number: (title, files) for number, (title, files, _) in shown_rows().items()}
    written = {}
    for number, check in written_checks().items():
        files = ", ".join(dict.fromkeys(test.partition("::")[0] for test in check.tests))
        written[number] = (check.title, files)
    assert shown == written, "run make battery"


def test_every_result_is_passed_or_skipped_with_a_reason() -> None:
    wrong = {n: result for n, (_, _, result) in shown_rows().items() if not re.fullmatch("passed|skipped: .+", result)}
    assert wrong == {}


def test_a_number_selects_its_own_check() -> None:
    for number in written_checks():
        names = [test for test in written_tests() if f"{number:03}" in test.lower()]
        assert names
        assert all(f"test_{number:03}_" in name for name in names)
