"""Bytes to text, whatever the header, the page or nobody says about the encoding.

UTF-8 that decodes is believed over every declaration: text in another encoding is almost never valid UTF-8 by chance.
For the rest, the declared encodings and the usual ones of the region are weighed by the letters they give.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from w3lib.encoding import html_body_declared_encoding, read_bom, resolve_encoding

from crawler.text.charsets import web_codec

CYRILLIC = ("cp1251", "koi8-r", "iso8859-5", "cp866")
LATIN = ("cp1252", "cp1254", "cp1250")
MULTIBYTE = frozenset({"gb18030", "gbk", "big5", "big5hkscs", "shift_jis", "cp932", "euc_jp", "euc_kr", "cp949"})
"""Encodings that are believed when declared and decodable; the weighing below knows nothing of their letters."""

SAMPLE_BYTES = 60_000
WIDE_HEAD = 40
"""Bytes at the head of a page that are markup, and not yet text."""
DECLARED_BONUS = 0.1
"""What a declaration is worth against the letters: enough to break a tie, not to make a wrong text right."""
STRAY_BYTES = 0.05
"""Share of broken sequences up to which a page is still UTF-8: cut in the middle, or with a foreign box pasted in."""
DOUBTFUL_SCORE = 0.45
"""Below it the letters are of no language that we expect."""

_HIGH_RUN = re.compile(rb"[\x80-\xff]{3,}")
_HIGH = re.compile(rb"[\x80-\xff]+")
_TAG = re.compile(rb"<[^<>]{0,2000}>")

# How usual a letter is in running text: Russian frequencies, per cent, from any frequency table, and the letters that
# the other Cyrillic alphabets of the region add. Capitals are worth little: a wrong code page mostly swaps the case.
_CYRILLIC_WEIGHT = dict(
    zip("оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё", (2.0,) * 9 + (1.5,) * 9 + (1.0,) * 9 + (0.6,) * 6, strict=True)
) | dict.fromkeys("әғқңөұүһіўҳӣӯҷ", 1.0)
# The Icelandic ý, þ, ð of cp1252 are the bytes of ı, ş, ğ in cp1254, and nobody here writes Icelandic.
_LATIN_WEIGHT = dict.fromkeys("çşğıİöüñžäňéèàáíóúãõâêîôûëïßåøæ", 1.0) | dict.fromkeys("ýþð", 0.1)
_SYMBOLS = frozenset("«»–—“”„‘’…№©®°·\xa0")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A page as text. `is_sure` is False when the letters do not look like any language we expect."""

    text: str = field(repr=False)
    charset: str
    is_sure: bool


def decode(body: bytes, *, declared: str | None = None) -> Decoded:
    """The text of `body`. `declared`, from the Content-Type header, is a hint."""
    bom_encoding, _ = read_bom(body)
    if bom_encoding:
        return Decoded(body.decode(bom_encoding, "replace").lstrip("\ufeff"), bom_encoding, True)
    wide = _wide_encoding(body)
    if wide:
        return Decoded(body.decode(wide, "replace"), wide, True)
    try:
        return Decoded(body.decode("utf-8"), "utf-8", True)
    except UnicodeDecodeError:
        pass
    if _is_damaged_utf8(body):
        return Decoded(body.decode("utf-8", "ignore"), "utf-8", True)
    return _weigh(body, _declared(body, declared))


def _wide_encoding(body: bytes) -> str | None:
    """UTF-16 without a byte order mark shows as a zero in every second byte of its markup."""
    head = body[:WIDE_HEAD]
    if head.count(0) < len(head) * 0.4:
        return None
    return "utf-16-le" if head[1::2].count(0) > head[0::2].count(0) else "utf-16-be"


def _is_damaged_utf8(body: bytes) -> bool:
    """Whether nearly all non-ASCII characters are well-formed UTF-8."""
    text = body.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    whole = sum(1 for char in text if char > "\x7f") - broken
    return broken <= STRAY_BYTES * whole


def _declared(body: bytes, header: str | None) -> list[str]:
    """Python names of the encodings that page and header name, the page first: servers send defaults."""
    page = html_body_declared_encoding(body[:4096])
    names = [resolve_encoding(name) for name in (page, header) if name and name.isprintable()]
    codecs = [codec for name in names if name and (codec := web_codec(name))]
    return [codec for codec in codecs if codec != "utf-8"]


def _weigh(body: bytes, declared: list[str]) -> Decoded:
    for name in declared:
        if name in MULTIBYTE and (text := _strictly(body, name)) is not None:
            return Decoded(text, name, True)
    sample = _TAG.sub(b" ", body[: SAMPLE_BYTES * 10])[:SAMPLE_BYTES]
    is_cyrillic = _is_written_in_high_letters(sample)
    candidates = list(dict.fromkeys([*declared, *(CYRILLIC if is_cyrillic else LATIN)]))
    weights = _CYRILLIC_WEIGHT if is_cyrillic else _LATIN_WEIGHT
    scores = {name: _score(sample, name, weights) + DECLARED_BONUS * (name in declared) for name in candidates}
    best = max(candidates, key=lambda name: scores[name])
    return Decoded(body.decode(best, "replace"), best, scores[best] >= DOUBTFUL_SCORE)


def _strictly(body: bytes, name: str) -> str | None:
    try:
        return body.decode(name)
    except UnicodeDecodeError:
        return None


def _is_written_in_high_letters(sample: bytes) -> bool:
    """Cyrillic words are wholly beyond ASCII; Latin ones have a letter here and there."""
    runs = sum(len(run) for run in _HIGH_RUN.findall(sample))
    return runs > 0.5 * sum(len(run) for run in _HIGH.findall(sample))


def _score(sample: bytes, name: str, weights: dict[str, float]) -> float:
    """How usual the non-ASCII characters are that `name` makes of the sample; about 1 for text in its own encoding."""
    counts = Counter(char for char in sample.decode(name, "replace") if char > "\x7f")
    weighed = sum(count * _weight(char, weights) for char, count in counts.items())
    return weighed / max(1, counts.total())


def _weight(char: str, weights: dict[str, float]) -> float:
    if char in weights:
        return weights[char]
    if char in _SYMBOLS:
        return 0.6
    return 0.4 if char.lower() in weights else -1.0
