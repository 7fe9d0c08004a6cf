from __future__ import annotations

from collections.abc import Iterator

import pytest

from storage.records import SearchQuery
from storage.session import Storage, open_storage
from tests.factories import make_article
from tests.postgres import empty_tables

ARTICLES = {
    "ru": ("Назарбаев посетил Баку", "Первый президент Казахстана обсудил Средний коридор."),
    "en": ("A ferry from Aktau", "Ilham Aliyev met Shavkat Mirziyoyev. The middle corridor grows."),
    "az": ("Qazaxıstan nefti", "İlham Əliyev Daşkənddə çıxış etdi. ŞUŞA bəyannaməsi imzalandı."),
    "uz-latn": ("Toshkentda uchrashuv", "Oʻzbekiston va Ozarbayjon iqtisodiyot vazirlari."),
    "uz-cyrl": ("Тошкентда учрашув", "Ўзбекистон ва Озарбайжон иқтисодиёт вазирлари."),
    "kk": ("Тоқаев Бакуге барды", "Әзербайжан мен Қазақстан ынтымақтастығы."),
    "ky": ("Бишкекте жыйын", "Азербайжан менен Кыргызстан."),
    "tg": ("Душанбе мизбон шуд", "Озарбойҷон ва Тоҷикистон ҳамкорӣ мекунанд."),
    "tk": ("Aşgabatda duşuşyk", "Azerbaýjan bilen Türkmenistan. Berdimuhamedow."),
    "tr": ("Kazakistan'ın petrolü", "Türkiye'nin desteğiyle Azerbaycan'dan geçti. ISPARTA ırmak."),
}


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def archive(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Storage]:
    """The articles, once for the whole module: its tests only read."""
    if request.param == "sqlite":
        storage = open_storage(f"sqlite:///{tmp_path_factory.mktemp('archive') / 'khabar.db'}")
        fill(storage)
        yield storage
        storage.close()
    else:
        storage = request.getfixturevalue("shared_postgres_storage")
        empty_tables(storage)
        fill(storage)
        yield storage


def fill(storage: Storage) -> None:
    with storage.begin() as db:
        for name, (title, text) in ARTICLES.items():
            article = make_article(url=f"https://{name}.example/", title=title, text=text, lang=name[:2])
            db.articles.add(article, story=None, copy_of=None)


def found(storage: Storage, words: str, **filters: object) -> set[str]:
    query = SearchQuery(words=words, **filters)  # type: ignore[arg-type]
    with storage.read() as db:
        return {hit.article.url.removeprefix("https://").removesuffix(".example/") for hit in db.articles.search(query)}


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("Nazarboyev", {"ru"}),
        ("nazarbaev", {"ru"}),
        ("Назарбаев", {"ru"}),
        ("Toshkent*", {"uz-latn", "uz-cyrl", "az"}),
        ("Тошкентда", {"uz-latn", "uz-cyrl"}),
        ("iqtisodiyot", {"uz-latn", "uz-cyrl"}),
        ("oʻzbekiston", {"uz-latn", "uz-cyrl"}),
        ("o'zbekiston", {"uz-latn", "uz-cyrl"}),
        ("Әлиев", {"en", "az"}),
        ("Aliyev Ilham", {"en", "az"}),
        ('"Ильхам Алиев"', {"en", "az"}),
        ('"Aliyev Ilham"', set()),
        ('"Ilham Mirziyoyev"', set()),
        ('"Aliyev Mirziyoyev"', set()),
        ('"middle corridor"', {"en"}),
        ('"corridor middle"', set()),
        ("Mirziyoev", {"en"}),
        ("Tokayev", {"kk"}),
        ("shusha", {"az"}),
        ("beyannamesi", {"az"}),
        ("BƏYANNAMƏSİ", {"az"}),
        ("azerbaijan", {"uz-latn", "uz-cyrl", "kk", "ky", "tg", "tk", "tr"}),
        ("Kyrgyzstan", {"ky"}),
        ("ынтымақтастығы", {"kk"}),
        ("ҳамкорӣ", {"tg"}),
        ("hamkori", {"tg"}),
        ("berdimuhamedov", {"tk"}),
        ("kazakistan", {"tr", "kk", "az"}),
        ("türkiye", {"tr"}),
        ("ısparta IRMAK", {"tr"}),
        ("isparta ırmak", {"tr"}),
        ("aktau ferry", {"en"}),
        ("aktau tankers", set()),
        ("Aktau*", {"en"}),
        ("ferry's", {"en"}),
    ],
)
def test_a_word_is_found_in_every_spelling(archive: Storage, words: str, names: set[str]) -> None:
    assert found(archive, words) == names


@pytest.mark.parametrize("words", ["aktau ilham", '"aktau ilham"'])
def test_a_phrase_does_not_span_title_and_text(archive: Storage, words: str) -> None:
    assert found(archive, words) == (set() if '"' in words else {"en"})


HOSTILE = [
    '"', '""', '"""', "*", "**", "a*", "NEAR(", "NEAR(a b, 5)", "a AND", "OR", "NOT a", "title:", "{title}: x", "^x",
    "-x", "%", "_", "'; DROP TABLE articles; --", "\\", "\\'", "!", "&", "|", "<->", "a:*", "a:B", "()",
    "(((", "\0", "a\0b", "\ud800",
    "x" * 10_000, '"' * 10_000, "* " * 5_000, "a " * 5_000, "🙂", "\u202e", "½", "ﷺ", "İ" * 3_000, "ﬁ",
]  # fmt: skip


@pytest.mark.parametrize("words", HOSTILE, ids=[repr(words[:20]) for words in HOSTILE])
def test_any_query_is_answered(archive: Storage, words: str) -> None:
    assert found(archive, words) <= set(ARTICLES)


@pytest.mark.parametrize("words", ["%", "_", "*", '"', "NEAR(", "a AND", "'; DROP TABLE articles; --"])
def test_signs_have_no_meaning(archive: Storage, words: str) -> None:
    assert found(archive, words) == set()


@pytest.mark.parametrize("words", ["", "  ", "\n"])
def test_no_words_find_the_newest(archive: Storage, words: str) -> None:
    assert found(archive, words) == set(ARTICLES)


def test_a_passage_shows_the_words_in_the_spelling_of_the_text(archive: Storage) -> None:
    with archive.read() as db:
        (hit,) = db.articles.search(SearchQuery(words="Өзбекстан", lang="uz", limit=1))

    assert hit.passage in {
        "[[Oʻzbekiston]] va Ozarbayjon iqtisodiyot vazirlari.",
        "[[Ўзбекистон]] ва Озарбайжон иқтисодиёт вазирлари.",
    }
