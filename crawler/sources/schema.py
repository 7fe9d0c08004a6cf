"""What a source file may say: the keys of one source, checked strictly."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StrictBool, model_validator

from crawler.sources.entry_points import EntryPoint, Kind
from crawler.sources.source import Source
from crawler.sources.values import (
    Country,
    DatedUrl,
    Duration,
    Host,
    Language,
    Name,
    Owner,
    Pattern,
    Selector,
    Url,
    UserAgent,
    Zone,
)

__all__ = ["SOURCE_KEYS", "EntryPoint", "Kind", "Owner", "Source", "SourceKeys"]

DatedUrls = Annotated[tuple[DatedUrl, ...], Field(max_length=50)]
Selectors = Annotated[tuple[Selector, ...], Field(max_length=50)]


class Keys(BaseModel):
    """A table of a source file: unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class FileKeys(Keys):
    """What may stand before the first source of a file, for all of its sources that do not say otherwise."""

    country: Country | None = None
    zone: Zone = "UTC"


class EntryPointKeys(Keys):
    """Addresses by kind, the most trusted first."""

    feeds: DatedUrls = ()
    """RSS, Atom or JSON feeds, the most trusted first."""
    sitemaps: DatedUrls = ()
    """Sitemaps; `{today:%Y-%m-%d}` becomes the day in the site's zone (in feeds and listings too)."""
    listings: DatedUrls = ()
    """Pages that link to articles: sections, day archives."""

    @property
    def is_empty(self) -> bool:
        """Whether no address is given."""
        return not (self.feeds or self.sitemaps or self.listings)


class EditionKeys(EntryPointKeys):
    """One language version of a source."""

    home: Url | None = None
    """Front page of the edition; articles below this address are in its language."""
    under: Annotated[tuple[Url, ...], Field(max_length=20)] = ()
    """Further beginnings of addresses of articles in its language."""
    unverified: EntryPointKeys = EntryPointKeys()
    """Guessed feeds, sitemaps and listings of the edition."""


class PageKeys(Keys):
    """Help for pages that the general extractor reads badly."""

    body: Selectors = ()
    """CSS selectors of the text of an article."""
    remove: Selectors = ()
    """CSS selectors of what to take out of a page before it is read."""
    date: Selectors = ()
    """CSS selectors of the date of publication."""
    author: Selectors = ()
    """CSS selectors of the names of the authors."""
    boilerplate: Annotated[tuple[Pattern, ...], Field(max_length=50)] = ()
    """Regular expressions; a line of the text that one of them matches as a whole is dropped."""


class SourceKeys(EntryPointKeys):
    """One source, as a file declares it.

    Required: `name`, `language` or `editions`, and `home` or an entry point.
    """

    name: Name
    """Name of the outlet, as the digest shows it."""
    language: Language | None = None
    """Language of its articles (ISO 639-1); a site in several languages has `editions` instead."""
    editions: Annotated[dict[Language, EditionKeys], Field(max_length=20)] = Field(default_factory=dict)
    """Language versions (`editions.ru.feeds = […]`): feeds, sitemaps, listings, home, under, unverified."""
    home: Url | None = None
    """Front page, read as a listing when all else fails; default: the root of the first entry point."""
    country: Country | None = None
    """Country of the owner (ISO 3166)."""
    kind: Owner = Owner.PRIVATE
    """Whose voice it is: state, private, think-tank or government; default: private."""
    zone: Zone = "UTC"
    """Time zone of dates that name none (IANA, such as Asia/Baku); default: UTC."""
    every: Duration | None = None
    """How often to look, such as 15m, 2h or 1d; default: as the service decides."""
    article: Pattern | None = None
    """Regular expression that the address of an article must match; default: any."""
    user_agent: UserAgent | None = None
    """How to introduce ourselves: browser, feed, or the literal text; default: as in khabar.toml."""
    day_first: StrictBool = True
    """Whether 03/04/2026 is the third of April; default: true."""
    hosts: Annotated[tuple[Host, ...], Field(max_length=50)] = ()
    """Further hosts that belong to the source, besides those of its addresses."""
    page: PageKeys = PageKeys()
    """Help for pages that the general extractor reads badly."""
    unverified: EntryPointKeys = EntryPointKeys()
    """Guessed feeds, sitemaps and listings (`unverified.feeds = […]`), tried last."""
    off: Name | None = None
    """Why the source is known but not asked; it can still be asked by name."""

    @model_validator(mode="after")
    def _speaks_some_language(self) -> Self:
        if self.language is None and not self.editions:
            raise ValueError('language: is missing (or declare editions, as in editions.ru.feeds = ["…"])')
        if self.language is not None and self.editions:
            raise ValueError("language: is said by the editions already; keep one of the two")
        return self

    @model_validator(mode="after")
    def _can_be_asked(self) -> Self:
        tables: list[SourceKeys | EditionKeys] = [self, *self.editions.values()]
        if all(table.home is None and table.is_empty and table.unverified.is_empty for table in tables):
            raise ValueError("home: is missing, and so is any feed, sitemap or listing")
        return self


def _meanings() -> dict[str, str]:
    """The keys of a source as people write them, in that order; those of ``page`` last, with their prefix."""
    keys = sorted(SourceKeys.model_fields, key=lambda key: key in EntryPointKeys.model_fields)
    meanings = {key: SourceKeys.model_fields[key].description or "" for key in keys if key != "page"}
    return meanings | {f"page.{key}": field.description or "" for key, field in PageKeys.model_fields.items()}


SOURCE_KEYS: dict[str, str] = _meanings()
"""Every key of a source and what it means."""
