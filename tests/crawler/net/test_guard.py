"""What a request must look like before it is sent."""

from __future__ import annotations

import pytest
from scrapy import Request

from crawler.net.guard import OWNS, PORTS, Refused, RequestGuard


def request(url: str, **meta: object) -> Request:
    made = Request("http://placeholder.example/", meta=meta, headers={"If-None-Match": '"1"'})
    made._set_url(url)
    return made


@pytest.mark.parametrize(
    ("url", "cause"),
    [
        ("file:///etc/hostname", "scheme file"),
        ("ftp://news.example/a", "scheme ftp"),
        ("https://user:secret@news.example/", "login"),
        ("https://news.example:22/", "port 22"),
        ("http://news.example:6379/", "port 6379"),
    ],
)
def test_what_content_must_not_ask_for_is_refused(url: str, cause: str) -> None:
    with pytest.raises(Refused, match=cause):
        RequestGuard().process_request(request(url))


def test_a_port_that_the_source_declares_is_allowed() -> None:
    asked = request("http://news.example:8080/", **{PORTS: {8080}})
    RequestGuard().process_request(asked)
    assert asked.url == "http://news.example:8080/"


def test_a_redirect_out_of_the_source_is_refused_and_named() -> None:
    asked = request("https://elsewhere.example/a", redirect_urls=["https://news.example/a"], **{OWNS: lambda _: False})
    with pytest.raises(Refused, match=r"moved to another site: elsewhere\.example"):
        RequestGuard().process_request(asked)


def test_validators_do_not_go_to_another_host() -> None:
    asked = request("https://www.news.example/a", redirect_urls=["https://news.example/a"], **{OWNS: lambda _: True})
    RequestGuard().process_request(asked)
    assert "If-None-Match" not in asked.headers


def test_validators_stay_on_the_same_host() -> None:
    asked = request("https://news.example/b", redirect_urls=["https://news.example/a"], **{OWNS: lambda _: True})
    RequestGuard().process_request(asked)
    assert asked.headers["If-None-Match"] == b'"1"'
