"""Fitting the weights from labelled articles."""

from __future__ import annotations

from collections.abc import Sequence

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
from crawler.ties.topics import topic_features
from crawler.ties.weights import WeightSet

SENTENCE_RIDGE = 1.0
TEXT_RIDGE = 0.5
PAIR_RIDGE = 1.0
TOPIC_RIDGE = 3.0
DOUBTFUL_SIZE = 0.5
"""How much an article counts whose label is in doubt."""
_OTHER_SENTENCE_OF_PASSING = 0.5


def fit_weights(articles: Sequence[Labelled], sides: Sides) -> WeightSet:
    """Weights from these articles and our own cases."""
    everything = [*articles, *own_cases()]
    scanner = Scanner(load_lexicon())
    return train(everything, [analyse(scanner, sides, item_of(article)) for article in everything])


def item_of(article: Labelled) -> Item:
    """The text of a labelled article."""
    return Item(article.title, article.text, article.lang)


def train(articles: Sequence[Labelled], analyses: Sequence[Analysis]) -> WeightSet:
    """Weights for all questions. Scores of the signals of `analyses` are overwritten."""
    sentence = _fit_sentences(articles, analyses, leaning=False)
    for analysis in analyses:
        score_signals(analysis, sentence, {})
    context = _fit_sentences(articles, analyses, leaning=True)
    for analysis in analyses:
        score_signals(analysis, sentence, context)
    pairs = _fit_pairs(articles, analyses)
    return WeightSet(
        sentence=sentence,
        context=context,
        any_tie=_fit_texts(articles, analyses, PASSING),
        substantive=_fit_texts(articles, analyses, SUBSTANTIVE),
        pairs=pairs,
        topics=_fit_topics(articles, analyses, pairs),
    )


def holds_evidence(sentence: str, evidence: Sequence[str]) -> bool:
    """Whether the sentence is one of the labelled ones, or a part of it, or holds it."""
    return any(sentence in gold or gold in sentence for gold in evidence)


def _fit_sentences(articles: Sequence[Labelled], analyses: Sequence[Analysis], *, leaning: bool) -> dict[str, float]:
    """Evidence sentences against those of texts without a tie. Other sentences of a tied text are left out: the person
    who labelled it stopped at the best ones; or named none."""
    rows: list[dict[str, float]] = []
    labels, sizes = [], []
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
            rows.append(signal.features)
            labels.append(float(is_evidence))
            other = not is_evidence and article.label != NONE
            sizes.append(_OTHER_SENTENCE_OF_PASSING if other else 1.0)
    return fit(rows, labels, sizes, ridge=SENTENCE_RIDGE)


def _fit_texts(articles: Sequence[Labelled], analyses: Sequence[Analysis], least: int) -> dict[str, float]:
    """Texts of at least this label against the rest; texts without any signal teach nothing."""
    rows: list[dict[str, float]] = []
    labels, sizes = [], []
    for article, analysis in zip(articles, analyses, strict=True):
        features = features_of(analysis)
        if features:
            rows.append(features)
            labels.append(float(article.label >= least))
            sizes.append(DOUBTFUL_SIZE if article.is_doubtful else 1.0)
    return fit(rows, labels, sizes, ridge=TEXT_RIDGE)


def _fit_pairs(articles: Sequence[Labelled], analyses: Sequence[Analysis]) -> dict[str, float]:
    """One row for each country that an article with a tie may connect with home."""
    rows: list[dict[str, float]] = []
    labels, sizes = [], []
    for article, analysis in zip(articles, analyses, strict=True):
        if article.label == NONE or not article.countries:
            continue
        found = pair_features(analysis, group_signals(analysis))
        rows += found.values()
        labels += [float(other in article.countries) for _, other in found]
        sizes += [DOUBTFUL_SIZE if article.is_doubtful else 1.0] * len(found)
    return fit(rows, labels, sizes, ridge=PAIR_RIDGE)


def _fit_topics(articles: Sequence[Labelled], analyses: Sequence[Analysis], pairs: Weights) -> dict[str, float]:
    """One row an article with a tie and topic."""
    rows: list[dict[str, float]] = []
    labels: list[float] = []
    for article, analysis in zip(articles, analyses, strict=True):
        if article.label == NONE or not article.topics:
            continue
        evidence = evidence_of(find_pairs(analysis, pairs))
        found = topic_features(analysis.reading, evidence, is_substantive=article.label == SUBSTANTIVE)
        rows += found.values()
        labels += [float(topic in article.topics) for topic in found]
    return fit(rows, labels, [1.0] * len(rows), ridge=TOPIC_RIDGE)
