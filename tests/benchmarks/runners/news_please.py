"""news-please as a library: `NewsPlease.from_urls` fetches in threads and reads, here in a process a core."""

import json
import multiprocessing
import sys
from pathlib import Path

from newsplease import NewsPlease

FOLDER = Path(sys.argv[1])


def read(urls: list[str]) -> list[dict[str, str]]:
    articles = NewsPlease.from_urls(urls, request_args={"timeout": 10}, fetch_images=False)
    return [{"url": url, "text": article.maintext or ""} for url, article in articles.items() if article]


if __name__ == "__main__":
    urls = (FOLDER / "urls.txt").read_text().split()
    parts = [urls[start : start + 50] for start in range(0, len(urls), 50)]
    with multiprocessing.Pool() as pool, (FOLDER / "found.jsonl").open("w") as found:
        for articles in pool.imap_unordered(read, parts):
            for article in articles:
                found.write(json.dumps(article) + "\n")
