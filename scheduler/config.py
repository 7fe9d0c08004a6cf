"""The scheduler's sections of khabar.toml, ``[digest]`` and ``[email]``, and the whole file as one value."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from crawler.config import CrawlConfig, StoriesConfig, TiesConfig
from storage.config import DatabaseConfig, Section, config_path, read_config

Format = Literal["html", "txt", "md", "json", "atom"]
NEAR_ZONES = {"Asia/Astana": "Asia/Almaty", "Asia/Nur-Sultan": "Asia/Almaty"}
"""Zones that people write and that do not exist, with those that they mean."""


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        hint = f"; did you mean {NEAR_ZONES[name]}?" if name in NEAR_ZONES else ""
        raise ValueError(f"unknown time zone{hint}") from error
    return name


class DigestConfig(Section):
    """``[digest]``."""

    zone: Annotated[str, AfterValidator(_known_zone)] = "Asia/Baku"
    """IANA zone in which a day begins and ends, and in which times are shown."""
    folder: Path = Path("digests")
    """Where digests are written."""
    formats: tuple[Format, ...] = ("html", "txt", "md", "json", "atom")
    """What is written when `--format` does not say."""


class EmailConfig(Section):
    """``[email]``: where `khabar digest --send` sends."""

    host: str = ""
    """Mail server; empty: nothing can be sent."""
    port: Annotated[int, Field(ge=1, le=65535)] = 587
    security: Literal["starttls", "tls", "none"] = "starttls"
    """A password is never sent over ``none``."""
    user: str = ""
    password_file: Path | None = None
    """File whose first line is the password."""
    sender: str = ""
    """``Khabar <khabar@example.org>``."""
    to: tuple[str, ...] = ()
    """Addresses that each get a message of their own."""


class AppConfig(BaseModel):
    """khabar.toml as a whole: unknown sections and keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    database: DatabaseConfig = DatabaseConfig()
    crawl: CrawlConfig = CrawlConfig()
    ties: TiesConfig = TiesConfig()
    stories: StoriesConfig = StoriesConfig()
    digest: DigestConfig = DigestConfig()
    email: EmailConfig = EmailConfig()


def load_config(path: Path | None = None, environ: Mapping[str, str] = os.environ) -> AppConfig:
    """The configuration from `path`, else from KHABAR_CONFIG, else from khabar.toml here, else the defaults.

    Raises ConfigError with all mistakes at once.
    """
    return read_config(AppConfig, path or config_path(environ, Path.cwd()), environ)
