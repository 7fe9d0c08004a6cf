"""Words of nine languages and two scripts, reduced so that different spellings of one word become equal.

A word has two reduced forms. Both are made from the letters alone, without a dictionary or the language.

`plain_word` is for all words: small letters, no diacritics, Cyrillic in Latin letters (as Uzbek writes them).
    İstanbul, ISTANBUL, ıstanbul → istanbul · Türkiye'nin → turkiye · Azərbaycan → azerbaycan
    Toshkent, Тошкент → toshkent · oʻzbek, o'zbek, ўзбек → ozbek · Mirziyoyev, Мирзиёев → mirziyoyev

`name_key` is for names, which each language spells by ear. In short ones only the letters for one consonant
are joined (Shusha, Şuşa, Шуша → susa). In those of five sounds and more also:
    a e o ə ä · i ı y u ü ö ў, with y between vowels left out · k q g h kh gh x ğ · c ç ch j zh · t d at either end ·
    double letters · the vowel before -stan
so that these are equal:
    Nazarbaev, Nazarbayev, Nazarboyev, Назарбаев · Əliyev, Aliyev, Алиев · Tokayev, Toqaev, Тоқаев, Токаев
    Tashkent, Toshkent, Taşkent, Daşkənd, Ташкент · Kazakhstan, Qazaxıstan, Qozogʻiston, Gazagystan, Қазақстан
It does not join what sounds different: Baku and Bakı, Emomali and Imomali. Different names can become equal (Hasan and
Kazan do not, Kahn and Gahn do); a search therefore looks for keys only in words written with a capital, and ranks
higher what matches the plain form.

The search index holds these forms: whoever changes one adds a migration that fills the index anew.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

LONGEST_WORD = 64
"""Characters of a word that count; a longer one is no word."""
SHORTEST_LOOSE_NAME = 5

_APOSTROPHES = "'’‘ʻʼʹʽʾʿ`´′＇"
# Combining marks, the soft hyphen and the joiners stand inside a word; an apostrophe does if a letter follows.
_INSIDE = rf"[\u0300-\u036f\u00ad\u200c\u200d]|[{_APOSTROPHES}](?=[^\W_])"
WORD = re.compile(rf"[^\W_]+(?:(?:{_INSIDE})[^\W_]*)*")

_APOSTROPHE = re.compile(f"[{_APOSTROPHES}]")
# What Turkish hangs on a name after an apostrophe, and the English genitive. An Uzbek oʻ or gʻ is a letter of its own.
_SUFFIX = re.compile(
    rf"(?<![og])[{_APOSTROPHES}](?:s|y?[aeiıuü]|[dt][ae]n?|[dt][ae]ki|n?[iıuü]n|n[dt]?[ae]n?|n[iıuü]|y?l[ae]|l[iıuü]|[dt][iıuü]r|[cç][ae])$"
)
# Russian and Uzbek say ye at the start of a word and after a vowel or a hard or soft sign.
_IOTATED_E = re.compile(r"(?:^|(?<=[аеёиоуыэюяўәіөүұӣӯъь]))е")

_CYRILLIC = dict(
    zip("абвгдезийклмнопрстуфхыэ", "abvgdeziyklmnoprstufxye", strict=True),
    ё="yo", ж="j", ц="ts", ч="ch", ш="sh", щ="sh", ъ="", ь="", ю="yu", я="ya",
    ә="a", ғ="g", қ="q", ң="n", ө="o", ұ="u", ү="u", һ="h", і="i", ў="o", ҳ="h", ҷ="j", ӣ="i", ӯ="u",
    ї="yi", є="ye", ґ="g",
)  # fmt: skip
_PLAIN = str.maketrans(
    {**_CYRILLIC, "ə": "e", "ı": "i", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ŋ": "n"}
)
# For names: one letter a sound. ö stands for the sounds that some write o and some u, x for kh.
_SOUNDS = str.maketrans(
    {
        **_CYRILLIC, "ч": "c", "ш": "s", "щ": "s", "ә": "a", "ө": "ö", "ў": "ö",
        "ş": "s", "š": "s", "ç": "c", "č": "c", "ž": "j", "ğ": "g", "ə": "e", "ä": "e", "ı": "i", "ö": "ö", "ŋ": "n",
    }
)  # fmt: skip
_DIGRAPHS = (("zh", "j"), ("dj", "j"), ("sh", "s"), ("tch", "c"), ("ch", "c"), ("kh", "x"), ("gh", "g"))
_SAME_SOUND = str.maketrans("qxw", "khv")
_LOOSE_CONSONANTS = str.maketrans("ghc", "kkj")
_VOWELS = re.compile(r"[aeoöiuy]+")
_DOUBLE = re.compile(r"(.)\1+")
_OUTER_D = re.compile(r"^d|d$")
_BEFORE_STAN = re.compile(r"i(?=stan)")


def words(text: str) -> Iterator[re.Match[str]]:
    """The words of `text` in order, with their places."""
    return WORD.finditer(text)


def is_name(word: str) -> bool:
    """Whether `word` is written as a name is."""
    return word[0].isupper()


@lru_cache(maxsize=10_000)
def plain_word(word: str) -> str:
    """The reduced form of `word`: letters and digits only; empty when nothing of it is left."""
    if word.isascii() and word.isalnum():
        return word[:LONGEST_WORD].lower()
    text = _without_apostrophes(_small(word), uzbek_o="o")
    text = _IOTATED_E.sub("ye", text).translate(_PLAIN)
    return _bare(text)


@lru_cache(maxsize=10_000)
def name_key(word: str) -> str | None:
    """What `word` sounds like, as a name; None when it has too few letters to tell. Strict and loose keys never
    meet."""
    strict = _strict_name(word)
    if len(strict) < 2:
        return None
    return f"≈{_loose_name(strict)}" if len(strict) >= SHORTEST_LOOSE_NAME else f"≡{strict.replace('ö', 'o')}"


def name_key_prefixes(start: str) -> tuple[str, ...]:
    """What the keys of names start with that start like `start`, for short names and for long ones."""
    strict = _strict_name(start)
    if len(strict) < 3:
        return ()
    loose = _loose_name(strict)
    # The end of the start need not be the end of the name: further in, t and d are told apart.
    inner = f"{loose[:-1]}d" if loose.endswith("t") else loose
    return tuple(dict.fromkeys((f"≡{strict.replace('ö', 'o')}", f"≈{loose}", f"≈{inner}")))


def _strict_name(word: str) -> str:
    text = _without_apostrophes(_small(word), uzbek_o="ö").translate(_SOUNDS)
    # ö is put aside while the other diacritics go.
    text = "ö".join(_bare(part) for part in text.split("ö"))
    for letters, sound in _DIGRAPHS:
        text = text.replace(letters, sound)
    return _DOUBLE.sub(r"\1", text.translate(_SAME_SOUND))


def _loose_name(strict: str) -> str:
    text = _VOWELS.sub(_vowel_class, strict.translate(_LOOSE_CONSONANTS))
    text = _OUTER_D.sub("t", _DOUBLE.sub(r"\1", text))
    return _BEFORE_STAN.sub("", text)


def _vowel_class(run: re.Match[str]) -> str:
    first = run[0].lstrip("y")[:1]
    return "a" if first and first in "aeo" else "i"


def _small(word: str) -> str:
    composed = unicodedata.normalize("NFKC", word[: 2 * LONGEST_WORD])
    return unicodedata.normalize("NFC", composed.casefold())


def _without_apostrophes(word: str, *, uzbek_o: str) -> str:
    if not _APOSTROPHE.search(word):
        return word
    word = _SUFFIX.sub("", word)
    return _APOSTROPHE.sub("", re.sub(f"o[{_APOSTROPHES}]", uzbek_o, word))


def _bare(text: str) -> str:
    """Letters and digits of `text` without their diacritics."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
    if text.isalnum():
        return text[:LONGEST_WORD]
    return "".join(filter(str.isalnum, text))[:LONGEST_WORD]
