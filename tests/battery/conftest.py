"""What all checks of the battery share: figures that have a limit, and the table of results."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest

from tests.battery.table import Check, keep_table, number_of, worst, written_checks

FIGURE = "figure"
Figure = Callable[..., None]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--keep-table", action="store_true", help="Write the results into tests/battery/README.md.")


@pytest.fixture
def figure(record_property: Callable[[str, object], None]) -> Figure:
    """``figure("seconds", 3.2, at_most=10)`` demands a limit, and puts what was measured into the table.

    A limit in seconds is that of an idle machine: it is stretched where others work at the same time.
    """

    def demand(name: str, value: float, *, at_most: float | None = None, at_least: float | None = None) -> None:
        sign, limit = ("≥", at_least) if at_most is None else ("≤", at_most)
        assert limit is not None
        record_property(FIGURE, f"{name} {value:.4g} ({sign} {limit:g})")
        if name.endswith(" s") and sign == "≤":
            limit *= crowding()
        assert value <= limit if sign == "≤" else value >= limit, f"{name}: {value} is not {sign} {limit}"

    return demand


def crowding() -> float:
    """By how much everything takes longer on this machine just now: processes that want to run, for each core."""
    return max(1.0, os.getloadavg()[0] / len(os.sched_getaffinity(0)))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Show the results by number, and keep them when told to."""
    checks = _results(terminalreporter)
    if not checks or not config.getoption("keep_table", default=False):
        return
    terminalreporter.section("the battery")
    for check in checks.values():
        terminalreporter.line(f"{check.number:>3}  {check.result}  {check.title}  {'; '.join(worst(check.figures))}")
    keep_table(checks)


def _results(reporter: pytest.TerminalReporter) -> dict[int, Check]:
    """The checks that ran."""
    checks = written_checks()
    for outcome in ("passed", "failed", "error", "skipped"):
        for report in reporter.stats.get(outcome, []):
            number = number_of(report.nodeid.partition("[")[0])
            if number is None or number not in checks:
                continue
            checks[number].results.append(_result(report))
            checks[number].figures += [str(value) for name, value in report.user_properties if name == FIGURE]
    return {number: check for number, check in checks.items() if check.results}


def _result(report: pytest.TestReport) -> str:
    if report.skipped:
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        return f"skipped: {reason.removeprefix('Skipped: ')}"
    return "passed" if report.passed else "failed"
