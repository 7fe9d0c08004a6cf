"""Who acts in a story, and how: the level of the people and bodies that its evidence names, and the kind of act."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from crawler.ties.folding import fold
from crawler.ties.lexicon import load_lexicon
from crawler.ties.lexicon.schema import Kind
from crawler.ties.tokens import tokenize
from storage.records import Article, Mention

LEVELS = {Kind.LEADER: 3, Kind.OFFICIAL: 2, Kind.INSTITUTION: 1, Kind.COMPANY: 1}
"""Head of state, minister or other official, institution or company; anything else is 0."""
ACTS = {
    "dealing.agreement": 2,
    "dealing.conflict": 2,
    "dealing.meeting": 1,
    "dealing.trade": 1,
    "dealing.cooperation": 1,
}
"""Something was signed, or is in dispute; a meeting, trade, joint work; anything else is 0."""
MAX_SENTENCES = 12
"""Of a story that are read for its kind of act."""


def actor_level(articles: Iterable[Article]) -> int:
    """The highest of `LEVELS` among the names in the evidence of `articles`."""
    kinds = {kind_of(mention.entity) for article in articles for mention in mentions_of(article)}
    return max((LEVELS.get(kind, 0) for kind in kinds if kind), default=0)


def people_of(article: Article) -> dict[str, str]:
    """People that the evidence of an article names: key of the lexicon to the name as printed first."""
    people: dict[str, str] = {}
    for mention in mentions_of(article):
        if kind_of(mention.entity) in {Kind.LEADER, Kind.OFFICIAL}:
            people.setdefault(mention.entity, mention.text)
    return people


def act_level(articles: Iterable[Article]) -> int:
    """The highest of `ACTS` whose words stand in a headline or in the first evidence of `articles`."""
    level = 0
    for number, (lang, sentence) in enumerate(_telling(articles)):
        if number == MAX_SENTENCES or level == max(ACTS.values()):
            break
        level = max(level, _act_in(lang, sentence))
    return level


def mentions_of(article: Article) -> Iterator[Mention]:
    """All names in the evidence."""
    return (mention for tie in article.tagging.ties for one in tie.evidence for mention in one.mentions)


@cache
def kind_of(entity: str) -> Kind | None:
    """What an entity of the lexicon is; None when it is there no more."""
    return next((entry.kind for entry in load_lexicon().entries if entry.key == entity), None)


def _telling(articles: Iterable[Article]) -> Iterator[tuple[str, str]]:
    for article in articles:
        lang = article.tagging.lang or article.lang or ""
        yield lang, article.title
        yield from ((lang, one.sentence) for tie in article.tagging.ties for one in tie.evidence[:2])


def _act_in(lang: str, sentence: str) -> int:
    return max((_act_of(lang, token.text) for token in tokenize(sentence)), default=0)


@lru_cache(maxsize=50_000)
def _act_of(lang: str, word: str) -> int:
    words = load_lexicon().words.get(lang)
    if words is None:
        return 0
    return max((ACTS.get(category, 0) for category in words.categories_of(fold(word))), default=0)
