"""Which agency a text credits: "Trend reports", "AZƏRTAC-a istinadən", "передает Kazinform"."""

from __future__ import annotations

import re
from functools import cache

from crawler.extraction.agencies import credited_names, noun_names
from crawler.text.words import MAX_WORD, latin

HEAD, TAIL = 1_500, 400
"""Credits stand in the lead or under the text."""

SHORT = 3
"""Names of so few letters need a word of crediting beside them, as do those that are common nouns, too."""

_BEFORE = r"(?:soobshaet|peredaet|pishet|so ssilkoy na|citing|via|according to|manba:|istochnik:)\W{0,3}"
_AFTER = (
    r"(?:\W{0,3}(?:reports|informs|told|news agency|xabar|bildir|istinad|malumat|habar|peredaet|soobshaet)"
    r"|-(?:a|ya|un|nin|in|ga|ning)\b|/)"
)


def find_credits(text: str, outlet: str = "") -> frozenset[str]:
    """The agencies that `text` names as its source, and the one that `outlet` (an id or a host) is."""
    read = f"{text[:HEAD]}\n{text[-TAIL:]}" if len(text) > HEAD + TAIL else text
    spelled = " ".join(latin(word) for word in read.split() if len(word) <= MAX_WORD)
    own = {agency for part in re.split(r"[./]", latin(outlet[:MAX_WORD])) if (agency := _by_spelling().get(part))}
    return frozenset(own | {agency for agency, pattern in _patterns().items() if pattern.search(spelled)})


@cache
def _by_spelling() -> dict[str, str]:
    """Each name as it is spelled in Latin letters, with whom it stands for."""
    return {_spell(name): agency for agency, names in credited_names().items() for name in names}


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    nouns = {_spell(name) for name in noun_names()}
    spellings: dict[str, list[str]] = {}
    for spelled, agency in _by_spelling().items():
        name = rf"(?<![\w.-]){re.escape(spelled)}\b"
        if spelled in nouns or len(spelled) <= SHORT:
            name = rf"{name}{_AFTER}|{_BEFORE}{name}"
        spellings.setdefault(agency, []).append(name)
    return {agency: re.compile("|".join(names)) for agency, names in spellings.items()}


def _spell(name: str) -> str:
    return " ".join(map(latin, name.split()))
