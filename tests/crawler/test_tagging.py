"""A roundup counts with the brief that holds the tie. All texts are ours."""

from __future__ import annotations

from crawler.tagging import UNRELATED, tag_by_kind
from crawler.ties.tagger import load_tagger
from storage.records import ArticleKind, Relevance, Tagging

TITLE = "The week in brief: a ferry, a museum and a fine"
TIE = (
    "Azerbaijan and Kazakhstan signed an agreement on a ferry line between Alat and Kuryk. The ministers of transport "
    "of both countries said that it will carry two million tons of grain a year from Kazakhstan to Azerbaijan."
)
APART = (
    "A museum of the caravan trade opened in Sheki, Azerbaijan, with saddlebags on loan from private collections.",
    "Uzbekistan banned cars from two streets of Tashkent, and shopkeepers lost their case by three votes.",
    "A court in Aktobe upheld a fine of a poultry farm for the smell that had annoyed its neighbours for years.",
)


def tag(*briefs: str, kind: ArticleKind = ArticleKind.ROUNDUP) -> Tagging:
    return tag_by_kind(load_tagger(), TITLE, "\n\n".join(briefs), kind=kind)


def test_only_the_brief_that_holds_the_tie_makes_pairs() -> None:
    tagging = tag(APART[0], APART[1], TIE, APART[2])
    assert [tie.pair for tie in tagging.ties] == ["AZ-KZ"]
    assert tagging.relevance is Relevance.SUBSTANTIVE


def test_evidence_stands_where_its_offsets_say() -> None:
    briefs = (APART[0], "Ferry", TIE, APART[2])
    whole = f"{TITLE}\n\n" + "\n\n".join(briefs)
    tagging = tag(*briefs)
    for evidence in tagging.ties[0].evidence:
        assert whole[evidence.start : evidence.end] == evidence.sentence
        for mention in evidence.mentions:
            assert whole[mention.start : mention.end] == mention.text
    for figure in tagging.figures:
        assert whole[figure.start : figure.end] == figure.text


def test_sides_in_different_briefs_make_no_tie() -> None:
    tagging = tag(*APART)
    assert (tagging.relevance, tagging.ties) == (Relevance.NONE, ())


def test_an_article_is_tagged_whole() -> None:
    whole = load_tagger().tag(TITLE, f"{APART[0]}\n\n{TIE}")
    assert tag(APART[0], TIE, kind=ArticleKind.ARTICLE) == whole


def test_what_is_a_tie_only_of_the_whole_is_a_near_miss_of_its_briefs() -> None:
    title = "Azerbaijan and Kazakhstan sign an agreement on a ferry line: the week in brief"
    tagging = tag_by_kind(load_tagger(), title, "\n\n".join(APART), kind=ArticleKind.ROUNDUP)
    assert load_tagger().tag(title, "\n\n".join(APART)).relevance is not Relevance.NONE
    assert (tagging.relevance, tagging.near_miss) == (Relevance.NONE, UNRELATED)
