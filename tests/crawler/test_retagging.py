"""Tagging stored articles anew: what is written, where articles then belong, and what a kill leaves."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from crawler.placing import Placer
from crawler.regrouping import Regrouper
from crawler.retagging import Change, Retagging
from crawler.stories.lines import group_lines
from storage.integrity import check
from storage.records import Article, Mark, Relevance, SearchQuery, Tagging
from storage.repositories import articles
from storage.session import Storage, open_storage
from tests.crawler.stories.test_meaning import SameForAll
from tests.factories import NOW, make_article, make_tagging

FERRY = "Azerbaijan and Kazakhstan opened a ferry line between Alat and Kuryk on Monday. It carries 54 wagons a week."
FERRY_ELSEWHERE = (
    "A ferry line between the ports of Alat and Kuryk was opened on Monday, Kazakhstan's transport ministry says. "
    "The ferry takes 54 wagons a week from Kuryk to Azerbaijan."
)
HARVEST = "Farmers around Osh have brought in a third more apples than last year, the Kyrgyz ministry of farming told."


@dataclass
class Words:
    """A tagger that finds a tie with Kazakhstan in every text that holds one of its words."""

    words: tuple[str, ...] = ("ferry",)
    version: str = "v2"
    asked: list[str | None] = field(default_factory=list)

    def tag(self, title: str, text: str, *, source_country: str | None = None, **_: object) -> Tagging:
        self.asked.append(source_country)
        return make_tagging(*(["KZ"] if any(word in text for word in self.words) else []), version=self.version)


def add(storage: Storage, text: str, *, hours: float = 0, story: int | None = None, **values: object) -> int:
    at = NOW + timedelta(hours=hours)
    values = {"tagging": make_tagging(), "title": "", "text": text, "published_at": at, "fetched_at": at} | values
    with storage.begin() as db:
        number = db.articles.count()
        article = make_article(url=f"https://herald.example/{number}", **values)
        return db.articles.add(article, story=story, copy_of=None)


def work(storage: Storage, tagger: object, **values: object) -> Retagging:
    return Retagging(storage=storage, tagger=tagger, countries={"herald": "AZ"}, **values)  # type: ignore[arg-type]


def retag(storage: Storage, tagger: object | None = None, **values: object) -> list[Change]:
    retagging = work(storage, tagger or Words(), **values)
    return flat(retagging.apply(Regrouper(storage, Placer), NOW))


def flat(batches: Iterable[list[Change]]) -> list[Change]:
    return [change for batch in batches for change in batch]


def get(storage: Storage, article_id: int) -> Article:
    with storage.read() as db:
        found = db.articles.get(article_id)
    assert found is not None
    return found


def open_story(storage: Storage) -> int:
    with storage.begin() as db:
        return db.stories.open(NOW)


def test_a_preview_tells_what_would_change_and_writes_nothing(storage: Storage) -> None:
    article_id = add(storage, FERRY)
    before = get(storage, article_id)
    (change,) = flat(work(storage, Words()).preview())
    assert (change.article, change.shows) == (article_id, True)
    assert (change.before.relevance, change.after.relevance) == (Relevance.NONE, Relevance.SUBSTANTIVE)
    assert (change.before.pairs, change.after.pairs) == ((), ("AZ-KZ",))
    assert get(storage, article_id) == before


def test_a_tagging_says_who_made_it_and_is_not_made_twice(storage: Storage) -> None:
    article_id = add(storage, HARVEST)
    tagger = Words()
    assert [change.article for change in retag(storage, tagger)] == [article_id]
    assert get(storage, article_id).tagging.version == "v2"
    assert work(storage, tagger).count() == 0
    assert retag(storage, tagger) == []
    assert len(tagger.asked) == 1


def test_the_country_of_the_source_is_told_as_in_a_crawl(storage: Storage) -> None:
    add(storage, FERRY)
    add(storage, HARVEST, source="gone")
    tagger = Words()
    retag(storage, tagger)
    assert tagger.asked == ["AZ", None]


def test_only_younger_articles_are_tagged_when_so_told(storage: Storage) -> None:
    add(storage, FERRY, hours=-48)
    young = add(storage, FERRY_ELSEWHERE)
    since = NOW - timedelta(days=1)
    assert work(storage, Words(), since=since).count() == 1
    assert [change.article for change in retag(storage, since=since)] == [young]


def test_new_ties_are_found_by_a_search(storage: Storage) -> None:
    article_id = add(storage, FERRY)
    retag(storage)
    with storage.read() as db:
        assert [hit.article.id for hit in db.articles.search(SearchQuery(pair="AZ-KZ"))] == [article_id]


def test_articles_on_one_event_come_into_one_story(storage: Storage) -> None:
    ids = [add(storage, FERRY), add(storage, HARVEST), add(storage, FERRY_ELSEWHERE, hours=2, source="dala")]
    retag(storage)
    stories = [get(storage, each).story_id for each in ids]
    assert stories[0] == stories[2] is not None
    assert stories[1] is None


@pytest.mark.parametrize("hours", [-3, 3])
def test_an_article_joins_the_story_that_is_there_whichever_was_first(storage: Storage, hours: int) -> None:
    story = open_story(storage)
    add(storage, FERRY_ELSEWHERE, story=story, source="dala", tagging=make_tagging("KZ", version="v2"))
    article_id = add(storage, FERRY, hours=hours)
    retag(storage)
    assert get(storage, article_id).story_id == story


def test_a_story_of_another_month_is_not_joined(storage: Storage) -> None:
    story = open_story(storage)
    add(storage, FERRY_ELSEWHERE, story=story, hours=-24 * 40, tagging=make_tagging("KZ", version="v2"))
    article_id = add(storage, FERRY)
    retag(storage)
    assert get(storage, article_id).story_id not in {None, story}


def test_an_article_without_a_tie_leaves_its_story_and_the_others_stay(storage: Storage) -> None:
    story = open_story(storage)
    left = add(storage, HARVEST, story=story, tagging=make_tagging("KZ"))
    stayed = add(storage, FERRY, story=story, tagging=make_tagging("KZ"))
    retag(storage)
    assert get(storage, left).story_id is None
    with storage.read() as db:
        assert [article.id for article in db.stories.members(story)] == [stayed]


def test_what_was_stored_first_is_no_copy_of_what_came_later(storage: Storage) -> None:
    story = open_story(storage)
    first = add(storage, FERRY)
    add(storage, FERRY, hours=1, story=story, source="dala", tagging=make_tagging("KZ", version="v2"))
    retag(storage)
    assert (get(storage, first).story_id, get(storage, first).copy_of) == (story, None)


KYRGYZ = (
    "Тышкы иштер министрлиги Баку менен жарандардын ички паспорт менен каттоосу боюнча макулдашуу даярдалып "
    "жатканын билдирди. Буга чейин чет өлкөлүк паспорт талап кылынчу."
)
RUSSIAN = "Бишкек и Баку готовят соглашение о поездках граждан. Сейчас для въезда нужен загранпаспорт, говорят в МИД."


@pytest.mark.parametrize("has_model", [False, True])
def test_a_model_reads_an_article_once_and_helps_whoever_comes_later(storage: Storage, has_model: bool) -> None:
    """Two languages that share hardly a name."""
    first = SameForAll() if has_model else None
    ids = [add(storage, KYRGYZ, lang="ky")]
    flat(work(storage, Words(words=("",))).apply(Regrouper(storage, lambda: Placer(first)), NOW))
    ids.append(add(storage, RUSSIAN, hours=1, lang="ru"))
    second = SameForAll() if has_model else None
    flat(work(storage, Words(words=("",))).apply(Regrouper(storage, lambda: Placer(second)), NOW))
    stories = {get(storage, each).story_id for each in ids}
    assert len(stories) == (1 if has_model else 2)
    assert [len(model.seen) for model in (first, second) if model] == ([1, 1] if has_model else [])


def test_a_mark_outweighs_the_new_tagging_too(storage: Storage) -> None:
    article_id = add(storage, FERRY)
    with storage.begin() as db:
        db.marks.put(article_id, Mark(relevance=Relevance.NONE, marked_at=NOW))
    (change,) = retag(storage)
    after = get(storage, article_id)
    assert not change.shows
    assert (after.tagging.relevance, after.story_id) == (Relevance.NONE, None)
    assert after.machine_tagging.relevance is Relevance.SUBSTANTIVE


def test_stories_are_those_that_a_crawl_would_have_made(
    sqlite_storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same articles, grouped as they come: batches, and stories loaded as they are needed, change nothing."""
    monkeypatch.setattr(articles, "TAGGED_AT_ONCE", 7)
    lines = (Path(__file__).parent / "stories" / "events_dev.jsonl").read_text(encoding="utf-8").splitlines()[:60]
    told = sorted(map(json.loads, lines), key=lambda each: each["published"])
    expected = defaultdict(set)
    for result in group_lines(json.dumps(each) for each in told):
        expected[result["story"]].add(result["id"])
    names = {}

    for each in told:
        at = datetime.fromisoformat(each["published"])
        values = {key: each[key] for key in ("title", "lang")} | {"source": each["outlet"]}
        names[add(sqlite_storage, each["text"], **values | {"published_at": at, "fetched_at": at})] = each["id"]
    retag(sqlite_storage, Words(words=("",)))
    found = defaultdict(set)
    for article_id, name in names.items():
        found[get(sqlite_storage, article_id).story_id].add(name)
    assert sorted(map(sorted, found.values())) == sorted(map(sorted, expected.values()))


KILLED = """
import os, signal, sys
from crawler.placing import Placer
from crawler.regrouping import Regrouper
from storage.repositories import articles
from storage.session import open_storage
from tests.crawler.test_retagging import NOW, Words, work
from sqlalchemy import event
from sqlalchemy.engine import Engine

articles.TAGGED_AT_ONCE = 5
storage = open_storage(sys.argv[1])
left = int(sys.argv[2])

@event.listens_for(Engine, "before_cursor_execute")
def count(connection, cursor, statement, *_):
    global left
    left -= statement.lstrip().startswith(("UPDATE", "INSERT"))
    if left < 0:
        os.kill(os.getpid(), signal.SIGKILL)

list(work(storage, Words()).apply(Regrouper(storage, Placer), NOW))
"""


@pytest.mark.parametrize(("steps", "batches"), [(40, 1), (77, 3)])
def test_a_killed_retagging_leaves_whole_batches_and_goes_on(sqlite_url: str, steps: int, batches: int) -> None:
    storage = open_storage(sqlite_url)
    ids = [add(storage, FERRY if number % 2 else HARVEST, hours=number) for number in range(23)]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", KILLED, sqlite_url, str(steps)], env=environment, check=False)
    assert done.returncode == -signal.SIGKILL
    tagged = [get(storage, each).tagging.version == "v2" for each in ids]
    assert sum(tagged) == 5 * batches
    assert tagged == sorted(tagged, reverse=True)

    retag(storage)

    assert check(storage) == []
    for number, article_id in enumerate(ids):
        article = get(storage, article_id)
        assert article.tagging.version == "v2"
        assert (article.story_id is None) is not bool(number % 2)
    storage.close()


ADDING = """
import sys, threading
from itertools import count
from storage.session import open_storage
from tests.factories import NOW, make_article, make_tagging

storage = open_storage(sys.argv[1])
ended = threading.Event()
threading.Thread(target=lambda: (sys.stdin.read(), ended.set())).start()
for number in count():
    with storage.begin() as db:
        article = make_article(url=f"https://dala.example/{number}", tagging=make_tagging("KZ", version="v1"))
        db.articles.add(article, story=db.stories.open(NOW), copy_of=None)
    print(number, flush=True)
    if ended.is_set():
        break
"""


def test_a_crawl_can_go_on_meanwhile(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(articles, "TAGGED_AT_ONCE", 5)
    storage = open_storage(sqlite_url)
    for number in range(60):
        add(storage, FERRY, hours=number)
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", ADDING, sqlite_url]
    with subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as crawl:
        assert crawl.stdin
        assert crawl.stdout
        assert crawl.stdout.readline() == "0\n"
        batches = work(storage, Words()).apply(Regrouper(storage, Placer), NOW)
        during = [change for _, batch in zip(range(12), batches, strict=False) for change in batch]
        assert crawl.poll() is None
        crawl.stdin.close()
        # Not `communicate`: it would miss the lines that came with the first one.
        out = crawl.stdout.read()
        assert crawl.wait() == 0
    assert len(during) == 60
    added = len(out.splitlines()) + 1
    retag(storage)
    with storage.read() as db:
        assert db.articles.count() == db.articles.count(relevance=Relevance.SUBSTANTIVE) == 60 + added
        assert db.articles.count_tagged_otherwise("v2") == 0
    assert check(storage) == []
    storage.close()
