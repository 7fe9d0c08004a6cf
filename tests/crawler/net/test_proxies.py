from __future__ import annotations

import pytest

from crawler.net.proxies import ignored_proxies


@pytest.mark.parametrize(
    ("environ", "said"),
    [
        ({}, None),
        ({"http_proxy": ""}, None),
        ({"no_proxy": "localhost"}, None),
        ({"HTTPS_PROXY": "http://u:secret@p:1"}, "HTTPS_PROXY: not used; the crawler needs its own way to the web"),
        (
            {"http_proxy": "p", "ALL_PROXY": "p"},
            "ALL_PROXY, http_proxy: not used; the crawler needs its own way to the web",
        ),
    ],
)
def test_a_proxy_that_is_not_used_is_named_without_its_password(environ: dict[str, str], said: str | None) -> None:
    assert ignored_proxies(environ) == said
