from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.stories.grouper import Grouper
from crawler.stories.items import StoryItem
from crawler.stories.recent import GAP, LIFE, SIZE

NOW = datetime(2025, 3, 5, 9, tzinfo=UTC)
TEXT = (
    "Kazakhstan's Prodcorporation and Azerbaijani partners have laid the foundation of a grain terminal in Alat. "
    "Its first stage will handle 700,000 tons a year. The investment of $28 million is to be completed next summer."
)
SAME_EVENT = (
    "В порту Алят начали строить зерновой терминал мощностью 700 тыс. тонн. Компания «Продкорпорация» из Казахстана и "
    "азербайджанские партнеры вложат в него 28 млн долларов."
)
OTHER_EVENT = (
    "The judo team of Uzbekistan took three medals on the first day of the Grand Slam in Baku. Dilshodbek Baratov won "
    "gold in the under 60 kg class."
)


def item(id: int | str, text: str = TEXT, *, title: str = "", lang: str = "en", at: datetime | None = NOW) -> StoryItem:
    return StoryItem(id=id, title=title, text=text, lang=lang, published_at=at)


def test_two_languages_tell_one_story():
    grouper = Grouper()
    first = grouper.add(item(1, title="Work starts on Kazakh grain terminal in port of Alat"))
    second = grouper.add(item(2, SAME_EVENT, title="В порту Алят строят зерновой терминал", lang="ru"))
    assert first.story == second.story
    assert second.copy_of is None


def test_another_event_opens_another_story():
    grouper = Grouper()
    assert grouper.add(item(1)).story != grouper.add(item(2, OTHER_EVENT)).story


def test_a_copy_is_in_the_story_of_its_original_and_says_how_much_it_took():
    grouper = Grouper()
    original = grouper.add(item("a"))
    copy = grouper.add(item("b", TEXT + " Follow us on our channel."))
    assert (copy.story, copy.copy_of) == (original.story, "a")
    assert 0.8 < copy.shared < 1


def test_a_copy_of_a_copy_leads_back_to_the_first_text():
    grouper = Grouper()
    grouper.add(item("a"))
    grouper.add(item("b", "Trend reports. " + TEXT))
    assert grouper.add(item("c", "Trend reports. " + TEXT + " Read more.")).copy_of == "a"


LANGUAGES = st.sampled_from(["ru", "en", None])
NOTHING = [
    ("", ""),
    ("", "Photo: press service"),
    ("Baku hosts meeting", ""),
    ("Baku hosts meeting", "A meeting was held in Baku today."),
    ("新闻", "视频"),
    ("Курс валют", "Смотрите таблицу."),
    ("خبر", "خبر خبر"),
]


@pytest.mark.parametrize(("title", "text"), NOTHING)
def test_articles_that_say_nothing_stay_apart(title, text):
    grouper = Grouper()
    placements = [grouper.add(item(number, text, title=title)) for number in range(3)]
    assert len({placement.story for placement in placements}) == 3
    assert not any(placement.copy_of for placement in placements)


def test_one_title_over_two_events_makes_no_story():
    grouper = Grouper()
    first = grouper.add(item(1, title="Baku hosts meeting"))
    assert grouper.add(item(2, OTHER_EVENT, title="Baku hosts meeting")).story != first.story


def test_a_rubric_opens_a_story_every_day():
    rates = (
        "Доллар США — 1,7000 маната. Евро — {} маната. Рубль — {} маната. Тенге — {} маната за 100 тенге по курсу ЦБ."
    )
    issues = [rates.format(day + 0.11, day + 0.22, day + 0.33) for day in range(5)]
    grouper = Grouper()
    placements = [
        grouper.add(item(day, text, lang="ru", at=NOW + timedelta(days=day))) for day, text in enumerate(issues)
    ]
    assert len({placement.story for placement in placements}) == 5


AMBASSADOR = (
    "President Ilham Aliyev has received the credentials of the new ambassador of {} to Azerbaijan. They spoke about "
    "the good relations of the two countries, and the president wished the ambassador success in his work in Baku."
)


def test_one_form_filled_in_for_two_countries_is_two_stories_and_no_copy():
    grouper = Grouper()
    first = grouper.add(item(1, AMBASSADOR.format("Kyrgyzstan"), title="New ambassador of Kyrgyzstan"))
    second = grouper.add(item(2, AMBASSADOR.format("Tajikistan"), title="New ambassador of Tajikistan"))
    assert second.story != first.story
    assert second.copy_of is None


def test_an_event_that_returns_after_a_silence_is_another_story():
    grouper = Grouper()
    first = grouper.add(item(1, title="Kazakh grain terminal in Alat"))
    title = "В порту Алят строят зерновой терминал"
    later = grouper.add(item(2, SAME_EVENT, title=title, lang="ru", at=NOW + GAP + timedelta(hours=1)))
    assert later.story != first.story


def retold(number: int, at: datetime) -> StoryItem:
    """The same event again, too short to be a copy."""
    return StoryItem(id=number, title=SAME_EVENT, text="", lang="ru", published_at=at)


def test_a_story_ends_even_when_it_is_told_every_day():
    grouper = Grouper()
    days = LIFE // timedelta(days=1) + 2
    stories = [grouper.add(retold(day, NOW + timedelta(days=day))).story for day in range(days)]
    assert stories[1] == stories[0]
    assert stories[-1] != stories[0]


def test_a_story_takes_no_more_members_than_its_cap():
    grouper = Grouper()
    stories = [grouper.add(retold(n, NOW + timedelta(minutes=n))).story for n in range(SIZE + 3)]
    assert stories.count(stories[0]) == SIZE


def test_restored_articles_keep_their_stories_and_new_ones_join_them():
    grouper = Grouper()
    grouper.restore(item(10, title="Work starts on Kazakh grain terminal in port of Alat"), 77, None)
    grouper.restore(item(11, TEXT + " Follow us."), 77, 10)
    assert grouper.add(item("new", SAME_EVENT, lang="ru", title="В порту Алят строят зерновой терминал")).story == 77
    assert grouper.add(item("copy", TEXT)).copy_of == 10
    assert grouper.add(item("other", OTHER_EVENT)).story == 78


def test_grouping_goes_on_after_a_restart_as_if_nothing_had_happened():
    items = [item(1), item(2, SAME_EVENT, lang="ru"), item(3, OTHER_EVENT), item(4, TEXT + " More.")]
    whole = Grouper()
    expected = [whole.add(each) for each in items]
    restarted = Grouper()
    for each, placement in zip(items[:3], expected[:3], strict=True):
        restarted.restore(each, placement.story, placement.copy_of)
    assert restarted.add(items[3]) == expected[3]


def test_a_story_is_named_by_its_earliest_article_but_not_by_a_backdated_one():
    grouper = Grouper()
    story = grouper.add(item("seen first")).story
    grouper.add(item("published first", TEXT + " A.", at=NOW - timedelta(hours=3)))
    grouper.add(item("backdated", TEXT + " B.", at=NOW - timedelta(days=20)))
    assert grouper.first_of(story) == "published first"


def test_an_article_from_the_future_counts_from_when_it_was_seen():
    grouper = Grouper()
    first = grouper.add(item(1))
    future = StoryItem(id=2, title="", text=SAME_EVENT, lang="ru", published_at=NOW + timedelta(days=300), seen_at=NOW)
    assert grouper.add(future).story == first.story


def test_an_article_without_a_time_belongs_to_the_present():
    grouper = Grouper()
    first = grouper.add(item(1))
    assert grouper.add(item(2, SAME_EVENT, lang="ru", at=None)).story == first.story


@pytest.mark.parametrize(
    "text",
    [
        "слово " * 170_000,
        "A" * 1_000_000,
        "Ab " * 300_000,
        "1," * 500_000,
        "a'" * 500_000,
        "a\u0301" * 500_000,
        ". " * 500_000,
        "\x00\ud800\uffff" * 1000,
    ],
)
def test_hostile_text_is_placed(text):
    grouper = Grouper()
    assert grouper.add(StoryItem(id=1, title=text, text=text, lang="??")).copy_of is None


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.tuples(st.text(max_size=80), st.text(max_size=200), st.sampled_from(["ru", "en", None])), max_size=6)
)
def test_any_articles_are_placed_and_the_same_ones_in_the_same_way(articles):
    items = [StoryItem(id=n, title=title, text=text, lang=lang) for n, (title, text, lang) in enumerate(articles)]
    one, two = Grouper(), Grouper()
    assert [one.add(each) for each in items] == [two.add(each) for each in items]
