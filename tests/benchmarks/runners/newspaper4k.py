"""newspaper4k: `fetch_news` with threads, in a process a core; pictures, which it would load, are left out."""

import json
import multiprocessing
import sys
from pathlib import Path

import newspaper
from newspaper.mthreading import fetch_news

FOLDER = Path(sys.argv[1])
THREADS = 8


def read(urls: list[str]) -> list[dict[str, str]]:
    articles = [newspaper.Article(url, fetch_images=False, disable_category_cache=True) for url in urls]
    fetched = fetch_news(articles, threads=THREADS)
    return [{"url": article.original_url, "text": article.text} for article in fetched]


if __name__ == "__main__":
    urls = (FOLDER / "urls.txt").read_text().split()
    parts = [urls[start : start + 100] for start in range(0, len(urls), 100)]
    with multiprocessing.Pool() as pool, (FOLDER / "found.jsonl").open("w") as found:
        for articles in pool.imap_unordered(read, parts):
            for article in articles:
                found.write(json.dumps(article) + "\n")
