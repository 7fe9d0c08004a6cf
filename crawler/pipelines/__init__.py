"""The stages that a page goes through after it came, thin and in the order of `crawler.settings.ITEM_PIPELINES`:

    Arrival ─ understand ─► Draft ─ store ─► Placed

A stage takes one type, calls one function, returns the next type or raises a child of `DropItem` whose name is the
reason that Scrapy counts.
"""
