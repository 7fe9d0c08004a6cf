"""The values that cross the border of `storage`: frozen, free of the database, safe to keep after a transaction.

Every instant is an aware `datetime` in UTC. Texts hold no NUL, no control characters but newline and tab, and no
lone surrogates: `crawler.text.clean` sees to that before anything gets here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class ArticleKind(StrEnum):
    """What sort of text an article is."""

    ARTICLE = "article"
    LIVE = "live"
    """A page that grows while something happens: entries with times, the newest first."""
    ROUNDUP = "roundup"
    """Briefs that have nothing to do with each other: what one says is no tie of another."""


class Relevance(StrEnum):
    """How much an article is about a tie between the home side and another."""

    SUBSTANTIVE = "substantive"
    PASSING = "passing"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Mention:
    """A name found in a text. Offsets are code points into ``title + "\\n\\n" + text``."""

    text: str
    entity: str
    """Key of the lexicon entry, such as ``AZ`` or ``socar``."""
    country: str
    """ISO 3166 code of the side it stands for; ``C5`` for Central Asia as a whole."""
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence that carries a tie: ``(title + "\\n\\n" + text)[start:end] == sentence``."""

    start: int
    end: int
    sentence: str
    mentions: tuple[Mention, ...]
    rule: str = ""
    """Name of the rule that chose the sentence."""
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class Tie:
    """A pair of countries that an article connects, the home side first; ``C5`` when it names no single state."""

    home: str
    other: str
    score: float
    topics: tuple[str, ...]
    evidence: tuple[Evidence, ...]

    @property
    def pair(self) -> str:
        """``AZ-KZ``: the form used on the command line."""
        return f"{self.home}-{self.other}"


@dataclass(frozen=True, slots=True)
class Reason:
    """One line of the sum that makes a score: `contribution` is `value` times the weight of the feature."""

    feature: str
    value: float
    contribution: float


@dataclass(frozen=True, slots=True)
class Figure:
    """An amount in a sentence about a tie, as printed and as a number in its unit (``USD``, ``t``, ``%``, ...)."""

    text: str
    value: float
    unit: str
    sentence: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PlannedEvent:
    """A future date that a sentence about a tie announces. `on` is the first day; None when only a place is named."""

    text: str
    on: date | None
    sentence: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Tagging:
    """What the tagger found in one article, and why."""

    relevance: Relevance
    score: float
    """Between 0 and 1: the calibrated probability that the article is substantively about a tie."""
    lang: str | None
    ties: tuple[Tie, ...] = ()
    topics: tuple[str, ...] = ()
    near_miss: str | None = None
    """What was lacking when both sides are named but no tie was found; None otherwise."""
    reasons: tuple[Reason, ...] = ()
    figures: tuple[Figure, ...] = ()
    events: tuple[PlannedEvent, ...] = ()
    tone: float | None = None
    """From -1 (conflict) to 1 (cooperation); None when nothing in the text tells."""
    version: str = ""
    """Version of lexicon and weights that made this tagging."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What the user says of an article: it outweighs the tagger, now and after each retagging."""

    relevance: Relevance
    pairs: tuple[str, ...] = ()
    """Its ties, as ``AZ-KZ``; empty for one without a tie."""
    topics: tuple[str, ...] = ()
    """Empty: those that the tagger found."""
    note: str = ""
    marked_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NewArticle:
    """An article as the crawler hands it over."""

    source: str
    url: str
    """Canonical form, as it can be fetched."""
    key: str
    """Identity of the article: the same for all addresses it goes by (``crawler.urls.identity``)."""
    title: str
    text: str = field(repr=False)
    """Clean text, paragraphs separated by a blank line; without the title."""
    standfirst: str = field(default="", repr=False)
    lang: str | None = None
    authors: tuple[str, ...] = ()
    published_at: datetime | None = None
    """When the publisher says that it appeared. None when nothing on the page or in the feed could be trusted."""
    published_from: str | None = None
    """Where that comes from: ``json-ld``, ``meta``, ``page``, ``url`` or ``feed``."""
    published_is_sure: bool = False
    modified_at: datetime | None = None
    fetched_at: datetime
    section: str | None = None
    tags: tuple[str, ...] = ()
    image_url: str | None = None
    image_caption: str | None = None
    agency: str | None = None
    """The agency whose copy this is, as the text itself says; None when it claims none."""
    kind: ArticleKind = ArticleKind.ARTICLE
    extractor: str = ""
    """Which extractor won, and why."""
    origins: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Field to where its value was found: ``json-ld``, ``meta``, ``page``, ``feed``, ``text``, ``rule``, ..."""
    tagging: Tagging = field(repr=False)


@dataclass(frozen=True, slots=True)
class Copied:
    """What a text repeats: an article, and the share of the text that stands in it, from 0 to 1."""

    article: int
    shared: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Article(NewArticle):
    """A stored article."""

    id: int
    story_id: int | None = None
    """The story it belongs to; None for an article without a tie."""
    copy_of: int | None = None
    """The article whose text it repeats, the earliest one we know."""
    copied_share: float | None = None
    """How much of its text stands in that article, from 0 to 1. None without one, or when that was not measured."""
    removed_at: datetime | None = None
    """When it was confirmed that its publisher had taken it down; None while it is there, as far as we know."""
    mark: Mark | None = None
    """What the user says of it. Then `tagging` is what holds: that of the tagger, put right by the mark."""
    by_tagger: Tagging | None = field(default=None, repr=False)
    """What the tagger alone found, where there is a mark; None elsewhere: `tagging` is its own then."""

    @property
    def machine_tagging(self) -> Tagging:
        """What the tagger alone found."""
        return self.by_tagger or self.tagging


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """A change of an article that its publisher made after we had stored it."""

    id: int
    article_id: int
    seen_at: datetime
    """When we saw it: it was made between then and the visit before."""
    changed: tuple[str, ...]
    """``title``, ``text`` or both: where words differ, not only spaces and signs."""
    old_title: str
    old_text: str = field(repr=False)
    new_title: str
    """As it became by this change, which later ones may have changed again."""
    new_text: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleCheck:
    """That an article is to be looked at again, and what is known of its page."""

    article_id: int
    source: str
    url: str
    """The address that the page came from; the article may go by another."""
    etag: str | None = None
    last_modified: str | None = None
    due_at: datetime
    failures: int = 0
    """Looks in a row that told nothing."""
    missing_at: datetime | None = None
    """When the page was first not found, with no success since; None while it is there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchHit:
    """A found article, with a passage in which the matched words stand between ``[[`` and ``]]``."""

    article: Article
    passage: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchQuery:
    """What to look for; an empty `words` lists the newest articles that pass the filters."""

    words: str = ""
    pair: str | None = None
    topic: str | None = None
    lang: str | None = None
    source: str | None = None
    relevance: Relevance | None = None
    since: datetime | None = None
    limit: int = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A link found at an entry point, with what the entry point said of it."""

    url: str
    """Canonical form, as it can be fetched."""
    key: str = ""
    """Identity of the article (``crawler.urls.identity``); set before the candidate is admitted to the frontier."""
    title: str | None = None
    published_at: datetime | None = None
    lang: str | None = None
    via: str = ""
    """URL of the entry point that listed it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingCandidate(Candidate):
    """A candidate of the frontier that is due to be fetched. `attempts` counts the failed ones."""

    source: str
    attempts: int = 0


class UrlState(StrEnum):
    """What became of a URL. Only `WAITING` ones are fetched."""

    WAITING = "waiting"
    STORED = "stored"
    REFUSED = "refused"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryPointState:
    """What we know of one entry point of a source. Times are None for what never happened."""

    source: str
    url: str
    kind: str
    """``feed``, ``sitemap`` or ``listing``."""
    lang: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    """Hash of the last body that was read without an error."""
    worked_at: datetime | None = None
    failed_at: datetime | None = None
    problem: str | None = None
    """Why the last try failed; None after a success."""


class Outcome(StrEnum):
    """How a source fared in a run."""

    OK = "ok"
    UNCHANGED = "unchanged"
    TEMPORARY = "temporary"
    """The network or the server failed in a way that usually passes: timeout, 5xx, 429, reset."""
    SOFT = "soft"
    """It answered, but with nothing to read: HTML served as a feed, an empty listing, 403."""
    HARD = "hard"
    """It is not there: 404 or 410 on every entry point, refused connection, bad certificate."""
    DNS = "dns"
    """Its name cannot be resolved."""
    ROBOTS = "robots"
    """Its robots.txt forbids us, or could not be read."""

    @property
    def reached(self) -> bool:
        """Whether an entry point of the source was read."""
        return self in {Outcome.OK, Outcome.UNCHANGED}


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceReport:
    """How one source fared in one run: `listed` = `seen` + `new`; of the new and the waiting ones, `fetched` came."""

    source: str
    outcome: Outcome
    detail: str = ""
    """One line: the cause of a failure, or the way that worked."""
    entry_point: str | None = None
    requests: int = 0
    listed: int = 0
    new: int = 0
    fetched: int = 0
    stored: int = 0
    relevant: int = 0
    refused: Mapping[str, int] = field(default_factory=dict)
    """Reason to count: pages that came but hold no article."""
    failed: Mapping[str, int] = field(default_factory=dict)
    """Reason to count: pages that did not come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """One time that a source was asked and reached: of `listed` articles `new` were unknown to us."""

    at: datetime
    listed: int
    new: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """What we know of a source over all runs."""

    source: str
    last_asked_at: datetime | None = None
    last_reached_at: datetime | None = None
    last_new_at: datetime | None = None
    failures: float = 0.0
    """Failures in a row, weighted by kind."""
    next_check_at: datetime | None = None
    outcome: Outcome | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One crawl. `finished_at` is None while it runs, and for ever when it was killed."""

    id: int
    started_at: datetime
    finished_at: datetime | None = None
    reports: tuple[SourceReport, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RobotsFile:
    """A host's robots.txt as last read: `origin` is ``scheme://host:port``."""

    origin: str
    status: int
    body: bytes = field(repr=False)
    fetched_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceBlock:
    """A line that came again and again on the pages of a source in one language."""

    source: str
    lang: str
    """Empty for texts of no known language."""
    hash: bytes
    sample: str
    """How it begins."""
    times: int
    """On so many different articles."""
    articles: int
    """Articles of the source in that language that were read for such lines."""
    articles_since: int
    """Those of them since the line was first seen, the first included."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryFacts:
    """What readers know of a story: all that digests have told of it, and what decides whether it develops."""

    headline: str = ""
    first_on: date
    """Day of the digest that showed it first."""
    articles: tuple[int, ...] = ()
    """Ids of its articles that were shown."""
    voices: tuple[str, ...] = ()
    """Who speaks independently of each other: publishers and agencies."""
    sides: tuple[str, ...] = ()
    """Countries whose outlets report it."""
    figures: tuple[tuple[str, float], ...] = ()
    """Units and values."""
    dates: tuple[date, ...] = ()
    """Days that it announces."""
    actors: tuple[str, ...] = ()
    """Keys of lexicon entries: people that it names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownStory:
    """A story that a digest showed, in which section, and all that its reader knows of it since then.

    `facts` is None for one that was shown before such things were kept.
    """

    story_id: int
    section: str = ""
    facts: StoryFacts | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDigest:
    """A digest that was made: one a profile and day."""

    profile: str
    on: date
    zone: str
    built_at: datetime
    window_start: datetime | None = None
    window_end: datetime | None = None
    """Until when it covers what happened; None where that was not kept."""
    shown: tuple[ShownStory, ...] = ()
    """In the order of the page."""
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestRecord(NewDigest):
    """A digest as it is kept."""

    id: int

    @property
    def story_ids(self) -> tuple[int, ...]:
        """The stories that it showed, in their order."""
        return tuple(story.story_id for story in self.shown)


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """A substantive article, as far as it says how much there usually is."""

    article_id: int
    story_id: int | None
    fetched_at: datetime
    lang: str | None
    score: float
    is_copy: bool
    pairs: Mapping[str, float]
    """Pair to score."""
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceState:
    """The background service of this database, as it last said itself."""

    pid: int
    host: str
    started_at: datetime
    beat_at: datetime
    """Its last sign of life."""
    stopped_at: datetime | None = None
    """When it ended in an orderly way; None while it runs, and when it was killed."""
    problem: str = ""
    """What keeps it from working as a whole, such as a full disk; empty when nothing does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JobState:
    """What a job of the service did last."""

    name: str
    started_at: datetime | None = None
    """None when it never came to that."""
    heard_at: datetime
    """Its last sign of progress."""
    finished_at: datetime | None = None
    """None while it runs, and for ever when it was killed."""
    succeeded_at: datetime | None = None
    """When it last ended without an error; None: never."""
    failures: int = 0
    """In a row."""
    detail: str = ""
    """One line: what it did, or why it failed."""


class DeliveryState(StrEnum):
    """How far a delivery has come."""

    QUEUED = "queued"
    """Waits to be sent, or is being prepared: nothing has left us yet."""
    SENDING = "sending"
    """The message itself is on its way to the server. Who finds it so later cannot know whether it arrived."""
    SENT = "sent"
    REFUSED = "refused"
    """The server refuses this recipient for good."""
    AMBIGUOUS = "ambiguous"
    """The connection, or our process, ended after the message had left and before the server confirmed it."""
    GAVE_UP = "gave up"
    """It could not be sent for as long as we try."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMessage:
    """A message to queue, rendered: the same for all recipients of its channel."""

    key: str
    """What it is about, such as ``digest daily 2026-11-21``: there is one message a key and channel."""
    channel: str
    profile: str | None
    """The digest's profile; None for an alarm."""
    on: date | None
    """The digest's day; None for an alarm."""
    subject: str
    language: str
    created_at: datetime
    expected_at: datetime
    """When its readers expect it: sent well after that, it is marked late."""
    parts: Mapping[str, str] = field(repr=False)
    """Format to content, such as ``html``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One message on its way to one recipient. Times are None for what has not happened."""

    id: int
    message_id: int
    key: str
    channel: str
    profile: str | None
    on: date | None
    subject: str
    language: str
    created_at: datetime
    expected_at: datetime
    recipient: str
    identity: str
    """The Message-ID, the same however often it is sent."""
    state: DeliveryState
    attempts: int
    ambiguous_ends: int
    queued_at: datetime
    due_at: datetime
    """Not to be tried before."""
    claim: str | None
    """Who is working on it, until `lease_until`."""
    lease_until: datetime | None
    answered_at: datetime | None
    """When a server first said "not now"."""
    settled_at: datetime | None
    """When it came to its end, good or bad."""
    words: str
    """What the server, or the network, said last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryChange:
    """What became of a delivery after an attempt."""

    state: DeliveryState
    due_at: datetime
    ambiguous_ends: int
    answered_at: datetime | None
    settled_at: datetime | None
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """A condition that somebody should look at, from when it was first seen until it had ended."""

    key: str
    """Names the condition, such as ``failing herald``."""
    text: str
    """One line: what is wrong."""
    raised_at: datetime
    told_at: datetime | None = None
    """When a message about it was queued; None while nobody is there to be told."""
    cleared_at: datetime | None = None
