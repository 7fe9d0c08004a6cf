"""How well the nine languages are told apart, on texts of our own: ``python -m tests.crawler.text.language_table``.

The texts are those of the replica web, of the tagger's cases and of the labelled stories. Nothing is told to the
detector but the text: in a crawl it also knows the edition, which helps where a headline is in doubt.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from crawler.text.language import detect_language
from crawler.ties.cases import own_cases
from tests.replica.articles import load_articles

LANGUAGES = ("az", "en", "kk", "ky", "ru", "tg", "tk", "tr", "uz")
STORIES = Path(__file__).parents[1] / "stories"
LEAD = 120
"""Characters of a first sentence, about."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A text whose language is known."""

    lang: str
    title: str
    text: str

    @property
    def name(self) -> str:
        """The language; of Uzbek with its script."""
        cyrillic = sum("\u0400" <= letter <= "\u04ff" for letter in self.text)
        return f"{self.lang}-Cyrl" if self.lang == "uz" and cyrillic > len(self.text) / 2 else self.lang


@dataclass(frozen=True, slots=True)
class Table:
    """True language to what it was taken for, and how often."""

    counts: Mapping[str, Counter[str]]

    @property
    def accuracy(self) -> float:
        """Share of the samples that were told right."""
        right = sum(found[name.partition("-")[0]] for name, found in self.counts.items())
        return right / sum(found.total() for found in self.counts.values())

    def lines(self) -> Iterator[str]:
        """For a terminal: a row a language, a column what it was taken for; ``.`` is none."""
        others = sorted({found for row in self.counts.values() for found in row} - set(LANGUAGES))
        columns = [*LANGUAGES, *others]
        yield f"{'':8}" + "".join(f"{column:>5}" for column in columns)
        for name, row in sorted(self.counts.items()):
            yield f"{name:8}" + "".join(f"{row[column] or '.':>5}" for column in columns)


def samples() -> list[Sample]:
    """All of them, each text once."""
    found = [Sample(article.lang, article.title, "\n\n".join(article.body)) for article in load_articles().values()]
    found += [Sample(case.lang, case.title, case.text) for case in own_cases() if case.lang]
    for file in sorted(STORIES.glob("events_*.jsonl")):
        rows = map(json.loads, file.read_text(encoding="utf-8").splitlines())
        found += [Sample(row["lang"], row["title"], row["text"]) for row in rows]
    return list({sample.text: sample for sample in found}.values())


def lead_of(text: str) -> str:
    """Its first words, about a sentence."""
    return text[:LEAD].rsplit(" ", 1)[0]


def tabulate(texts: Iterable[tuple[str, str]]) -> Table:
    """The table of named texts."""
    counts: dict[str, Counter[str]] = {}
    for name, text in texts:
        counts.setdefault(name, Counter())[detect_language(text) or "none"] += 1
    return Table(counts)


def main() -> None:
    """Print the tables of texts, first sentences and headlines."""
    known = samples()
    parts = {
        "texts": [(sample.name, sample.text) for sample in known],
        "first sentences": [(sample.name, lead_of(sample.text)) for sample in known],
        "headlines": [(sample.name, sample.title) for sample in known if sample.title],
    }
    for part, texts in parts.items():
        table = tabulate(texts)
        sys.stdout.write(f"\n{len(texts)} {part}, {table.accuracy:.1%} right\n")
        sys.stdout.write("".join(f"{line}\n" for line in table.lines()))


if __name__ == "__main__":
    main()
