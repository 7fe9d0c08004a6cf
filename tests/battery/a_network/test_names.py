"""A. Names that lead nowhere, to no answer, or to an address that nobody listens at."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.battery.conftest import Figure
from tests.bench import names
from tests.bench.answers import feed, page
from tests.bench.crawling import Bench
from tests.bench.rounds import Builder, Round
from tests.bench.web import Site, Web

LIVE = tuple(f"live{letter}" for letter in "abcdefghijklmnopqrst")
SILENT = tuple(f"silent{letter}" for letter in "abcdefghij")
UNKNOWN = {"unknown": names.NXDOMAIN, "broken": names.SERVFAIL}

pytestmark = pytest.mark.skipif(names.why_not() is not None, reason=names.why_not() or "")


@pytest.fixture(scope="module")
def round_(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Round]:
    folder = tmp_path_factory.mktemp("names")
    known: dict[str, names.Answer] = {}
    with Web() as web:
        made = Builder(Bench(folder, allow_addresses=["127.0.1.0/24", "::1/128"]), web)
        for name in (*LIVE, "dual"):
            made.sites[name] = site = web.site()
            known[f"{name}.example"] = (site.address,) if name in LIVE else (site.address, "::1")
            named = Site(f"{name}.example", site.port)
            made.bench.source(name, named, "/rss")
            site.routes |= {"/rss": feed(f"{named.url}/news/0"), "/news/0": page(name)}
        for name, answer in {**dict.fromkeys(SILENT, names.SILENT), **UNKNOWN, "six": ("::1",)}.items():
            known[f"{name}.example"] = answer
            made.bench.source(name, Site(f"{name}.example", 8080), "/rss")
        with names.name_server(known, folder) as within:
            yield made.hold(within=within)


def test_006_names_that_cannot_be_resolved(round_: Round, figure: Figure) -> None:
    for name in (*SILENT, *UNKNOWN):
        assert "cannot resolve the host name" in round_.reports[name].detail
    assert {name: round_.stored(name) for name in LIVE} == dict.fromkeys(LIVE, 1)
    figure("round s", round_.crawl.seconds, at_most=120)


def test_009_addresses_of_version_six(round_: Round) -> None:
    assert round_.stored("dual") == 1
    assert "cannot resolve the host name" in round_.reports["six"].detail
