import json

import pytest

from crawler.ties.jsonl import tag_lines

ARTICLE = {
    "id": 7,
    "title": "Aliyev and Tokayev meet in Baku",
    "text": "Ilham Aliyev and Kassym-Jomart Tokayev signed an agreement on transit in Baku. Both sides gain.",
    "lang": "en",
}


def answers(tagger, *lines):
    return list(tag_lines(lines, tagger))


def test_an_article_becomes_one_object_in_the_agreed_form(tagger):
    (answer,) = answers(tagger, json.dumps(ARTICLE))
    assert answer["id"] == 7
    assert answer["relevance"] == "substantive"
    assert 0 <= answer["score"] <= 1
    assert answer["near_miss"] is None
    tie = answer["ties"][0]
    assert tie["pair"] == ["AZ", "KZ"]
    evidence = tie["evidence"][0]
    full = ARTICLE["title"] + "\n\n" + ARTICLE["text"]
    assert full[evidence["start"] : evidence["end"]] == evidence["sentence"]
    assert {"text", "entity", "country", "start", "end"} == set(evidence["mentions"][0])


def test_answers_can_be_written_as_json(tagger):
    assert json.loads(json.dumps(answers(tagger, json.dumps(ARTICLE))))


@pytest.mark.parametrize(
    ("line", "article_id", "cause"),
    [
        ("{", None, "is not JSON"),
        ("[1]", None, "is not an object"),
        ('{"id": "a"}', "a", "text is missing"),
        ('{"id": "a", "text": 3}', "a", "text must be a string"),
        ('{"id": "a", "title": 3, "text": ""}', "a", "title must be a string"),
        ("[" * 100_000, None, "is not JSON"),
    ],
)
def test_a_bad_line_is_answered_with_its_number_and_cause_and_stops_nothing(tagger, line, article_id, cause):
    bad, good = answers(tagger, line, json.dumps(ARTICLE))
    assert bad["id"] == article_id
    assert bad["error"].startswith(f"line 1: {cause}")
    assert good["id"] == 7


def test_empty_lines_are_skipped_but_counted(tagger):
    assert answers(tagger, "", "\n", "{")[0]["error"].startswith("line 3:")


@pytest.mark.parametrize("published", [None, 5, "yesterday", "2026-13-45", "9" * 1_000, "2026-11-21T08:00:00Z"])
def test_any_date_of_publication_is_taken(tagger, published):
    (answer,) = answers(tagger, json.dumps(ARTICLE | {"published": published}))
    assert "error" not in answer
