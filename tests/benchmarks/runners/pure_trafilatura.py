"""The limit for extraction: pages from disk through trafilatura with its default options, on all cores, and no more."""

import json
import multiprocessing
import sys
from pathlib import Path

import trafilatura

FOLDER = Path(sys.argv[1])


def read(url: str) -> dict[str, str]:
    host, _, path = url.removeprefix("http://").partition("/")
    page = FOLDER / "site" / host.partition(":")[0] / path
    return {"url": url, "text": trafilatura.extract(page.read_bytes(), url=url) or ""}


if __name__ == "__main__":
    urls = (FOLDER / "urls.txt").read_text().split()
    with multiprocessing.Pool() as pool, (FOLDER / "found.jsonl").open("w") as found:
        for article in pool.imap_unordered(read, urls, chunksize=8):
            found.write(json.dumps(article) + "\n")
