"""Fitting the weights from labelled articles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from crawler.ties.analysis import Analysis, Item, analyse, features_of, score_signals
from crawler.ties.cases import own_cases
from crawler.ties.clues import BOTH
from crawler.ties.labelled import NONE, PASSING, SUBSTANTIVE, Labelled
from crawler.ties.lexicon import load_lexicon
from crawler.ties.logistic import Weights, fit
from crawler.ties.pair_features import pair_features
from crawler.ties.pairs import evidence_of, find_pairs, group_signals
from crawler.ties.scan import Scanner
from crawler.ties.sides import Sides
from crawler.ties.topics import TopicWords, topic_features
from crawler.ties.weights import WeightSet

SENTENCE_RIDGE = 1.0
TEXT_RIDGE = 0.5
PAIR_RIDGE = 1.0
TOPIC_RIDGE = 3.0
DOUBTFUL_SIZE = 0.5
"""How much an article counts whose label is in doubt."""
_OTHER_SENTENCE_OF_PASSING = 0.5

Row = tuple[dict[str, float], float, float]
"""Features, label, and how much it counts."""


def fit_weights(articles: Sequence[Labelled], sides: Sides, *, start: WeightSet | None = None) -> WeightSet:
    """Weights from these articles and our own cases; with `start`, what these change in those."""
    everything = [*articles, *own_cases()]
    scanner = Scanner(load_lexicon())
    return train(everything, [analyse(scanner, sides, item_of(article)) for article in everything], start=start)


def item_of(article: Labelled) -> Item:
    """The text of a labelled article."""
    return Item(article.title, article.text, article.lang)


def train(articles: Sequence[Labelled], analyses: Sequence[Analysis], *, start: WeightSet | None = None) -> WeightSet:
    """Weights for all questions, or those of `start` as far as the articles agree with them.

    Scores of the signals of `analyses` are overwritten.
    """
    origin = start or WeightSet({}, {}, {}, {}, {}, {})
    sentence = _fit(_sentence_rows(articles, analyses, leaning=False), SENTENCE_RIDGE, origin.sentence)
    for analysis in analyses:
        score_signals(analysis, sentence, {})
    context = _fit(_sentence_rows(articles, analyses, leaning=True), SENTENCE_RIDGE, origin.context)
    for analysis in analyses:
        score_signals(analysis, sentence, context)
    pairs = _fit(_pair_rows(articles, analyses), PAIR_RIDGE, origin.pairs)
    return WeightSet(
        sentence=sentence,
        context=context,
        any_tie=_fit(_text_rows(articles, analyses, PASSING), TEXT_RIDGE, origin.any_tie),
        substantive=_fit(_text_rows(articles, analyses, SUBSTANTIVE), TEXT_RIDGE, origin.substantive),
        pairs=pairs,
        topics=_fit(_topic_rows(articles, analyses, pairs), TOPIC_RIDGE, origin.topics),
    )


def holds_evidence(sentence: str, evidence: Sequence[str]) -> bool:
    """Whether the sentence is one of the labelled ones, or a part of it, or holds it."""
    return any(sentence in gold or gold in sentence for gold in evidence)


def _fit(rows: Iterable[Row], ridge: float, start: Weights) -> dict[str, float]:
    listed = list(rows)
    features = [row for row, _, _ in listed]
    labels, sizes = [label for _, label, _ in listed], [size for _, _, size in listed]
    return fit(features, labels, sizes, ridge=ridge, start=start)


def _sentence_rows(articles: Sequence[Labelled], analyses: Sequence[Analysis], *, leaning: bool) -> Iterator[Row]:
    """Evidence sentences against those of texts without a tie. Other sentences of a tied text are left out: the person
    who labelled it stopped at the best ones, or named none."""
    for article, analysis in zip(articles, analyses, strict=True):
        for signal in analysis.signals:
            if (BOTH not in signal.features) != leaning:
                continue
            span = analysis.reading.scan.sentences[signal.sentence].span
            is_evidence = holds_evidence(analysis.reading.scan.text[span.start : span.end], article.evidence)
            if not is_evidence and (
                article.label == SUBSTANTIVE or (article.label == PASSING and not article.evidence)
            ):
                continue
            other = not is_evidence and article.label != NONE
            yield signal.features, float(is_evidence), _OTHER_SENTENCE_OF_PASSING if other else 1.0


def _text_rows(articles: Sequence[Labelled], analyses: Sequence[Analysis], least: int) -> Iterator[Row]:
    """Texts of at least this label against the rest; texts without any signal teach nothing."""
    for article, analysis in zip(articles, analyses, strict=True):
        if features := features_of(analysis):
            yield features, float(article.label >= least), _size(article)


def _pair_rows(articles: Sequence[Labelled], analyses: Sequence[Analysis]) -> Iterator[Row]:
    """One row for each country that an article with a tie may connect with home."""
    for article, analysis in zip(articles, analyses, strict=True):
        if article.label != NONE and article.countries:
            for (_, other), features in pair_features(analysis, group_signals(analysis)).items():
                yield features, float(other in article.countries), _size(article)


def _topic_rows(articles: Sequence[Labelled], analyses: Sequence[Analysis], pairs: Weights) -> Iterator[Row]:
    """One row an article with a tie and topic."""
    for article, analysis in zip(articles, analyses, strict=True):
        if article.label == NONE or not article.topics:
            continue
        evidence = evidence_of(find_pairs(analysis, pairs))
        found = topic_features(TopicWords(analysis.reading), evidence, is_substantive=article.label == SUBSTANTIVE)
        for topic, features in found.items():
            yield features, float(topic in article.topics), 1.0


def _size(article: Labelled) -> float:
    return DOUBTFUL_SIZE if article.is_doubtful else 1.0
