"""A. Certificates that are not those of the site, and a peer that never shakes hands."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.battery.conftest import Figure, crowding
from tests.bench.answers import feed, page
from tests.bench.certificates import new_authority
from tests.bench.crawling import Bench, Crawl
from tests.bench.rounds import Builder
from tests.bench.web import Site, Web

TIMEOUT = round(4 * crowding())
MUTE = "127.0.1.90"


@pytest.fixture(scope="module")
def secured(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Builder, Crawl]]:
    folder = tmp_path_factory.mktemp("secured")
    authority = new_authority(folder)
    with Web() as web, socket.create_server((MUTE, 0)) as mute:
        made = Builder(Bench(folder, timeout_seconds=TIMEOUT), web)
        for number, (name, options) in enumerate(
            {
                "good": {},
                "expired": {"until": timedelta(days=-1)},
                "selfsigned": {"is_own": True},
                "wrongname": {},
            }.items()
        ):
            address = f"127.0.1.{150 + number}"
            signed_for = "127.0.1.99" if name == "wrongname" else address
            made.sites[name] = site = web.site(address=address, tls=authority.site(signed_for, **options))
            made.bench.source(name, site, "/rss")
            site.routes |= {"/rss": feed(f"{site.url}/news/0"), "/news/0": page(name)}
        made.bench.source("mute", Site(MUTE, mute.getsockname()[1], scheme="https"), "/rss")
        yield made, made.bench.crawl(environment={"SSL_CERT_FILE": str(authority.file)})


def test_003_tls_that_never_shakes_hands(secured: tuple[Builder, Crawl], figure: Figure) -> None:
    made, crawl = secured
    assert "no answer in time" in made.bench.reports()["mute"].detail
    figure("round s", crawl.seconds, at_most=TIMEOUT * 3 + 30)


def test_003_a_good_certificate_is_accepted(secured: tuple[Builder, Crawl]) -> None:
    made, _ = secured
    assert len(made.bench.articles()["good"]) == 1


@pytest.mark.parametrize("name", ["expired", "selfsigned", "wrongname"])
def test_003_a_bad_certificate_is_named_and_refused(secured: tuple[Builder, Crawl], name: str) -> None:
    made, crawl = secured
    assert "bad certificate: " in made.bench.reports()[name].detail
    assert made.sites[name].asked == []
    assert "Traceback" not in crawl.log
