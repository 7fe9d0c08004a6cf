"""What outlets publish is not trusted: hostile text goes through the whole chain and comes out as text."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlsplit

import feedparser
import html5lib
import pytest
from lxml import etree
from markdown_it import MarkdownIt

from scheduler.digest.ledger import build_ledger
from scheduler.digest.model import Change, Correction, CorrectionKind, Digest, PairGroup
from scheduler.digest.outlets import Outlet
from scheduler.digest.render import FORMATS, render
from scheduler.digest.story_model import Development
from scheduler.digest.untrusted import STEERING, one_line
from storage.records import Outcome
from tests.scheduler.digest.builders import (
    NOON,
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

TEXTS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg/onload=alert(1)>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "{{1337*1001}} {% include '/etc/passwd' %} ${1337*1001} #{1337*1001}",
    "</title></style></td></table><h1>x</h1>",
    "]]> --> <!-- <![CDATA[",
    "nul \x00 esc \x1b[2J bell \x07 next\x85line lone \ud800 \udfff not \ufffe\uffff",
    "\u202egnp.exe\u202c \u2066x\u2069 \u200fright",
    "line\r\nBcc: all@example.org\u2028more",
    "[link](javascript:alert(1)) ![img](http://evil.example/x.png) <http://evil.example>",
    "# heading\n\n- list\n\n1. one\n\n> quote\n\n```\ncode",
    "*bold* _it_ **x** `code` | table | ~~gone~~ \\",
    "1. first",
    "- list",
    "=== ---",
    "=HYPERLINK(1)",
]
LINKS = [
    "javascript:alert(1)",
    " java\nscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "//evil.example/x",
    'http://a"onclick=alert(1)',
    'https://a.example/"onmouseover="alert(1)',
    "https://a.example/'><script>alert(1)</script>",
    "https://a.example/)[x](javascript:alert(1)",
    "https://a.example/>x<b>",
    "https://a.example/]]>",
    "https://user:pass@a.example/",
    "https://a.example/\u202egpj",
    "file:///etc/passwd",
]
ELEMENTS = {
    *("html", "head", "meta", "title", "style", "body", "table", "tbody", "tr", "td", "div", "p"),
    *("h1", "h2", "h3", "h4", "a", "span", "mark", "b", "br", "blockquote", "ul", "li", "ins", "del"),
}


def poisoned(text: str, url: str = "https://a.example/1") -> Digest:
    """A digest with `text` and `url` in every place that a publisher fills."""
    outlets = {source: Outlet(source, f"{text} {source}", "KZ", text, url) for source in ("one", "two", "bad")}
    sentence = f"Baku and Astana: {text} agreed."
    fields = {"text": f"{text}\n\n{sentence}", "quote": sentence, "names": ["Baku", text, "Astana"], "url": url}
    members = [
        article(
            text,
            source=source,
            story_id=1,
            agency=text,
            topics=[text],
            authors=(text,),
            section=text,
            figures=[figure(text, 7.0, text, sentence)],
            events=[event(text, WINDOW.on + timedelta(days=3), sentence)],
            **fields,
        )
        for source in ("one", "two")
    ]
    titled = article(text, "", source="one", quote=text, names=[text], url=url)
    undated = article(text, source="two", published_at=None, fetched_at=NOON, lang=text, **fields)
    answers = [
        report("one", refused={text: 3}, failed={text: 2}, new=1),
        report("two", Outcome.UNCHANGED),
        report("bad", Outcome.HARD, detail=text),
    ]
    digest = digest_of(
        *members,
        titled,
        undated,
        passing(text, source="one", url=url),
        near_miss(text, text, source="two", url=url),
        outlets=outlets,
        ledger=build_ledger([run(*answers)], outlets),
    )
    told = one_line(text, 100)
    news = Development(first_on=WINDOW.on, outlets=(told,), figures=(told,), actors=(told,))
    (first, *rest) = digest.sections
    (group, *groups) = first.groups
    developed = replace(group.stories[0], development=news)
    stories = PairGroup(group.pair, (developed, *group.stories[1:]))
    changes = tuple((told, change) for change in Change)
    correction = Correction(developed.best, NOON, CorrectionKind.EDITED, changes)
    return replace(
        digest, sections=(replace(first, groups=(stories, *groups)), *rest), corrections=(correction, correction)
    )


def check_html(html: str) -> etree._Element:
    """`html` as a browser reads it, once nothing in it acts, loads or comes from outside the templates."""
    tree = html5lib.parse(html, treebuilder="lxml", namespaceHTMLElements=False).getroot()
    assert {element.tag for element in tree.iter()} <= ELEMENTS
    for element in tree.iter():
        for name, value in element.attrib.items():
            assert not name.startswith("on")
            assert name not in {"src", "srcset", "action", "formaction", "background", "http-equiv"}
            if name == "href":
                assert (urlsplit(value).scheme in {"http", "https"}, element.get("rel")) == (True, "noopener")
    return tree


def shown(text: str) -> str:
    """`text` as a page shows it."""
    return " ".join(re.sub(r"\s", " ", STEERING.sub("", text)).split())


@pytest.mark.parametrize("text", TEXTS)
def test_hostile_text_is_text_on_a_page(text):
    tree = check_html(str(render(poisoned(text), "html")))

    assert shown(text) in shown("".join(tree.xpath("//h4[1]")[0].itertext()))


@pytest.mark.parametrize("url", LINKS)
def test_hostile_links_are_no_links_on_a_page(url):
    check_html(str(render(poisoned("x", url), "html")))


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("format", FORMATS)
def test_nothing_that_steers_a_terminal_or_turns_a_line_comes_through(format, text):
    rendered = render(poisoned(text, f"https://a.example/{text}"), format)

    page = rendered.decode() if isinstance(rendered, bytes) else rendered
    assert not STEERING.search(page)
    assert not re.search("[\x0b\x0c\r\x1c-\x1f\x85\u2028\u2029]", page)
    assert page.encode()


@pytest.mark.parametrize("format", FORMATS)
def test_templates_in_text_are_not_evaluated(format):
    assert str(1337 * 1001) not in str(render(poisoned("{{1337*1001}} ${1337*1001}"), format))


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("url", ["https://a.example/1", "javascript:alert(1)"])
def test_hostile_text_is_text_in_markdown(text, url):
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(str(render(poisoned(text, url), "md")))

    inline = [token for block in tokens for token in block.children or []]
    kinds = {token.type for token in [*tokens, *inline]}
    assert not kinds & {"html_block", "html_inline", "image", "fence", "code_block", "table_open", "s_open"}
    assert not kinds & {"ordered_list_open", "hardbreak"}
    assert {token.attrGet("href") for token in inline if token.type == "link_open"} <= {"https://a.example/1"}
    assert max(token.level for token in tokens if token.type == "list_item_open") == 1
    headline = tokens[next(n for n, token in enumerate(tokens) if token.tag == "h4") + 1]
    assert "".join(token.content for token in headline.children or []) == shown(text)


@pytest.mark.parametrize("url", LINKS)
def test_hostile_links_are_no_links_in_markdown(url):
    tokens = MarkdownIt("commonmark").parse(str(render(poisoned("x", url), "md")))

    inline = [token for block in tokens for token in block.children or []]
    links = [str(token.attrGet("href")) for token in inline if token.type == "link_open"]
    assert {urlsplit(link).hostname for link in links} <= {"a.example"}
    assert not {token.type for token in [*tokens, *inline]} & {"html_block", "html_inline", "image"}


@pytest.mark.parametrize("text", TEXTS)
def test_hostile_text_is_text_in_a_feed(text):
    document = render(poisoned(text), "atom")

    feed = feedparser.parse(document, sanitize_html=False)
    assert feed.bozo is False
    for content in etree.fromstring(document).iterfind(".//{*}content"):
        check_html(content.text or "")
    title = etree.fromstring(document).find(".//{*}entry/{*}title")
    assert title is not None
    assert title.text == shown(text)


@pytest.mark.parametrize("url", LINKS)
def test_hostile_links_are_no_links_in_a_feed(url):
    hrefs = etree.fromstring(render(poisoned("x", url), "atom")).xpath("//@href")

    assert {urlsplit(href).hostname for href in hrefs} <= {"a.example"}


@pytest.mark.parametrize("text", TEXTS)
def test_hostile_text_is_text_in_json(text):
    data = json.loads(str(render(poisoned(text), "json")))

    assert data["stories"][0]["headline"] == shown(text)


@pytest.mark.parametrize("url", LINKS)
def test_hostile_links_are_null_or_harmless_in_json_and_plain_text(url):
    digest = poisoned("x", url)

    links = re.findall(r'"url": (null|"[^"]*")', str(render(digest, "json")))
    assert {link.split("/")[2] for link in links if link != "null"} <= {"a.example"}
    assert not re.search("javascript:(?!alert)|data:text|file:|user:pass", str(render(digest, "txt")))
