"""Fitting the weights from labelled articles."""

from __future__ import annotations

from collections.abc import Sequence

from crawler.ties.analysis import Analysis, features_of, score_signals
from crawler.ties.labelled import NONE, PASSING, SUBSTANTIVE, Labelled
from crawler.ties.logistic import fit
from crawler.ties.pairs import find_pairs
from crawler.ties.signals import BOTH, Sides
from crawler.ties.topics import topic_features
from crawler.ties.weights import WeightSet

SENTENCE_RIDGE = 1.0
TEXT_RIDGE = 0.5
DOUBTFUL_SIZE = 0.5
"""How much an article counts whose label is in doubt."""
_OTHER_SENTENCE_OF_PASSING = 0.5


def train(articles: Sequence[Labelled], analyses: Sequence[Analysis], sides: Sides) -> WeightSet:
    """Weights for all questions. Scores of the signals of `analyses` are overwritten."""
    sentence = _fit_sentences(articles, analyses, leaning=False)
    for analysis in analyses:
        score_signals(analysis, sentence, {})
    context = _fit_sentences(articles, analyses, leaning=True)
    rows, labels, sizes = [], [], []
    for article, analysis in zip(articles, analyses, strict=True):
        score_signals(analysis, sentence, context)
        rows.append(features_of(analysis, sides))
        labels.append(article.label)
        sizes.append(DOUBTFUL_SIZE if article.is_doubtful else 1.0)
    usable = [index for index, row in enumerate(rows) if row]
    rows, labels, sizes = ([column[i] for i in usable] for column in (rows, labels, sizes))
    return WeightSet(
        sentence=sentence,
        context=context,
        topics=_fit_topics(articles, analyses, sides),
        any_tie=fit(rows, [float(label >= PASSING) for label in labels], sizes, ridge=TEXT_RIDGE),
        substantive=fit(rows, [float(label == SUBSTANTIVE) for label in labels], sizes, ridge=TEXT_RIDGE),
    )


def _fit_sentences(articles: Sequence[Labelled], analyses: Sequence[Analysis], *, leaning: bool) -> dict[str, float]:
    """Evidence sentences against those of texts without a tie. Other sentences of a tied text are left out: the person
    who labelled it stopped at the best ones."""
    rows, labels, sizes = [], [], []
    for article, analysis in zip(articles, analyses, strict=True):
        for signal in analysis.signals:
            if (BOTH not in signal.features) != leaning:
                continue
            span = analysis.reading.scan.sentences[signal.sentence].span
            is_evidence = holds_evidence(analysis.reading.scan.text[span.start : span.end], article.evidence)
            if not is_evidence and article.label == SUBSTANTIVE:
                continue
            rows.append(signal.features)
            labels.append(float(is_evidence))
            other = not is_evidence and article.label != NONE
            sizes.append(_OTHER_SENTENCE_OF_PASSING if other else 1.0)
    return fit(rows, labels, sizes, ridge=SENTENCE_RIDGE)


def _fit_topics(articles: Sequence[Labelled], analyses: Sequence[Analysis], sides: Sides) -> dict[str, float]:
    """One row an article with a tie and topic; the signals must have scores."""
    rows, labels = [], []
    for article, analysis in zip(articles, analyses, strict=True):
        if article.label == NONE or not article.topics:
            continue
        pairs = find_pairs(analysis.reading, analysis.signals, sides)
        evidence = sorted({signal.sentence for pair in pairs for signal in pair.signals})
        found = topic_features(analysis.reading, evidence, is_substantive=article.label == SUBSTANTIVE)
        rows += list(found.values())
        labels += [float(topic in article.topics) for topic in found]
    return fit(rows, labels, [1.0] * len(rows), ridge=TEXT_RIDGE)


def holds_evidence(sentence: str, evidence: Sequence[str]) -> bool:
    """Whether the sentence is one of the labelled ones, or a part of it, or holds it."""
    return any(sentence in gold or gold in sentence for gold in evidence)
