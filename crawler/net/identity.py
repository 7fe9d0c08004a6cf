"""The User-Agent of a source: some sites answer XML only to feed readers, others only to browsers."""

from __future__ import annotations

PRESETS = {
    "browser": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36",
    "feed": "Khabar/0.1 (feed reader; RSS, Atom)",
}


def user_agent(declared: str | None, default: str) -> str:
    """What to send: the preset that a source names, its own literal, or the default of ``[crawl]``."""
    if declared is None:
        return default
    return PRESETS.get(declared, declared)


def other_user_agent(declared: str | None) -> str:
    """What to try once when HTML came where a feed was expected: the other kind of identity."""
    return PRESETS["feed"] if declared == "browser" else PRESETS["browser"]
