"""A crawl as plain lines, for a log."""

from __future__ import annotations

from typing import Any

import pytest

from scheduler.cli.progress import watch


def told(source: str, *, done: bool, **values: Any) -> dict[str, Any]:
    numbers = {"listed": 2, "new": 1, "stored": 1, "relevant": 0, "planned": 1, "settled": 1}
    return {"source": source, "outcome": "ok", "detail": "feed", "done": done} | numbers | values


def test_each_source_gets_one_line_when_it_is_done(capsys: pytest.CaptureFixture[str]) -> None:
    events = [
        {"run": 7, "sources": ["a", "b"]},
        told("a", done=False),
        told("b", done=True, outcome="hard", detail="HTTP \x1b[31m404"),
        told("a", done=True),
    ]
    assert watch(iter(events), bars=True) == 7
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines() == [
        "crawl 7: 2 sources",
        "b: hard, 2 listed, 1 new, 1 stored, 0 relevant; HTTP [31m404",
        "a: ok, 2 listed, 1 new, 1 stored, 0 relevant; feed",
    ]
