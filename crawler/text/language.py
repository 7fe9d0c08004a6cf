"""Which language a text is in: letters and the commonest words for the nine of the region, n-grams for the rest.

N-gram detectors take Uzbek in Cyrillic for Tajik or Russian, a Kyrgyz headline for Russian, and an English one with
Azerbaijani names for Azerbaijani. Letters that a language has to itself do not err so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from resiliparse.parse.lang import detect_fast

SAMPLE = 5_000
"""Characters that are looked at."""
SHORT = 80
"""Letters from which a text must show the letters of its language."""
STRANGE_LETTER = 12.0
"""What the share of letters costs that the language does not have: a text may hold a foreign name, not more."""
MISSING_LETTER = 2.0
"""What the share of its own letters costs by which a text falls short of the usual."""
NGRAM_VOTE = 0.08
HINT_VOTE = 0.05
LONG = 200
FEW_WORDS = 0.02
NGRAM_LIMIT = 1200
"""resiliparse's measure of distance, above which its guess is no better than chance."""


@dataclass(frozen=True, slots=True)
class _Profile:
    """What a language looks like: its letters beyond those of Russian or English, their usual share, common words."""

    letters: str
    share: float
    words: frozenset[str]


def _profile(letters: str, share: float, words: str) -> _Profile:
    return _Profile(letters, share, frozenset(words.split()))


_CYRILLIC = {
    "ru": _profile("", 0.0, "и в на с по для из что не о об за от до как его к а он это при года году между также президент министр встреча визит новый новые первый после более будет стал стали может против"),
    "kk": _profile("әғқңөұүһі", 0.12, "және мен пен бен бұл бір үшін туралы деп болды жылы бойынша арасында мемлекет ол президент министр кездесу жаңа алғаш жаңалық қарай кейін дейін"),
    "ky": _profile("ңөү", 0.05, "жана менен бул бир үчүн деп болду боюнча ал эле жылы ортосунда тууралуу эмне качан президент министр жолугушуу жаңы биринчи кийин чейин үчүнчү"),
    "uz": _profile("ўқғҳ", 0.05, "ва билан учун бу бир ҳам бўйича эди ҳақида ҳамда йил йилда ўртасида этди бўлди президент вазир учрашув янги биринчи кейин қилди бўйича деди билдирди яна энди нега"),
    "tg": _profile("ӣӯҷҳқғ", 0.04, "ва дар бо аз ба ки барои ин буд шуд аст он ҳам миёни бар оид дод президент вазир мулоқот нав баъд дод шуданд кард гуфт миён"),
    "uk": _profile("іїєґ", 0.06, "і в на з та що не до за від як про у це його після для"),
    "be": _profile("ўі", 0.06, "і ў на з што не да за як пра у гэта яго"),
    "tt": _profile("әөүҗңһ", 0.10, "һәм белән бу бер өчен дип булды"),
}
_LATIN = {
    "en": _profile("", 0.0, "the of and to in for on with is was has have from at by as that be are will it its an this said president minister meeting talks visit new first after over into more than up down off out no how why says"),
    "az": _profile("əğıöüçş", 0.16, "və bir bu üçün ilə olan də da ki olub edib bildirib görə isə sonra arasında ölkə həmçinin prezident prezidenti nazir nazirlər görüş görüşüb yeni ilk yenə kimi ilin edir edəcək olacaq deyil"),
    "tr": _profile("ğıöüçşâîû", 0.09, "ve bir bu için ile olarak göre olan da de en çok daha kadar sonra ise dedi arasında cumhurbaşkanı bakan bakanı görüşme yeni ilk oldu etti var gibi"),
    "tk": _profile("ýňžäöüçş", 0.11, "we bilen üçin bu bir hem boldy barada boýunça ýyl ýylda arasynda diýip prezident prezidenti ministr duşuşyk täze ilkinji geçirildi geçirdiler türkmen"),
    "uz": _profile("", 0.0, "va bilan uchun bu bir ham edi haqida hamda yil yilda boʻyicha oʻrtasida etdi boʻldi qildi ushbu prezident prezidenti vazir uchrashuv yangi birinchi keyin dedi yana nega bilan bitta"),
    "kk": _profile("áǵńóúýı", 0.08, "men bul búl bir turaly úshin jáne boldy dep memleket"),
    "de": _profile("äöüß", 0.02, "der die das und ist mit von den für auf ein eine nicht dem im zu"),
    "fr": _profile("éèêàçùîôû", 0.03, "le la les des et est une un pour dans que sur du au en par"),
    "es": _profile("áéíóúñ", 0.02, "el la los las de y en que por con para una un del se"),
    "it": _profile("àèéìòù", 0.01, "il la lo gli le di e che per con una un del della nel"),
}
_UZBEK_LETTER = re.compile(r"[og]ʻ")
_APOSTROPHE = re.compile(r"(?<=[og])[ʼ‘’'`´]")
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]+(?:ʻ[^\W\d_]*)*")
_SAME = {"iw": "he", "jw": "jv", "nn": "no", "nb": "no"}


def detect_language(text: str, *, hint: str | None = None) -> str | None:
    """ISO 639-1 of the language that most of `text` is in; `hint` when it has no letters.

    `hint` is the language expected of the site: it tips the scales where a text is too short to tell, and no more.
    """
    sample = _APOSTROPHE.sub("ʻ", text[:SAMPLE].lower().replace("i\u0307", "i"))
    letters = Counter(_LETTER.findall(sample))
    cyrillic = sum(count for letter, count in letters.items() if "\u0400" <= letter <= "\u052f")
    latin = sum(count for letter, count in letters.items() if letter < "\u02bc" or "\u1e00" <= letter < "\u1f00")
    total = letters.total()
    if max(cyrillic, latin) < total / 2 or total == 0:
        return (_by_ngrams(sample) if total else None) or hint
    return _best(sample, letters, _CYRILLIC if cyrillic > latin else _LATIN, hint)


def _best(sample: str, letters: Counter[str], profiles: dict[str, _Profile], hint: str | None) -> str:
    words = Counter(_WORD.findall(sample))
    marks = {letter for profile in profiles.values() for letter in profile.letters}
    scores = {
        language: _letter_score(letters, profile, marks) + _word_score(words, profile)
        for language, profile in profiles.items()
    }
    if "uz" in scores and profiles is _LATIN:
        scores["uz"] += 3 * len(_UZBEK_LETTER.findall(sample)) / letters.total()
    if guess := _by_ngrams(sample, profiles):
        scores[guess] += NGRAM_VOTE
    if hint in scores:
        scores[hint] += HINT_VOTE
    best = max(scores, key=lambda language: scores[language])
    # A long text without any of the common words is in none of these languages.
    if letters.total() >= LONG and _word_score(words, profiles[best]) < FEW_WORDS:
        return _by_ngrams(sample) or best
    return best


def _letter_score(letters: Counter[str], profile: _Profile, marks: set[str]) -> float:
    total = letters.total()
    own = sum(letters[letter] for letter in profile.letters) / total
    strange = sum(letters[letter] for letter in marks if letter not in profile.letters) / total
    missing = max(0.0, profile.share - own) * min(1.0, total / SHORT)
    return -STRANGE_LETTER * strange - MISSING_LETTER * missing


def _word_score(words: Counter[str], profile: _Profile) -> float:
    return sum(count for word, count in words.items() if word in profile.words) / max(1, words.total())


def _by_ngrams(sample: str, among: Iterable[str] | None = None) -> str | None:
    language, distance = detect_fast(sample, cutoff=NGRAM_LIMIT, langs=list(among) if among else None)
    if language == "unknown" or distance >= NGRAM_LIMIT:
        return None
    return _SAME.get(language, language)
