"""One outlet answering requests: its routes, and the faults of the exchange rather than of the content."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from email.utils import format_datetime
from urllib.parse import parse_qs, urlsplit

from tests.replica.addresses import Published, origin, route_of
from tests.replica.feeds import MEDIA_TYPES, render_feed
from tests.replica.outlets import Feed, Outlet, Sitemap
from tests.replica.pages import CAPTCHA, article_page, list_page, missing_page, print_page, shell_page
from tests.replica.sitemaps import child_path, days_of, render_day, render_index, render_news
from tests.replica.state import State

RETRY_AFTER_SECONDS = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    status: int = 200
    body: bytes = field(default=b"", repr=False)
    content_type: str = "text/html; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)
    delay_seconds: float = 0.0
    """To wait before the first byte."""


@dataclass(slots=True)
class Site:
    """The routes of `outlet` over the shared `state`."""

    outlet: Outlet
    state: State
    asked: dict[str, int] = field(default_factory=dict)
    """Path to the number of requests for it."""

    def respond(self, target: str, headers: Mapping[str, str]) -> Response:
        """The answer to a GET of `target`. Names in `headers` are lower-case."""
        agent = headers.get("user-agent", "")
        status = self.state.failing.get(self.outlet.id)
        if status:
            return Response(status=status, body=b"<h1>Internal Server Error</h1>")
        if self.outlet.needs_browser and not is_browser(agent):
            return Response(status=400, body=b"<h1>Bad Request</h1>")
        self.asked[target] = self.asked.get(target, 0) + 1
        path = urlsplit(target).path
        if path == "/robots.txt" and self.outlet.robots:
            text = self.outlet.robots.format(origin=origin(self.outlet.number, self.state.port)).lstrip()
            return Response(body=text.encode(), content_type="text/plain; charset=utf-8")
        items = self.state.items(self.outlet)
        for answer in (self._feed(path, agent, items), self._sitemap(path, items), self._list(target, items)):
            if answer:
                return _conditional(answer, headers)
        return _conditional(self._article(target, items), headers)

    def _feed(self, path: str, agent: str, items: Sequence[Published]) -> Response | None:
        feed = next((feed for feed in self.outlet.feeds if feed.path == path), None)
        if feed is None:
            return None
        delay = self.outlet.feed_slow_seconds
        if feed.format == "html" or (feed.html_for == "browser" and is_browser(agent)):
            return Response(body=shell_page(self.outlet).encode(), delay_seconds=delay)
        wanted = [item for item in items if feed.lang in {None, item.article.lang}]
        text = render_feed(feed, self.outlet, wanted, asked=self.asked[path])
        return Response(
            body=text.encode(feed.charset, "xmlcharrefreplace"),
            content_type=_feed_type(feed),
            headers=_last_modified(wanted),
            delay_seconds=delay,
        )

    def _sitemap(self, path: str, items: Sequence[Published]) -> Response | None:
        for sitemap in self.outlet.sitemaps:
            text = self._sitemap_text(sitemap, path, items)
            if text is not None:
                body = text.encode()
                if path.endswith(".gz"):
                    return Response(body=gzip.compress(body, mtime=0), content_type="application/x-gzip")
                return Response(body=body, content_type="application/xml")
        return None

    def _sitemap_text(self, sitemap: Sitemap, path: str, items: Sequence[Published]) -> str | None:
        if path == sitemap.path and sitemap.format == "news":
            return render_news(self.outlet, items)
        if path == sitemap.path:
            base = origin(self.outlet.number, self.state.port)
            return render_index(sitemap, self.outlet, items, origin=base)
        if sitemap.child:
            for day in days_of(self.outlet, items):
                if path == child_path(sitemap, day):
                    return render_day(self.outlet, items, day)
        return None

    def _list(self, target: str, items: Sequence[Published]) -> Response | None:
        route = route_of(target)
        page = int(parse_qs(urlsplit(target).query).get("page", ["1"])[0])
        if route == "/":
            paths = self.outlet.autodiscovery
            feeds = [(MEDIA_TYPES[feed.format], feed.path) for feed in self.outlet.feeds if feed.path in paths]
            return self._page(list_page(self.outlet, items, title=self.outlet.name, feeds=feeds))
        if self.outlet.all_path and route == route_of(self.outlet.all_path):
            return self._page(list_page(self.outlet, items if page == 1 else [], title=self.outlet.name))
        for lang in {self.outlet.lang} | {item.article.lang for item in items}:
            for section, name in self.outlet.sections.items():
                if route == route_of(self.outlet.section_path.format(section=section, lang=lang)):
                    shown = [item for item in items if item.article.section == section and item.article.lang == lang]
                    return self._page(list_page(self.outlet, shown if page == 1 else [], title=name))
        return None

    def _article(self, target: str, items: Sequence[Published]) -> Response:
        route = route_of(target)
        for item in items:
            if item.old_url and route == route_of(item.old_url):
                return self._redirect(item)
            if item.article.kind == "away":
                continue
            if route == route_of(item.url):
                return self._full(item, items)
            if route in {route_of(twin) for twin in item.twins}:
                return self._page(print_page(self.outlet, item))
        status = 200 if self.outlet.soft_404 else 404
        return self._page(missing_page(self.outlet), status=status)

    def _redirect(self, item: Published) -> Response:
        where = self.state.placed(item.article.target).url if item.article.target else item.url
        return Response(status=301, headers={"Location": where})

    def _full(self, item: Published, items: Sequence[Published]) -> Response:
        kind = item.article.kind
        if kind == "captcha":
            return Response(body=CAPTCHA.encode())
        if kind in {"gone", "lost"}:
            return self._page(missing_page(self.outlet), status=404 if kind == "gone" else 200)
        if item.article.slug == self.outlet.throttle_once:
            key = f"throttled {item.article.slug}"
            self.asked[key] = self.asked.get(key, 0) + 1
            if self.asked[key] == 1:
                return Response(status=429, headers={"Retry-After": str(RETRY_AFTER_SECONDS)})
        return self._page(article_page(self.outlet, item, items))

    def _page(self, text: str, *, status: int = 200) -> Response:
        charset = self.outlet.header_charset or self.outlet.charset
        return Response(
            status=status,
            body=text.encode(self.outlet.charset, "xmlcharrefreplace"),
            content_type="text/html" if charset == "none" else f"text/html; charset={charset}",
            delay_seconds=self.outlet.slow_seconds,
        )


def is_browser(agent: str) -> bool:
    """As the sites of the region tell: by the first word."""
    return agent.startswith("Mozilla/")


def _feed_type(feed: Feed) -> str:
    return f"{MEDIA_TYPES[feed.format]}; charset={feed.charset}"


def _last_modified(items: Sequence[Published]) -> dict[str, str]:
    moments = [item.modified_at or item.at for item in items]
    return {"Last-Modified": format_datetime(max(moments), usegmt=True)} if moments else {}


def _conditional(answer: Response, headers: Mapping[str, str]) -> Response:
    """`answer` with an ETag, or 304 where the client has that version already."""
    if answer.status != 200:
        return answer
    etag = f'"{hashlib.sha256(answer.body).hexdigest()[:16]}"'
    known = {**answer.headers, "ETag": etag}
    if headers.get("if-none-match") == etag:
        return Response(status=304, headers=known, delay_seconds=answer.delay_seconds)
    since = headers.get("if-modified-since")
    if since and "if-none-match" not in headers and since == known.get("Last-Modified"):
        return Response(status=304, headers=known, delay_seconds=answer.delay_seconds)
    return replace(answer, headers=known)
