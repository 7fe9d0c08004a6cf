"""The outlets that a digest names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from scheduler.digest.untrusted import one_line, printable, web_link

MAX_NAME = 60


@dataclass(frozen=True, slots=True)
class Outlet:
    """A source of the registry, as its readers know it."""

    id: str
    name: str
    country: str = ""
    """ISO 3166 code of the side it belongs to; empty when unknown."""
    kind: str = ""
    """``state``, ``private``, ``government``, ``think-tank``; empty when unknown."""
    url: str | None = None
    """Its home page."""


def outlet_of(source: str, outlets: Mapping[str, Outlet]) -> Outlet:
    """The outlet with the id `source`, safe to print; one named by its id when the registry has it no more."""
    outlet = outlets.get(source) or Outlet(source, source)
    return replace(
        outlet,
        id=printable(source),
        name=one_line(outlet.name, MAX_NAME) or one_line(source, MAX_NAME) or "?",
        country=printable(outlet.country),
        kind=printable(outlet.kind),
        url=web_link(outlet.url or ""),
    )
