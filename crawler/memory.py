"""Scrapy's watch over memory, by what the process holds now.

Scrapy itself asks for the peak (getrusage), which never falls again, and which Linux hands on to a child: a crawl
that a large process starts would be ended at once for memory that it never had.
"""

from __future__ import annotations

import os
from pathlib import Path

from scrapy.extensions.memusage import MemoryUsage

_STATM = Path("/proc/self/statm")
"""Sizes in pages: the whole, the resident part, ... (proc(5))."""


class ResidentMemory(MemoryUsage):
    """MemoryUsage that measures the resident memory of this moment, where /proc tells it."""

    def get_virtual_size(self) -> int:
        """Bytes. The name is Scrapy's."""
        try:
            pages = int(_STATM.read_text(encoding="ascii").split()[1])
        except OSError:
            return super().get_virtual_size()
        return pages * os.sysconf("SC_PAGE_SIZE")
