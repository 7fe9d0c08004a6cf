"""Full-length articles a second on one core, and the memory it takes: ``python -m tests.crawler.ties.benchmark``."""

from __future__ import annotations

import resource
import sys
import time

from crawler.ties.cases import own_cases
from crawler.ties.lexicon import load_lexicon
from crawler.ties.scan import Scanner
from crawler.ties.tagger import Tagger, load_tagger

LENGTH = 2_000
"""Characters of a full-length article."""
SECONDS = 5.0


def articles() -> list[tuple[str, str, str]]:
    """Title, text and language of articles put together from our cases: several stories in each, the worst there is."""
    found = []
    cases = own_cases()
    for case in cases:
        same = [other for other in cases if other.lang == case.lang]
        text, place = case.text, same.index(case)
        while len(text) < LENGTH:
            place = (place + 1) % len(same)
            text += "\n\n" + same[place].text
        found.append((case.title, text, case.lang or "en"))
    return found


def typical_articles() -> list[tuple[str, str, str]]:
    """Each case with sentences of others that name nobody: on real sites, few sentences name a side."""
    scanner, cases = Scanner(load_lexicon()), own_cases()
    silent: dict[str, list[str]] = {}
    for case in cases:
        scan = scanner.scan(case.title, case.text, case.lang or "en")
        silent.setdefault(case.lang or "en", []).extend(
            scan.text[sentence.span.start : sentence.span.end]
            for sentence in scan.sentences
            if not (sentence.names or sentence.is_title)
        )
    found = []
    for place, case in enumerate(cases):
        text, filling = case.text, silent[case.lang or "en"]
        while len(text) < LENGTH:
            place += 1
            text += "\n\n" + filling[place % len(filling)]
        found.append((case.title, text, case.lang or "en"))
    return found


def rate(tagger: Tagger, texts: list[tuple[str, str, str]]) -> float:
    """Articles a second."""
    count, begun = 0, time.perf_counter()
    while time.perf_counter() - begun < SECONDS:
        for title, text, lang in texts:
            tagger.tag(title, text, lang=lang)
        count += len(texts)
    return count / (time.perf_counter() - begun)


def main() -> None:
    """Tags for some seconds and reports."""
    begun = time.perf_counter()
    tagger = load_tagger()
    loaded = time.perf_counter() - begun
    dense, typical = rate(tagger, articles()), rate(tagger, typical_articles())
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(f"loaded in {loaded:.2f} s; {memory:.0f} MB; full-length articles a second on one core: ")
    sys.stdout.write(f"{typical:.0f} typical ones, {dense:.0f} that name both sides in every paragraph\n")


if __name__ == "__main__":
    main()
