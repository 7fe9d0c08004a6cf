from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, default

import feedparser
import html5lib
import pytest
from lxml import etree

from scheduler.digest import render_json
from scheduler.digest.errors import UnknownFormat
from scheduler.digest.ledger import build_ledger
from scheduler.digest.model import Change, Correction, CorrectionKind, Digest, PairGroup, Section, Usual
from scheduler.digest.phrases import subject
from scheduler.digest.render import FORMATS, render
from scheduler.digest.render_html import TEMPLATES
from scheduler.digest.render_text import COLUMNS
from scheduler.digest.story_model import Development, SectionKind
from storage.records import Outcome
from tests.scheduler.digest.builders import (
    NOON,
    OUTLETS,
    WINDOW,
    article,
    digest_of,
    event,
    figure,
    near_miss,
    passing,
    report,
    run,
)

GMAIL_CUTS_AT = 102_000
ATOM = {"a": "http://www.w3.org/2005/Atom"}
LEDGER = build_ledger(
    [run(report(listed=12, new=3, stored=3, refused={"paid": 1}), report("dala", Outcome.HARD, detail="404"))], OUTLETS
)


def rich_digest() -> Digest:
    """One of everything."""
    lead = article(
        "Terminal agreed",
        "Azerbaijan and Kazakhstan will build a terminal. It costs $61 million. It opens on 2 December.",
        names=["Azerbaijan", "Kazakhstan"],
        figures=[figure("$61 million", 61e6, "USD", "It costs $61 million.")],
        events=[event("2 December", WINDOW.on + timedelta(days=11), "It opens on 2 December.")],
        story_id=1,
    )
    return digest_of(
        lead,
        article("Терминал", source="dala", lang="ru", story_id=1, agency="Interwire"),
        article("Copied", source="almaty", story_id=1, copy_of=lead.id),
        article("Baku visits Astana", "", quote="Baku visits Astana", names=["Baku", "Astana"]),
        article("Undated ferry", published_at=None, fetched_at=NOON, pairs=["AZ-TM"]),
        article("Old treaty", published_at=WINDOW.start - timedelta(days=9), fetched_at=NOON, pairs=["AZ-TJ"]),
        passing("Oil prices"),
        near_miss("Ten cities by rent"),
        ledger=LEDGER,
        usual={"AZ-KZ": Usual(3.1), "AZ-UZ": Usual(0.2, WINDOW.on - timedelta(days=12))},
    )


RICH = rich_digest()


def text_of(digest: Digest, format: str) -> str:
    rendered = render(digest, format)
    return rendered.decode() if isinstance(rendered, bytes) else rendered


def tree_of(html: str) -> etree._Element:
    return html5lib.parse(html, treebuilder="lxml", namespaceHTMLElements=False).getroot()


def visible_text(element: etree._Element) -> str:
    return re.sub(r"\s+", " ", " ".join(element.xpath(".//body//text()")))


def test_an_unknown_format_is_an_error_that_names_those_there_are():
    with pytest.raises(UnknownFormat, match="pdf: no such digest format; there are html, txt, md, json, atom"):
        render(RICH, "pdf")


@pytest.mark.parametrize("format", FORMATS)
def test_a_digest_looks_the_same_each_time_it_is_rendered(format):
    assert render(RICH, format) == render(RICH, format)


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("shown", ["Terminal agreed", "Undated ferry", "Old treaty", "Interwire", "Almaty Post"])
def test_every_format_shows_stories_and_who_reports_them(format, shown):
    assert shown in text_of(RICH, format)


@pytest.mark.parametrize("format", ["html", "txt", "md", "json"])
@pytest.mark.parametrize("shown", ["$61 million", "Oil prices", "both sides only in one list", "404", "paid"])
def test_every_page_shows_what_stands_around_the_stories(format, shown):
    page = text_of(RICH, format).replace("\\$", "$")

    assert shown in page


@pytest.mark.parametrize("format", ["html", "txt", "md"])
def test_an_empty_day_says_so_and_still_has_its_ledger(format):
    page = text_of(digest_of(ledger=LEDGER), format)

    assert "No stories today" in page
    assert re.search("what this digest rests on", page, re.IGNORECASE)
    assert "404" in page


@pytest.mark.parametrize("format", ["html", "txt", "md"])
def test_a_day_without_a_crawl_says_so(format):
    assert "No crawl ran" in text_of(digest_of(), format)


# What became of stories that were shown

CHANGED = Correction(
    RICH.stories[0].best,
    NOON,
    CorrectionKind.EDITED,
    (
        ("It carried ", Change.SAME),
        ("nine <b>", Change.REMOVED),
        ("six", Change.ADDED),
        (" million tonnes.", Change.SAME),
    ),
)
TAKEN_DOWN = Correction(RICH.stories[1].best, NOON, CorrectionKind.REMOVED)
CORRECTED = replace(RICH, corrections=(CHANGED, TAKEN_DOWN))


@pytest.mark.parametrize(
    ("format", "shown"),
    [
        ("txt", "  > It carried [-nine <b>-]{+six+} million tonnes."),
        ("md", r"> It carried [-nine \<b\>-]**six** million tonnes."),
        ("json", '"change": "removed"'),
    ],
)
def test_a_correction_shows_what_was_taken_out_and_put_in(format, shown):
    page = text_of(CORRECTED, format)

    assert shown in page
    assert format == "json" or page.count("seen 21 Nov 12:00") == 2


@pytest.mark.parametrize("format", ["html", "atom"])
def test_a_correction_is_marked_as_such_in_html(format):
    html = text_of(CORRECTED, format)
    if format == "atom":
        contents = etree.fromstring(html.encode()).xpath("//a:content", namespaces=ATOM)
        html = next(content.text for content in contents if "<del>" in content.text)

    tree = tree_of(html)

    assert (tree.xpath("//del/text()"), tree.xpath("//ins/text()")) == (["nine <b>"], ["six"])


def test_json_has_the_words_of_a_correction_one_by_one():
    edited, removed = json.loads(text_of(CORRECTED, "json"))["corrections"]

    assert [(one["text"], one["change"]) for one in edited["changes"]] == [
        (text, change.value) for text, change in CHANGED.changes
    ]
    assert (edited["kind"], removed["kind"], removed["changes"]) == ("edited", "removed", [])
    assert edited["report"]["article_id"] == CHANGED.report.article_id


def test_a_feed_reader_gets_each_correction_as_an_entry_of_its_own():
    feed = feedparser.parse(render(CORRECTED, "atom"))

    assert len({entry.id for entry in feed.entries}) == len(RICH.stories) + 2
    assert feed.entries[-1].link == TAKEN_DOWN.report.url


def test_a_digest_of_nothing_but_corrections_shows_them():
    assert "taken down" in text_of(replace(digest_of(), corrections=(TAKEN_DOWN,)), "html")


def developing_digest() -> Digest:
    (story,) = digest_of(article(story_id=1)).stories
    news = Development(
        first_on=WINDOW.on - timedelta(days=2),
        outlets=("Orient", "Kabar"),
        sides=("KZ",),
        figures=("14 documents",),
        dates=(WINDOW.on + timedelta(days=11),),
        actors=("Tokayev",),
    )
    told = replace(story, kind=SectionKind.DEVELOPING, development=news)
    digest = digest_of()
    section = Section(SectionKind.DEVELOPING, (PairGroup("AZ-KZ", (told,)),))
    return replace(digest, sections=(section,), repeated=(story.best, story.best))


@pytest.mark.parametrize("format", ["html", "txt", "md", "atom"])
@pytest.mark.parametrize(
    "shown",
    [
        "now the Kazakh side reports it too",
        "2 more outlets (Orient, Kabar)",
        "new figure: 14 documents",
        "new date: 2 Dec",
        "new name: Tokayev",
    ],
)
def test_what_is_new_of_a_developing_story_is_told_in_words(format, shown):
    page = re.sub(r"\s+", " ", text_of(developing_digest(), format).replace("\\", ""))

    assert shown in page


@pytest.mark.parametrize("format", ["html", "txt", "md"])
def test_a_page_tells_the_day_of_a_developing_story_and_counts_what_was_repeated(format):
    page = re.sub(r"\s+", " ", text_of(developing_digest(), format))

    assert "day 3" in page
    assert "2 stories that you know were told again without anything new." in page


def test_the_subject_counts_what_develops():
    assert subject(developing_digest()) == "Khabar, Saturday 21 November 2026: 1 story, 1 of them developing"


@pytest.mark.parametrize("format", ["html", "txt", "md"])
def test_stories_of_one_side_are_listed_under_it_the_most_reported_first(format):
    two = [article("Widely told", story_id=3, source=source) for source in ("dala", "almaty")]
    digest = digest_of(article("Told once", source="dala"), *two, article("Both", story_id=4), article(
        "Both", story_id=4, source="dala"
    ))  # fmt: skip

    page = re.sub(r"<[^>]+>", " ", text_of(digest, format))
    part = page[page.upper().index("WHAT ONLY ONE SIDE REPORTS") :]
    assert "Kazakh side only" in part
    assert part.index("Widely told") < part.index("Told once")
    assert "Both" not in part[: part.index("Told once")]


@pytest.mark.parametrize("format", ["html", "txt", "md"])
def test_what_was_announced_earlier_says_when(format):
    sentence = "They meet on 2 December."
    earlier = article(
        published_at=WINDOW.start - timedelta(days=9),
        events=[event("2 December", WINDOW.on + timedelta(days=11), sentence)],
    )

    page = text_of(digest_of(announced=[earlier]), format)

    assert "announced 12 Nov" in page


# HTML


def test_a_page_marks_the_names_in_a_quotation_of_its_language():
    page = tree_of(text_of(RICH, "html"))

    quote = page.xpath("//p[@class='quote']")[0]
    assert quote.get("lang") == "en"
    assert quote.xpath("mark/text()") == ["Azerbaijan", "Kazakhstan"]
    assert "".join(quote.itertext()) == "“Azerbaijan and Kazakhstan will build a terminal.”"


def test_a_headline_that_is_the_evidence_is_marked_and_not_quoted_again():
    page = tree_of(
        text_of(digest_of(article("Baku visits Astana", "", quote="Baku visits Astana", names=["Baku"])), "html")
    )

    assert page.xpath("//h4//mark/text()") == ["Baku"]
    assert page.xpath("//p[@class='quote']") == []


def test_a_headline_leads_to_its_article_and_so_does_each_edition():
    links = tree_of(text_of(RICH, "html")).xpath("//div[@class='story'][1]//a/@href")

    assert links[0] == RICH.stories[0].best.url
    assert set(links) >= {report.url for report in RICH.stories[0].reports}


def test_a_page_holds_nothing_from_elsewhere_and_nothing_that_acts():
    page = text_of(RICH, "html")
    tree = tree_of(page)

    assert tree.xpath("//script|//img|//iframe|//form|//link|//base|//object|//embed|//meta[@http-equiv]") == []
    assert tree.xpath("//@src|//@background|//@action|//@srcset") == []
    assert not re.search(r"url\(|@import|expression\(", page)


def test_every_style_stands_at_its_element():
    tree = tree_of(text_of(RICH, "html"))

    (sheet,) = tree.xpath("//style")
    assert "prefers-color-scheme: dark" in sheet.text
    assert [one.get("class") for one in tree.xpath("//*[@class][not(@style)]")] == []
    assert "var(" not in text_of(RICH, "html")


def test_a_page_declares_its_language_its_width_and_both_colour_schemes():
    page = text_of(RICH, "html")
    tree = tree_of(page)

    assert tree.get("lang") == "en"
    assert tree.xpath("//meta[@name='color-scheme']/@content") == ["light dark"]
    assert tree.xpath("//meta[@name='viewport']/@content") == ["width=device-width, initial-scale=1"]
    assert page.encode().index(b'charset="utf-8"') < 1024


def test_every_class_that_the_screen_changes_has_a_style_to_change():
    adaptive, inlined = (
        set(re.findall(r"\.([a-z][a-z-]+)", TEMPLATES.get_template(sheet).render()))
        for sheet in ("adaptive.css.j2", "digest.css.j2")
    )

    assert adaptive - inlined == set()


def test_bars_are_as_long_as_their_counts_and_show_the_usual():
    usual = {"AZ-KZ": Usual(1), "AZ-KG": Usual(2), "AZ-UZ": Usual(0)}
    digest = digest_of(*[article(pairs=["AZ-KZ"]) for _ in range(4)], article(pairs=["AZ-KG"]), usual=usual)

    tree = tree_of(text_of(digest, "html"))

    assert tree.xpath("//td[@class='bar-pair']/@width") == ["25%", "25%"]
    assert tree.xpath("//td[@class='bar-pair-beyond']/@width") == ["75%"]
    assert tree.xpath("//td[@class='bar-lacking']/@width") == ["25%"]


def test_without_a_usual_the_whole_bar_is_plain_and_the_page_says_so():
    page = text_of(digest_of(article()), "html")

    assert tree_of(page).xpath("//td[@class='bar-pair']/@width") == ["100%"]
    assert "No comparison yet" in page


@pytest.mark.parametrize("number", [1, 40, 2000])
def test_a_page_stays_below_what_gmail_cuts_and_counts_the_rest(number):
    long = "слово " * 60
    digest = digest_of(*[article(f"{n} {long}", f"Баку и Астана {n} {long}.", score=n / number) for n in range(number)])

    page = text_of(digest, "html")

    shown = len(tree_of(page).xpath("//div[@class='story']"))
    told = re.search(r"and ([\d,]+) more stor", page)
    assert len(page.encode()) < GMAIL_CUTS_AT
    assert shown + (int(told[1].replace(",", "")) if told else 0) == number


def test_the_most_important_stories_are_those_shown():
    long = "слово " * 60
    digest = digest_of(
        *[article(f"Story {n} {long}", pairs=["AZ-KZ", "AZ-KG"][n % 2 :], score=n / 500) for n in range(500)]
    )

    shown = tree_of(text_of(digest, "html")).xpath("//div[@class='story']//h4//text()")

    assert {int(title.split()[1]) for title in shown if title.strip()} == set(range(500 - len(shown), 500))


def test_long_lists_and_a_long_ledger_do_not_make_a_page_too_long():
    word = "щ" * 5000
    outlets = {f"s{n}": OUTLETS["dala"] for n in range(900)}
    failing = [report(source, Outcome.HARD, detail=word) for source in outlets]
    figures = [figure(word, n, "t", f"{n} {word}") for n in range(50)]
    many = [article(word, word, figures=figures, topics=[f"{word}{n}" for n in range(9)]) for _ in range(100)]
    lists = [one(f"{word} {n}") for n in range(300) for one in (passing, near_miss)]

    page = text_of(digest_of(*many, *lists, ledger=build_ledger([run(*failing)], outlets)), "html")

    assert len(page.encode()) < GMAIL_CUTS_AT


# Plain text


def test_plain_text_has_72_columns_and_whole_links():
    lines = text_of(RICH, "txt").splitlines()

    assert [line for line in lines if len(line) > COLUMNS and "://" not in line] == []
    assert any(line.strip() == RICH.stories[0].best.url for line in lines)


def test_long_links_are_not_broken():
    url = "https://caspian.example/" + "long-" * 60

    assert f"  {url}\n" in text_of(digest_of(article(url=url)), "txt")


def test_khabars_own_words_in_plain_text_are_ascii():
    ledger = build_ledger([run(report("caspian", refused={"paid": 1, "no text": 2}))], {"caspian": OUTLETS["caspian"]})
    digest = digest_of(article(pairs=["AZ-KG"]), passing(), near_miss(), ledger=ledger, usual={"AZ-KZ": Usual(9.0)})

    assert text_of(digest, "txt").isascii()


@pytest.mark.parametrize("language", ["en", "az", "ru"])
def test_plain_text_passes_a_seven_bit_gateway_unchanged(language):
    text = text_of(replace(CORRECTED, language=language), "txt")
    message = EmailMessage(policy=SMTP)
    message.set_content(text, cte="quoted-printable")

    sent = message.as_bytes()

    assert sent.isascii()
    assert max(map(len, sent.splitlines())) <= 78
    received = message_from_bytes(sent, policy=default)
    assert received.get_content().splitlines() == text.splitlines()


@pytest.mark.parametrize("language", ["az", "ru"])
def test_plain_text_has_72_columns_in_each_language(language):
    lines = text_of(replace(CORRECTED, language=language), "txt").splitlines()

    assert [line for line in lines if len(line) > COLUMNS and "://" not in line] == []


# JSON


def test_json_names_its_schema_and_keeps_every_story():
    data = json.loads(text_of(RICH, "json"))

    assert (data["schema"], len(data["stories"]), data["counts"]["stories"]) == ("khabar.digest/2", 4, 4)


def test_every_key_of_json_is_documented():
    documented = set(re.findall(r"[a-z_]+", render_json.__doc__ or ""))

    assert keys_of(json.loads(text_of(RICH, "json"))) - documented - {"paid", "refused"} == set()


def keys_of(value: object) -> set[str]:
    if isinstance(value, dict):
        return set(value) | {key for inner in value.values() for key in keys_of(inner)}
    return {key for inner in value for key in keys_of(inner)} if isinstance(value, list) else set()


def test_json_marks_the_names_of_a_quotation():
    story = json.loads(text_of(RICH, "json"))["stories"][0]

    assert [one["text"] for one in story["quote"]["segments"] if one["marked"]] == ["Azerbaijan", "Kazakhstan"]


def test_json_keeps_what_a_page_cuts():
    digest = digest_of(*[article() for _ in range(300)])

    assert len(json.loads(text_of(digest, "json"))["stories"]) == 300


# Atom


def test_atom_has_what_the_standard_demands():
    feed = etree.fromstring(render(RICH, "atom"))

    assert [feed.findtext(f"a:{name}", namespaces=ATOM) is not None for name in ("id", "title", "updated")] == [
        True
    ] * 3
    for entry in feed.findall("a:entry", ATOM):
        assert all(entry.findtext(f"a:{name}", namespaces=ATOM) for name in ("id", "title", "updated", "content"))
        assert len(entry.xpath("a:link[@rel='alternate']", namespaces=ATOM)) == 1


def test_a_feed_reader_finds_each_story_once():
    feed = feedparser.parse(render(RICH, "atom"))

    assert (feed.bozo, feed.version) == (False, "atom10")
    assert [entry.title for entry in feed.entries] == [story.headline for story in RICH.stories]
    assert len({entry.id for entry in feed.entries}) == len(RICH.stories)


def test_ids_stay_when_the_digest_is_built_again():
    members = [article(story_id=1), article(story_id=2)]

    first, again = (
        feedparser.parse(render(digest_of(*members, now=now), "atom")) for now in (NOON, NOON + timedelta(hours=2))
    )

    assert ([one.id for one in first.entries], first.feed.id) == ([one.id for one in again.entries], again.feed.id)
