"""The data of the replica web is what it claims to be."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from tests.replica.articles import Article, load_articles
from tests.replica.outlets import load_outlets
from tests.replica.truth import REASONS, load_truth

ARTICLES = load_articles()
STORED = [article for article in ARTICLES.values() if article.stored]
RELEVANT = [article for article in STORED if article.relevance == "substantive"]
PAIRS = {"AZ-KZ", "AZ-KG", "AZ-UZ", "AZ-TM", "AZ-TJ", "AZ-C5"}
TOPICS = {
    "diplomacy", "economy-trade", "transport", "energy", "security-defence", "culture-humanitarian",
    "education-science", "tourism", "agriculture", "digital-ict", "environment", "sport", "other",
}  # fmt: skip
KINDS = {"article", "roundup", "moved", *REASONS}

CYRILLIC = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
LETTERS = {
    "az": "abcçdeəfgğhxıijkqlmnoöprsştuüvyz",
    "tk": "abçdeäfghijžklmnňoöprsştuüwyýz",
    "uz": "abcdefghijklmnopqrstuvwxyz",
    "tr": "abcçdefgğhıijklmnoöprsştuüvyzâîû",
    "ru": CYRILLIC,
    "kk": CYRILLIC + "әғқңөұүһі",
    "ky": CYRILLIC + "өүң",
    "tg": CYRILLIC + "ғӣқӯҳҷ",
}
FOREIGN = {"SOCAR", "Brent", "SOCAR-yň", "Prix'si", "Teksas", "QR-kod", "E-Permit"}

HOME = r"azer|azər|ozarb|азерб|әзерб|озарб|bak[uıü]|boku|баку|боку|socar|алят|әлят|alat|ələt"
OTHERS = {
    "KZ": r"kazak|qazax|gazag|qozog|казах|қазақ|қазоқ|astana|астан|алмат|aktau|ақтау|актау|kuryk|курык|bautino",
    "KG": r"kyrgyz|qırğız|gyrgyz|qirg|кыргыз|bishkek|bişkek|бишкек|issyk|иссык",
    "UZ": r"uzbek|özbə|özbek|o‘zb|узбек|өзбек|tashkent|toshkent|daşkənd|ташкент|ustyurt",
    "TM": r"turkmen|türkmən|türkmen|туркмен",
    "TJ": r"taji|tacik|таджик|тоҷик|душанбе|dushanbe|düşənbə",
    "C5": r"central asia|markaziy osiyo|orta asya|центральн\w+ ази",
}


def words(article: Article) -> str:
    return f"{article.title} {' '.join(article.paragraphs)}"


def fold(text: str) -> str:
    return text.replace("İ", "i").casefold()


def test_there_are_enough_articles_outlets_and_languages() -> None:
    stored = load_truth().stored

    assert len(stored) >= 120
    assert len({article.outlet for article in stored}) >= 10
    assert {article.lang for article in stored} >= {"en", "ru", "az", "kk", "ky", "uz", "tr", "tg", "tk"}


def test_relevant_ones_are_the_smaller_part_and_tell_many_stories() -> None:
    truth = load_truth()

    assert 35 <= len(truth.relevant) < len(truth.stored) / 2
    assert len(truth.stories) >= 20
    assert {pair for article in truth.relevant for pair in article.pairs} == PAIRS
    assert sum(article.relevance == "passing" for article in truth.stored) >= 10


def test_most_relevant_articles_are_of_the_last_twenty_hours() -> None:
    fresh = [article for article in RELEVANT if not article.held and article.hours_ago <= 20]

    assert len(fresh) > 0.7 * len(RELEVANT)


@pytest.mark.parametrize("article", STORED, ids=lambda article: article.key)
def test_a_stored_article_is_long_enough_and_repeats_no_paragraph(article: Article) -> None:
    assert len(article.paragraphs) >= 4
    assert len(set(article.paragraphs)) == len(article.paragraphs)
    assert len(" ".join(article.paragraphs)) >= 600


def test_a_paragraph_stands_in_two_articles_only_where_one_copies_the_other() -> None:
    found = Counter(paragraph for article in STORED if not article.copy_of for paragraph in article.paragraphs)

    assert [paragraph for paragraph, count in found.items() if count > 1] == []


@pytest.mark.parametrize("article", ARTICLES.values(), ids=lambda article: article.key)
def test_labels_are_complete(article: Article) -> None:
    assert article.kind in KINDS
    assert article.stored == (article.kind not in REASONS)
    assert article.section in load_outlets()[article.outlet].sections
    assert re.fullmatch(r"[a-z0-9-]+", article.slug)
    assert article.why
    assert set(article.pairs) <= PAIRS
    assert set(article.side_pairs) <= PAIRS - set(article.pairs)
    assert set(article.topics) <= TOPICS
    assert bool(article.pairs) == bool(article.topics) == (article.relevance != "none")
    assert bool(article.story) == (article.relevance == "substantive")


@pytest.mark.parametrize("article", RELEVANT, ids=lambda article: article.key)
def test_a_relevant_article_names_both_sides(article: Article) -> None:
    text = fold(words(article))

    assert re.search(HOME, text)
    for pair in article.pairs:
        assert re.search(OTHERS[pair.partition("-")[2]], text), pair


def test_no_outlet_tells_a_story_twice_in_one_language() -> None:
    told = Counter((article.outlet, article.lang, article.story) for article in RELEVANT if not article.held)

    assert [where for where, count in told.items() if count > 1] == []


def test_copies_repeat_an_article_that_is_there_and_older() -> None:
    for article in ARTICLES.values():
        if article.copy_of:
            original = ARTICLES[article.copy_of]
            assert original.hours_ago > article.hours_ago
            assert len(set(original.paragraphs) & set(article.paragraphs)) >= 4


def test_redirects_to_another_host_lead_to_an_article_that_is_there() -> None:
    for article in ARTICLES.values():
        assert bool(article.target) == (article.kind == "away")
        assert not article.target or not ARTICLES[article.target].held


@pytest.mark.parametrize(
    "article", [article for article in STORED if article.lang in LETTERS], ids=lambda article: article.key
)
def test_every_letter_belongs_to_the_language(article: Article) -> None:
    text = " ".join(word for word in words(article).split() if word.strip("«»“”‘’',.:;()—–") not in FOREIGN)
    text = text.replace("İ", "i").replace("I", "ı") if article.lang in {"az", "tr"} else text
    letters = {letter for letter in text.lower() if letter.isalpha() and letter not in "‘’ʻʼ"}

    assert letters - set(LETTERS[article.lang]) - set("x" if article.lang == "tr" else "") == set()


def test_windows_1251_has_all_letters_of_the_site_that_uses_it() -> None:
    for article in ARTICLES.values():
        if load_outlets()[article.outlet].charset == "windows-1251":
            assert words(article).encode("windows-1251")


def test_no_feed_is_too_shallow_for_what_is_out_at_the_start() -> None:
    for outlet in load_outlets().values():
        for feed in outlet.feeds:
            out = [
                article
                for article in ARTICLES.values()
                if article.outlet == outlet.id and not article.held and feed.lang in {None, article.lang}
            ]
            assert feed.depth == 0 or feed.format == "html" or len(out) <= feed.depth
