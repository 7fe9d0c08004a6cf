"""The table in README.md: which check is which test, how it ended, and what was measured where there is a limit."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).parent
README = FOLDER / "README.md"
HEAD = "| number | check | test | result | measured (limit) |\n|---|---|---|---|---|\n"
_NAME = re.compile(r"test_(\d{3})_(\w+)")
_FIGURE = re.compile(r"(.+) (\S+) \(([≤≥]) \S+\)")
_ROW = re.compile(r"^\| (\d+) \| (.*?) \| `(.*?)` \| (.*?) \| (.*?) \|$", re.MULTILINE)


@dataclass(slots=True)
class Check:
    """One check of the battery: its number, its tests, and how they ended."""

    number: int
    tests: list[str] = field(default_factory=list)
    results: list[str] = field(default_factory=list)
    figures: list[str] = field(default_factory=list)

    @property
    def title(self) -> str:
        """The name of its first test as words."""
        found = _NAME.search(self.tests[0])
        assert found
        return found[2].replace("_", " ")

    @property
    def result(self) -> str:
        """The worst of its tests' results."""
        bad = [result for result in self.results if result != "passed"]
        return "; ".join(dict.fromkeys(bad)) or "passed"

    def row(self) -> str:
        """Its line in the table."""
        files = ", ".join(dict.fromkeys(test.partition("::")[0] for test in self.tests))
        measured = "; ".join(worst(self.figures))
        return f"| {self.number} | {self.title} | `{files}` | {self.result} | {measured} |"


def worst(figures: Iterable[str]) -> list[str]:
    """Of figures of one name, ``name value (≤ limit)``, the one that is nearest to its limit."""
    found: dict[tuple[str, str], tuple[float, str]] = {}
    for figure in figures:
        name, value, sign = _FIGURE.fullmatch(figure).groups()  # type: ignore[union-attr]
        distance = -float(value) if sign == "≤" else float(value)
        found[name, sign] = min(found.get((name, sign), (distance, figure)), (distance, figure))
    return [figure for _, figure in found.values()]


def number_of(test: str) -> int | None:
    """The number in the name of a test; None for a test that is no check of the battery."""
    found = _NAME.search(test.rpartition("::")[2])
    return int(found[1]) if found else None


def written_tests() -> Iterator[str]:
    """Every numbered test function in this folder, as ``file::name``."""
    for path in sorted(FOLDER.rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and number_of(node.name) is not None:
                yield f"{path.relative_to(FOLDER)}::{node.name}"


def written_checks() -> dict[int, Check]:
    """The checks by number, without results."""
    checks: dict[int, Check] = {}
    for test in written_tests():
        number = number_of(test)
        assert number is not None
        checks.setdefault(number, Check(number)).tests.append(test)
    return dict(sorted(checks.items()))


def shown_rows() -> dict[int, tuple[str, str, str]]:
    """What README.md says now: number to title, files and result."""
    return {int(row[1]): (row[2], row[3], row[4]) for row in _ROW.finditer(README.read_text(encoding="utf-8"))}


def keep_table(checks: Mapping[int, Check]) -> None:
    """Write the rows of `checks` into README.md; the rows of others stay."""
    text = README.read_text(encoding="utf-8")
    before, _, after = text.partition(HEAD)
    rows = {int(row[1]): row[0] for row in _ROW.finditer(after)}
    rows |= {number: check.row() for number, check in checks.items()}
    rest = _ROW.sub("", after).strip("\n")
    README.write_text(f"{before}{HEAD}{join(rows)}\n{rest}".rstrip("\n") + "\n", encoding="utf-8")


def join(rows: Mapping[int, str]) -> str:
    """The rows of checks that are still there, by number."""
    there: Iterable[int] = written_checks()
    return "\n".join(rows[number] for number in sorted(rows) if number in set(there))
