import pytest

from crawler.ties.explain import explain

TITLE = "Baku and Astana agree"
TEXT = "It rained.\n\nAzerbaijan and Kazakhstan signed an agreement on transit. Both countries gain."


def test_an_explanation_shows_evidence_names_and_the_sum(tagger):
    lines = "\n".join(explain(tagger.tag(TITLE, TEXT, lang="en"), TITLE, TEXT))
    for part in (
        "substantive",
        "AZ-KZ",
        "Azerbaijan (AZ), Kazakhstan (KZ)",
        "paragraph 2",
        "in the title",
        "the sum",
        "total",
    ):
        assert part in lines


@pytest.mark.parametrize(
    ("text", "lang", "lacking"),
    [
        (
            "In the ranking Azerbaijan is 70th, Kazakhstan 60th, Georgia 50th, Armenia 40th, Iran 30th.",
            "en",
            "list of countries",
        ),
        ("BAKU, May 6. Trend: The Tashkent metro gets new cars.", "en", "BAKU does not count: dateline"),
        ("Ruslan Aliyev sells shoes in Bishkek. Trade in Kyrgyzstan is slow.", "en", "Aliyev does not count: namesake"),
    ],
)
def test_a_near_miss_says_what_was_lacking(tagger, text, lang, lacking):
    tagging = tagger.tag("", text, lang=lang)
    assert lacking in tagging.near_miss
    assert any(lacking in line for line in explain(tagging))


def test_a_text_about_one_side_alone_is_no_near_miss(tagger):
    assert tagger.tag("", "It rained in Astana.", lang="en").near_miss is None


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("Azerbaijan and Kazakhstan signed an agreement on friendship and cooperation.", 1),
        ("Azerbaijan and Turkmenistan quarrel: the dispute ended in protest, accusations and a ban.", -1),
    ],
)
def test_the_tone_tells_cooperation_from_conflict(tagger, text, sign):
    assert tagger.tag("", text, lang="en").tone * sign > 0


@pytest.mark.parametrize(
    ("topic", "text"),
    [
        ("transport", "Azerbaijan and Kazakhstan agreed on rail freight: container trains will use the port of Baku."),
        ("energy", "Azerbaijan and Kazakhstan signed a deal on oil transit by pipeline."),
        ("education-science", "Universities of Azerbaijan and Kazakhstan agreed to exchange students and professors."),
        (
            "culture-humanitarian",
            "Days of culture of Kazakhstan opened in Azerbaijan with a concert and an exhibition.",
        ),
        ("security-defence", "Azerbaijan and Kazakhstan held joint military exercises of their armies."),
        ("sport", "The football federations of Azerbaijan and Kazakhstan agreed on joint training camps for coaches."),
        ("tourism", "Azerbaijan and Kazakhstan launch a joint tour for tourists; hotels are preparing."),
        ("agriculture", "Azerbaijan and Kazakhstan agreed on wheat and cotton: farmers will get seed."),
        ("digital-ict", "Azerbaijan and Kazakhstan agreed on a fibre optic internet cable."),
        ("environment", "Azerbaijan and Kazakhstan will study the climate and the ecology of the sea together."),
        ("diplomacy", "The presidents of Azerbaijan and Kazakhstan held talks during a state visit."),
        ("economy-trade", "Trade turnover of Azerbaijan and Kazakhstan grew; exports and investment rose."),
    ],
)
def test_a_tie_has_its_topic(tagger, topic, text):
    assert topic in tagger.tag("", text, lang="en").topics
