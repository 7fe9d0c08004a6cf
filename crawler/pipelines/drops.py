"""Why a page is dropped on its way. Scrapy counts each class by itself: item_dropped_reasons_count/NAME."""

from __future__ import annotations

from scrapy.exceptions import DropItem


class Dropped(DropItem):
    """A page that is not stored. `reason` is short and countable, `detail` says more where there is more to say."""

    def __init__(self, url: str, reason: str, detail: str = "") -> None:
        super().__init__(f"{url}: {reason}{f' ({detail})' if detail else ''}", log_level="INFO")
        self.reason = reason


class NotAnArticle(Dropped):
    """The page holds no article."""


class Unreadable(Dropped):
    """Extraction took too long."""


class Lost(Dropped):
    """Extraction failed by an error of ours, or took its worker down with it: the page is fetched again later."""


class AlreadyStored(Dropped):
    """It is an article that we have, under another address."""
