"""Each way in which the replica web is awkward, over real sockets."""

from __future__ import annotations

import gzip
import http.client
import json
import re
import signal
import socket
import subprocess
import sys
import threading
from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest

from crawler.sources.loading import load_sources
from tests.replica.addresses import host_of
from tests.replica.articles import load_articles
from tests.replica.conftest import BROWSER, NOW, Visitor
from tests.replica.outlets import load_outlets
from tests.replica.registry import ALLOWED, sources_toml
from tests.replica.server import Replica
from tests.replica.truth import TrueArticle, load_truth, truth_of

ROOT = Path(__file__).parents[2]
ATOM = "{http://www.w3.org/2005/Atom}"
RSS1 = "{http://purl.org/rss/1.0/}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def agent_for(outlet: str) -> str:
    return BROWSER if load_outlets()[outlet].needs_browser else "Khabar/0.1"


def links_of(xml: str) -> list[str]:
    return [link.text or "" for link in ElementTree.fromstring(xml).iter("link")]


@pytest.mark.parametrize("article", load_truth(now=NOW).stored, ids=lambda article: article.key)
def test_every_article_is_served_whole_at_its_address(
    article: TrueArticle, standing: Replica, visitor: Visitor
) -> None:
    wanted = next(one for one in truth_of(standing.published()).stored if one.key == article.key)
    outlet = load_outlets()[article.outlet]
    answer = visitor.get_url(wanted.url, User_Agent=agent_for(article.outlet))
    if answer.status == 429:
        answer = visitor.get_url(wanted.url)

    page = answer.body.decode(outlet.charset)
    assert answer.status == 200
    for paragraph in wanted.text.split("\n\n"):
        assert paragraph.replace("&", "&amp;") in page


def test_every_outlet_has_an_address_of_its_own_and_all_share_one_port(standing: Replica, visitor: Visitor) -> None:
    for name, outlet in load_outlets().items():
        if outlet.listening and outlet.status == 200:
            page = visitor.get(name, "/", User_Agent=BROWSER).body.decode(outlet.charset)
            assert outlet.sections
            assert next(iter(outlet.sections.values())).replace("&", "&amp;") in page


def test_the_registry_is_valid_and_takes_every_listed_article_for_its_own(standing: Replica, tmp_path: Path) -> None:
    file = tmp_path / "sources.toml"
    file.write_text(sources_toml(standing.port), encoding="utf-8")
    sources = load_sources([file])

    assert set(sources) == set(load_outlets())
    assert ALLOWED == "127.0.1.0/24"
    for item in standing.published():
        source = sources[item.article.outlet]
        assert source.owns(item.listed_url), item.listed_url
        assert source.accepts(item.listed_url), item.listed_url


def test_a_page_stands_where_a_feed_is_declared_and_the_home_page_names_the_true_one(visitor: Visitor) -> None:
    declared = visitor.get("courier", "/rss")
    home = visitor.get("courier", "/").text

    assert declared.status == 200
    assert declared.text.startswith("<!DOCTYPE html>")
    assert '<link rel="alternate" type="application/rss+xml" title="Caspian Courier" href="/feeds/all.xml">' in home


def test_the_first_entries_of_a_feed_can_be_broken(visitor: Visitor) -> None:
    links = links_of(visitor.get("courier", "/feeds/all.xml").text)[1:]

    assert links[:2] == ["javascript:void(0)", "http://[bad"]
    assert all("utm_source=rss" in link or "/print/" in link for link in links[2:])


@pytest.mark.parametrize(
    ("outlet", "path", "distinct"), [("xezer", "/rss", 1), ("khazarpress", "/az/rss.xml", 0), ("pomir", "/tg/rss", 0)]
)
def test_identifiers_of_feed_items_are_worthless(outlet: str, path: str, distinct: int, visitor: Visitor) -> None:
    feed = ElementTree.fromstring(visitor.get(outlet, path, User_Agent=BROWSER).body)

    assert len({guid.text for guid in feed.iter("guid")}) == distinct
    assert len(list(feed.iter("item"))) > 2


def test_identifiers_can_change_with_each_request(visitor: Visitor) -> None:
    first, second = (visitor.get("steppe", "/feed/").text for _ in range(2))

    assert set(re.findall("<guid.*?</guid>", first)).isdisjoint(re.findall("<guid.*?</guid>", second))


@pytest.mark.parametrize(
    ("outlet", "path", "root"),
    [
        ("bosphorus", "/rss/tum.xml", "rss"),
        ("dala", "/kk/atom.xml", f"{ATOM}feed"),
        ("chuy", "/rss.php", "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}RDF"),
        ("xezer", "/sitemap-news.xml", f"{SITEMAP}urlset"),
    ],
)
def test_there_are_feeds_of_every_format(outlet: str, path: str, root: str, visitor: Visitor) -> None:
    assert ElementTree.fromstring(visitor.get(outlet, path).body).tag == root


def test_a_json_feed_lists_what_the_dead_rss_address_does_not(visitor: Visitor) -> None:
    feed = json.loads(visitor.get("silkreview", "/feed.json").body)

    assert visitor.get("silkreview", "/rss.xml").status == 404
    assert feed["version"].startswith("https://jsonfeed.org/version/1")
    assert {item["url"].partition("?")[2] for item in feed["items"]} == {"ref=feed"}


def test_editions_have_feeds_of_their_own(visitor: Visitor) -> None:
    feeds = {lang: ElementTree.fromstring(visitor.get("dala", f"/{lang}/atom.xml").body) for lang in ("kk", "ru")}

    for lang, feed in feeds.items():
        links = [link.get("href", "") for link in feed.iter(f"{ATOM}link")]
        assert links
        assert all(f"/{lang}/" in link for link in links)


def test_a_shallow_feed_drops_its_oldest_when_something_comes_out(replica: Replica) -> None:
    visitor = Visitor(replica)
    before = links_of(visitor.get("xezer", "/rss").text)
    oldest = replica.published()
    last = [item for item in oldest if item.article.outlet == "xezer"][-1]
    published = replica.publish("xezer", "firtina-bere-lengidi")
    after = links_of(visitor.get("xezer", "/rss").text)

    assert last.url in before
    assert last.url not in after
    assert published.url in after
    assert visitor.get_url(last.url).status == 200


def test_twins_of_an_article_name_the_right_address(standing: Replica, visitor: Visitor) -> None:
    for item in standing.published():
        for twin in (item.print_url, item.amp_url):
            if twin and item.article.stored:
                page = visitor.get_url(twin).body.decode(load_outlets()[item.article.outlet].charset)
                assert f'<link rel="canonical" href="{item.url}">' in page


def test_a_feed_lists_one_article_in_several_forms(visitor: Visitor) -> None:
    links = links_of(visitor.get("xezer", "/rss").text)

    assert any("/amp/" in link for link in links)
    assert any("ə" in link for link in links)
    assert any("%C9%99" in link for link in links)


def test_russian_pages_in_windows_1251_can_say_that_they_are_utf_8(standing: Replica, visitor: Visitor) -> None:
    item = next(item for item in standing.published() if item.article.outlet == "kapital")
    answer = visitor.get_url(item.url)

    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "charset=windows-1251" in answer.body.decode("windows-1251")
    with pytest.raises(UnicodeDecodeError):
        answer.body.decode("utf-8")


def test_a_feed_can_be_in_windows_1251_with_russian_dates(visitor: Visitor) -> None:
    feed = ElementTree.fromstring(visitor.get("kapital", "/rss.php").body)

    assert {date.text.split()[2] for date in feed.iter("pubDate") if date.text} == {"ноя"}


@pytest.mark.parametrize(
    ("key", "form"),
    [
        ("courier/daily-ferries-to-kuryk", "21 November 2026 06:00 (UTC+04:00)"),
        ("xezer/elet-limaninda-novbe-bitir", "21 Noyabr 2026, 05:30"),
        ("khazarpress/elet-kurik-bere-xetti", "21.11.2026 [04:18]"),
        ("dala/quryq-alyat-parom", "2026 жылғы 21 қараша, 06:06"),
        ("dala/kabel-po-dnu-kaspiya", "21 ноября 2026, 04:00"),
        ("kapital/parom-kuryk-alyat", "21.11.2026 08:00"),
        ("alatoo/onuguu-fondu-ysyk-kol", "21-ноябрь, 2026, 01:30"),
        ("kopetdag/turkmenbasy-alat-konteyner", "20-nji noýabr 2026"),
        ("pomir/parvozi-dushanbe-boku", '<meta property="article:published_time" content="2026-11-20T21:30:00+05:00">'),
        ("steppe/trans-caspian-cable-landing", '"datePublished": "2026-11-21T02:30:00+05:00"'),
        ("bosphorus/turkmenbasi-alat-konteyner-hatti", "20.11.2026 - 21:30"),
    ],
)
def test_a_page_prints_its_date_in_the_form_of_the_country(
    key: str, form: str, standing: Replica, visitor: Visitor
) -> None:
    item = next(item for item in standing.published() if item.article.key == key)
    page = visitor.get_url(item.url, User_Agent=BROWSER).body.decode(load_outlets()[item.article.outlet].charset)

    assert form in page


@pytest.mark.parametrize(
    "key", ["kundalik/meva-eksporti-rekord", "silkreview/uzum-ipo", "policydesk/what-think-tanks-are-for"]
)
def test_some_pages_print_no_date(key: str, standing: Replica, visitor: Visitor) -> None:
    item = next(item for item in standing.published() if item.article.key == key)
    page = visitor.get_url(item.url).text

    assert not re.search(r"November|noyabr|\d\d\.\d\d\.\d{4}|2026-11-\d\d", page)


def test_an_unchanged_feed_answers_304_to_either_validator(visitor: Visitor) -> None:
    first = visitor.get("dala", "/kk/atom.xml")
    by_tag = visitor.get("dala", "/kk/atom.xml", If_None_Match=first.headers["ETag"])
    by_date = visitor.get("dala", "/kk/atom.xml", If_Modified_Since=first.headers["Last-Modified"])

    assert (by_tag.status, by_tag.body) == (304, b"")
    assert (by_date.status, by_date.body) == (304, b"")


def test_a_changed_feed_answers_200_to_an_old_validator(replica: Replica) -> None:
    visitor = Visitor(replica)
    old = visitor.get("xezer", "/rss").headers["ETag"]
    replica.publish("xezer", "yeni-il-konserti")

    assert visitor.get("xezer", "/rss", If_None_Match=old).status == 200


def test_one_article_is_refused_once_with_retry_after(replica: Replica) -> None:
    visitor = Visitor(replica)
    item = next(item for item in replica.published() if item.article.slug == "istanbul-su-kesintisi")
    answers = [visitor.get_url(item.url) for _ in range(3)]

    assert [answer.status for answer in answers] == [429, 200, 200]
    assert answers[0].headers["Retry-After"] == "1"


def test_one_agency_answers_only_browsers(visitor: Visitor) -> None:
    assert visitor.get("khazarpress", "/az/rss.xml").status == 400
    assert visitor.get("khazarpress", "/az/rss.xml", User_Agent=BROWSER).status == 200


def test_one_feed_turns_into_a_page_for_browsers(visitor: Visitor) -> None:
    assert visitor.get("chuy", "/rss.php").text.startswith("<?xml")
    assert visitor.get("chuy", "/rss.php", User_Agent=BROWSER).text.startswith("<!DOCTYPE html>")


def test_a_gzipped_sitemap_for_each_day_is_found_through_robots_txt_only(standing: Replica, visitor: Visitor) -> None:
    robots = visitor.get("kundalik", "/robots.txt").text
    index_url = re.search("Sitemap: (.*)", robots)
    assert index_url
    index = ElementTree.fromstring(visitor.get_url(index_url[1]).body)
    children = [loc.text or "" for loc in index.iter(f"{SITEMAP}loc")]
    listed = [
        loc.text
        for child in children[1:]
        for loc in ElementTree.fromstring(gzip.decompress(visitor.get_url(child).body)).iter(f"{SITEMAP}loc")
    ]

    assert visitor.get_url(children[0]).status == 404
    assert "javascript:void(0)" in listed
    assert set(listed) >= {item.url for item in standing.published() if item.article.outlet == "kundalik"}
    assert visitor.get("kundalik", "/uz/rss").status == 404


def test_a_site_with_lists_only_says_200_to_everything(visitor: Visitor) -> None:
    for path in ("/rss", "/feed", "/sitemap.xml", "/robots.txt", "/kabar/1_no-such/"):
        answer = visitor.get("alatoo", path)
        assert answer.status == 200
        assert answer.text.startswith("<!DOCTYPE html>")


def test_the_list_of_all_sections_links_to_every_article(standing: Replica, visitor: Visitor) -> None:
    for outlet, path in (("alatoo", "/bolum/baary/"), ("policydesk", "/en/")):
        page = visitor.get(outlet, path).text
        for item in standing.published():
            if item.article.outlet == outlet:
                assert f'href="{item.listed_url}"' in page


def test_further_pages_of_a_list_never_end(visitor: Visitor) -> None:
    page = visitor.get("alatoo", "/bolum/baary/?page=7000").text

    assert "/kabar/" not in page
    assert "?page=2" in page


def test_articles_can_differ_in_the_query_only(standing: Replica, visitor: Visitor) -> None:
    titles = {
        item.url: item.article.title
        for item in standing.published()
        if item.article.outlet == "chuy" and item.article.stored
    }

    assert len({url.partition("?")[0] for url in titles}) == 1
    for url, title in titles.items():
        assert f"<h2>{title}</h2>" in visitor.get_url(url).text


def test_a_moved_article_redirects_to_its_new_address(standing: Replica, visitor: Visitor) -> None:
    item = next(item for item in standing.published() if item.article.kind == "moved")
    answer = visitor.get_url(item.listed_url)

    assert item.listed_url != item.url
    assert (answer.status, answer.headers["Location"]) == (301, item.url)


def test_an_article_can_redirect_to_another_outlet(standing: Replica, visitor: Visitor) -> None:
    item = next(item for item in standing.published() if item.article.kind == "away")
    answer = visitor.get_url(item.listed_url)

    assert answer.status == 301
    assert answer.headers["Location"].startswith(f"http://{host_of(4)}:{standing.port}/")


def test_a_section_can_live_on_another_host(standing: Replica) -> None:
    hosts = {item.url.split("/")[2].split(":")[0] for item in standing.published() if item.article.outlet == "steppe"}

    assert hosts == {host_of(4), host_of(24)}


@pytest.mark.parametrize(
    ("kind", "status", "says"),
    [
        ("paid", 200, "Get access to all paid materials"),
        ("captcha", 200, "Verify you are human"),
        ("thin", 200, "Photo:"),
        ("gone", 404, "404"),
        ("lost", 200, "404"),
    ],
)
def test_a_page_without_an_article_says_so_in_its_way(
    kind: str, status: int, says: str, standing: Replica, visitor: Visitor
) -> None:
    item = next(item for item in standing.published() if item.article.kind == kind)
    answer = visitor.get_url(item.url)

    assert answer.status == status
    assert says in answer.text


def test_robots_txt_closes_the_section_of_the_forbidden_article(standing: Replica, visitor: Visitor) -> None:
    item = next(item for item in standing.published() if item.article.kind == "forbidden")
    closed = re.findall("Disallow: (.*)", visitor.get("policydesk", "/robots.txt").text)

    assert any(path in item.url for path in closed)


def test_a_failing_site_answers_500_to_everything(visitor: Visitor) -> None:
    for path in ("/", "/robots.txt", "/feed"):
        assert visitor.get("mangystau", path).status == 500


def test_nobody_listens_at_a_dead_site(standing: Replica) -> None:
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((host_of(load_outlets()["maryhabar"].number), standing.port), timeout=5)


def test_a_site_can_fail_and_recover(replica: Replica) -> None:
    visitor = Visitor(replica)
    replica.fail("xezer", 503)
    failing = visitor.get("xezer", "/rss").status
    replica.recover("xezer")

    assert (failing, visitor.get("xezer", "/rss").status) == (503, 200)


def test_an_edited_article_changes_in_place(replica: Replica) -> None:
    visitor = Visitor(replica)
    before = next(item for item in replica.published() if item.article.key == "courier/fund-backs-issyk-kul-projects")
    after = replica.edit("courier", "fund-backs-issyk-kul-projects")

    assert after.url == before.url
    assert after.article.title != before.article.title
    assert "four projects worth $21 million" in visitor.get_url(after.url).text
    assert after.article.title in visitor.get("courier", "/feeds/all.xml").text


def test_a_removed_article_is_neither_listed_nor_served(replica: Replica) -> None:
    visitor = Visitor(replica)
    item = next(item for item in replica.published() if item.article.outlet == "pomir")
    replica.remove("pomir", item.article.slug)

    assert visitor.get_url(item.url).status == 404
    assert item.url not in visitor.get("pomir", "/tg/rss").text


def test_what_comes_out_later_carries_the_time_of_then(replica: Replica) -> None:
    later = datetime.fromisoformat("2026-11-22T07:00:00+04:00")
    replica.set_now(later)

    assert replica.publish("kundalik", "boku-toshkent-poyezd-konteyner").at == later
    assert replica.publish("steppe", "cable-test-traffic").url.endswith("/2026/11/cable-test-traffic/")


@pytest.mark.parametrize("action", ["publish", "edit", "remove"])
def test_an_unknown_article_is_an_error(action: str, replica: Replica) -> None:
    with pytest.raises(KeyError, match="courier/no-such"):
        getattr(replica, action)("courier", "no-such")


def test_the_log_tells_who_asked_what(replica: Replica) -> None:
    visitor = Visitor(replica)
    tag = visitor.get("kopetdag", "/tk/atom").headers["ETag"]
    visitor.get("kopetdag", "/tk/atom", If_None_Match=tag)

    assert [(line.outlet, line.path, line.user_agent, line.status, line.conditional) for line in replica.requests] == [
        ("kopetdag", "/tk/atom", "Khabar/0.1", 200, False),
        ("kopetdag", "/tk/atom", "Khabar/0.1", 304, True),
    ]
    assert (replica.count("kopetdag"), replica.count("pomir"), replica.count()) == (2, 0, 2)


def test_other_processes_control_it_over_http(replica: Replica) -> None:
    connection = http.client.HTTPConnection(host_of(1), replica.port, timeout=10)
    order = {"do": "publish", "outlet": "courier", "slug": "ferry-service-resumes"}
    connection.request("POST", "/_control", body=json.dumps(order))
    answer = json.loads(connection.getresponse().read())
    connection.close()

    assert answer["requests"]["courier"] == 0
    assert "courier/ferry-service-resumes" in {item.article.key for item in replica.published()}


def test_a_wrong_order_from_another_process_is_refused(replica: Replica) -> None:
    connection = http.client.HTTPConnection(host_of(1), replica.port, timeout=10)
    connection.request("POST", "/_control", body='{"do": "publish", "outlet": "courier", "slug": "no-such"}')
    answer = connection.getresponse()
    says = answer.read().decode()
    connection.close()

    assert answer.status == 400
    assert "courier/no-such" in says


def test_the_truth_knows_an_article_by_any_of_its_addresses(standing: Replica) -> None:
    truth = truth_of(standing.published())
    one = truth.at("xezer")[0]

    for url in (one.url, *one.aliases, f"{one.url}/", f"{one.url}?utm_source=x", f"{one.url}#top"):
        assert truth.find(url) == one
    assert truth.find(f"http://{host_of(2)}:{standing.port}/xeberler/yox") is None


def test_the_truth_can_be_had_without_a_replica(standing: Replica) -> None:
    assert load_truth(standing.port, NOW) == truth_of(standing.published())


def test_held_back_articles_are_not_out(standing: Replica) -> None:
    out = {item.article.key for item in standing.published()}

    assert out == {key for key, article in load_articles().items() if not article.held}


def test_nothing_is_left_when_it_stops(caplog: pytest.LogCaptureFixture) -> None:
    before = threading.active_count()
    replica = Replica().start(now=NOW)
    connection = http.client.HTTPConnection(host_of(1), replica.port, timeout=10)
    connection.request("GET", "/")
    connection.getresponse().read()
    port = replica.port
    replica.stop()

    assert threading.active_count() == before
    assert caplog.records == []
    connection.close()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((host_of(1), port), timeout=5)
    with Replica().start(port=port, now=NOW) as again:
        assert again.port == port


def test_a_taken_port_is_an_error(standing: Replica) -> None:
    with pytest.raises(OSError, match="in use"):
        Replica().start(port=standing.port)


def test_it_runs_as_a_process_of_its_own(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.replica", "--sources", str(tmp_path / "sources.toml")]
    command += ["--ready-file", str(tmp_path / "ready.json"), "--now", NOW.isoformat()]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        facts = json.loads(process.stdout.readline())
        with socket.create_connection((host_of(1), facts["port"]), timeout=5):
            process.send_signal(signal.SIGTERM)

    assert process.returncode == 0
    assert json.loads((tmp_path / "ready.json").read_text(encoding="utf-8")) == facts
    assert f"http://127.0.1.1:{facts['port']}/rss" in (tmp_path / "sources.toml").read_text(encoding="utf-8")
