"""D. One tag with very many attributes, while other sources go on."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from tests.battery.conftest import Figure
from tests.bench.answers import page, reply, status
from tests.bench.crawling import Bench
from tests.bench.rounds import Builder
from tests.bench.web import Web

ATTRIBUTES = " ".join(f'a{number}="1"' for number in range(100_000))
HIDDEN = " ".join(f"a{number}='>'" for number in range(4_900))
BOMB = reply(f"<!doctype html><html><body><div {ATTRIBUTES}>x</div></body></html>")
SMALLER = reply("<!doctype html><html><body>" + f"<div {HIDDEN}>x</div>" * 25 + "</body></html>")
"""Tags that the first look lets pass: they cost a worker its time."""
OTHERS = 30


@pytest.mark.parametrize("kind", ["screened", "slow"])
def test_033_attribute_bomb(tmp_path: Path, figure: Figure, kind: str) -> None:
    bomb = BOMB if kind == "screened" else SMALLER
    with Web() as web:
        made = Builder(Bench(tmp_path, page_seconds=10), web)
        made.add("bombhome", {"*": bomb, "/robots.txt": status("404 No")})
        made.add_pages("bomb", bomb, page("beside the bomb"))
        other = made.add_pages("other", *(page(f"other {number}") for number in range(OTHERS)))
        round_ = made.hold()
    assert round_.stored("bomb") == 1
    assert round_.stored("other") == OTHERS
    assert round_.causes("bomb")
    times = [asked.at for asked in other.asked]
    figure(
        f"{kind}: longest pause of another source s",
        max(b - a for a, b in pairwise(times)),
        at_most=2,
    )
    figure(f"{kind}: round s", round_.crawl.seconds, at_most=40)
