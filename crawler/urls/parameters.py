"""Query parameters that say nothing of the article: tracking, sessions, other views of it."""

from __future__ import annotations

import re
from urllib.parse import unquote

_TRACKING = re.compile(
    r"""
      utm_.* | pk_.* | mtm_.* | hsa_.* | at_(?:campaign|medium|link).*
    | fbclid | fb_(?:action_ids|action_types|source|ref) | action_(?:object|type)_map | mibextid | igsh(?:id)?
    | gclid | gclsrc | gbraid | wbraid | dclid | _ga | _gl | usqp | amp_(?:js_v|gsa) | _x_tr_.*      # Google
    | yclid | ysclid | ymclid | yabizcmpgn | _openstat | erid | roistat                              # Yandex
    | msclkid | twclid | ttclid | li_fat_id | __twitter_impression | tg_rhash
    | mc_[ce]id | mkt_tok | vero_(?:id|conv) | oly_(?:enc|anon)_id | rb_clickid | wickedid          # mailings
    | _hs(?:enc|mi) | hsctatracking | __hs(?:tc|sc|fp) | guccounter | guce_referrer(?:_sig)?
    | ns_(?:source|mchannel|campaign|linkname) | s_(?:cid|kwcid) | cmpid | xtor | spm
    """,
    re.VERBOSE,
)
_SESSION = re.compile(
    r"phpsessid|jsessionid|aspsessionid.*|asp\.net_sessionid|sess(?:ion)?_?id|cfid|cftoken|zenid|oscsid"
)
_LONG_TOKEN = re.compile(r"[0-9a-f]{24,128}|[0-9a-z]{26,128}", re.IGNORECASE)
_PATH_SESSION = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/;]*", re.IGNORECASE)

_AMBIGUOUS = frozenset({"ref", "source", "src", "from", "cid", "sid"})
"""Ids of articles on some old systems (``?sid=2041``), tracking on others (``?ref=twitter``)."""
_LOOKS_LIKE_AN_ID = re.compile(r"(?=[a-z_-]*\d)[\w-]{1,16}", re.ASCII)

_TWIN_MARKS = {
    "amp": {"", "1", "true", "yes"},
    "outputtype": {"amp"},
    "print": {"", "1", "y", "yes", "true"},
    "view": {"print"},
    "page": {"0"},
}
"""Values that ask for another presentation of the same article."""


def is_noise(name: str, value: str) -> bool:
    """Whether no server needs this parameter to find the article: tracking or a session."""
    name = unquote(name).lower()
    if _TRACKING.fullmatch(name) or _SESSION.fullmatch(name):
        return True
    return name in {"sid", "s"} and _LONG_TOKEN.fullmatch(value) is not None


def is_same_article(name: str, value: str) -> bool:
    """Whether this parameter changes only how the article is shown or counted."""
    name, value = unquote(name).lower(), unquote(value).lower()
    if name in _AMBIGUOUS:
        return _LOOKS_LIKE_AN_ID.fullmatch(value) is None
    return value in _TWIN_MARKS.get(name, ())


def drop_path_session(path: str) -> str:
    """`path` without ``;jsessionid=...``."""
    return _PATH_SESSION.sub("", path) if ";" in path else path
