"""The usual spider: Scrapy fetches what the sitemaps list, and trafilatura reads each page in the callback.

With "download" as its second argument it fetches the same pages and reads none: the limit for downloading.
"""

import json
import sys
from pathlib import Path

import trafilatura
from scrapy.crawler import CrawlerProcess
from scrapy.spiders import SitemapSpider

FOLDER = Path(sys.argv[1])
IS_DOWNLOAD = sys.argv[2:] == ["download"]
SETTINGS = {
    "CONCURRENT_REQUESTS": 64,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 8,
    "DOWNLOAD_DELAY": 0,
    "ROBOTSTXT_OBEY": False,
    "COOKIES_ENABLED": False,
    "TELNETCONSOLE_ENABLED": False,
    "LOG_LEVEL": "WARNING",
}


class News(SitemapSpider):
    name = "news"
    sitemap_rules = (("/news/", "parse"),)

    def parse(self, response):
        text = None if IS_DOWNLOAD else trafilatura.extract(response.body, url=response.url) or ""
        FOUND.write(json.dumps({"url": response.url, "text": text}) + "\n")


if __name__ == "__main__":
    homes = dict.fromkeys(url.partition("/news/")[0] for url in (FOLDER / "urls.txt").read_text().split())
    with (FOLDER / "found.jsonl").open("w") as FOUND:
        process = CrawlerProcess(SETTINGS)
        process.crawl(News, sitemap_urls=[f"{home}/sitemap.xml" for home in homes])
        process.start()
