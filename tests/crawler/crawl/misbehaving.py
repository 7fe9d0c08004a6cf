"""The sites of the one round: what each does wrong is in the function that adds it."""

from __future__ import annotations

import asyncio
import gzip
import os
import zlib
from collections.abc import AsyncIterator
from pathlib import Path

import brotli

from tests.crawler.crawl import answers
from tests.crawler.crawl.answers import feed, page, redirect, reply, status, xml
from tests.crawler.crawl.bench import Bench
from tests.crawler.crawl.web import Site, Web

PAGES = 4
"""Pages that most of the sites have."""
BOMB = bytes(100 * 1024 * 1024)
SECRET = "never to be read"
MANY_LOCS = 10_000
SILENT = ("silent1", "silent2", "silent3", "silent4", "silent5")
HONEST = ("honest1", "honest2", "honest3", "honest4", "honest5")


class Builder:
    """Declares the sources of the round, each with a site of its own."""

    def __init__(self, bench: Bench, web: Web) -> None:
        self.bench = bench
        self.web = web
        self.sites: dict[str, Site] = {}

    def add(self, name: str, **keys: object) -> Site:
        """A source whose only declared entry point is /rss."""
        self.sites[name] = site = self.web.site()
        self.bench.source(name, site, "/rss", **keys)
        return site

    def add_pages(self, name: str, *pages: bytes) -> Site:
        """A source whose feed lists `pages`."""
        site = self.add(name)
        paths = [f"/news/{number}" for number in range(len(pages))]
        site.routes["/rss"] = feed(*(site.url + path for path in paths))
        site.routes |= dict(zip(paths, pages, strict=True))
        return site


def add_networks(made: Builder) -> None:
    for name in HONEST:
        made.add_pages(name, *(page(f"{name} {number}") for number in range(PAGES)))
    for name in SILENT:
        made.add(name).routes["*"] = lambda _: _silence()
    made.add("drip").routes |= {
        "/rss": lambda _: _drip(b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n"),
        "*": status("404 No"),
    }
    made.add("dripheaders").routes |= {"/rss": lambda _: _drip(b"HTTP/1.1 200 OK\r\nX-Slow: "), "*": status("404 No")}
    cut = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
    half = answers.article("cut off").encode()[:900]
    made.add_pages(
        "cut",
        cut + b"Content-Length: 5000\r\n\r\n" + half,
        cut + b"Transfer-Encoding: chunked\r\n\r\n1000\r\n" + half,
    )
    flapping = made.add_pages("flapping", *(page(f"flapping {number}") for number in range(PAGES)))
    for path, answer in list(flapping.routes.items()):
        flapping.routes[path] = lambda asked, answer=answer: status("502 Bad") if asked.count % 2 == 0 else answer
    for name, value in {
        "wait1": "1",
        "wait120": "120",
        "waitlong": "1" + "0" * 12,
        "waitpast": "-5",
        "waitwhat": "soon",
    }.items():
        site = made.add_pages(name, page(name))
        once = name == "wait1"
        site.routes["/news/0"] = lambda asked, name=name, value=value, once=once: (
            page(name) if once and asked.count else status("429 Slow", Retry_After=value)
        )


def add_headers(made: Builder) -> None:
    text = answers.article("a plain text").encode()
    made.add_pages("textplain", reply(text, "text/plain"))
    made.add_pages("octets", reply(answers.article("octets"), "application/octet-stream"))
    made.add_pages("untyped", reply(answers.article("untyped"), ""))
    made.add_pages(
        "binary",
        reply(b"%PDF-1.7\n" + bytes(range(256)) * 400),
        reply(b"PK\x03\x04" + os.urandom(50_000)),
        reply(b"\x00\x00\x00\x18ftypmp42" + os.urandom(50_000)),
    )
    body = answers.article("odd headers").encode()
    ok = b"HTTP/1.1 200 OK\r\n"
    length = b"Content-Length: %d\r\n" % len(body)
    made.add_pages("longheader", ok + b"X-Long: " + b"x" * 20_000 + b"\r\n" + length + b"\r\n" + body, page("after"))
    made.add_pages("manyheaders", ok + b"Set-Cookie: a=b\r\n" * 1000 + length + b"\r\n" + body)
    made.add_pages("twolengths", ok + length + b"Content-Length: 7\r\n\r\n" + body, page("after two lengths"))
    made.add_pages("barelf", (ok + length + b"\r\n").replace(b"\r\n", b"\n") + answers.article("bare lf").encode())
    made.add_pages("garbage", b"SSH-2.0-OpenSSH_9.2\r\n", page("after garbage"))
    made.add_pages("nonascii", reply(answers.article("not ascii"), X_Words="жаңалық"))


def add_redirects(made: Builder) -> None:
    loops = made.add_pages("loops", *[b""] * PAGES)
    loops.routes["/news/0"] = redirect("/news/0")
    loops.routes["/news/1"] = redirect("/a")
    loops.routes |= {"/a": redirect("/b"), "/b": redirect("/a")}
    loops.routes["/news/2"] = lambda asked: redirect(f"{asked.path}x?y={len(asked.path)}")
    loops.routes["*"] = lambda asked: redirect(f"{asked.path}x") if "/news/2" in asked.path else status("404 No")
    loops.routes["/news/3"] = redirect("/step1")
    loops.routes |= {f"/step{n}": redirect(f"/step{n + 1}") for n in range(1, 21)}
    elsewhere = made.web.site({"*": page("under a foreign roof")})
    made.sites["elsewhere"] = elsewhere
    made.add_pages("movedpage", redirect(f"{elsewhere.url}/stolen"))
    made.add("movedfeed").routes |= {"/rss": redirect(f"{elsewhere.url}/rss"), "*": redirect(f"{elsewhere.url}/")}


def add_robots(made: Builder) -> None:
    def with_robots(name: str, robots: bytes | None) -> Site:
        site = made.add_pages(name, page(f"{name} a"), page(f"{name} b"))
        if robots is not None:
            site.routes["/robots.txt"] = robots
        return site

    text = "text/plain; charset=utf-8"
    with_robots("robots404", None)
    with_robots("robots500", status("500 Oops"))
    with_robots("robotssilent", b"").routes["/robots.txt"] = lambda _: _silence()
    with_robots("robotshtml", reply("<!doctype html><html><body>Not found, sorry</body></html>"))
    with_robots("robots10mb", reply("User-agent: *\nDisallow: /news/1\n" + "# padding\n" * 1_000_000, text))
    with_robots("robotsbom", reply("\ufeffUser-agent: *\nDisallow: /news/1\n", text))
    with_robots("robotscp1251", reply("# привет\nUser-agent: *\nDisallow: /news/1\n".encode("cp1251"), "text/plain"))
    with_robots("robotsall", reply("User-agent: *\nDisallow: /\n", text))
    with_robots("robotsslow", reply("User-agent: *\nCrawl-delay: 86400\n", text))
    with_robots("robotsbusy", status("503 Busy", Retry_After="7200"))


def add_feeds(made: Builder) -> None:
    bad = ("javascript:alert(1)", "", "http://[bad", "http://x/" + "y" * 10_000, "\x0b", "&#xD800;", "http://a:99999/")
    for name, raw in {
        "badfirst": "".join(f"<item><title>x</title><link>{link}</link></item>" for link in bad) + "<item></item>",
    }.items():
        site = made.add_pages(name, *(page(f"{name} {number}") for number in range(PAGES)))
        site.routes["/rss"] = feed(*(f"{site.url}/news/{number}" for number in range(PAGES)), raw=raw)
    site = made.web.site()
    made.sites["badloc"] = site
    made.bench.source("badloc", site, sitemaps=[f"{site.url}/sitemap.xml"])
    links = [*bad[:4], *(f"{site.url}/news/{number}" for number in range(PAGES))]
    site.routes |= {"/sitemap.xml": xml(answers.sitemap(links)), "*": lambda asked: page(f"loc {asked.path}")}


def add_hostile(made: Builder, pipe: Path) -> tuple[Site, Site]:
    """Content that asks for what is inside: returns the internal server and one on a port that is not declared."""
    marker = pipe.parent / "secret.txt"
    marker.write_text(SECRET, encoding="utf-8")
    site = made.add("ssrf")
    inner = made.web.site({"*": page("the inside")}, address="127.0.0.2", port=site.port)
    forbidden = made.web.site({"*": page("a forbidden port")}, address=site.address)
    inside = f"{inner.url}/secret"
    targets = [
        inside,
        *(
            f"http://{host}:{site.port}/x"
            for host in ("localhost", "0", "0.0.0.0", "127.2", "0x7f000002", "2130706434")
        ),
        *(
            f"http://{host}:{site.port}/x"
            for host in ("0177.0.0.2", "[::1]", "[::ffff:127.0.0.2]", "127.0.0.2.", "１２７.0.0.2")
        ),
        f"http://{site.address}@127.0.0.2:{site.port}/x",
        f"http://{site.address}:{site.port}\\@127.0.0.2:{site.port}/x",
        *(f"{scheme}://{pipe}" for scheme in ("file", "view-source", "gopher")),
        f"ftp://127.0.0.2:{site.port}/x",
        f"s3://{pipe}",
        f"data:text/html,{SECRET}",
        f"{forbidden.url}/x",
    ]
    site.routes |= {
        "/rss": feed(*targets, *(f"{site.url}/r{number}" for number in range(len(targets)))),
        "/robots.txt": reply(f"User-agent: *\nSitemap: file://{pipe}\nSitemap: {inside}\n", "text/plain"),
        **{f"/r{number}": redirect(target) for number, target in enumerate(targets)},
    }
    lists = made.web.site()
    made.sites["ssrfmap"] = lists
    made.bench.source("ssrfmap", lists, sitemaps=[f"{lists.url}/index.xml"])
    locs = "".join(f"<sitemap><loc>{target}</loc></sitemap>" for target in (inside, f"file://{pipe}"))
    lists.routes |= {
        "/index.xml": xml(f"<sitemapindex>{locs}<sitemap><loc>{lists.url}/map.xml</loc></sitemap></sitemapindex>"),
        "/map.xml": xml(answers.sitemap([inside, f"file://{pipe}", f"{lists.url}/news/1"])),
        "/news/1": page("the only honest one"),
    }
    for name, home in {"ssrfdirect": inner.url, "ssrfname": f"http://localhost:{site.port}"}.items():
        made.bench.source(name, Site(home[7:].rpartition(":")[0], site.port), "/rss")
    robots = made.add_pages("ssrfrobots", page("robots that lead inside"))
    robots.routes["/robots.txt"] = redirect(f"http://127.0.0.2:{robots.port}/robots.txt")
    made.sites["innerrobots"] = made.web.site({"*": reply("inside")}, address="127.0.0.2", port=robots.port)
    doctype = (
        f'<!DOCTYPE rss [<!ENTITY a SYSTEM "file://{marker}"><!ENTITY b SYSTEM "{inside}">'
        f'<!ENTITY % c SYSTEM "{forbidden.url}/dtd"> %c;]>'
    )
    xxe = made.add("xxe")
    entry = f"<item><title>&a;&b;</title><link>{xxe.url}/x</link></item>"
    xxe.routes |= {
        "/rss": xml(f'{doctype}<rss version="2.0"><channel>{entry}</channel></rss>'),
        "*": page("an entity"),
    }
    return inner, forbidden


def add_bombs(made: Builder) -> None:
    raw = zlib.compress(BOMB, 1)
    kinds = {"gzip": gzip.compress(BOMB, 1), "deflate": raw, "br": brotli.compress(BOMB, quality=1)}
    for name, body in kinds.items():
        made.add_pages(f"bomb{name}", reply(body, Content_Encoding=name), page(f"after the {name} bomb"))
    made.add_pages("bombtwice", reply(gzip.compress(kinds["gzip"], 1), Content_Encoding="gzip, gzip"))
    packed = made.web.site({"/sitemap.xml.gz": reply(kinds["gzip"], "application/gzip"), "*": status("404 No")})
    made.sites["bombmap"] = packed
    made.bench.source("bombmap", packed, sitemaps=[f"{packed.url}/sitemap.xml.gz"])
    endless = made.add_pages("endless", b"", b"HTTP/1.1 200 OK\r\nContent-Length: 1000000000000000\r\n\r\n<html>")
    endless.routes["/news/0"] = lambda _: _endless()
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    entry = "<item><title>&l9;</title></item>"
    made.add("laughs").routes |= {
        "/rss": xml(f'<!DOCTYPE r [<!ENTITY l0 "ha">{laughs}]><rss version="2.0"><channel>{entry}</channel></rss>'),
        "*": status("404 No"),
    }


def add_floods(made: Builder) -> None:
    attributes = " ".join(f'a{number}="1"' for number in range(100_000))
    bomb = reply(f"<!doctype html><html><body><div {attributes}>x</div></body></html>")
    made.add_pages("attributes", bomb, page("beside the bomb"))
    made.add("attributehome").routes |= {"*": bomb, "/robots.txt": status("404 No")}
    made.add_pages(
        "floods",
        reply("<html><body>" + "<p>one of very many paragraphs" * 100_000),
        reply("<html><body>" + "text<br>" * 200_000),
        reply("<html><body><table>" + "<tr><td>cell" * 50_000),
        reply('<html><script type="application/ld+json">{"a":[' + "1," * 1_200_000 + "1]}</script><body>x"),
    )
    links = [
        f'<a href="/2026/a-{number}.html">The market near the old bridge, part {number}</a>'
        for number in range(100_000)
    ]
    for name, count in {"manylinks": 3_000, "endlesslinks": 100_000}.items():
        site = made.web.site()
        made.sites[name] = site
        made.bench.source(name, site)
        site.routes["/robots.txt"] = status("404 No")
        site.routes["/"] = reply(f"<!doctype html><html><body>{''.join(links[:count])}</body></html>")
        site.routes["*"] = lambda asked: page(asked.path) if asked.path.startswith("/2026") else status("404 No")
    site = made.web.site()
    made.sites["manylocs"] = site
    made.bench.source("manylocs", site, sitemaps=[f"{site.url}/sitemap.xml"])
    site.routes["/sitemap.xml"] = xml(
        answers.sitemap(f"{site.url}/2026/a-{number}.html" for number in range(MANY_LOCS))
    )
    site.routes["*"] = lambda asked: page(f"loc {asked.path}") if asked.path.startswith("/2026") else status("404 No")


async def _silence() -> AsyncIterator[bytes]:
    await asyncio.sleep(60)
    yield b""


async def _drip(head: bytes) -> AsyncIterator[bytes]:
    yield head
    for _ in range(120):
        await asyncio.sleep(0.5)
        yield b"x"


async def _endless() -> AsyncIterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
    while True:
        yield b"10000\r\n" + b"x" * 65536 + b"\r\n"
