"""One pass over a text: sentences, words, names, and the words of the tables, each with its place."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from crawler.ties.folding import fold
from crawler.ties.lexicon import Lexicon
from crawler.ties.lexicon.index import NameForm, Phrase
from crawler.ties.lexicon.schema import Entry, Kind
from crawler.ties.sentences import Span, split_sentences
from crawler.ties.tokens import Token, tokenize

MAX_CHARS = 60_000
"""What lies beyond is not examined: no article is that long, and a broken page must cost no more than a long one."""
MAX_CACHED_WORDS = 200_000
OWN = "own."
"""Prefix of the categories of words for the outlet's own country."""
FIGURE = "figure"
"""Category of the words that begin with a digit."""
HISTORY = "coincidence.history"
_SOVIET_YEAR = re.compile(r"19[1-8]\d(?:$|\D)")
_TITLE_END = "\n\n"
_CITY_ADJECTIVE = re.compile(
    r"(?:ск(?:ии|ий|ая|ое|ие|ого|ому|им|ом|ой|ои|ую|их|ими)|(?:л[ыи]к|тик|тык|дик|дык)[а-я]{0,6}|li[kq][a-z]{0,6})$"
)
_APOSTROPHES = "'’‘ʻʼ`´"


@dataclass(frozen=True, slots=True)
class Word:
    """What the lexicon knows about one printed word in one language."""

    folded: str
    stems: frozenset[str]
    names: tuple[NameForm, ...]
    categories: frozenset[str]
    phrases: tuple[Phrase, ...]
    is_dealing: bool
    is_number: bool
    """A numeral, in figures or in words."""
    directs: bool
    """A name with an ending that says to, from, in or with."""
    hints: frozenset[str]
    """Countries that it may stand for, as a name or as the beginning of one, or as the outlet's own."""
    is_plain: bool
    """Whether the lexicon has nothing to say about it."""


class Found(NamedTuple):
    """A name at ``tokens[first:last]``; `is_bare` for a surname without its given name."""

    entry: Entry
    first: int
    last: int
    is_bare: bool = False


@dataclass(slots=True)
class Sentence:
    """A sentence with what was found in it. `index` 0 is the title when there is one."""

    span: Span
    tokens: range
    paragraph: int
    is_title: bool
    names: list[Found] = field(default_factory=list)
    categories: dict[str, int] = field(default_factory=dict)
    """How often the words of each category occur."""


@dataclass(frozen=True, slots=True)
class Glance:
    """The words of a text, looked up one by one."""

    text: str
    lang: str
    title_length: int
    end: int
    """Where the part that is examined ends."""
    tokens: list[Token]
    words: list[Word]

    @property
    def hints(self) -> frozenset[str]:
        """Countries that the text may name. One that is not here is not named."""
        return frozenset().union(*[word.hints for word in self.words if word.hints])


@dataclass(frozen=True, slots=True)
class Scan:
    """A text and all that was found in it. Offsets are into `text`, which is ``title + "\\n\\n" + text``."""

    text: str
    lang: str
    title_length: int
    tokens: list[Token]
    words: list[Word]
    sentences: list[Sentence]


class Scanner:
    """Scans texts with one lexicon; remembers what it learnt about each printed word."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._known: dict[str, dict[str, Word]] = {lang: {} for lang in lexicon.words}

    @property
    def languages(self) -> frozenset[str]:
        """Languages that have a word table."""
        return frozenset(self._known)

    def glance(self, title: str, text: str, lang: str) -> Glance:
        """The words of a text: enough to see whether it is worth a scan. `lang` must be one of `languages`."""
        full = title + _TITLE_END + text
        end = min(len(full), MAX_CHARS)
        tokens = tokenize(full, 0, end)
        return Glance(full, lang, len(title), end, tokens, self._look_up(tokens, lang))

    def scan(self, title: str, text: str, lang: str) -> Scan:
        """What stands where. `lang` must be one of `languages`."""
        return scan_words(self.glance(title, text, lang))

    def _look_up(self, tokens: list[Token], lang: str) -> list[Word]:
        known = self._known[lang]
        if len(known) > MAX_CACHED_WORDS:
            known.clear()
        return [known.get(token[0]) or self._remember(token[0], lang) for token in tokens]

    def _remember(self, printed: str, lang: str) -> Word:
        word = self._known[lang][printed] = self._learn(printed, lang)
        return word

    def _learn(self, printed: str, lang: str) -> Word:
        folded = fold(printed)
        names, index = self._lexicon.names, self._lexicon.words[lang]
        stems = names.stems_of(folded)
        forms = tuple(
            form
            for form in names.forms_under(stems)
            if (not form.langs or lang in form.langs) and _fits_case(form, printed, stems)
        )
        phrases = index.phrases_under(folded)
        is_name = any(form.entry.kind is not Kind.FORMAT and not form.rest for form in forms)
        categories = frozenset[str]() if is_name else index.categories_of(folded)
        if folded[:1].isdigit():
            categories |= {FIGURE, HISTORY} if _SOVIET_YEAR.match(folded) else {FIGURE}
        return Word(
            folded=folded,
            stems=frozenset(stems),
            names=forms,
            categories=categories,
            phrases=phrases,
            is_dealing=any(category.startswith(("dealing.", "mutual.")) for category in categories),
            directs=bool(forms) and names.directs(folded),
            is_number=not categories.isdisjoint((FIGURE, "coincidence.numeral")),
            hints=_hints(forms, categories, phrases),
            is_plain=not (forms or categories or phrases),
        )


def scan_words(glance: Glance) -> Scan:
    """The sentences of a text, with the names and categories in each."""
    tokens, words = glance.tokens, glance.words
    sentences = _sentences(glance.text, tokens, min(glance.title_length, glance.end), glance.end)
    telling = [place for place, word in enumerate(words) if not word.is_plain]
    for sentence in sentences:
        inside = sentence.tokens
        here = telling[bisect_left(telling, inside.start) : bisect_left(telling, inside.stop)]
        sentence.names = list(_names(glance.text, tokens, words, here, inside))
        _count_categories(words, sentence, here)
    return Scan(glance.text, glance.lang, glance.title_length, tokens, words, sentences)


def _hints(forms: tuple[NameForm, ...], categories: frozenset[str], phrases: tuple[Phrase, ...]) -> frozenset[str]:
    spoken = categories.union(*(phrase.categories for phrase in phrases))
    own = {category.removeprefix(OWN) for category in spoken if category.startswith(OWN)}
    return frozenset(own | {form.entry.country for form in forms})


def _fits_case(form: NameForm, printed: str, stems: tuple[str, ...]) -> bool:
    """Some forms take no endings. Acronyms need capitals, names a capital first letter; but not the adjectives of
    cities (``бакинский``)."""
    if form.only and fold(printed) != form.only:
        return False
    if form.is_acronym:
        head = printed
        for mark in _APOSTROPHES:
            head = head.split(mark, 1)[0]
        return head.isupper() and fold(head) in stems
    if not form.needs_capital or printed[0].isupper():
        return True
    return form.entry.kind in {Kind.CAPITAL, Kind.CITY} and _CITY_ADJECTIVE.search(fold(printed)) is not None


def _sentences(full: str, tokens: list[Token], title_length: int, end: int) -> list[Sentence]:
    spans = [(span, True) for span in split_sentences(full, 0, title_length)]
    body = min(title_length + len(_TITLE_END), end)
    spans += [(span, False) for span in split_sentences(full, body, end)]
    starts = [token.start for token in tokens]
    sentences, paragraph, last_end = [], 0, body
    for span, is_title in spans:
        if not is_title:
            paragraph += "\n" in full[last_end : span.start]
            last_end = span.end
        inside = range(bisect_left(starts, span.start), bisect_left(starts, span.end))
        sentences.append(Sentence(span, inside, paragraph, is_title))
    return sentences


def _names(full: str, tokens: list[Token], words: list[Word], places: list[int], inside: range) -> Iterator[Found]:
    """The names that begin at `places` of a sentence; none inside another."""
    free = inside.start
    for position in places:
        if position < free:
            continue
        for form in words[position].names:
            found = _match(form, position, words, inside)
            if found:
                free = found.last
                if not _is_address(full, tokens[found.first], tokens[found.last - 1]):
                    yield found
                break


def _match(form: NameForm, position: int, words: list[Word], inside: range) -> Found | None:
    last = position + 1
    for stem in form.rest:
        if last >= inside.stop or stem not in words[last].stems:
            return None
        last += 1
    if not form.given_stems:
        return Found(form.entry, position, last)
    for neighbour in (position - 1, last, position - 2):
        if inside.start <= neighbour < inside.stop and words[neighbour].stems & form.given_stems:
            return Found(form.entry, min(position, neighbour), max(last, neighbour + 1))
    if any(not other.given_stems for other in words[position].names):
        return None
    return Found(form.entry, position, last, is_bare=True)


def _is_address(full: str, first: Token, last: Token) -> bool:
    """Whether the name is part of a web address, a handle or a hashtag."""
    before, after = full[max(0, first.start - 1) : first.start], full[last.end : last.end + 2]
    return (
        before in {"@", "/", "_"}
        or (before == "." and first.text[0].islower())
        or (after[:1] in "._@/" and after[1:].isalpha())
    )


def _count_categories(words: list[Word], sentence: Sentence, places: list[int]) -> None:
    counts = sentence.categories
    for position in places:
        word = words[position]
        for category in word.categories:
            counts[category] = counts.get(category, 0) + 1
        for phrase in word.phrases:
            if _follows(phrase, words, position + 1, sentence.tokens.stop):
                for category in phrase.categories:
                    counts[category] = counts.get(category, 0) + 1


def _follows(phrase: Phrase, words: list[Word], position: int, stop: int) -> bool:
    if position + len(phrase.rest) > stop:
        return False
    for offset, pattern in enumerate(phrase.rest):
        folded = words[position + offset].folded
        if not (folded.startswith(pattern[:-1]) if pattern.endswith("*") else folded == pattern):
            return False
    return True


def phrase_at(scan: Scan, position: int, stop: int, category: str) -> int:
    """Where a word or phrase of `category` that begins at `position` ends; 0 when none begins there."""
    if position >= stop:
        return 0
    word = scan.words[position]
    for phrase in word.phrases:
        if category in phrase.categories and _follows(phrase, scan.words, position + 1, stop):
            return position + 1 + len(phrase.rest)
    return position + 1 if category in word.categories else 0
