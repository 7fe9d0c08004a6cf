"""G. Poisoned articles through the whole chain: from a site to the digest, the export and the terminal."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

import html5lib
import pytest
from lxml import etree

from tests.bench.answers import item, reply, rss, status, tie_page
from tests.bench.crawling import ROOT, Bench
from tests.bench.web import Site, Web
from tests.scheduler.digest.test_poison import check_html

POISON = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "{{1337*1001}} {% include 'x' %}",
    "</title></style></td></table><h1>x</h1>",
    "]]> --> <!-- <![CDATA[",
    "esc \x1b[2J\x1b]0;owned\x07 bell \x07 next\x85line\u2028more",
    "\u202egnp.exe\u202c \u2066x\u2069",
    "=HYPERLINK(1)",
    "+1 and more",
    "@SUM(A1)",
    "-2 and less",
    '\tTab "quoted", twice',
    "line\rBcc: all@example.org",
)
LINKS = ("javascript:alert(1)", " java\nscript:alert(1)", "data:text/html,x", "vbscript:x", "//evil.example/x")
STEERING = re.compile("\x1b\\[2J|\x1b\\]|\x07|\x85|[\u2028\u202a-\u202e\u2066-\u2069]")
FORMATS = ("html", "txt", "md", "json", "atom")


@dataclass(frozen=True)
class Poisoned:
    """An installation that has crawled poisoned sites, and its digest of today in every format."""

    bench: Bench
    log: str
    digest: dict[str, bytes]
    again: dict[str, bytes]


@pytest.fixture(scope="module")
def poisoned(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Poisoned]:
    bench = Bench(tmp_path_factory.mktemp("poisoned"), timeout_seconds=10)
    with Web() as web:
        site = web.site()
        bench.source("poison", site, "/rss", name=f"{{{{1337*1001}}}} {POISON[0]}")
        site.routes |= {f"/news/{n}": reply(_article(site, n, text)) for n, text in enumerate(POISON)}
        site.routes["/rss"] = rss("".join(item(f"{site.url}/news/{n}", guid=str(n)) for n in range(len(POISON))))
        failing = web.site()
        bench.source("failing", failing, "/rss")
        failing.routes |= {
            "*": status("500 \x1b[2J<script>", Server="\x1b]0;owned\x07"),
            "/robots.txt": status("404 No"),
        }
        moved = web.site()
        bench.source("moved", moved, "/rss")
        moved.routes |= {"*": status("302 Found", Location="http://\x1b[2Jevil\x07/"), "/robots.txt": status("404 No")}
        crawl = bench.khabar("crawl", "--verbose")
        digests = [_digest(bench, name) for name in ("first", "second")]
        yield Poisoned(bench, crawl.stderr + crawl.stdout, *digests)


def _article(site: Site, number: int, text: str) -> str:
    """An article with `text` wherever a publisher may write."""
    value, link = escape(text, quote=True), escape(LINKS[number % len(LINKS)], quote=True)
    head = "".join(
        f'<meta property="{name}" content="{value}">'
        for name in ("og:site_name", "article:author", "article:section", "article:tag", "og:description", "author")
    )
    head += f'<meta property="og:image" content="{link}"><meta property="og:title" content="{value} {number}">'
    html = (
        tie_page(f"poison {number}", title=f"{value} Baku and Astana agree {number}").partition(b"\r\n\r\n")[2].decode()
    )
    return html.replace("<meta charset", f"{head}<meta charset", 1).replace("<p>", f"<p>Baku and Astana: {value}. ", 1)


def _digest(bench: Bench, name: str) -> dict[str, bytes]:
    folder = bench.folder / name
    done = bench.khabar("digest", "--format", ",".join(FORMATS), "--out", str(folder))
    assert done.returncode == 0, done.stderr
    return {path.suffix[1:].replace("xml", "atom"): path.read_bytes() for path in folder.iterdir()}


def test_057_markup_of_an_article_is_text(poisoned: Poisoned) -> None:
    assert len(poisoned.bench.articles()["poison"]) == len(POISON)
    tree = check_html(poisoned.digest["html"].decode())
    shown = " ".join("".join(tree.itertext()).split())
    assert "<script>alert(1)</script>" in shown
    assert "{{1337*1001}}" in shown
    assert str(1337 * 1001) not in shown


def test_059_only_web_addresses_are_links(poisoned: Poisoned) -> None:
    tree = html5lib.parse(poisoned.digest["html"].decode(), treebuilder="lxml", namespaceHTMLElements=False).getroot()
    links = [element.get("href") for element in tree.iter("a")]
    assert links
    assert all(re.match(r"https?://[^\s\"<>]+$", link) for link in links)
    assert all(element.get("rel") == "noopener" for element in tree.iter("a"))
    assert {element.tag for element in tree.iter() if element.get("src")} == set()


def test_060_nothing_is_loaded_from_elsewhere(poisoned: Poisoned) -> None:
    page = poisoned.digest["html"].decode()
    tree = html5lib.parse(page, treebuilder="lxml", namespaceHTMLElements=False).getroot()
    assert not {element.tag for element in tree.iter()} & {"img", "iframe", "form", "base", "link", "object", "script"}
    assert not any(element.get("http-equiv", "").lower() == "refresh" for element in tree.iter("meta"))
    styles = "".join([element.text or "" for element in tree.iter("style")] + [e.get("style", "") for e in tree.iter()])
    assert not re.search(r"url\s*\(|@import|expression", styles, re.IGNORECASE)


def test_062_an_export_computes_nothing_and_reads_back(poisoned: Poisoned) -> None:
    done = poisoned.bench.khabar("export", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.stdout, newline="")))
    assert len(rows) == len(POISON)
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    stored = {str(one.id): one for one in poisoned.bench.articles()["poison"]}
    assert {row["id"]: row["title"].lstrip("'") for row in rows} == {key: one.title for key, one in stored.items()}
    assert any(row["title"].startswith("'=") for row in rows)


def test_063_feed_and_json_can_be_read_and_keep_their_ids(poisoned: Poisoned) -> None:
    ids = []
    for digest in (poisoned.digest, poisoned.again):
        feed = etree.fromstring(digest["atom"])
        data = json.loads(digest["json"])
        ids.append(([one.text for one in feed.iter("{*}id")], data["stories"]))
    assert ids[0] == ids[1]
    assert ids[0][0]


@pytest.mark.parametrize(
    "arguments",
    [("search", "Baku"), ("status",), ("show",), ("explain",), ("sources", "list"), ("sources", "try", "moved")],
)
def test_064_nothing_steers_the_terminal(poisoned: Poisoned, arguments: tuple[str, ...]) -> None:
    articles = poisoned.bench.articles()["poison"]
    names = [str(one.id) for one in articles if "esc" in one.title or "gnp" in one.title]
    for name in names if len(arguments) == 1 and arguments[0] in {"show", "explain"} else [""]:
        shown = _on_a_terminal(poisoned.bench.folder, *arguments, *filter(None, [name]))
        assert shown.strip()
        assert not STEERING.search(shown)


def _on_a_terminal(folder: Path, *arguments: str) -> str:
    ours, theirs = pty.openpty()
    environment = os.environ | {"PYTHONPATH": str(ROOT), "TERM": "xterm", "COLUMNS": "300"}
    process = subprocess.Popen(
        [sys.executable, "-m", "scheduler", *arguments],
        cwd=folder,
        env=environment,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    shown = b""
    try:
        while part := os.read(ours, 65536):
            shown += part
    except OSError:
        pass  # so Linux tells that the other side is closed
    process.wait()
    os.close(ours)
    return shown.decode("utf-8", "replace")


def test_064_one_record_of_the_log_is_one_line(poisoned: Poisoned) -> None:
    assert not STEERING.search(poisoned.log)
    lines = [line for line in poisoned.log.splitlines() if " INFO: " in line or " ERROR: " in line]
    assert all(re.match(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \[", line) for line in lines)


@pytest.mark.parametrize("form", FORMATS)
def test_064_nothing_steers_a_terminal_that_shows_a_digest(poisoned: Poisoned, form: str) -> None:
    assert not STEERING.search(poisoned.digest[form].decode())
