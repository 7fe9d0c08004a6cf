"""From the keys of a file to a `Source`: order of trust, hosts and editions are worked out once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from crawler.items import PageRules
from crawler.sources.addresses import host_key, origin
from crawler.sources.dated import is_dated
from crawler.sources.entry_points import EntryPoint, Kind
from crawler.sources.schema import EntryPointKeys, SourceKeys
from crawler.sources.source import Source


def build_source(id: str, keys: SourceKeys, *, where: str) -> Source:
    """The source that `keys` declare; `where` is ``file:line`` of the declaration."""
    listed = [*_points(keys, verified=True), *_points(keys, verified=False)]
    homes = [EntryPoint(e.home, Kind.LISTING, lang) for lang, e in keys.editions.items() if e.home]
    home = keys.home or (homes[0].url if homes else origin(listed[0].url))
    front = EntryPoint(home, Kind.LISTING, keys.language, verified=bool(keys.home or homes))
    declared = _once([*listed, *homes, front])
    under = [url for edition in keys.editions.values() for url in edition.under]
    addresses = [point.url for point in declared] + under + [f"https://{host}/" for host in keys.hosts]
    return Source(
        id=id,
        name=keys.name,
        languages=(keys.language,) if keys.language else tuple(keys.editions),
        home=home,
        country=keys.country,
        kind=keys.kind,
        zone=keys.zone,
        every=keys.every,
        user_agent=keys.user_agent,
        day_first=keys.day_first,
        off=keys.off,
        rules=PageRules(**keys.page.model_dump()),
        where=where,
        declared=declared,
        article=re.compile(keys.article) if keys.article else None,
        hosts=frozenset(key for address in addresses if (key := host_key(address))),
        below=_beginnings(keys, declared),
    )


def _points(keys: SourceKeys, *, verified: bool) -> Iterator[EntryPoint]:
    """All feeds, then all sitemaps, then all listings; the source's own stand before its editions'."""
    tables: list[tuple[str | None, EntryPointKeys]] = [(keys.language, keys if verified else keys.unverified)]
    tables += [(lang, e if verified else e.unverified) for lang, e in keys.editions.items()]
    for kind in Kind:
        for lang, table in tables:
            for url in _of_kind(table, kind):
                yield EntryPoint(url, kind, lang, verified)


def _of_kind(table: EntryPointKeys, kind: Kind) -> tuple[str, ...]:
    return {Kind.FEED: table.feeds, Kind.SITEMAP: table.sitemaps, Kind.LISTING: table.listings}[kind]


def _once(points: Iterable[EntryPoint]) -> tuple[EntryPoint, ...]:
    """Each address once, where it stands first."""
    unique: dict[str, EntryPoint] = {}
    for point in points:
        unique.setdefault(point.url, point)
    return tuple(unique.values())


def _beginnings(keys: SourceKeys, points: Iterable[EntryPoint]) -> tuple[tuple[str, str], ...]:
    """What tells the language: homes and `under` of editions, entry points, hosts of a single edition."""
    said = [(url, lang) for lang, e in keys.editions.items() for url in (e.home, *e.under) if url]
    exact = [(point.url, point.lang) for point in points if point.lang and not is_dated(point.url)]
    languages = {**dict(_own_hosts(exact)), **dict(exact), **dict(said)}
    return tuple(sorted(languages.items(), key=lambda item: -len(urlsplit(item[0]).path.rstrip("/"))))


def _own_hosts(exact: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Roots of the hosts where one single edition has its entry points."""
    pairs = {(host_key(url), lang) for url, lang in exact}
    editions = Counter(host for host, _ in pairs)
    return ((origin(url), lang) for url, lang in exact if editions[host_key(url)] == 1)
