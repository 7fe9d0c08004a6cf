from __future__ import annotations

import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from crawler.errors import SourceFileError
from crawler.sources import Kind, OpmlImport, Source, export_opml, import_opml, load_sources
from tests.crawler.sources.conftest import FIVE_LINES

Write = Callable[..., Path]


def opml(*outlines: str) -> bytes:
    return f'<opml version="2.0"><head/><body>{"".join(outlines)}</body></opml>'.encode()


def outline(**attributes: str) -> str:
    return str(etree.tostring(etree.Element("outline", attributes), encoding="unicode"))


def imported(*outlines: str, language: str | None = "az") -> OpmlImport:
    return import_opml(opml(*outlines), taken_ids=(), language=language)


def feeds_of(sources: dict[str, Source]) -> set[tuple[str, str, str | None, str | None, str]]:
    return {
        (source.name, source.home, source.country, point.lang, point.url)
        for source in sources.values()
        for point in source.entry_points(date(2026, 3, 1))
        if point.kind is Kind.FEED and point.verified
    }


def test_the_registry_survives_the_way_out_and_in(registry: dict[str, Source], write: Write) -> None:
    told = {id: source for id, source in registry.items() if None not in {p.lang for p in source.declared}}
    result = import_opml(export_opml(told).encode(), taken_ids=())
    assert result.problems == ()
    assert feeds_of(load_sources([write(result.toml)])) == feeds_of(told)


def test_an_outline_says_all_that_readers_want(load: Callable[[str], Source]) -> None:
    root = etree.fromstring(export_opml({"herald": load(FIVE_LINES)}).encode())
    assert root.get("version") == "2.0"
    assert dict(root.find("body/outline").attrib) == {
        "type": "rss",
        "text": "The Herald",
        "title": "The Herald",
        "xmlUrl": "https://herald.example/rss",
        "htmlUrl": "https://herald.example/",
        "language": "az",
        "category": "AZ",
    }


def test_guesses_and_dated_feeds_are_not_given_away(load: Callable[[str], Source]) -> None:
    source = load(
        '[herald]\nname = "H"\nlanguage = "az"\nfeeds = ["https://herald.example/{today:%Y}.rss"]\n'
        'unverified.feeds = ["https://herald.example/rss"]\n'
    )
    assert "xmlUrl" not in export_opml({"herald": source})


def test_an_outline_becomes_five_lines() -> None:
    result = imported(
        outline(
            text="Газета",
            xmlUrl="https://gazeta.example/rss",
            htmlUrl="https://gazeta.example/",
            language="ru-RU",
            category="UZ",
        )
    )
    assert result.toml == (
        '[gazeta]\nname = "Газета"\nlanguage = "ru"\nhome = "https://gazeta.example/"\ncountry = "UZ"\n'
        'feeds = ["https://gazeta.example/rss"]\n'
    )
    assert result.ids == ("gazeta",)


def test_folders_are_looked_into() -> None:
    inner = outline(text="Herald", xmlUrl="https://herald.example/rss")
    result = imported(f'<outline text="News"><outline text="Baku">{inner}</outline></outline>')
    assert (result.ids, result.problems) == (("herald",), ())


def test_feeds_of_one_site_become_one_source() -> None:
    site = {"text": "Herald", "htmlUrl": "https://herald.example/"}
    result = imported(
        outline(**site, xmlUrl="https://herald.example/az.rss", language="az"),
        outline(**site, xmlUrl="https://herald.example/ru.rss", language="ru"),
        outline(**site, xmlUrl="https://herald.example/ru2.rss", language="ru"),
    )
    assert tomllib.loads(result.toml)["herald"]["editions"] == {
        "az": {"feeds": ["https://herald.example/az.rss"]},
        "ru": {"feeds": ["https://herald.example/ru.rss", "https://herald.example/ru2.rss"]},
    }


def test_ids_that_are_taken_get_a_number() -> None:
    two = (outline(text="Herald", xmlUrl=f"https://{host}.example/rss") for host in "ab")
    result = import_opml(opml(*two), taken_ids=["herald"], language="en")
    assert result.ids == ("herald-2", "herald-3")


@pytest.mark.parametrize(
    ("title", "id"), [("新华网", "news-example"), ("Хабар 24", "habar-24"), ("!!!", "news-example")]
)
def test_a_title_without_known_letters_gives_way_to_the_host(title: str, id: str) -> None:
    assert imported(outline(text=title, xmlUrl="https://www.news.example/rss")).ids == (id,)


@pytest.mark.parametrize(
    ("attributes", "complaint"),
    [
        ({"text": "H"}, "xmlUrl: is missing"),
        ({"text": "H", "xmlUrl": "ftp://herald.example/"}, "xmlUrl: must begin with https:// or http://"),
        ({"text": "H", "xmlUrl": "file:///etc/passwd"}, "xmlUrl: must begin with https:// or http://"),
        ({"text": "H", "xmlUrl": "https://a:b@herald.example/"}, "xmlUrl: must not hold a user name"),
        ({"text": "", "xmlUrl": "https://herald.example/rss"}, "title: is empty"),
        ({"text": "H" * 201, "xmlUrl": "https://herald.example/rss"}, "title: must be one line"),
        ({"text": "H\n[evil]", "xmlUrl": "https://herald.example/rss"}, "title: must be one line"),
        (
            {"text": "H", "xmlUrl": "https://herald.example/rss", "htmlUrl": "javascript:x"},
            "htmlUrl: must begin with https://",
        ),
        (
            {"text": "H", "xmlUrl": "https://herald.example/rss", "language": "kz"},
            "language: is the code of a",
        ),
    ],
)
def test_a_bad_outline_is_skipped_and_reported(attributes: dict[str, str], complaint: str) -> None:
    good = outline(text="Good", xmlUrl="https://good.example/rss")
    result = imported(outline(**attributes).replace("\n", "&#10;"), good)
    assert result.ids == ("good",)
    assert [problem.startswith(f"line 1: {complaint}") for problem in result.problems] == [True]


def test_a_list_that_names_no_language_needs_a_hint() -> None:
    result = imported(outline(text="H", xmlUrl="https://herald.example/rss"), language=None)
    assert result == OpmlImport("", (), ("line 1: language: is missing; say which language the list is in; skipped",))


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=200))
def test_any_title_comes_back_from_the_file(title: str) -> None:
    try:
        text = outline(text=title, xmlUrl="https://herald.example/rss")
    except ValueError:  # not even XML can hold it
        return
    result = imported(text)
    declared = tomllib.loads(result.toml)
    assert [table["name"] for table in declared.values()] == ([title.strip()] if result.ids else [])


LAUGHS = '<!DOCTYPE opml [<!ENTITY a0 "ha">{}]>'.format(
    "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
)


@pytest.mark.parametrize(
    "text",
    [
        f'{LAUGHS}<opml version="2.0"><body><outline text="&a11;" xmlUrl="https://h.example/"/></body></opml>',
        f'{LAUGHS}<opml version="2.0"><body>&a11;</body></opml>',
        "<opml>" + "<outline>" * 5_000 + "</outline>" * 5_000 + "</opml>",
        "<opml><body>",
        "",
        "\x00",
        "not XML",
        "<html><body/></html>",
        "<opml>" + " " * 2_000_000 + "</opml>",
        "<opml>" + '<outline text="a" xmlUrl="https://a.example/"/>' * 2_001 + "</opml>",
    ],
    ids=[
        "laughs in title",
        "laughs in text",
        "depth",
        "cut",
        "empty",
        "NUL",
        "text",
        "HTML",
        "size",
        "count",
    ],
)
def test_what_is_no_honest_list_is_refused(text: str) -> None:
    with pytest.raises(SourceFileError, match="OPML"):
        import_opml(text.encode(), taken_ids=(), language="az")


def test_a_list_reads_no_file_of_ours(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("hush")
    entity = f'<!DOCTYPE opml [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]>'
    feed = outline(text="Herald", xmlUrl="https://herald.example/rss")
    result = import_opml(entity.encode() + opml("<outline>&x;</outline>", feed), taken_ids=(), language="az")
    assert result.ids == ("herald",)
    assert "hush" not in result.toml + "".join(result.problems)
