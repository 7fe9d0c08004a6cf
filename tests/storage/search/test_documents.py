from __future__ import annotations

import hashlib

import pytest

from storage.folding import name_key, plain_word
from storage.records import Relevance, SearchQuery
from storage.search.documents import LONGEST_FACET, document_of, wanted_facets
from tests.factories import make_article, make_tagging, make_tie

SPELLINGS = """
İstanbul ISPARTA ırmak Azərbaycan şirkətləri Türkiye'nin Azerbaijan's oʻzbek o'zbek ўзбек Тошкентда иқтисодиёт поезд
маълум объект Мирзиёев täzeýol Straße Тоқаев Әлиев Ақтау ынтымақтастығы Кыргызстан Тоҷикистон ҳамкорӣ Berdimuhamedow
Qazaxıstan Qozogʻiston Gazagystan Казахстан Daşkənd Heydər Гейдар Hacıyev Aşqabad Ашхабад Şuşa Shusha 24kg x5 don't
"""


def test_the_reduced_forms_are_those_that_are_indexed() -> None:
    """When this fails, archives hold other forms than searches look for: add a migration that indexes them anew."""
    forms = [f"{plain_word(word)} {name_key(word)}" for word in SPELLINGS.split()]

    assert hashlib.sha256("\n".join(forms).encode()).hexdigest()[:16] == "7fd50539c82f0070"


def test_a_document_holds_title_text_and_names() -> None:
    document = document_of(make_article(title="A Ferry", standfirst="From Baku.", text="It sails."))

    assert document.title == (("a", None), ("ferry", "≡fery"))
    assert document.body == (("from", "≡from"), ("baku", "≡baku"), ("it", "≡it"), ("sails", None))


def test_facets_are_what_can_be_filtered_by() -> None:
    article = make_article(source="24.kg", lang="ky", tagging=make_tagging("KG", "C5", topics=("energy",)))

    assert document_of(article).facets == (
        "§source·24·2e·kg",
        "§relevance·substantive",
        "§lang·ky",
        "§pair·az·2d·kg",
        "§pair·az·2d·c5",
        "§topic·energy",
        "§topic·transport",
    )


@pytest.mark.parametrize(
    "query",
    [
        SearchQuery(source="Herald"),
        SearchQuery(lang="en"),
        SearchQuery(pair="az-kz", topic="transport"),
        SearchQuery(relevance=Relevance.SUBSTANTIVE),
        SearchQuery(),
    ],
)
def test_a_filter_wants_facets_that_a_fitting_article_has(query: SearchQuery) -> None:
    assert set(wanted_facets(query)) <= set(document_of(make_article()).facets)


@pytest.mark.parametrize("other", ["a_b", "a b", "a'b", "ab", "a2d·b", "x" * 500])
def test_two_values_are_two_facets_that_are_short(other: str) -> None:
    (first,), (second,) = wanted_facets(SearchQuery(source="a-b")), wanted_facets(SearchQuery(source=other))

    assert first != second
    assert len(second) < LONGEST_FACET + 20


def test_two_ties_of_one_pair_are_one_facet() -> None:
    document = document_of(make_article(tagging=make_tagging("KZ", ties=(make_tie("KZ"), make_tie("KZ")))))

    assert [facet for facet in document.facets if "pair" in facet] == ["§pair·az·2d·kz"]
