"""Which agency a text credits: "Trend reports", "AZƏRTAC-a istinadən", "передает Kazinform"."""

from __future__ import annotations

import re

from crawler.text.words import MAX_WORD, latin

HEAD, TAIL = 1_500, 400
"""Credits stand in the lead or under the text."""

# As `latin` spells them. Names that are common nouns too, or too short, need a word of crediting beside them.
_NAMES = {
    "azertac": "az[ae]rta[cgj]|azertadj",
    "kazinform": "[kq]azinform|[kq]aza[kq]parat",
    "kaztag": "[kq]aztag",
    "tengrinews": "tengrinews",
    "akipress": "akipress|akchabar|tazabek",
    "24.kg": r"24\.kg",
    "khovar": "[kx]?hovar|xovar",
    "asia-plus": "asia-?plus|aziya-?plyus",
    "anadolu": "anadolu",
    "tass": "tass",
    "interfax": "interfa(?:x|ks)",
    "akorda": "akorda",
}
_COMMON_NAMES = {
    name: name for name in ("trend", "apa", "report", "turan", "kabar", "uza", "dunyo", "tdh", "aa", "sputnik")
}
_BEFORE = r"(?:soobshaet|peredaet|pishet|so ssilkoy na|citing|via|according to|manba:|istochnik:)\W{0,3}"
_AFTER = (
    r"(?:\W{0,3}(?:reports|informs|told|news agency|xabar|bildir|istinad|malumat|habar|peredaet|soobshaet)"
    r"|-(?:a|ya|un|nin|in|ga|ning)\b|/)"
)
_PATTERNS = {agency: re.compile(rf"\b(?:{name})\b") for agency, name in _NAMES.items()} | {
    agency: re.compile(rf"\b(?:{name})\b{_AFTER}|{_BEFORE}(?:{name})\b") for agency, name in _COMMON_NAMES.items()
}


def find_credits(text: str, outlet: str = "") -> frozenset[str]:
    """The agencies that `text` names as its source, and the one that `outlet` (an id or a host) is."""
    read = f"{text[:HEAD]}\n{text[-TAIL:]}" if len(text) > HEAD + TAIL else text
    spelled = " ".join(latin(word) for word in read.split() if len(word) <= MAX_WORD)
    host = re.split(r"[./]", latin(outlet[:MAX_WORD]))
    own = {agency for agency, name in (_NAMES | _COMMON_NAMES).items() if any(re.fullmatch(name, p) for p in host)}
    return frozenset(own | {agency for agency, pattern in _PATTERNS.items() if pattern.search(spelled)})
