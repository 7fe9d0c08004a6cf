"""Which addresses belong to one site, by tldextract's own copy of the public suffix list (never online)."""

from __future__ import annotations

from functools import lru_cache

from tldextract import TLDExtract

from crawler.urls.address import host_of

# Private suffixes count: two blogs of one blog host are two sites.
_SUFFIXES = TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True)


def same_site(url: str, other: str) -> bool:
    """Whether both are of one registered domain: ``en.`` and ``ru.`` editions are, two ``.gov.kz`` are not.

    Raises ValueError when one is no http(s) address.
    """
    return site_of(host_of(url)) == site_of(host_of(other))


@lru_cache(maxsize=4096)
def site_of(host: str) -> str:
    """Registered domain of `host`; the host itself for an IP address or a name without a dot."""
    found = _SUFFIXES.extract_str(host)
    if found.suffix:
        return found.top_domain_under_public_suffix or host
    if not found.subdomain:
        return host
    # The list knows no such ending (``.test``): take its last label for one.
    return f"{found.subdomain.rpartition('.')[2]}.{found.domain}"


@lru_cache(maxsize=4096)
def without_prefixes(host: str, prefixes: frozenset[str]) -> str:
    """`host` without leading subdomains that are in `prefixes`; ``www.az`` and ``m.com.kz`` have none."""
    site_labels = site_of(host).count(".") + 1
    labels = host.split(".")
    while len(labels) > site_labels and labels[0] in prefixes:
        del labels[0]
    return ".".join(labels)
