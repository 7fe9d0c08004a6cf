"""K. Configuration and source files that are wrong: refused at once, with the place of every mistake."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.battery.conftest import Figure
from tests.scheduler.cli.conftest import shell  # noqa: F401 - a fixture
from tests.scheduler.cli.shell import Shell

GOOD = '[herald]\nname = "The Herald"\nlanguage = "en"\nfeeds = ["https://herald.example/rss"]\n'
FILES: dict[str, tuple[str | bytes, str]] = {
    "unknown key": ("[crawl]\nsources = []\ndelay = 1\n", "line 3: crawl.delay: unknown key"),
    "unknown section": ("[crawls]\n", "line 1: crawls: unknown key"),
    "wrong type": ('[crawl]\n\nworkers = "many"\n', "line 3: crawl.workers"),
    "out of range": ("[crawl]\npage_seconds = -1\n", "line 2: crawl.page_seconds"),
    "not a number": ("[crawl]\npage_seconds = nan\n", "line 2: crawl.page_seconds"),
    "infinite": ("[crawl]\ntimeout_seconds = inf\n", "line 2: crawl.timeout_seconds"),
    "bad network": ('[crawl]\nallow_addresses = ["10.0.0.0/40"]\n', "line 2: crawl.allow_addresses"),
    "unknown zone": ('[digest]\nzone = "Asia/Astana"\n', "did you mean Asia/Almaty?"),
    "zone outside": ('[digest]\nzone = "../../etc/passwd"\n', "line 2: digest.zone"),
    "unknown format": ('[digest]\nformats = ["pdf"]\n', "line 2: digest.formats"),
    "bad port": ("[email]\nport = 0\n", "line 2: email.port"),
    "bad database": ('[database]\nurl = "${DATABASE}"\n', "is not a URL"),
    "other database": ('[database]\nurl = "mysql://u:secret@h/d"\n', "neither SQLite nor PostgreSQL"),
    "section as value": ("crawl = 1\n", "crawl"),
    "section as list": ("[[crawl]]\n", "crawl"),
    "broken table": ("[crawl\n", "is not valid TOML"),
    "broken text": ('[crawl]\nuser_agent = "x\n', "line 2"),
    "twice": ("[crawl]\nworkers = 1\nworkers = 2\n", "line 3"),
    "table twice": ("[crawl]\n[crawl]\n", "line 2"),
    "tab in a key": ("[crawl]\nwor\tkers = 1\n", "line 2"),
    "control character": ("[crawl]\n# \x00\n", "is not valid TOML"),
    "not unicode": ('[crawl]\nuser_agent = "жаңа"\n'.encode("cp1251", "replace"), "line 2: is not UTF-8"),
    "ten megabytes": (b"# padding\n" * 1_000_000, "is larger than"),
    "nested": ("x = " + "[" * 100_000, "is n"),
    "nested tables": ("[" + ".".join("a" * 20_000) + "]\n", "a"),
    "yaml": ("crawl: &a [*a, *a]\n!!python/object/apply:os.system ['touch opened']\n", "is not valid TOML"),
    "sources missing": ('[crawl]\nsources = ["gone.toml"]\n', "gone.toml: cannot be read"),
    "sources twice": ('[crawl]\nsources = ["twice.toml"]\n', "twice.toml:5: "),
    "source address": ('[crawl]\nsources = ["address.toml"]\n', "address.toml:4: [herald] feeds"),
    "source as program": ('[crawl]\nsources = ["program.toml"]\n', "program.toml:1"),
}
SOURCES = {
    "twice.toml": GOOD + GOOD.replace("The", "Another"),
    "address.toml": GOOD.replace("https://herald.example/rss", "file:///etc/passwd"),
    "program.toml": "import os\nos.system('touch opened')\n",
}


@pytest.mark.parametrize("name", list(FILES))
def test_093_broken_configuration(shell: Shell, figure: Figure, name: str) -> None:  # noqa: F811
    content, said = FILES[name]
    for file, text in SOURCES.items():
        shell.write(file, text)
    shell.write("khabar.toml", content)
    before = set(shell.folder.iterdir())
    began = time.process_time()
    done = shell.khabar("status")
    figure("longest s", time.process_time() - began, at_most=2)
    assert done.code == 1, done.out
    assert said in done.err
    assert "Traceback" not in done.err
    assert "secret" not in done.err
    assert set(shell.folder.iterdir()) == before


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf[crawl]\nworkers = 1\n", b"\t[crawl]\t\r\n\tworkers\t=\t1\r\n"])
def test_093_odd_but_right(shell: Shell, content: bytes) -> None:  # noqa: F811
    shell.write("khabar.toml", content)
    assert shell.khabar("status").code == 0


def test_093_all_mistakes_at_once(shell: Shell) -> None:  # noqa: F811
    shell.write("khabar.toml", '[crawl]\ndelay = 1\nworkers = -1\n[digest]\nzone = "x"\n[what]\n')
    assert len(shell.khabar("crawl").lines) == 4


def test_093_a_folder_as_configuration(shell: Shell) -> None:  # noqa: F811
    Path(shell.folder / "folder").mkdir()
    assert "cannot be read: Is a directory" in shell.khabar("--config", "folder", "status").err
