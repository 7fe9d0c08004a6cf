"""A guess at the language of a text by its letters and commonest words: enough to choose a word table.

The nine languages only; the crawler's own detection, where there is one, is better and is passed in instead.
"""

from __future__ import annotations

from collections import Counter

from crawler.ties.tokens import tokenize

EXAMINED = 3_000

# Commonest words that few of the other languages share, as printed, in lower case.
_WORDS = {
    "en": "the of and in to for with that on was is by from has its will are said at",
    "ru": "и в на с по не что для из это от года был его также стран как между будет",
    "az": "və ilə ki bu üçün də olub edib bir olan ölkə haqqında tərəfindən isə həm sonra görə daha deyib",
    "kk": "jáne men bul úshin degen jaqtan áne және бен пен бұл үшін деп бойынша туралы бірге екі болды жылы оның осы еді деді қазақстан",
    "ky": "жана менен бул үчүн деп боюнча тууралуу эки болду жылы анын ушул эле деди бир кыргыз өлкө",
    "uz": "va bilan bu uchun deb boʻyicha haqida ikki yil ham oʻz bir qildi эса ва билан учун ҳам деб бўйича ҳақида икки йил ўз қилди",
    "tg": "ва дар ба аз ки бо ин барои мебошад аст шуд буд мешавад кишвар ҳамчунин соли низ то дорад",
    "tk": "we bilen bu üçin hem boýunça barada iki ýyl bolup öz bir etdi hem-de ýurt türkmen diýip arasynda ýylyň",
    "tr": "ve ile bu için da de bir olan olarak iki yıl kendi etti daha sonra gibi ancak ise çok türkiye",
}
_LETTERS = {
    "az": "əƏ",
    "kk": "ңғүұқөһіәҢҒҮҰҚӨҺІӘ",
    "ky": "ңүөҢҮӨ",
    "uz": "ўҳқғЎҲҚҒʻ",
    "tg": "ҷӣӯҳҶӢӮҲқғ",
    "tk": "ýňžÝŇŽ",
    "tr": "ğışĞİŞ",
    "ru": "ыщъыэ",
}
_LETTER_WEIGHT = {"az": 2.0, "kk": 0.7, "ky": 0.5, "uz": 0.9, "tg": 1.0, "tk": 2.0, "tr": 0.5, "ru": 0.1}
_KAZAKH_ONLY = frozenset("ұіәһҰІӘҺ")


def guess_language(text: str) -> str:
    """ISO 639-1 code of the likeliest of the nine; ``en`` for a text that says nothing."""
    sample = text[:EXAMINED]
    letters = Counter(sample)
    words = Counter(token.text.lower().replace("‘", "ʻ").replace("'", "ʻ") for token in tokenize(sample))
    scores = {
        code: sum(words[word] for word in listed.split()) * 3.0
        + _LETTER_WEIGHT.get(code, 0.0) * sum(letters[letter] for letter in _LETTERS.get(code, ""))
        for code, listed in _WORDS.items()
    }
    if any(letters[letter] for letter in _KAZAKH_ONLY):
        scores["ky"] = 0.0
    return max(scores, key=lambda code: (scores[code], code == "en"))
