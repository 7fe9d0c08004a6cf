"""The articles of the replica web, as data: ``articles/<outlet>/<slug>.md``, TOML between ``+++``, then text.

The text is paragraphs separated by blank lines. A block that starts with ``## `` is a heading, ``- `` a list,
``| `` a table, ``=> `` a "read also" link in the middle. ``@copy 2-6`` stands for these paragraphs of the
article that `copy_of` names, as an outlet reprints an agency. What follows the line ``=== later`` is
the text after an edit.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "articles"
LATER = "\n=== later\n"
COPY = re.compile(r"@copy (\d+)-(\d+)")
MARKS = ("## ", "- ", "| ", "=> ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An article of one outlet, with what a crawler should make of it."""

    outlet: str
    slug: str
    """Name of the file, unique at its outlet."""
    title: str
    hours_ago: float
    """Age when the replica starts; for a held-back article, of no meaning."""
    section: str
    lang: str
    body: tuple[str, ...] = field(repr=False)
    relevance: str
    """``substantive``, ``passing`` or ``none``."""
    why: str
    """Why it is (not) relevant, or why it must not be stored."""
    pairs: tuple[str, ...] = ()
    side_pairs: tuple[str, ...] = ()
    """Further pairs that it touches on: not wrong when found, not missed when not."""
    topics: tuple[str, ...] = ()
    story: str | None = None
    """The event that articles of several outlets tell; only of relevant ones."""
    copy_of: str | None = None
    """``outlet/slug`` of the article whose text it repeats."""
    kind: str = "article"
    """``article``, ``roundup``, or what comes instead of one: see `tests.replica.pages`."""
    stored: bool = True
    """Whether a crawler should keep it."""
    held: bool = False
    """Not there at the start: appears when it is published."""
    author: str | None = None
    tags: tuple[str, ...] = ()
    address: str = ""
    """What stands for it in its address; the slug, where empty."""
    target: str = ""
    """``outlet/slug`` that a redirect leads to."""
    later_title: str | None = None
    later_body: tuple[str, ...] = field(default=(), repr=False)

    @property
    def key(self) -> str:
        return f"{self.outlet}/{self.slug}"

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The prose only: what a reader should get as the text."""
        return tuple(block for block in self.body if not block.startswith(MARKS))

    def edited(self) -> Article:
        """The article after its edit."""
        title = self.later_title or self.title
        return replace(self, title=title, body=self.later_body or self.body)


@cache
def load_articles() -> Mapping[str, Article]:
    """All articles by ``outlet/slug``: at each outlet the oldest first, the held-back ones last."""
    found = [_read(path) for path in sorted(FOLDER.glob("*/*.md"))]
    found.sort(key=lambda article: (article.outlet, article.held, -article.hours_ago, article.slug))
    by_key = {article.key: article for article in found}
    return {key: _with_copy(article, by_key) for key, article in by_key.items()}


def _read(path: Path) -> Article:
    empty, head, body = path.read_text(encoding="utf-8").split("+++\n", 2)
    if empty:
        raise ValueError(f"{path}: does not start with +++")
    values: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in tomllib.loads(head).items()
    }
    text, _, later = body.partition(LATER)
    return Article(outlet=path.parent.name, slug=path.stem, body=_blocks(text), later_body=_blocks(later), **values)


def _blocks(text: str) -> tuple[str, ...]:
    return tuple(block.strip() for block in re.split(r"\n\s*\n", text) if block.strip())


def _with_copy(article: Article, by_key: Mapping[str, Article]) -> Article:
    body: list[str] = []
    for block in article.body:
        wanted = COPY.fullmatch(block)
        if not wanted:
            body.append(block)
        elif article.copy_of is None:
            raise ValueError(f"{article.key}: @copy without copy_of")
        else:
            first, last = int(wanted[1]), int(wanted[2])
            body += by_key[article.copy_of].body[first - 1 : last]
    return replace(article, body=tuple(body))
