"""Languages as entry points declare them."""

from __future__ import annotations

from babel import localedata


def declared_language(text: str) -> str | None:
    """ISO 639 code of a declaration such as ``ru-RU``; None for what is no language, as ``kz``, which is a country."""
    code = text[:40].replace("_", "-").partition("-")[0].strip().lower()
    return code if 2 <= len(code) <= 3 and localedata.exists(code) else None


def feed_language(text: str) -> str | None:
    """The same for a whole feed, where English means nothing: it is what blog software says until it is told."""
    code = declared_language(text)
    return None if code == "en" else code
