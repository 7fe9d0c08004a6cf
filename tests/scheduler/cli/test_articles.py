"""Commands on the archive: ``search``, ``show``, ``explain``, ``export``."""

from __future__ import annotations

import csv
import io
from datetime import datetime, timedelta

import pytest

from crawler.urls import identity
from storage.records import Reason
from storage.session import Storage
from tests.factories import make_article, make_tagging
from tests.scheduler.cli.shell import Shell

URL = "https://herald.example/news/1"
WEATHER = "https://herald.example/news/2"


@pytest.fixture(autouse=True)
def kept(archive: Storage) -> None:
    """An article about a tie, and one that names only one side."""
    first = make_article(url=URL, key=identity(URL), published_at=make_article().fetched_at)
    tagging = make_tagging(near_miss="both sides are named only in a list", reasons=(Reason("bias", 1.0, -7.0),))
    second = make_article(url=WEATHER, key=identity(WEATHER), title="Wind in Baku", text="It blows.", tagging=tagging)
    with archive.begin() as db:
        for article in (first, second):
            db.articles.add(article, story=None, copy_of=None)


def test_a_search_shows_one_row_a_hit(shell: Shell) -> None:
    out = shell.khabar("search", "ferry").out.splitlines()
    assert [line.split() for line in out[:2]] == [
        ["id", "date", "source", "pairs", "title"],
        ["1", "2026-11-20", "herald", "AZ-KZ", *["Baku", "and", "Astana", "agree", "on", "a", "ferry"]],
    ]
    assert out[-1] == "1 found."


def test_a_search_as_data_has_instants_in_rfc_3339(shell: Shell) -> None:
    (hit,) = shell.khabar("search", "ferry", "--pair", "az-kz", "--json").json
    assert hit["article"]["fetched_at"] == "2026-11-20T10:00:00Z"


@pytest.mark.parametrize("pair", ["AZ-KZ", "kz-az", "AZ–KZ", "az/kz"])
def test_a_pair_may_be_written_in_any_order(shell: Shell, pair: str) -> None:
    assert [hit["article"]["id"] for hit in shell.khabar("search", "ferry", "--pair", pair, "--json").json] == [1]


@pytest.mark.parametrize(
    "query",
    ['"', "AND", "NEAR(", "foo:bar*^ OR", "'; DROP TABLE articles", "%", "*", "a" * 20_000, "\x1b[2J", "-x", ""],
)
def test_no_query_is_an_error(shell: Shell, query: str) -> None:
    done = shell.khabar("search", "--", query)
    assert (done.code, done.err) == (0, "")


@pytest.mark.parametrize("name", ["1", URL, URL + "?utm_source=feed"])
def test_an_article_is_found_by_id_and_by_address(shell: Shell, name: str) -> None:
    out = shell.khabar("show", name).out.splitlines()
    assert out[0] == "Baku and Astana agree on a ferry"
    assert out[-1] == "It carries wagons to Alat."


def test_an_article_as_data(shell: Shell) -> None:
    assert shell.khabar("show", "1", "--json").json["url"] == URL


def test_what_makes_a_tie_is_explained(shell: Shell) -> None:
    out = shell.khabar("explain", "1").out
    for words in ("substantive, score 0.90", "AZ-KZ", "Baku and Astana signed it.", "Baku (AZ), Astana (KZ)"):
        assert words in out


def test_a_near_miss_is_explained_with_the_sum(shell: Shell) -> None:
    out = shell.khabar("explain", WEATHER).out
    assert "what was lacking: both sides are named only in a list" in out
    assert "-7.00" in out


def test_an_explanation_as_data_has_the_form_of_a_tagging(shell: Shell) -> None:
    explained = shell.khabar("explain", "2", "--json").json
    assert (explained["id"], explained["relevance"], explained["ties"]) == (2, "none", [])
    assert explained["reasons"] == [{"feature": "bias", "value": 1.0, "contribution": -7.0}]


def test_a_text_that_names_one_side_is_explained_too(shell: Shell) -> None:
    path = shell.write("wind.txt", "Wind in Baku\n\nStrong wind is expected in Baku on Friday.\n")
    assert "it does not name both sides" in shell.khabar("explain", path).out


@pytest.mark.parametrize("name", ["page.html", "page"])
def test_a_page_that_a_crawl_would_refuse_is_named_as_such(shell: Shell, name: str) -> None:
    path = shell.write(name, "<html><body><p>Baku and Astana</p></body></html>")
    assert shell.khabar("explain", path).out.startswith("not an article: ")


def test_the_archive_as_json_lines(shell: Shell) -> None:
    exported = shell.khabar("export").json_lines
    assert {each["url"] for each in exported} == {URL, WEATHER}
    assert exported[0]["fetched_at"] == "2026-11-20T10:00:00Z"


def test_the_relevant_part_of_the_archive_as_csv(shell: Shell) -> None:
    out = shell.khabar("export", "--format", "csv", "--relevant").out
    (row,) = csv.DictReader(io.StringIO(out, newline=""))
    assert (row["url"], row["pairs"], row["published_at"]) == (URL, "AZ-KZ", "2026-11-20T10:00:00Z")


@pytest.fixture
def corrected(archive: Storage) -> datetime:
    """When the first article was seen to be corrected; an hour later it was taken down."""
    at = make_article().fetched_at + timedelta(hours=6)
    new = make_article(text="The ferry is to leave Kuryk twice a week.\n\nIt carries \x1b[2Jwagons to Alat.")
    with archive.begin() as db:
        db.articles.revise(1, new, changed=("text",), seen_at=at)
        db.articles.mark_removed(1, at + timedelta(hours=1))
    return at


def test_what_was_changed_and_taken_down_is_told(shell: Shell, corrected: datetime) -> None:
    out = shell.khabar("show", "1").out
    assert "changed, as seen 2026-11-20 16:00 UTC: text\n" in out
    assert "taken down, as seen 2026-11-20 17:00 UTC\n" in out
    assert "leave Kuryk" in out


def test_a_change_is_shown_word_by_word(shell: Shell, corrected: datetime) -> None:
    assert shell.khabar("show", "1", "--diff").out.splitlines() == [
        "changed, as seen 2026-11-20 16:00 UTC: text",
        "The ferry is to leave [-Aktau-]{+Kuryk+} twice a week.",
        "",
        "It carries [-wagons-]{+[2Jwagons+} to Alat.",
        "taken down, as seen 2026-11-20 17:00 UTC",
    ]


def test_an_article_that_nobody_changed_has_no_difference(shell: Shell) -> None:
    assert shell.khabar("show", "1", "--diff").out == "nothing was changed since it was stored.\n"


def test_revisions_as_data_have_their_pieces(shell: Shell, corrected: datetime) -> None:
    (revision,) = shell.khabar("show", "1", "--json").json["revisions"]
    assert revision["changed"] == ["text"]
    assert {"kind": "removed", "text": "Aktau"} in revision["diff"]["text"]
