"""Three mornings of one reader: the real tagger, grouper and archive, with a clock of our own.

What each digest shows is compared with a truth list: each story once, again only when it develops, nothing missing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from crawler.items import Draft, Extraction, Visit
from crawler.placing import REMEMBERED, Placer
from crawler.ties.tagger import load_tagger
from scheduler.config import AppConfig, Profile
from scheduler.digest.build import build_digest, record_digest, slot_to_build
from scheduler.digest.model import Change, Digest
from scheduler.digest.render import FORMATS, render
from scheduler.digest.slots import slot_instant
from storage.records import WaitingCandidate
from storage.session import Storage

SOURCES = "".join(
    f"""
[{name}]
name = "{name.title()}"
language = "{lang}"
country = "{country}"
zone = "UTC"
kind = "{kind}"
feeds = ["https://{name}.example/rss"]
"""
    for name, lang, country, kind in (
        ("caspian", "en", "AZ", "private"),
        ("bakuwire", "en", "AZ", "state"),
        ("almaty", "en", "KZ", "private"),
        ("dala", "en", "KZ", "state"),
        ("bishkek", "en", "KG", "private"),
        ("tashkent", "en", "UZ", "private"),
    )
)
ZONE = "Asia/Baku"
FIRST, SECOND, THIRD = (date(2026, 11, day) for day in (20, 21, 22))
PLANT = (
    "Azerbaijan and Uzbekistan have agreed to build a textile plant in Fergana.\n\n"
    "The plant will be owned half and half by an Azerbaijani cotton company and an Uzbek spinning mill, the two "
    "ministries of economy said in Tashkent on Thursday.\n\n"
    "It is to spin 9,000 tonnes of Azerbaijani cotton a year and to employ people from three districts of Fergana."
)
FUND = (
    "The Azerbaijani-Kyrgyz Development Fund will pay for a milk factory in Osh.\n\n"
    "The council of the fund, in which Azerbaijan and Kyrgyzstan have three members each, approved the milk factory in "
    "Bishkek.\n\nThe factory in Osh will take the milk of 400 farms, the fund said."
)


@dataclass(frozen=True)
class Printed:
    """An article as an outlet brought it out; `name` is that of its story in the truth list."""

    name: str
    outlet: str
    published: str
    """``20 13:00``: day of November and time in UTC; ``?`` when the page has no date."""
    title: str
    text: str
    found: str = ""
    """The same; a quarter of an hour after it was published when empty."""
    agency: str | None = None

    @property
    def published_at(self) -> datetime | None:
        return None if self.published == "?" else _at(self.published)

    @property
    def found_at(self) -> datetime:
        return _at(self.found) if self.found else _at(self.published) + timedelta(minutes=15)


BEFORE_FIRST = (
    Printed(
        "terminal",
        "caspian",
        "19 08:00",
        "Azerbaijan and Kazakhstan to build a grain terminal in Alat",
        "Azerbaijan and Kazakhstan will build a grain terminal in the port of Alat, the ministers of transport agreed "
        "in Baku.\n\nThe grain terminal in Alat will cost $61 million and take Kazakh wheat from the ships that come "
        "from Aktau.\n\nThe port of Alat and a Kazakh grain company will own it together.",
    ),
    Printed("plant", "bakuwire", "19 11:00", "Azerbaijan and Uzbekistan agree on a textile plant in Fergana", PLANT),
    Printed("fund", "bishkek", "19 22:30", "Azerbaijani-Kyrgyz fund pays for a milk factory in Osh", FUND),
)
BEFORE_SECOND = (
    # Eight o'clock in Baku, when the first digest was made, to the minute: the second has it.
    Printed(
        "flights",
        "tashkent",
        "20 04:00",
        "Uzbekistan Airways to fly to Ganja twice a week",
        "Uzbekistan Airways opens direct flights from Tashkent to Ganja in Azerbaijan, twice a week.\n\n"
        "The flights between Uzbekistan and Azerbaijan begin in spring, the airline said after talks with the airport "
        "of Ganja.",
    ),
    Printed(
        "terminal",
        "almaty",
        "20 09:00",
        "Kazakhstan and Azerbaijan raise the price of the Alat grain terminal to $75 million",
        "The grain terminal that Kazakhstan and Azerbaijan are to build in the port of Alat will cost $75 million, a "
        "Kazakh grain company said in Astana.\n\nThe grain terminal in Alat will take Kazakh wheat from the ships that "
        "come from Aktau, and needs a longer berth than planned.\n\nThe port of Alat owns the other half of it.",
    ),
    Printed("plant", "caspian", "20 10:00", "Azerbaijan and Uzbekistan agree on a textile plant in Fergana", PLANT),
    Printed(
        "students",
        "dala",
        "?",
        "Kazakhstan and Azerbaijan exchange students of geology",
        "The universities of Astana and Baku will exchange forty students of geology.\n\nKazakhstan and Azerbaijan "
        "signed the agreement on students in Astana.",
        found="20 12:00",
    ),
    Printed(
        "treaty",
        "almaty",
        "05 12:00",
        "Kazakhstan ratifies a customs treaty with Azerbaijan",
        "The parliament of Kazakhstan has ratified the customs treaty with Azerbaijan.\n\nThe treaty lets customs "
        "officers of Kazakhstan and Azerbaijan read each other's declarations.",
        found="20 13:00",
    ),
)
TOO_LATE_FOR_SECOND = (
    Printed(
        "museum",
        "bakuwire",
        "21 03:30",
        "Museums of Baku and Bishkek lend each other carpets",
        "The carpet museum of Baku and the museum of history in Bishkek will lend each other carpets, Azerbaijan and "
        "Kyrgyzstan agreed.\n\nThe ministers of culture of Azerbaijan and Kyrgyzstan signed the agreement on carpets.",
        found="21 03:59",
    ),
)
BEFORE_THIRD = (
    Printed(
        "terminal",
        "dala",
        "21 08:00",
        "Kazakhstan and Azerbaijan will sign the contract for the grain terminal in Alat on 2 December",
        "Kazakhstan and Azerbaijan will sign the contract for the grain terminal in the port of Alat on 2 December "
        "2026, at a meeting in Aktau.\n\nThe grain terminal in Alat will take Kazakh wheat from the ships that come "
        "from Aktau, the ministry of transport of Kazakhstan said.\n\nA Kazakh grain company and the port of Alat own "
        "it.",
    ),
    Printed(
        "plant",
        "bakuwire",
        "21 09:00",
        "Textile plant of Azerbaijan and Uzbekistan in Fergana to cost $48 million",
        "The textile plant that Azerbaijan and Uzbekistan build in Fergana will cost $48 million.\n\nThe Azerbaijani "
        "cotton company and the Uzbek spinning mill share the price of the textile plant in Fergana, the two "
        "ministries of economy said in Tashkent.",
    ),
    Printed(
        "fund",
        "almaty",
        "21 10:00",
        "Azerbaijani-Kyrgyz fund pays for a milk factory in Osh",
        f"{FUND}\n\nSource: Bishkek",
        agency="Bishkek",
    ),
    Printed(
        "cable",
        "caspian",
        "22 03:59",
        "Cable on the floor of the Caspian between Azerbaijan and Turkmenistan surveyed",
        "Azerbaijan and Turkmenistan have surveyed the way of a power cable on the floor of the Caspian.\n\nThe cable "
        "from Turkmenbashi to Baku is to carry power from Turkmenistan to Azerbaijan, the energy ministries said.",
        found="22 03:59",
    ),
)
TRUTH = {
    FIRST: {"new": {"terminal", "plant", "fund"}},
    SECOND: {"new": {"flights"}, "developing": {"terminal"}, "undated": {"students"}, "late": {"treaty"}},
    THIRD: {"new": {"cable", "museum"}, "developing": {"terminal", "plant"}},
}
REPEATED = {FIRST: set[str](), SECOND: {"plant"}, THIRD: {"fund"}}


@dataclass
class Newsroom:
    """An archive that fills, and the digests made of it."""

    storage: Storage
    config: AppConfig
    names: dict[int, str]
    """Article to story of the truth list."""

    def store(self, articles: Sequence[Printed]) -> None:
        placer, tagger = Placer(), load_tagger()
        with self.storage.begin() as db:
            placer.load(db, articles[0].found_at - REMEMBERED)
            for one in sorted(articles, key=lambda one: one.found_at):
                url = f"https://{one.outlet}.example/news/{len(self.names) + 1}"
                draft = Draft(
                    candidate=WaitingCandidate(url=url, key=url, source=one.outlet),
                    extraction=Extraction(
                        url=url,
                        title=one.title,
                        text=one.text,
                        lang="en",
                        published_at=one.published_at,
                        published_is_sure=one.published_at is not None,
                        agency=one.agency,
                    ),
                    tagging=tagger.tag(one.title, one.text, lang="en", published=one.found_at.date()),
                    visit=Visit(url=url),
                    fetched_at=one.found_at,
                )
                self.names[placer.place(db, draft, one.found_at).article] = one.name

    def make(self, on: date, profile: Profile | None = None, now: datetime | None = None) -> Digest:
        profile = profile or self.config.profiles[0]
        window, at = slot_to_build(self.storage, profile, on, now or slot_instant(profile, on))
        digest = build_digest(self.storage, self.config, profile=profile, window=window, now=at)
        record_digest(self.storage, digest)
        return digest

    def told(self, digest: Digest) -> dict[str, set[str]]:
        return {
            section.kind.value: {self.names[story.best.article_id] for story in section.stories}
            for section in digest.sections
        }

    def news(self, digest: Digest, name: str) -> object:
        return next(story.development for story in digest.stories if self.names[story.best.article_id] == name)


@pytest.fixture
def newsroom(sqlite_storage: Storage, tmp_path: Path) -> Newsroom:
    sources = tmp_path / "sources.toml"
    sources.write_text(SOURCES, encoding="utf-8")
    config = AppConfig.model_validate({"crawl": {"sources": [str(sources)]}, "digest": {"zone": ZONE, "at": "08:00"}})
    return Newsroom(sqlite_storage, config, {})


@pytest.fixture
def mornings(newsroom: Newsroom) -> tuple[Newsroom, dict[date, Digest]]:
    """The three digests, each made when it was due; one article of the second day was still on its way then."""
    digests = {}
    newsroom.store(BEFORE_FIRST)
    digests[FIRST] = newsroom.make(FIRST)
    newsroom.store(BEFORE_SECOND)
    digests[SECOND] = newsroom.make(SECOND)
    newsroom.store(TOO_LATE_FOR_SECOND)
    newsroom.store(BEFORE_THIRD)
    digests[THIRD] = newsroom.make(THIRD)
    return newsroom, digests


def test_each_digest_is_the_truth_list(mornings: tuple[Newsroom, dict[date, Digest]]) -> None:
    newsroom, digests = mornings
    assert {on: newsroom.told(digest) for on, digest in digests.items()} == TRUTH
    repeated = {on: {newsroom.names[one.article_id] for one in digest.repeated} for on, digest in digests.items()}
    assert repeated == REPEATED


def test_what_is_new_is_told(mornings: tuple[Newsroom, dict[date, Digest]]) -> None:
    newsroom, digests = mornings
    second, third = newsroom.news(digests[SECOND], "terminal"), newsroom.news(digests[THIRD], "terminal")
    assert (second.outlets, second.sides, second.figures) == (("Almaty",), ("KZ",), ("$75 million",))  # type: ignore[attr-defined]
    assert (third.outlets, third.sides, third.dates) == (("Dala",), (), (date(2026, 12, 2),))  # type: ignore[attr-defined]
    assert newsroom.news(digests[THIRD], "plant").figures == ("$48 million",)  # type: ignore[attr-defined]


def test_the_windows_touch(mornings: tuple[Newsroom, dict[date, Digest]]) -> None:
    windows = [digest.window for digest in mornings[1].values()]
    assert [window.end for window in windows[:-1]] == [window.start for window in windows[1:]]


def test_what_is_planned_is_told_until_its_day(mornings: tuple[Newsroom, dict[date, Digest]]) -> None:
    newsroom, digests = mornings
    assert [planned.on for planned in digests[THIRD].planned] == [date(2026, 12, 2)]
    later = newsroom.make(date(2026, 11, 23))
    assert (later.stories, [planned.on for planned in later.planned]) == ((), [date(2026, 12, 2)])


def test_a_digest_made_again_shows_the_same_and_takes_nothing_from_the_next(newsroom: Newsroom) -> None:
    newsroom.store(BEFORE_FIRST)
    newsroom.make(FIRST)
    newsroom.store(BEFORE_SECOND)
    second = newsroom.make(SECOND)
    newsroom.store([*TOO_LATE_FOR_SECOND, *BEFORE_THIRD])
    again = newsroom.make(SECOND, now=datetime(2026, 11, 21, 12, tzinfo=UTC))
    assert (again.sections, again.repeated, again.built_at) == (second.sections, second.repeated, second.built_at)
    assert newsroom.told(newsroom.make(THIRD)) == TRUTH[THIRD]


def test_a_digest_sent_early_leaves_the_rest_to_the_next(newsroom: Newsroom) -> None:
    newsroom.store(BEFORE_FIRST)
    early = newsroom.make(FIRST, now=datetime(2026, 11, 19, 22, tzinfo=UTC))
    newsroom.store(BEFORE_SECOND)
    assert newsroom.told(early) == {"new": {"terminal", "plant"}}
    assert "fund" in newsroom.told(newsroom.make(SECOND))["new"]


def test_a_digest_that_was_missed_covers_its_own_time(newsroom: Newsroom) -> None:
    newsroom.store(BEFORE_FIRST)
    newsroom.make(FIRST)
    newsroom.store([*BEFORE_SECOND, *TOO_LATE_FOR_SECOND, *BEFORE_THIRD])
    late = [newsroom.make(on, now=datetime(2026, 11, 22, 6, tzinfo=UTC)) for on in (SECOND, THIRD)]
    museum = {"museum"}
    assert [newsroom.told(digest) for digest in late] == [
        TRUTH[SECOND] | {"new": TRUTH[SECOND]["new"] | museum},
        TRUTH[THIRD] | {"new": TRUTH[THIRD]["new"] - museum},
    ]


def test_each_profile_has_readers_of_its_own(mornings: tuple[Newsroom, dict[date, Digest]]) -> None:
    newsroom, _ = mornings
    embassy = newsroom.config.profiles[0].model_copy(update={"name": "embassy", "pairs": ("AZ-KZ",), "language": "ru"})
    digest = newsroom.make(THIRD, embassy)
    assert newsroom.told(digest) == {"new": {"terminal"}}
    assert {story.pair for story in digest.stories} == {"AZ-KZ"}


@pytest.mark.parametrize("format", FORMATS)
def test_the_morning_page_is_rendered(mornings: tuple[Newsroom, dict[date, Digest]], format: str) -> None:
    page = render(mornings[1][THIRD], format)
    assert "$48 million" in (page.decode() if isinstance(page, bytes) else page).replace("\\", "")


def _at(text: str) -> datetime:
    day, _, time = text.partition(" ")
    hours, _, minutes = time.partition(":")
    return datetime(2026, 11, int(day), int(hours), int(minutes), tzinfo=UTC)


def revise(newsroom: Newsroom, name: str, at: str, *, old: str, new: str) -> None:
    """What the publisher of the first article of a story does after it was stored."""
    article_id = next(number for number, story in newsroom.names.items() if story == name)
    with newsroom.storage.begin() as db:
        before = db.articles.get(article_id)
        assert before
        after = replace(before, text=before.text.replace(old, new))
        db.articles.revise(article_id, after, changed=("text",), seen_at=_at(at))


def test_what_was_read_and_is_corrected_or_taken_down_is_told_once(newsroom: Newsroom) -> None:
    newsroom.store(BEFORE_FIRST)
    newsroom.make(FIRST)
    newsroom.store(BEFORE_SECOND)
    revise(newsroom, "plant", "20 09:00", old="9,000 tonnes", new="6,000 tonnes")
    revise(newsroom, "flights", "20 09:30", old="twice", new="thrice")  # nobody has read of them yet
    with newsroom.storage.begin() as db:
        fund = next(number for number, story in newsroom.names.items() if story == "fund")
        db.articles.mark_removed(fund, _at("20 10:00"))
    second, third = newsroom.make(SECOND), newsroom.make(THIRD)
    told = [(newsroom.names[one.report.article_id], one.kind.value) for one in second.corrections]
    assert told == [("plant", "edited"), ("fund", "removed")]
    changes = second.corrections[0].changes
    assert [text.strip() for text, change in changes if change is not Change.SAME] == ["9,000", "6,000"]
    assert third.corrections == ()


def test_what_is_changed_and_changed_back_is_no_correction(newsroom: Newsroom) -> None:
    newsroom.store(BEFORE_FIRST)
    newsroom.make(FIRST)
    revise(newsroom, "plant", "20 09:00", old="9,000 tonnes", new="6,000 tonnes")
    revise(newsroom, "plant", "20 11:00", old="6,000 tonnes", new="9,000 tonnes")
    assert newsroom.make(SECOND).corrections == ()
