"""Proxies named in the environment. They are not used: one would resolve names itself, around the guard."""

from __future__ import annotations

from collections.abc import Mapping

VARIABLES = ("http_proxy", "https_proxy", "all_proxy")


def ignored_proxies(environ: Mapping[str, str]) -> str | None:
    """One line for the operator who set a proxy for other programs; None when none is set."""
    named = [name for name, value in environ.items() if name.lower() in VARIABLES and value]
    if not named:
        return None
    return f"{', '.join(sorted(named))}: not used; the crawler needs its own way to the web"
