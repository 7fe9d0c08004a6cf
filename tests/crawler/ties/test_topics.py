import pytest

from crawler.ties.mentions import read_mentions
from crawler.ties.topics import TopicWords, topic_features


@pytest.fixture
def words(scanner):
    """The topic words of a text in English."""
    return lambda text, lang="en": TopicWords(read_mentions(scanner.scan("", text, lang)))


@pytest.mark.parametrize(
    ("lang", "minor", "strong"),
    [
        ("en", "The minister came.", "The president came."),
        ("ru", "Приехал министр.", "Приехал президент."),
        ("az", "Nazir gəldi.", "Prezident gəldi."),
        ("tr", "Bakan geldi.", "Cumhurbaşkanı geldi."),
        ("kk", "Министр келді.", "Президент келді."),
        ("ky", "Министр келди.", "Президент келди."),
        ("uz", "Vazir keldi.", "Prezident keldi."),
        ("tg", "Вазир омад.", "Президент омад."),
        ("tk", "Ministr geldi.", "Prezident geldi."),
    ],
)
def test_a_minister_speaks_half_as_much_for_diplomacy_as_a_president(words, lang, minor, strong):
    assert words(minor, lang).whole["diplomacy"] == 0.5
    assert words(strong, lang).whole["diplomacy"] == 1.0


def test_of_one_sentence_three_words_of_a_topic_count(words):
    assert words("Oil, gas, crude, fuel, uranium and petroleum.").whole["energy"] == 3.0


def test_people_speak_for_diplomacy_alone(words):
    found = topic_features(words("Ilham Aliyev opened a museum and met the president."), [0], is_substantive=True)
    assert found["diplomacy"]["people_in_evidence"] == 1.0
    assert "people_in_evidence" not in found["culture-humanitarian"]


def test_a_topic_without_a_word_has_no_features(words):
    assert set(topic_features(words("The oil flows."), [0], is_substantive=True)) == {"energy"}
