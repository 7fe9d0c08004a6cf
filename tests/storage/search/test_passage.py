from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.search.passage import LONGEST_PASSAGE, Finder, passage
from storage.search.query import read_query

FILLER = "Nothing of this matters to the reader of the report. " * 20


def show(text: str, query: str) -> str:
    return passage(text, Finder(read_query(query)))


@pytest.mark.parametrize(
    ("text", "query", "shown"),
    [
        ("The ferry leaves Aktau.", "ferry", "The [[ferry]] leaves Aktau."),
        ("The ferry leaves Aktau.", "AQTAU Ferry", "The [[ferry]] leaves [[Aktau]]."),
        ("Назарбаев прибыл в Баку.", "Nazarboyev baku", "[[Назарбаев]] прибыл в [[Баку]]."),
        ("Oʻzbekiston va Qozogʻiston", "o'zbekiston", "[[Oʻzbekiston]] va Qozogʻiston"),
        ("Türkiye'nin gəmisi", "türkiye", "[[Türkiye'nin]] gəmisi"),
        ("Ferries and ferrymen", "ferr*", "[[Ferries]] and [[ferrymen]]"),
        ("The\nferry\n\n\tleaves", "ferry", "The [[ferry]] leaves"),
        ("The ferry leaves Aktau.", "port", "The ferry leaves Aktau."),
        ("", "port", ""),
    ],
)
def test_found_words_are_marked_in_the_spelling_of_the_text(text: str, query: str, shown: str) -> None:
    assert show(text, query) == shown


def test_a_passage_begins_a_little_before_the_first_found_word() -> None:
    shown = show(f"{FILLER}The ferry leaves Aktau. {FILLER}", "ferry")

    assert re.fullmatch(r"… .{20,60}The \[\[ferry\]\] leaves Aktau\. .+ …", shown)


def test_a_passage_shows_as_many_terms_as_it_can() -> None:
    text = f"A ferry. {FILLER}A ferry. {FILLER}A ferry to Aktau. {FILLER}"

    assert "[[ferry]] to [[Aktau]]" in show(text, "aktau ferry")


def test_without_a_query_the_passage_is_the_start() -> None:
    assert show(FILLER, "").startswith("Nothing of this matters")


@pytest.mark.parametrize("text", [FILLER, "x" * 5_000, "ferry " * 5_000, "ferry" + "x" * 5_000])
def test_a_passage_is_short(text: str) -> None:
    shown = show(text, "ferry").replace("[[", "").replace("]]", "")

    assert len(shown) <= LONGEST_PASSAGE + len("… ") + len(" …")


@given(st.text(st.sampled_from("aA bəɣ'[].*\"\n"), max_size=600), st.text(st.sampled_from("aAbə '*\""), max_size=20))
def test_a_passage_is_a_part_of_the_text(text: str, query: str) -> None:
    shown = show(text.replace("[", "").replace("]", ""), query)

    bare = shown.removeprefix("… ").removesuffix(" …").replace("[[", "").replace("]]", "").split()
    assert " ".join(bare) in " ".join(text.replace("[", "").replace("]", "").split())
