"""The scheduler's sections of khabar.toml, and the whole file as one value."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from datetime import time
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.utils import getaddresses
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from crawler.config import CrawlConfig, StoriesConfig, TiesConfig
from storage.config import DatabaseConfig, Section, config_path, read_config

Format = Literal["html", "txt", "md", "json", "atom"]
Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
Channel = Literal["file", "email", "webhook"]
DAILY = "daily"
"""The profile that ``[digest]`` is when there are no ``[[digests]]``."""
NEAR_ZONES = {"Asia/Astana": "Asia/Almaty", "Asia/Nur-Sultan": "Asia/Almaty"}
"""Zones that people write and that do not exist, with those that they mean."""


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        hint = f"; did you mean {NEAR_ZONES[name]}?" if name in NEAR_ZONES else ""
        raise ValueError(f"unknown time zone{hint}") from error
    return name


def _mail_address(text: str) -> str:
    ((name, address), *others) = getaddresses([text]) or [("", "")]
    if (
        others
        or not text.isprintable()
        or not address.isascii()
        or " " in address
        or not re.fullmatch(r"[^@]+@[^@]+", address)
    ):
        raise ValueError("not an e-mail address such as news@example.org (of a domain write the xn-- form)")
    try:
        Address(display_name=name, addr_spec=address)
    except (ValueError, HeaderParseError) as error:
        raise ValueError("not an e-mail address such as news@example.org") from error
    return text


MailAddress = Annotated[str, AfterValidator(_mail_address)]
"""``news@example.org`` or ``Khabar <news@example.org>``."""


def _web_address(text: str) -> str:
    parts = urlsplit(text)
    if text and (parts.scheme not in {"http", "https"} or not parts.hostname or not text.isascii()):
        raise ValueError("not an address such as https://hooks.example.org/khabar")
    if parts.username is not None or parts.password is not None:
        raise ValueError("a login does not belong into the address; name a secret_file")
    return text


def _known_topic(name: str) -> str:
    from crawler.ties.topics import TOPICS  # it brings the tagger, which no other setting needs

    if name not in TOPICS:
        raise ValueError(f"unknown topic; choose from {', '.join(TOPICS)}")
    return name


class DigestConfig(Section):
    """``[digest]``: the daily digest, and the defaults of ``[[digests]]``."""

    zone: Annotated[str, AfterValidator(_known_zone)] = "Asia/Baku"
    """IANA zone in which a day begins and ends, and in which times are shown."""
    folder: Path = Path("digests")
    """Where digests are written."""
    formats: tuple[Format, ...] = ("html", "txt", "md", "json", "atom")
    """What is written when `--format` does not say."""
    at: time = time(8)
    """Local time at which the service builds it: the window of the day before ends, that of today begins."""
    days: Annotated[tuple[Day, ...], Field(min_length=1)] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    """Days on which there is one. What happened on the days between is in the next."""
    language: Literal["en", "az", "ru"] = "en"
    """Of the digest's own words; what the outlets say stays in their language."""
    pairs: tuple[str, ...] = ()
    """``AZ-KZ``; empty: all."""
    topics: tuple[Annotated[str, AfterValidator(_known_topic)], ...] = ()
    """Empty: all."""
    languages: tuple[Annotated[str, Field(pattern=r"^[a-z]{2,3}$")], ...] = ()
    """Of the articles; empty: all."""
    minimum_score: Annotated[float, Field(ge=0, le=1)] = 0.0
    """Articles of a lower score are left out."""
    order: Literal["importance", "time"] = "importance"
    """Of the stories of a pair."""
    empty: Literal["send", "silent"] = "send"
    """What happens on a day without a story: "nothing today" is sent, or nothing is."""
    channels: tuple[Channel, ...] = ("file", "email")
    """How it is delivered. Channels that are not configured are passed over."""
    to: tuple[MailAddress, ...] = ()
    """Who gets it by e-mail; empty: `email.to`."""
    keep_days: Annotated[int, Field(ge=0, le=36_500)] = 0
    """Days after which the service deletes digests from the folder; 0: never."""


class Profile(DigestConfig):
    """One of ``[[digests]]``: what it leaves out is as in ``[digest]``."""

    name: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,40}$")]
    """In file names and on the command line."""


class EmailConfig(Section):
    """``[email]``: the server that digests and alarms are sent by."""

    host: str = ""
    """Mail server; empty: nothing can be sent."""
    port: Annotated[int, Field(ge=1, le=65535)] = 587
    security: Literal["starttls", "tls", "none"] = "starttls"
    """A password is never sent over ``none``."""
    ca_file: Path | None = None
    """Certificates of the authorities to trust, PEM; None: those that the system trusts."""
    user: str = ""
    password_file: Path | None = None
    """File whose first line is the password. None: the variable KHABAR_EMAIL_PASSWORD has it."""
    sender: MailAddress | Literal[""] = ""
    """``Khabar <khabar@example.org>``."""
    to: tuple[MailAddress, ...] = ()
    """Addresses that each get a message of their own."""


class ServiceConfig(Section):
    """``[service]``: how `khabar serve` runs."""

    crawl_minutes: Annotated[float, Field(gt=0, le=1440)] = 30.0
    """Wall time that a crawl may take before its processes are killed; the rest waits for the next."""
    backup_folder: Path | None = None
    """Where the database is copied to once a day; None: nowhere. PostgreSQL is backed up by pg_dump."""
    backups: Annotated[int, Field(ge=1, le=1000)] = 7
    """Copies that are kept in it."""
    metrics_file: Path | None = None
    """Text file for Prometheus' textfile collector, written each minute; it must end in ``.prom``."""
    log_file: Path | None = None
    """Where the log goes besides stderr, ten files of 10 MB at most; None: nowhere."""


class WebhookConfig(Section):
    """``[webhook]``: where digests and alarms are posted."""

    url: Annotated[str, AfterValidator(_web_address), Field(repr=False)] = ""
    """Empty: nothing is posted. Its path is often a secret: only the host is ever shown."""
    secret_file: Path | None = None
    """File whose first line is the key that requests are signed with; None: they are not signed."""
    style: Literal["json", "slack"] = "json"
    """``slack`` is also understood by Mattermost, Rocket.Chat and others."""


class AlertsConfig(Section):
    """``[alerts]``: who is told when something needs a person."""

    recipients: tuple[MailAddress, ...] = ()
    """By e-mail, with the server of ``[email]``."""
    free_mb: Annotated[int, Field(ge=0)] = 500
    """Less free space than this on the disk of the database or the digests is an alarm."""


class AppConfig(BaseModel):
    """khabar.toml as a whole: unknown sections and keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    database: DatabaseConfig = DatabaseConfig()
    crawl: CrawlConfig = CrawlConfig()
    ties: TiesConfig = TiesConfig()
    stories: StoriesConfig = StoriesConfig()
    digest: DigestConfig = DigestConfig()
    digests: tuple[Profile, ...] = ()
    email: EmailConfig = EmailConfig()
    service: ServiceConfig = ServiceConfig()
    webhook: WebhookConfig = WebhookConfig()
    alerts: AlertsConfig = AlertsConfig()

    @property
    def profiles(self) -> tuple[Profile, ...]:
        """The digests that are built, complete: those of ``[[digests]]``, else the one that ``[digest]`` describes."""
        return tuple(self._completed(profile) for profile in self.digests) or (self.described,)

    @property
    def described(self) -> Profile:
        """What ``[digest]`` describes by itself."""
        return self._completed(Profile(name=DAILY))

    def _completed(self, profile: Profile) -> Profile:
        missing = DigestConfig.model_fields.keys() - profile.model_fields_set
        inherited = {key: getattr(self.digest, key) for key in missing}
        return profile.model_copy(update=inherited | {"to": profile.to or self.digest.to or self.email.to})

    @model_validator(mode="after")
    def _names_are_unique(self) -> Self:
        names = [profile.name for profile in self.digests]
        for name in names:
            if names.count(name) > 1:
                raise ValueError(f"digests: two have the name {name!r}")
        return self

    @model_validator(mode="after")
    def _pairs_are_watched(self) -> Self:
        watched = [f"{home}-{other}" for home in self.ties.home for other in (*self.ties.others, "C5")]
        for where, section in (("digest", self.digest), *((f"digests {one.name}", one) for one in self.digests)):
            for pair in section.pairs:
                if pair not in watched:
                    raise ValueError(f"{where}: no pair {pair!r} is watched; choose from {', '.join(watched)}")
        return self


def load_config(path: Path | None = None, environ: Mapping[str, str] = os.environ) -> AppConfig:
    """The configuration from `path`, else from KHABAR_CONFIG, else from khabar.toml here, else the defaults.

    Raises ConfigError with all mistakes at once.
    """
    return read_config(AppConfig, path or config_path(environ, Path.cwd()), environ)
