"""A folder of digests: which there are, the page that lists them, and which are too old to keep."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape

from scheduler.config import DAILY
from scheduler.digest.write import file_name

INDEX = "index.html"
_NAME = re.compile(
    r"khabar(?:-(?P<profile>[a-z0-9][a-z0-9-]*?))?-(?P<on>\d{4}-\d\d-\d\d)\.(?P<format>html|txt|md|json|atom)"
)
_PAGE = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Khabar: past digests</title>
<style>
body {{ font: 16px/1.5 Georgia, serif; max-width: 40em; margin: 2em auto; padding: 0 1em; }}
li {{ margin: .3em 0; }}
small {{ margin-left: .6em; }}
</style>
</head>
<body>
<h1>Past digests</h1>
<ul>
{entries}
</ul>
</body>
</html>
"""


@dataclass(frozen=True, slots=True)
class PastDigest:
    """A digest of which there is a file in at least one of `formats`."""

    on: date
    profile: str
    formats: tuple[str, ...]

    def file(self, format: str) -> str:
        """The name of its file in a format."""
        return file_name(self.profile, self.on, format)


def past_digests(names: Iterable[str]) -> list[PastDigest]:
    """The digests among the files of these names, the newest first. What is called otherwise is not ours."""
    formats: dict[tuple[date, str], list[str]] = {}
    for name in sorted(names):
        if (match := _NAME.fullmatch(name)) and (on := _day(match["on"])):
            formats.setdefault((on, match["profile"] or DAILY), []).append(match["format"])
    newest_first = sorted(formats, key=lambda digest: (-digest[0].toordinal(), digest[1]))
    return [PastDigest(on, profile, tuple(formats[on, profile])) for on, profile in newest_first]


def outdated(digests: Iterable[PastDigest], profile: str, today: date, *, keep_days: int) -> list[PastDigest]:
    """Those of a profile that are older than `keep_days`; none when that is 0."""
    if not keep_days:
        return []
    first = today - timedelta(days=keep_days)
    return [digest for digest in digests if digest.profile == profile and digest.on < first]


def index_page(digests: Sequence[PastDigest]) -> str:
    """The page that lists `digests`, with a link to each of their files."""
    return _PAGE.format(entries="\n".join(_entry(digest) for digest in digests))


def _entry(digest: PastDigest) -> str:
    main = "html" if "html" in digest.formats else digest.formats[0]
    name = f"{digest.on}" if digest.profile == DAILY else f"{digest.on} {digest.profile}"
    others = [_link(digest.file(format), format) for format in digest.formats if format != main]
    rest = f" <small>{' · '.join(others)}</small>" if others else ""
    return f"<li>{_link(digest.file(main), name)}{rest}</li>"


def _link(target: str, text: str) -> str:
    return f'<a href="{escape(target)}">{escape(text)}</a>'


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
