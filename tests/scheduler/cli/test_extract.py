"""``khabar extract``: pages in files, alone and in batches."""

from __future__ import annotations

import gzip
import json

import pytest

from tests.scheduler.cli.shell import Shell

PARAGRAPH = "The ferry between Alat and Aktau is to leave twice a week, the two ministries agreed in Baku on Friday. "
PAGE = f"""<!DOCTYPE html><html lang="en"><head><title>A ferry - Herald</title>
<meta property="article:published_time" content="2026-11-20T10:00:00+04:00"></head>
<body><article><h1>A ferry between Alat and Aktau</h1>
{"".join(f"<p>{k}. {PARAGRAPH}</p>" for k in range(6))}</article></body></html>"""
URL = "https://herald.example/news/1"


def test_a_page_is_one_line_of_json(shell: Shell) -> None:
    path = shell.write("page.html", PAGE)
    done = shell.khabar("extract", path, "--url", URL, "--json")
    (result,) = done.json_lines
    assert (result["id"], result["url"], result["title"]) == (path, URL, "A ferry between Alat and Aktau")
    assert (result["published"], result["lang"], result["refused"]) == ("2026-11-20T10:00:00+04:00", "en", None)
    assert result["text"].startswith("0. The ferry")


def test_people_get_the_same_in_lines(shell: Shell) -> None:
    done = shell.khabar("extract", shell.write("page.html", PAGE), "--url", URL)
    assert f"url:            {URL}" in done.out.splitlines()
    assert PARAGRAPH.strip() in done.out


def test_a_packed_page_is_unpacked(shell: Shell) -> None:
    path = shell.write("page.bin", gzip.compress(PAGE.encode()))
    assert shell.khabar("extract", path, "--json").json["refused"] is None


def test_what_is_no_page_is_refused_with_the_reason(shell: Shell) -> None:
    done = shell.khabar("extract", shell.write("noise", b"\x7fELF\x00\x01"))
    assert (done.code, done.out.splitlines()[0]) == (0, "refused:        not html")


def test_a_missing_page_does_not_stop_the_others(shell: Shell) -> None:
    done = shell.khabar("extract", "gone.html", shell.write("page.html", PAGE), "--json")
    assert (done.code, done.lines) == (1, ["khabar: gone.html: No such file or directory"])
    assert done.json["title"] == "A ferry between Alat and Aktau"


def test_control_characters_of_a_page_do_not_reach_the_terminal(shell: Shell) -> None:
    page = PAGE.replace("A ferry between", "A \x1b[31mferry\u202e &#27;[0m between")
    done = shell.khabar("extract", shell.write("page.html", page))
    assert not {"\x1b", "\u202e", "\x07"} & set(done.out)


@pytest.fixture
def batch(shell: Shell) -> str:
    """Two pages, one of them packed, and between them lines that nobody can follow."""
    shell.write("one.html", PAGE)
    shell.write("two.html.gz", gzip.compress(PAGE.encode()))
    lines = [
        json.dumps({"id": 1, "url": URL, "path": "one.html"}).encode(),
        b"\xff{",
        b"[" * 99_999,
        b"",
        json.dumps({"id": 4, "url": URL, "path": "gone.html"}).encode(),
        json.dumps({"id": 5, "path": "two.html.gz"}).encode(),
    ]
    return shell.write("pages.jsonl", b"\n".join(lines))


def test_each_line_of_a_batch_is_answered_in_order(shell: Shell, batch: str) -> None:
    done = shell.khabar("extract", "--batch", batch)
    assert [(each["id"], each["refused"]) for each in done.json_lines] == [
        (1, None),
        (None, "unreadable line"),
        (None, "unreadable line"),
        (4, "unreadable file"),
        (5, None),
    ]
