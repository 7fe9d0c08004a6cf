from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.ties.cases import own_cases
from crawler.ties.labelled import NONE, SUBSTANTIVE
from crawler.ties.lexicon.schema import LexiconError
from crawler.ties.logistic import probability
from crawler.ties.tagger import load_tagger
from storage.records import Relevance

SIGNED = (
    "Ilham Aliyev and Kassym-Jomart Tokayev signed an agreement on transit in Baku. Both countries will cut tariffs."
)
NAMES = [
    "Azerbaijan",
    "Казахстан",
    "Bakıda",
    "O‘zbekiston",
    "İlham Əliyev",
    "Токаев",
    "signed",
    "двух стран",
    "Tu\u0301rkmen",
]


def cases(label):
    return [pytest.param(case, id=case.id) for case in own_cases() if case.label == label]


def check_offsets(title, text, tagging):
    full = title + "\n\n" + text
    for tie in tagging.ties:
        for evidence in tie.evidence:
            assert full[evidence.start : evidence.end] == evidence.sentence
            for mention in evidence.mentions:
                assert full[mention.start : mention.end] == mention.text
                assert evidence.start <= mention.start < mention.end <= evidence.end
    for found in (*tagging.figures, *tagging.events):
        assert full[found.start : found.end] == found.text


@pytest.mark.parametrize("case", cases(SUBSTANTIVE))
def test_a_text_about_a_tie_is_found_with_its_pairs_and_evidence(tagger, case):
    tagging = tagger.tag(case.title, case.text, lang=case.lang)
    found = [evidence.sentence for tie in tagging.ties for evidence in tie.evidence]
    assert {tie.other for tie in tagging.ties} == case.countries
    assert any(sentence in gold or gold in sentence for gold in case.evidence for sentence in found)


@pytest.mark.parametrize("case", cases(NONE))
def test_a_text_that_names_both_by_coincidence_is_never_substantive(tagger, case):
    assert tagger.tag(case.title, case.text, lang=case.lang).relevance is not Relevance.SUBSTANTIVE


def test_nearly_all_texts_about_a_tie_are_substantive(tagger):
    tied = [case for case in own_cases() if case.label == SUBSTANTIVE]
    tagged = {case.id: tagger.tag(case.title, case.text, lang=case.lang).relevance for case in tied}
    wrong = [name for name, relevance in tagged.items() if relevance is not Relevance.SUBSTANTIVE]
    assert len(wrong) <= len(tied) * 0.05, wrong


def test_nearly_all_coincidences_are_told_from_ties(tagger):
    none = [case for case in own_cases() if case.label == NONE]
    wrong = [
        case.id for case in none if tagger.tag(case.title, case.text, lang=case.lang).relevance is not Relevance.NONE
    ]
    assert len(wrong) <= len(none) * 0.1, wrong


def test_the_language_is_guessed_when_it_is_not_given(tagger):
    assert tagger.tag("", "Азербайджан и Казахстан подписали соглашение о транзите.").lang == "ru"
    assert tagger.tag("", SIGNED, lang="xx").lang == "en"


def test_a_tie_with_the_whole_region_has_its_own_code(tagger):
    text = "Azerbaijan and Central Asia will build a green energy corridor together. The agreement was signed in Baku."
    assert [tie.pair for tie in tagger.tag("", text, lang="en").ties] == ["AZ-C5"]


def test_sides_are_configuration():
    text = (
        "Azerbaijan and Georgia signed an agreement on rail transit. The two countries will build a terminal together."
    )
    assert load_tagger(others=("GE",)).tag("", text, lang="en").ties[0].pair == "AZ-GE"
    assert load_tagger(others=("KZ",)).tag("", text, lang="en").relevance is Relevance.NONE


def test_the_home_side_is_configuration_too():
    text = "Kazakhstan and Türkiye signed an agreement on pipelines. The two countries will build a terminal together."
    assert load_tagger(home=("KZ",), others=("TR",)).tag("", text, lang="en").ties[0].pair == "KZ-TR"


def test_a_side_without_a_lexicon_is_refused_by_name():
    with pytest.raises(LexiconError, match="XX"):
        load_tagger(others=("XX",))


def test_our_country_is_the_country_of_the_source(tagger):
    text = "Our country signed an agreement with Azerbaijan on wheat. Deliveries begin in May."
    tagging = tagger.tag("", text, lang="en", source_country="KZ")
    assert [tie.pair for tie in tagging.ties] == ["AZ-KZ"]
    assert tagger.tag("", text, lang="en").ties == ()


def test_the_sum_of_the_reasons_is_the_score(tagger):
    tagging = tagger.tag("", SIGNED, lang="en")
    total = sum(reason.contribution for reason in tagging.reasons)
    assert probability(total) == pytest.approx(tagging.score, abs=1e-3)


def test_a_tagging_names_its_version(tagger):
    assert tagger.tag("", SIGNED).version == tagger.version != ""


def test_the_same_text_gets_the_same_tagging(tagger):
    assert tagger.tag("Talks", SIGNED) == tagger.tag("Talks", SIGNED)


@settings(max_examples=150, deadline=None)
@given(
    title=st.text(max_size=60),
    words=st.lists(st.one_of(st.sampled_from(NAMES), st.text(max_size=12)), max_size=40),
    separator=st.sampled_from([" ", ", ", ". ", "\n", "\u00a0"]),
)
def test_offsets_are_exact_for_any_text(tagger, title, words, separator):
    text = separator.join(words)
    check_offsets(title, text, tagger.tag(title, text, published=date(2026, 11, 24)))


HOSTILE = {
    "no spaces": "x" * 1_000_000,
    "names only": "Azerbaijan Kazakhstan " * 10_000,
    "a name a line": "Baku\nAstana\n" * 20_000,
    "mixed scripts": "Bаkу Əзербайжан İı ß " * 10_000,
    "NUL": "\0Baku\0 signed with \0Astana\0" * 1_000,
    "lone surrogates": "\ud800Baku\udfff Astana signed. " * 10_000,
    "right to left": "\u202bБаку Астана\u202c אבג " * 10_000,
    "marks": "a\u0301" * 100_000,
    "full stops": "." * 1_000_000,
    "numbers": "Baku Astana 5 " * 70_000,
    "a list without an end": "Baku, Georgia, Astana, Iran; " * 35_000,
    "comparisons": "after Baku and Astana and " * 40_000,
    "empty": "",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_is_tagged_without_an_error(tagger, text):
    check_offsets(text[:500], text, tagger.tag(text[:500], text))


def test_what_lies_beyond_the_limit_is_not_examined(tagger):
    assert tagger.tag("", "x " * 60_000 + SIGNED, lang="en").relevance is Relevance.NONE
