"""Telling links to articles from all other links, on sites for which no pattern is known."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, unquote, urlsplit

_FILE = re.compile(
    r"\.(?:jpe?g|png|gif|webp|svg|ico|pdf|docx?|xlsx?|pptx?|zip|rar|mp[34]|avi|apk|css|js|xml|rss)$", re.IGNORECASE
)
_LISTS = re.compile(
    r"""tags? | teq(?:i|ler)? | etiket | categor(?:y|ies) | kateqoriya(?:lar)? | kategoriya | rubrics? | rubrika
    | authors? | avtor(?:y|lar)? | muellif(?:ler)? | users? | profile | search | axtar(?:is)? | poisk | izdeu | page
    | feed | rss | calendar | kalendar | cart | cdn-cgi | wp-(?:content|login|admin|json)""",
    re.VERBOSE,
)
"""Path segments of pages that list, find or manage things."""
_SERVICE_PAGES = re.compile(
    r"""(?: about | haqq | o-nas | o-(?:kompanii|proekte|redakcii|redaktsii|sayte) | contact | kontakt | elaqe | aloqa
    | privacy | terms | policy | pravila | usloviya | polzovatel | istifade | mexfilik | cookie | reklam | advert
    | subscri | podpis | abune | log-?in | sign-?(?:in|up) | regist(?:er|rac|rat) | vakans | vacanc )""",
    re.VERBOSE,
)
"""Beginnings of short last segments that are pages about the site itself."""
MOST_SERVICE_WORDS = 4
_WORD = re.compile(r"[^\W\d_]{2,}")
_ID = re.compile(r"(?<!\d)\d{4,20}(?!\d)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_DATE = re.compile(r"(?<!\d)(?:19|20)\d\d([-/_.]?)(?:0?[1-9]|1[0-2])\1(?:0?[1-9]|[12]\d|3[01])(?!\d)")
_ID_PARAMETERS = frozenset(
    {"a", "article", "articleid", "cid", "id", "n", "news", "news_id", "newsid", "nid", "p", "sid"}
)
FEWEST_SLUG_WORDS = 3
FEWEST_TITLE_WORDS = 4


def looks_like_article(url: str) -> bool:
    """Whether the canonical `url` has the form of an article's: a slug of words, an id, or a date with a name."""
    parts = urlsplit(url)
    segments = [segment for segment in unquote(parts.path).lower().split("/") if segment]
    if any(_LISTS.fullmatch(segment) for segment in segments) or _FILE.search(parts.path):
        return False
    if any(name in _ID_PARAMETERS and _ID.fullmatch(value) for name, value in parse_qsl(parts.query)):
        return True
    if not segments or _is_service_page(segments[-1]):
        return False
    if any(len(_WORD.findall(segment)) >= FEWEST_SLUG_WORDS for segment in segments[-2:]):
        return True
    path = "/".join(segments)
    dateless = _DATE.sub("", path)
    if dateless != path:
        # A day alone is an archive of that day.
        return bool(_WORD.search(dateless.rpartition("/")[2]))
    return any(not _YEAR.fullmatch(number) for number in _ID.findall(path))


def _is_service_page(segment: str) -> bool:
    is_short = len(_WORD.findall(segment)) <= MOST_SERVICE_WORDS and not _ID.search(segment)
    return is_short and _SERVICE_PAGES.match(segment) is not None


def looks_like_title(text: str) -> bool:
    """Whether a link's text is long enough for a headline."""
    return len(text.split()) >= FEWEST_TITLE_WORDS
