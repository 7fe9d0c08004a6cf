"""The tagger: title and text in, a `Tagging` with its evidence out. Pure, and safe for any text."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path

from crawler.ties.analysis import Analysis, Item, analyse, features_of, score_signals
from crawler.ties.events import find_events
from crawler.ties.figures import find_figures
from crawler.ties.lexicon import Lexicon, load_lexicon
from crawler.ties.lexicon.schema import Kind, LexiconError
from crawler.ties.logistic import BIAS, Weights, probability, total
from crawler.ties.near_miss import near_miss
from crawler.ties.pairs import Pair, evidence_of, find_pairs
from crawler.ties.rules import rule_of
from crawler.ties.scan import Scanner
from crawler.ties.sides import REGION, Sides
from crawler.ties.signals import Signal
from crawler.ties.structure import Zone
from crawler.ties.tone import tone_of
from crawler.ties.topics import TopicWords, choose_topics, topic_features
from crawler.ties.weights import WeightSet, file_stamp, load_weights, read_weights
from storage.records import Evidence, Mention, Reason, Relevance, Tagging, Tie

HOME = ("AZ",)
OTHERS = ("KZ", "KG", "UZ", "TM", "TJ")
NEEDED = 0.5
"""The chance from which a text is taken to hold a tie, or to be about one."""


class Tagger:
    """Tags texts for one choice of sides. Not safe for use from several threads at once."""

    def __init__(self, lexicon: Lexicon, weights: WeightSet, sides: Sides) -> None:
        self.sides = sides
        self.weights = weights
        self._scanner = Scanner(lexicon)
        self.version = f"{lexicon.version}-{weights.version}-{_short_hash(sides)}"
        """Of lexicon, weights and sides; stored with each tagging."""

    def tag(
        self,
        title: str,
        text: str,
        *,
        lang: str | None = None,
        published: date | None = None,
        source_country: str | None = None,
    ) -> Tagging:
        """What the text says about ties between the sides.

        `lang` is guessed when None or none of the nine. `published` resolves dates without a year. `source_country`
        (ISO 3166) is where the text was published, if known: "our country" means that one.
        """
        analysis = analyse(self._scanner, self.sides, Item(title, text, lang, source_country))
        score_signals(analysis, self.weights.sentence, self.weights.context)
        features = features_of(analysis)
        language = analysis.reading.scan.lang
        if not features:
            return Tagging(Relevance.NONE, 0.0, language, near_miss=near_miss(analysis), version=self.version)
        return self._judge(analysis, features, published)

    def _judge(self, analysis: Analysis, features: dict[str, float], published: date | None) -> Tagging:
        any_tie = probability(total(features, self.weights.any_tie))
        score = probability(total(features, self.weights.substantive))
        relevance = relevance_of(any_tie, score)
        reasons = explain_sum(features, self.weights.substantive)
        language = analysis.reading.scan.lang
        if relevance is Relevance.NONE:
            missing = near_miss(analysis)
            return Tagging(
                relevance, round(score, 4), language, near_miss=missing, reasons=reasons, version=self.version
            )
        pairs = find_pairs(analysis, self.weights.pairs)
        evidence = evidence_of(pairs)
        is_substantive = relevance is Relevance.SUBSTANTIVE
        told = _told_of(analysis, evidence) if is_substantive else evidence
        spans = [analysis.reading.scan.sentences[i] for i in evidence]
        words = TopicWords(analysis.reading)
        topics = {
            places: self._topics(words, places, is_substantive) for places in {tuple(evidence), *map(_places, pairs)}
        }
        shown = {s.sentence: _evidence(analysis, s, self.sides) for pair in pairs for s in pair.signals}
        return Tagging(
            relevance=relevance,
            score=round(score, 4),
            lang=language,
            ties=tuple(
                Tie(
                    pair.home,
                    pair.other,
                    round(score * pair.score, 4),
                    topics[_places(pair)],
                    tuple(shown[signal.sentence] for signal in pair.signals),
                )
                for pair in pairs
            ),
            topics=topics[tuple(evidence)],
            reasons=reasons,
            figures=find_figures(analysis, told),
            events=find_events(analysis, told, published),
            tone=tone_of(spans),
            version=self.version,
        )

    def _topics(self, words: TopicWords, evidence: Sequence[int], is_substantive: bool) -> tuple[str, ...]:
        return choose_topics(topic_features(words, evidence, is_substantive=is_substantive), self.weights.topics)


def load_tagger(home: tuple[str, ...] = HOME, others: tuple[str, ...] = OTHERS, weights: Path | None = None) -> Tagger:
    """The tagger for these sides, with the built-in lexicon and the weights of this file; None: those built in.

    It is kept, until the file changes. Raises LexiconError for a country that has no lexicon, and WeightsFileError.
    """
    return _load_tagger(home, others, (weights, file_stamp(weights)) if weights else None)


@lru_cache(maxsize=8)
def _load_tagger(
    home: tuple[str, ...], others: tuple[str, ...], stamped: tuple[Path, tuple[int, ...]] | None
) -> Tagger:
    lexicon = load_lexicon()
    unknown = sorted({*home, *others} - lexicon.side_codes)
    if unknown:
        known = ", ".join(sorted(lexicon.side_codes))
        raise LexiconError("[ties]", f"no lexicon for {', '.join(unknown)}; there is one for {known}")
    weights = read_weights(stamped[0]) if stamped else load_weights()
    return Tagger(lexicon, weights, sides_of(lexicon, home, others))


def sides_of(lexicon: Lexicon, home: tuple[str, ...], others: tuple[str, ...]) -> Sides:
    """The sides, with those of the others that the lexicon's region holds."""
    members = {code for entry in lexicon.entries if entry.kind is Kind.REGION for code in entry.members}
    return Sides(frozenset(home), frozenset(others), frozenset(members.intersection(others)))


def _short_hash(sides: Sides) -> str:
    named = " ".join([*sorted(sides.home), "/", *sorted(sides.others)])
    return hashlib.sha256(named.encode()).hexdigest()[:4]


def relevance_of(any_tie: float, substantive: float) -> Relevance:
    """The answer from the two chances."""
    if substantive >= NEEDED:
        return Relevance.SUBSTANTIVE
    return Relevance.PASSING if any_tie >= NEEDED else Relevance.NONE


def explain_sum(features: dict[str, float], weights: Weights) -> tuple[Reason, ...]:
    """The lines of the sum, the heaviest first; the bias is one of them."""
    lines = [Reason(name, value, value * weights.get(name, 0.0)) for name, value in features.items()]
    lines.append(Reason(BIAS, 1.0, weights.get(BIAS, 0.0)))
    return tuple(sorted(lines, key=lambda line: -abs(line.contribution)))


def _places(pair: Pair) -> tuple[int, ...]:
    """The sentences of a pair, in the order of the text."""
    return tuple(sorted({signal.sentence for signal in pair.signals}))


def _told_of(analysis: Analysis, evidence: list[int]) -> list[int]:
    """The sentences of a text about a tie that tell of it: evidence, what names a side or stands for both, and what
    follows these at once in the same paragraph."""
    sentences, zones = analysis.reading.scan.sentences, analysis.reading.zones
    told: list[int] = []
    for index, sentence in enumerate(sentences):
        named = analysis.named.get(index)
        speaks = index in evidence or "mutual.pair" in sentence.categories or (named and (named.home or named.others))
        follows = bool(told) and told[-1] == index - 1 and sentences[index - 1].paragraph == sentence.paragraph
        if zones[index] in {Zone.TITLE, Zone.BODY} and (speaks or follows):
            told.append(index)
    return told


def _evidence(analysis: Analysis, signal: Signal, sides: Sides) -> Evidence:
    scan = analysis.reading.scan
    span = scan.sentences[signal.sentence].span
    named = analysis.named.get(signal.sentence)
    mentions = tuple(
        Mention(scan.text[start:end], mention.entry.key, mention.country, start, end)
        for mention in (named.mentions if named else ())
        if mention.country in sides.home or mention.country in sides.others or mention.country == REGION
        for start, end in [(scan.tokens[mention.first].start, scan.tokens[mention.last - 1].end)]
    )
    text = scan.text[span.start : span.end]
    return Evidence(span.start, span.end, text, mentions, rule_of(signal), round(signal.score, 4))
