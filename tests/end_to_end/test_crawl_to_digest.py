"""The main job, end to end, with the real program over real sockets: the replica's truth list is what must come out."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from storage.records import Relevance
from tests.end_to_end.conftest import Crawled
from tests.replica.truth import TrueArticle


def test_every_article_is_stored_exactly_once(crawled: Crawled) -> None:
    stored = Counter(_key(crawled, article.url) for article in crawled.articles)
    assert stored == Counter({article.key: 1 for article in crawled.truth.stored})


def test_the_relevant_ones_are_those_of_the_truth_list(crawled: Crawled) -> None:
    found = {_key(crawled, a.url) for a in crawled.articles if a.tagging.relevance is Relevance.SUBSTANTIVE}
    assert found == {article.key for article in crawled.truth.relevant}


def test_relevant_articles_have_their_pairs(crawled: Crawled) -> None:
    found = {_key(crawled, article.url): {tie.pair for tie in article.tagging.ties} for article in crawled.articles}
    wrong = {each.key: found[each.key] for each in crawled.truth.relevant if not _tells(found[each.key], each)}
    assert wrong == {}


def test_each_tie_has_a_sentence_of_the_article(crawled: Crawled) -> None:
    for article in crawled.articles:
        whole = f"{article.title}\n\n{article.text}"
        for tie in article.tagging.ties:
            assert tie.evidence, article.url
            for evidence in tie.evidence:
                assert whole[evidence.start : evidence.end] == evidence.sentence


def test_dates_are_those_of_the_site(crawled: Crawled) -> None:
    for article in crawled.articles:
        true = crawled.truth.find(article.url)
        assert true
        if true.date_known == "none":
            continue
        assert article.published_at, article.url
        if true.date_known == "minute":
            assert article.published_at == true.published_at, article.url
        else:
            assert abs((article.published_at - true.published_at).days) <= 1, article.url


def test_titles_and_languages_are_right(crawled: Crawled) -> None:
    for article in crawled.articles:
        true = crawled.truth.find(article.url)
        assert true
        assert (article.title, article.lang) == (true.title, true.lang), article.url


def test_articles_of_one_story_are_together_and_alone(crawled: Crawled) -> None:
    true, found = {}, {}
    for article in crawled.articles:
        known = crawled.truth.find(article.url)
        if (
            known
            and known.story
            and article.story_id is not None
            and article.tagging.relevance is Relevance.SUBSTANTIVE
        ):
            true[known.key], found[known.key] = known.story, article.story_id
    assert b_cubed(true, found) >= 0.97


def test_a_second_crawl_fetches_no_article_and_asks_at_most_twice(crawled: Crawled) -> None:
    assert sum(report["stored"] + report["fetched"] for report in crawled.second["sources"]) == 0
    articles = {crawled.truth.find(f"http://{r.host}{r.path}") for r in crawled.second_requests}
    assert articles <= {None}
    per_source = Counter(request.outlet for request in crawled.second_requests)
    failing = {report["source"] for report in crawled.second["sources"] if report["outcome"] not in ("ok", "unchanged")}
    assert {source: count for source, count in per_source.items() if count > 2 and source not in failing} == {}


def test_the_numbers_of_a_run_add_up(crawled: Crawled) -> None:
    for report in crawled.first["sources"]:
        settled = report["stored"] + sum(report["refused"].values())
        assert settled <= report["fetched"] + sum(report["refused"].values())
        assert report["new"] <= report["listed"], report
    assert sum(report["stored"] for report in crawled.first["sources"]) == len(crawled.articles)


def test_each_refusal_has_a_reason(crawled: Crawled) -> None:
    refused = Counter[str]()
    for report in crawled.first["sources"]:
        refused.update(report["refused"])
    assert {"paid", "captcha", "error page"} <= set(refused)


def test_the_digest_shows_each_story_once(crawled: Crawled) -> None:
    today = datetime.now(UTC).astimezone(ZoneInfo("Asia/Baku")).date()
    done = crawled.workspace.run("digest", "--on", today.isoformat())
    assert done.returncode == 0, done.stderr
    page = json.loads((crawled.workspace.folder / "digests" / f"khabar-{today}.json").read_text(encoding="utf-8"))
    shown = [report["article_id"] for story in page["stories"] for report in story["reports"]]
    assert len(shown) == len(set(shown))
    assert {a.id for a in crawled.articles if a.tagging.relevance is Relevance.SUBSTANTIVE} <= set(shown)
    stories = [story["story_id"] for story in page["stories"]]
    assert len(stories) == len(set(stories))


@pytest.mark.parametrize("form", ["html", "txt", "md", "json", "atom"])
def test_the_digest_is_written_in_every_format(crawled: Crawled, form: str) -> None:
    done = crawled.workspace.run("digest", "--format", form, "--out", f"only-{form}")
    assert done.returncode == 0, done.stderr
    assert len(list((crawled.workspace.folder / f"only-{form}").iterdir())) == 1


def test_search_finds_across_scripts(crawled: Crawled) -> None:
    hits = crawled.workspace.json("search", "Азербайджан", "--pair", "AZ-KZ")
    assert hits
    assert all(any(tie["other"] == "KZ" for tie in hit["article"]["tagging"]["ties"]) for hit in hits)


def test_explain_prints_the_sum(crawled: Crawled) -> None:
    article = next(a for a in crawled.articles if a.tagging.relevance is Relevance.SUBSTANTIVE)
    done = crawled.workspace.run("explain", str(article.id))
    assert done.returncode == 0, done.stderr
    assert article.tagging.ties[0].evidence[0].sentence in done.stdout.replace("\n", " ")


def test_status_names_the_sources_in_trouble(crawled: Crawled) -> None:
    done = crawled.workspace.run("status")
    assert done.returncode == 0, done.stderr
    failing = [r["source"] for r in crawled.second["sources"] if r["outcome"] not in ("ok", "unchanged")]
    assert failing
    for source in failing:
        assert source in done.stdout


def b_cubed(true: Mapping[str, object], found: Mapping[str, object]) -> float:
    """F1 of B-cubed precision and recall (Bagga and Baldwin 1998) over the same articles."""

    def mean(of: Mapping[str, object], against: Mapping[str, object]) -> float:
        shares = []
        for key in of:
            together = [other for other in of if of[other] == of[key]]
            shares.append(sum(against[other] == against[key] for other in together) / len(together))
        return sum(shares) / len(shares)

    precision, recall = mean(found, true), mean(true, found)
    return 2 * precision * recall / (precision + recall)


def _tells(pairs: set[str], article: TrueArticle) -> bool:
    """Whether these are the pairs of the article. Central Asia as a whole may also be told by the states it names."""
    central_asia = "AZ-C5" in article.pairs and "AZ-C5" not in pairs and len(pairs) > 1
    needed = set(article.pairs) - ({"AZ-C5"} if central_asia else set())
    return needed <= pairs <= {*article.pairs, *article.side_pairs}


def _key(crawled: Crawled, url: str) -> str:
    true = crawled.truth.find(url)
    return true.key if true else url
