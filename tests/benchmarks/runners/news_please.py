"""news-please as a library: `NewsPlease.from_urls` fetches in threads and reads in processes of its own."""

import json
import sys
from pathlib import Path

from newsplease import NewsPlease

FOLDER = Path(sys.argv[1])

if __name__ == "__main__":
    urls = (FOLDER / "urls.txt").read_text().split()
    with (FOLDER / "found.jsonl").open("w") as found:
        for start in range(0, len(urls), 200):
            part = urls[start : start + 200]
            articles = NewsPlease.from_urls(part, request_args={"timeout": 10}, fetch_images=False)
            for url, article in articles.items():
                found.write(json.dumps({"url": url, "text": article.maintext or "" if article else ""}) + "\n")
