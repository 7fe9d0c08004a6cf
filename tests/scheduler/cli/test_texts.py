"""``khabar tag`` and ``khabar group``: files of both kinds and standard input in, JSON Lines out."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.scheduler.cli.shell import Shell

TITLE = "Baku and Astana sign a transit agreement"
TEXT = "Azerbaijan and Kazakhstan signed an agreement on transit through the Caspian Sea in Baku on Monday."


def line(**values: Any) -> str:
    return json.dumps({"id": "a", "title": TITLE, "text": TEXT} | values) + "\n"


def test_an_answer_has_the_promised_form(shell: Shell) -> None:
    (answer,) = shell.khabar("tag", stdin=line().encode()).json_lines
    assert {"id", "relevance", "score", "lang", "ties", "topics", "near_miss"} <= set(answer)
    assert (answer["id"], answer["relevance"], answer["lang"]) == ("a", "substantive", "en")
    (tie,) = answer["ties"]
    assert {"pair", "score", "topics", "evidence"} <= set(tie)
    assert tie["pair"] == ["AZ", "KZ"]


def test_offsets_point_into_title_and_text(shell: Shell) -> None:
    (answer,) = shell.khabar("tag", "-", stdin=line().encode()).json_lines
    whole = f"{TITLE}\n\n{TEXT}"
    for evidence in answer["ties"][0]["evidence"]:
        assert whole[evidence["start"] : evidence["end"]] == evidence["sentence"]
        for mention in evidence["mentions"]:
            assert set(mention) == {"text", "entity", "country", "start", "end"}
            assert whole[mention["start"] : mention["end"]] == mention["text"]


@pytest.mark.parametrize("name", ["story.txt", "story.md", "story"])
def test_a_text_file_is_one_article(shell: Shell, name: str) -> None:
    path = shell.write(name, f"\ufeff{TITLE}\n\n{TEXT}\n")
    (answer,) = shell.khabar("tag", path).json_lines
    assert (answer["id"], answer["relevance"]) == ("story", "substantive")


@pytest.mark.parametrize("name", ["articles.jsonl", "articles.NDJSON", "articles"])
def test_a_file_of_json_lines_is_known_by_its_name_or_its_first_character(shell: Shell, name: str) -> None:
    path = shell.write(name, "\ufeff" + line(id=1) + "\n" + line(id=2).rstrip())
    assert [answer["id"] for answer in shell.khabar("tag", path).json_lines] == [1, 2]


def test_files_and_standard_input_are_answered_in_order(shell: Shell) -> None:
    text = shell.write("first.txt", TEXT)
    done = shell.khabar("tag", text, "-", stdin=line(id="second").encode())
    assert [answer["id"] for answer in done.json_lines] == ["first", "second"]


@pytest.mark.parametrize("command", ["tag", "group"])
def test_nothing_in_nothing_out(shell: Shell, command: str) -> None:
    done = shell.khabar(command, stdin=b"\n \n")
    assert (done.code, done.out, done.err) == (0, "", "")


@pytest.mark.parametrize("command", ["tag", "group"])
@pytest.mark.parametrize("bad", [b"{", b"\xff\xfe", b"[1]", b'"s"', b"null", b"[" * 99_999, b'{"id": "x", "text": 5}'])
def test_a_bad_line_is_answered_and_stops_nothing(shell: Shell, command: str, bad: bytes) -> None:
    done = shell.khabar(command, stdin=bad + b"\n" + line(id="good").encode())
    wrong, right = done.json_lines
    assert "line 1" in wrong["error"]
    assert (right["id"], "error" in right) == ("good", False)
    assert (done.code, done.lines) == (1, ["khabar: 1 line could not be read"])


def test_a_line_without_end_is_an_error_and_not_a_full_memory(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scheduler.texts.LONGEST_LINE", 1000)
    done = shell.khabar("tag", stdin=line().encode() + b"x" * 2000)
    assert (done.code, len(done.json_lines)) == (1, 1)
    assert "standard input: line 2 is longer than" in done.err


def test_what_no_encoding_can_write_comes_out_escaped(shell: Shell) -> None:
    done = shell.khabar("tag", stdin=b'{"id": "\\ud800\\u009b\\u202e", "text": "x\\u0000"}\n')
    assert done.code == 0
    assert '"id": "\\ud800\\u009b\\u202e"' in done.out


def test_copies_and_stories_are_named_by_their_first_article(shell: Shell) -> None:
    other = (
        "Farmers of the Issyk-Kul region have harvested a third more apples than in the last year, says the ministry."
    )
    given = line(id="a", outlet="one") + line(id="b", outlet="two") + line(id="c", title="Apples", text=other)
    done = shell.khabar("group", stdin=given.encode())
    assert done.json_lines == [
        {"id": "a", "story": "a", "copy_of": None},
        {"id": "b", "story": "a", "copy_of": "a"},
        {"id": "c", "story": "c", "copy_of": None},
    ]
