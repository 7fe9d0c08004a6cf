"""``khabar mark``, and what search, show, explain, export and the digest make of it."""

from __future__ import annotations

import json

import pytest

from crawler.urls import identity
from storage.records import Relevance
from storage.session import Storage
from tests.factories import NOW, make_article, make_tagging
from tests.scheduler.cli.shell import Shell

TIED = "https://herald.example/news/1"
UNTIED = "https://herald.example/news/2"


@pytest.fixture(autouse=True)
def kept(archive: Storage) -> None:
    """Article 1 with a tie, in a story; article 2 without one."""
    with archive.begin() as db:
        first = make_article(url=TIED, key=identity(TIED), published_at=NOW)
        db.articles.add(first, story=db.stories.open(NOW), copy_of=None)
        text = "Azerbaijan and Uzbekistan will build a solar park at Navoi together, the ministry of energy says."
        tagging = make_tagging(near_miss="only in a list")
        second = make_article(
            url=UNTIED, key=identity(UNTIED), title="A solar park", text=text, tagging=tagging, published_at=NOW
        )
        db.articles.add(second, story=None, copy_of=None)


def ids(shell: Shell, *filters: str) -> list[int]:
    return [hit["article"]["id"] for hit in shell.khabar("search", *filters, "--json").json]


def digest(shell: Shell) -> str:
    assert shell.khabar("digest", "--on", "2026-11-20", "--format", "txt").code == 0
    return (shell.folder / "digests" / "khabar-2026-11-20.txt").read_text(encoding="utf-8")


def test_what_is_marked_irrelevant_is_in_no_digest_and_no_search_for_its_pair(shell: Shell) -> None:
    assert "agree on a ferry" in digest(shell)
    done = shell.khabar("mark", "1", "irrelevant", "--note", "a namesake")
    assert (done.code, done.out) == (0, "1: marked irrelevant: Baku and Astana agree on a ferry\n")
    assert "agree on a ferry" not in digest(shell)
    assert ids(shell, "--pair", "AZ-KZ") == []


def test_what_is_marked_relevant_is_in_the_digest(shell: Shell) -> None:
    done = shell.khabar("mark", UNTIED, "relevant", "--pair", "uz-az", "--topic", "Energy")
    assert done.out == "2: marked relevant; AZ-UZ; energy: A solar park\n"
    assert ids(shell, "--pair", "AZ-UZ", "--topic", "energy") == [2]
    forms = ("html", "txt", "md", "json", "atom")
    assert shell.khabar("digest", "--on", "2026-11-20", "--format", ",".join(forms)).code == 0
    told = json.loads((shell.folder / "digests" / "khabar-2026-11-20.json").read_text(encoding="utf-8"))
    assert "A solar park" in json.dumps(told["stories"])


def test_a_marked_article_joins_a_story_and_leaves_it(shell: Shell, archive: Storage) -> None:
    shell.khabar("mark", "2", "relevant", "--pair", "AZ-UZ")
    shell.khabar("mark", "1", "irrelevant")
    with archive.read() as db:
        first, second = db.articles.get(1), db.articles.get(2)
    assert first
    assert second
    assert (first.story_id, second.story_id) == (None, 2)
    assert second.tagging.relevance is Relevance.SUBSTANTIVE


def test_a_mark_stays_after_retagging(shell: Shell) -> None:
    shell.khabar("mark", "1", "irrelevant")
    assert shell.khabar("retag", "--yes").code == 0
    assert shell.khabar("show", "1", "--json").json["tagging"]["relevance"] == "none"
    assert ids(shell, "--pair", "AZ-KZ") == []


def test_both_opinions_are_shown_and_explained(shell: Shell) -> None:
    shell.khabar("mark", "1", "passing", "--note", "only\x1b[2J a venue")
    for command in ("show", "explain"):
        told = shell.khabar(command, "1").out
        assert "marked passing by you on 20" in told
        assert "a venue); the tagger says substantive 0.90" in told
        assert "\x1b" not in told
    explained = shell.khabar("explain", "1", "--json").json
    assert (explained["relevance"], explained["mark"]["verdict"]) == ("substantive", "passing")
    shown = shell.khabar("show", "1", "--json").json
    assert (shown["tagging"]["relevance"], shown["by_tagger"]["relevance"]) == ("passing", "substantive")


def test_marks_are_listed(shell: Shell) -> None:
    assert shell.khabar("mark", "--list").out == "nothing is marked.\n"
    shell.khabar("mark", "1", "irrelevant", "--note", "a namesake")
    row = shell.khabar("mark", "--list").out.splitlines()[1].split()
    assert (row[0], row[1], row[-1]) == ("1", "irrelevant", "namesake")
    (listed,) = shell.khabar("mark", "--list", "--json").json
    assert (listed["id"], listed["verdict"], listed["tagger"]["relevance"]) == (1, "irrelevant", "substantive")


def test_a_mark_is_taken_away(shell: Shell) -> None:
    shell.khabar("mark", "1", "irrelevant")
    done = shell.khabar("mark", "1", "--remove")
    assert done.out.startswith("1: not marked; the tagger says substantive; AZ-KZ; transport")
    assert ids(shell, "--pair", "AZ-KZ") == [1]
    assert shell.khabar("mark", "--list", "--json").json == []


@pytest.mark.parametrize(
    ("arguments", "code", "problem"),
    [
        ((), 2, "name an article"),
        (("1",), 2, "relevant, passing, irrelevant"),
        (("1", "great"), 2, "great"),
        (("1", "irrelevant", "--pair", "AZ-KZ"), 2, "no pair"),
        (("1", "relevant", "--pair", "AZ-FR"), 2, "none of AZ-KZ"),
        (("1", "relevant", "--topic", "chess"), 2, "none of diplomacy"),
        (("1", "relevant", "--remove"), 2, "stand alone"),
        (("1", "--list"), 2, "stand alone"),
        (("2", "relevant"), 1, "khabar: 2: the tagger found no pair in it"),
        (("99", "relevant"), 1, "khabar: 99: no such article"),
        (("99", "--remove"), 1, "khabar: 99: no such article"),
    ],
)
def test_what_cannot_be_marked_is_told(shell: Shell, arguments: tuple[str, ...], code: int, problem: str) -> None:
    done = shell.khabar("mark", *arguments)
    assert (done.code, problem in done.err) == (code, True), done.err
    assert shell.khabar("mark", "--list", "--json").json == []


def test_marks_are_exported_as_labelled_articles(shell: Shell) -> None:
    shell.khabar("mark", "1", "passing", "--note", "why")
    shell.khabar("mark", "2", "irrelevant")
    lines = shell.khabar("export", "--marks").json_lines
    assert [(line["id"], line["label"], line["countries"]) for line in lines] == [("1", 1, ["KZ"]), ("2", 0, [])]
    assert (lines[0]["note"], lines[0]["url"]) == ("why", TIED)
    shell.write("mine.jsonl", "".join(json.dumps(line) + "\n" for line in lines))
    assert "substantive" in shell.khabar("evaluate", "mine.jsonl").out


@pytest.mark.parametrize("more", [("--format", "csv"), ("--relevant",)])
def test_marks_have_one_form(shell: Shell, more: tuple[str, ...]) -> None:
    assert shell.khabar("export", "--marks", *more).code == 2


def test_marks_are_in_a_backup(shell: Shell) -> None:
    shell.khabar("mark", "1", "irrelevant")
    shell.khabar("db", "backup", "copy.db")
    shell.write("copy.toml", '[database]\nurl = "sqlite:///copy.db"\n')
    assert [each["id"] for each in shell.khabar("--config", "copy.toml", "mark", "--list", "--json").json] == [1]
