"""Names and words, made ready for looking up one word of a text at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from crawler.ties.folding import fold
from crawler.ties.lexicon.schema import Entry, Kind
from crawler.ties.lexicon.suffixes import Suffixes
from crawler.ties.tokens import tokenize

_MAX_ACRONYM = 5
_ANY_CASE = {Kind.COUNTRY, Kind.THIRD, Kind.REGION, Kind.FORMAT, Kind.FALSE_FRIEND}


@dataclass(frozen=True, slots=True)
class NameForm:
    """A form of a name: the stem it was found under is its first word, `rest` holds the stems that must follow."""

    entry: Entry
    rest: tuple[str, ...]
    is_acronym: bool
    needs_capital: bool
    given_stems: frozenset[str] = frozenset()
    langs: frozenset[str] = frozenset()
    """Languages in which it counts; empty: all."""
    only: str = ""
    """The one folded word that it matches; empty: any with endings."""


class NameIndex:
    """All names of the lexicon by their first word."""

    def __init__(self, entries: Iterable[Entry], suffixes: Suffixes) -> None:
        self._suffixes = suffixes
        self._stems: set[str] = set()
        self._forms: dict[str, list[NameForm]] = defaultdict(list)
        for entry in entries:
            self._add(entry)

    def _add(self, entry: Entry) -> None:
        given = frozenset(stem for name in entry.given_names for stem in _stems(name))
        self._stems |= given
        for form in entry.forms:
            langs, _, text = form.rpartition(":")
            stems = _stems(text)
            if not stems:
                continue
            self._stems.update(stems)
            acronym = len(stems) == 1 and text.isupper() and 1 < len(text) <= _MAX_ACRONYM
            capital = entry.kind not in _ANY_CASE
            only = stems[0] if text.endswith("=") else ""
            spoken = frozenset(langs.split(",")) - {""}
            self._forms[stems[0]].append(NameForm(entry, stems[1:], acronym, capital, given, spoken, only))

    def stems_of(self, word: str) -> tuple[str, ...]:
        """The stems that the folded `word` may be a form of, the longest first."""
        return tuple(
            word[:length]
            for length in range(len(word), 0, -1)
            if word[:length] in self._stems and self._suffixes.fits(word[:length], word[length:])
        )

    def directs(self, word: str) -> bool:
        """Whether the folded `word`, a form of some name, says to, from, in or with that name."""
        return any(self._suffixes.directs(word[len(stem) :]) for stem in self.stems_of(word))

    def forms_under(self, stems: Iterable[str]) -> tuple[NameForm, ...]:
        """The names that begin with one of `stems`, those of more words first."""
        forms = [form for stem in stems for form in self._forms.get(stem, ())]
        return tuple(sorted(forms, key=lambda form: -len(form.rest)))


def _stems(text: str) -> tuple[str, ...]:
    return tuple(fold(token.text) for token in tokenize(text))


@dataclass(frozen=True, slots=True)
class Phrase:
    """A multi-word entry of a word table, without its first word. A rest word that ends in ``*`` is a prefix."""

    rest: tuple[str, ...]
    categories: frozenset[str]


class WordIndex:
    """The word tables of one language."""

    def __init__(self, tables: Mapping[str, Iterable[str]]) -> None:
        self._exact: dict[str, set[str]] = defaultdict(set)
        self._prefix: dict[str, set[str]] = defaultdict(set)
        self._phrases: dict[str, list[Phrase]] = defaultdict(list)
        self._phrase_prefixes: dict[str, list[Phrase]] = defaultdict(list)
        for category, forms in tables.items():
            for form in forms:
                self._add(category, form)

    def _add(self, category: str, form: str) -> None:
        words = _patterns(form)
        if not words:
            return
        first, rest = words[0], words[1:]
        is_prefix, first = first.endswith("*"), first.rstrip("*")
        if rest:
            table = self._phrase_prefixes if is_prefix else self._phrases
            table[first].append(Phrase(rest, frozenset({category})))
        else:
            (self._prefix if is_prefix else self._exact)[first].add(category)

    def categories_of(self, word: str) -> frozenset[str]:
        """The categories of the folded `word` alone."""
        found = set(self._exact.get(word, ()))
        for length in range(1, len(word) + 1):
            found |= self._prefix.get(word[:length], set())
        return frozenset(found)

    def phrases_under(self, word: str) -> tuple[Phrase, ...]:
        """The phrases that may begin with the folded `word`."""
        found = list(self._phrases.get(word, ()))
        for length in range(1, len(word) + 1):
            found += self._phrase_prefixes.get(word[:length], ())
        return tuple(found)


def _patterns(form: str) -> tuple[str, ...]:
    """``foreign minist*`` → ``("foreign", "minist*")``, folded."""
    return tuple(fold(token.text) + ("*" if form[token.end : token.end + 1] == "*" else "") for token in tokenize(form))
