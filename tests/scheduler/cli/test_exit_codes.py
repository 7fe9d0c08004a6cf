"""A known error is one line on stderr and 1; wrong usage is 2; never a traceback."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from tests.scheduler.cli.shell import Shell

KNOWN = [
    (("--config", "gone.toml", "status"), "gone.toml: cannot be read"),
    (("--config", ".", "status"), "cannot be read: Is a directory"),
    (("show", "7"), "7: no such article in the archive"),
    (("show", "²"), "²: no such article"),
    (("show", "99999999999999999999"), "no such article"),
    (("show", "http://["), "no such article"),
    (("explain", "gone.txt"), "gone.txt: no such article in the archive"),
    (("explain", "."), "no such article"),
    (("crawl", "nosuch"), "nosuch: no such source"),
    (("sources", "try", "nosuch"), "nosuch: no such source"),
    (("sources", "check", "gone.toml"), "gone.toml: cannot be read"),
    (("sources", "import", "gone.opml"), "gone.opml: No such file or directory"),
    (("sources", "import", "."), "Is a directory"),
    (("sources", "import", "noise"), "noise: is not valid OPML"),
    (("tag", "gone.jsonl"), "gone.jsonl: No such file or directory"),
    (("tag", "."), "Is a directory"),
    (("tag", "noise"), "noise: is not text in UTF-8"),
    (("tag", "/dev/zero"), "/dev/zero: is larger than 32 MB"),
    (("group", "gone.jsonl"), "gone.jsonl: No such file or directory"),
    (("explain", "noise"), "noise: is not text in UTF-8"),
    (("extract", "gone.html"), "gone.html: No such file or directory"),
    (("extract", "cut.gz"), "cut.gz: is damaged"),
    (("extract", "http://"), "http://: no host"),
    (("extract", "http://["), "Invalid IPv6 URL"),
    (("extract", "--batch", "gone.jsonl"), "gone.jsonl: No such file or directory"),
    (("init",), "khabar.toml: is there already"),
    (("init", "gone/khabar.toml"), "cannot be written"),
    (("db", "check"), "does not exist; `khabar db upgrade` makes it"),
    (("db", "backup", "copy.db"), "does not exist"),
    (("digest", "--out", "khabar.toml"), "cannot be written"),
]
WRONG = [
    ("nosuch",),
    ("show",),
    ("digest", "--format", "pdf"),
    ("digest", "--on", "2026-13-01"),
    ("digest", "--on", "2999-01-01"),
    ("export", "--format", "xml"),
    ("export", "--since", "999999w"),
    ("search", "x", "--since", "yesterday"),
    ("search", "x", "--limit", "0"),
    ("search", "x", "--pair", "AZ-FR"),
    ("crawl", "--since", "3y"),
    ("crawl", "--limit", "0"),
    ("extract",),
    ("extract", "a.html", "--batch", "b.jsonl"),
    ("extract", "a.html", "b.html", "--url", "https://herald.example/1"),
    ("extract", "a.html", "--url", "http://["),
]


@pytest.mark.parametrize(("arguments", "words"), KNOWN, ids=lambda value: " ".join(value))
def test_a_known_error_is_one_line(shell: Shell, arguments: tuple[str, ...], words: str) -> None:
    shell.write("noise", b"\x80\x81\x00\xff" * 50)
    shell.write("cut.gz", b"\x1f\x8b\x08\x00\x00")
    done = shell.khabar(*arguments)
    told = [line for line in done.lines if not line.endswith("1 mistake")]
    assert (done.code, len(told), words in told[0]) == (1, 1, True), done.err


@pytest.mark.parametrize("arguments", WRONG, ids=" ".join)
def test_wrong_usage_is_told_with_the_way_to_the_help(shell: Shell, arguments: tuple[str, ...]) -> None:
    done = shell.khabar(*arguments)
    assert (done.code, done.out, "Error: " in done.err) == (2, "", True), done.err


@pytest.mark.parametrize("command", ["status", "crawl", "digest", "search", "export", "tag"])
def test_unknown_keys_are_all_told_before_anything_is_done(shell: Shell, command: str) -> None:
    shell.write("khabar.toml", "[crawl]\ndelay = 1\n[nonsense]\n")
    done = shell.khabar(command)
    assert done.code == 1
    assert [line.rpartition("khabar.toml: ")[2] for line in done.lines] == [
        "line 2: crawl.delay: unknown key",
        "line 3: nonsense: unknown key",
    ]


@pytest.mark.parametrize("arguments", [("status",), ("crawl",), ("digest",), ("search", "x"), ("db", "check")])
def test_a_file_that_is_no_database_is_left_as_it_is(shell: Shell, arguments: tuple[str, ...]) -> None:
    shell.write("khabar.db", b"noise" * 999)
    done = shell.khabar(*arguments)
    assert (done.code, len(done.lines)) == (1, 1), done.err
    assert (shell.folder / "khabar.db").read_bytes() == b"noise" * 999


@pytest.mark.parametrize("command", ["status", "crawl"])
def test_a_database_of_a_newer_program_is_named(shell: Shell, command: str) -> None:
    assert shell.khabar("db", "upgrade").code == 0
    with closing(sqlite3.connect(shell.folder / "khabar.db")) as database, database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    done = shell.khabar(command)
    assert done.code == 1
    assert "written by a newer Khabar" in done.err


def test_an_error_cannot_steer_the_terminal(shell: Shell) -> None:
    done = shell.khabar("show", "\x1b[31m\u202ered\x07")
    assert done.lines == ["khabar: [31mred: no such article in the archive"]


def test_the_version_needs_no_command(shell: Shell) -> None:
    assert shell.khabar("--version").out.startswith("khabar 0.")
