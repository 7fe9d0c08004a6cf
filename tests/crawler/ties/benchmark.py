"""Full-length articles a second on one core, and the memory it takes: ``python -m tests.crawler.ties.benchmark``."""

from __future__ import annotations

import resource
import sys
import time

from crawler.ties.cases import own_cases
from crawler.ties.tagger import load_tagger

LENGTH = 2_000
"""Characters of a full-length article."""
SECONDS = 5.0


def articles() -> list[tuple[str, str, str]]:
    """Title, text and language of articles put together from our cases."""
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


def main() -> None:
    """Tags for some seconds and reports."""
    begun = time.perf_counter()
    tagger = load_tagger()
    loaded = time.perf_counter() - begun
    texts, count = articles(), 0
    begun = time.perf_counter()
    while time.perf_counter() - begun < SECONDS:
        for title, text, lang in texts:
            tagger.tag(title, text, lang=lang)
        count += len(texts)
    rate = count / (time.perf_counter() - begun)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(f"loaded in {loaded:.2f} s; {rate:.0f} articles a second on one core; {memory:.0f} MB\n")


if __name__ == "__main__":
    main()
