"""The source registry of the replica web, for ``[crawl] sources`` and ``allow_addresses``."""

from __future__ import annotations

import re
from pathlib import Path

from tests.replica.addresses import NETWORK

ALLOWED = NETWORK
FILE = Path(__file__).parent / "sources.toml"


def sources_toml(port: int) -> str:
    """``sources.toml`` with the port of a running replica."""
    return re.sub(r':0(?=[/"])', f":{port}", FILE.read_text(encoding="utf-8"))
