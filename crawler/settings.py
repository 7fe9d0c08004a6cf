"""Scrapy's settings: those of a crawler that meets a hundred untrusted sites, and those of khabar.toml.

Each setting that differs from Scrapy's default says why. The names are those of Scrapy 2.19.
"""

from __future__ import annotations

import os
from pathlib import Path

from crawler.config import CrawlerConfig
from storage.config import config_path, read_config

config = read_config(CrawlerConfig, config_path(os.environ, Path.cwd()), os.environ)

BOT_NAME = "khabar"
SPIDER_MODULES = ["crawler.spiders"]
NEWSPIDER_MODULE = "crawler.spiders"

# The path of a page.
ITEM_PIPELINES = {
    "crawler.pipelines.understand.UnderstandPipeline": 100,
    "crawler.pipelines.store.StorePipeline": 200,
}
EXTENSIONS = {
    "crawler.progress.Progress": 500,
    "scrapy.extensions.memusage.MemoryUsage": None,
    "crawler.memory.ResidentMemory": 0,
}

# From khabar.toml; see crawler/config.py for what they mean.
DATABASE_URL = config.database.url
FREE_MB = config.database.free_mb
SOURCES = [str(path) for path in config.crawl.sources]
ALLOW_ADDRESSES = [str(network) for network in config.crawl.allow_addresses]
WORKERS = config.crawl.workers or len(os.sched_getaffinity(0))
PAGE_SECONDS = config.crawl.page_seconds
PAGES_PER_SOURCE = config.crawl.pages_per_source
SOURCE_SECONDS = config.crawl.source_seconds
TIES_HOME = list(config.ties.home)
TIES_OTHERS = list(config.ties.others)
TIES_WEIGHTS = str(config.ties.weights or "")
STORIES_SEMANTIC = config.stories.semantic
STORIES_MODEL = str(config.stories.model or "")
USER_AGENT = config.crawl.user_agent
DOWNLOAD_DELAY = config.crawl.delay_seconds
DOWNLOAD_TIMEOUT = config.crawl.timeout_seconds
ROBOTSTXT_OBEY = config.crawl.obey_robots

# Only the web, and only public addresses: feeds and sitemaps may name file:// or an internal host.
DOWNLOAD_HANDLERS = {
    **dict.fromkeys(("http", "https"), "crawler.net.counting.CountingHandler"),
    **dict.fromkeys(("file", "data", "ftp", "s3")),
}
TWISTED_DNS_RESOLVER = "crawler.net.resolver.PublicOnlyResolver"
DOWNLOADER_MIDDLEWARES = {
    "crawler.net.guard.RequestGuard": 50,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "crawler.net.robots.RobotsMiddleware": 100,
}
# A proxy from the environment would resolve names itself, around the resolver above.
HTTPPROXY_ENABLED = False
METAREFRESH_ENABLED = False
REDIRECT_MAX_TIMES = 5
REFERRER_POLICY = "same-origin"
COOKIES_ENABLED = False
DOWNLOAD_VERIFY_CERTIFICATES = True
DOWNLOAD_TLS_MIN_VERSION = "TLSv1.2"
URLLENGTH_LIMIT = 2083

# Bounds. Sizes are of the decompressed body: 0.4 MB on the wire can be 400 MB.
DNS_TIMEOUT = 10
DOWNLOAD_MAXSIZE = 5 * 1024 * 1024
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_FAIL_ON_DATALOSS = True
# At the warning the spider ends its turns and reports; Scrapy's own limit would wait until they are over.
MEMUSAGE_WARNING_MB = 1024
MEMUSAGE_CHECK_INTERVAL_SECONDS = 10
# Our own, where Scrapy's CLOSESPIDER_TIMEOUT would wait until all turns are over.
RUN_SECONDS = 1800

# Politeness: one request at a time a host, slower when the host is slow. Without a delay (a replica) nothing slows.
CONCURRENT_REQUESTS_PER_DOMAIN = 1
CONCURRENT_REQUESTS = 64
AUTOTHROTTLE_ENABLED = DOWNLOAD_DELAY > 0
AUTOTHROTTLE_START_DELAY = DOWNLOAD_DELAY
AUTOTHROTTLE_MAX_DELAY = 60.0
# Each name that cannot be resolved blocks a thread until the system's resolver gives up.
REACTOR_THREADPOOL_MAXSIZE = 40

# What usually passes is tried again at once; 429 and 503 wait as the server says (crawler.fetching), and a name that
# cannot be resolved or a refused connection is left for the next run.
RETRY_TIMES = 2
RETRY_HTTP_CODES = [500, 502, 504, 408, 522, 524]
RETRY_EXCEPTIONS = [
    "scrapy.exceptions.DownloadFailedError",
    "scrapy.exceptions.ResponseDataLossError",
    "twisted.internet.error.ConnectionDone",
    "twisted.internet.error.ConnectError",
    "twisted.internet.error.ConnectionLost",
]
RETRY_GIVE_UP_LOG_LEVEL = "INFO"

# Nothing listens: both of these are on by default, and the second runs code that is sent to it.
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False

TWISTED_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"
LOG_LEVEL = "INFO"
LOG_COLOR = False
LOG_VERSIONS: list[str] = []
DEFAULT_DROPITEM_LOG_LEVEL = "INFO"
