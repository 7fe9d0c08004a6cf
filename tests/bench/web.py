"""Misbehaving sites on loopback: raw sockets, each site on an address of its own, every byte as the test wants it."""

from __future__ import annotations

import asyncio
import socket
import ssl
import struct
import threading
import time
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

MOST_HEAD = 64 * 1024
FIRST_HOST = 100
"""Last number of the first site's address: the replica web has those below."""
_LINGER_OFF = struct.pack("ii", 1, 0)


class Reset(Exception):
    """Raised by an answer: the connection is reset instead of closed."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One request, as it came."""

    path: str
    """With the query."""
    headers: Mapping[str, str]
    """Names in lower case."""
    count: int
    """How many came for this path before it."""
    at: float = field(default_factory=time.monotonic)


Answer = bytes | Callable[[Asked], "bytes | AsyncIterator[bytes]"]
"""What is sent, head and all; in pieces, as they come, where it is an iterator."""


@dataclass(slots=True)
class Site:
    """A site. What has no route is 404."""

    address: str
    port: int
    routes: dict[str, Answer] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    connections: int = 0
    scheme: str = "http"
    held: dict[str, float] = field(default_factory=dict)
    """Path to the longest time, in seconds, for which a client waited for the whole of an answer in pieces."""

    @property
    def url(self) -> str:
        """Without a slash at its end."""
        return f"{self.scheme}://{self.address}:{self.port}"

    def paths(self) -> list[str]:
        """What was asked for, in order."""
        return [one.path for one in self.asked]

    def answer(self, path: str, headers: Mapping[str, str]) -> bytes | AsyncIterator[bytes]:
        """Log a request and answer it."""
        asked = Asked(path, headers, self.paths().count(path))
        self.asked.append(asked)
        answer = self.routes.get(path) or self.routes.get(path.partition("?")[0]) or self.routes.get("*")
        if answer is None:
            return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        return answer(asked) if callable(answer) else answer


class Web:
    """All sites of a test, served by one thread. Every connection is for one request."""

    def __init__(self) -> None:
        self.sites: list[Site] = []
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="web")
        self._servers: dict[str, asyncio.Server] = {}

    def site(
        self,
        routes: Mapping[str, Answer] | None = None,
        *,
        address: str = "",
        port: int = 0,
        tls: ssl.SSLContext | None = None,
    ) -> Site:
        """A new site that listens, at the next free address unless told otherwise."""
        address = address or f"127.0.1.{FIRST_HOST + len(self.sites)}"
        listening = socket.create_server((address, port))
        site = Site(address, listening.getsockname()[1], dict(routes or {}), scheme="https" if tls else "http")
        self.sites.append(site)
        start = asyncio.start_server(lambda r, w: self._converse(site, r, w), sock=listening, limit=MOST_HEAD, ssl=tls)
        self._servers[site.url] = asyncio.run_coroutine_threadsafe(start, self._loop).result()
        return site

    def stop(self, site: Site) -> None:
        """From now on nobody listens there."""
        self._loop.call_soon_threadsafe(self._servers[site.url].close)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _close(self) -> None:
        for server in self._servers.values():
            server.close()
        talks = asyncio.all_tasks() - {asyncio.current_task()}
        for talk in talks:
            talk.cancel()
        await asyncio.gather(*talks, return_exceptions=True)

    async def _converse(self, site: Site, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        site.connections += 1
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            fields = (line.partition(":") for line in head[1:] if line)
            answer = site.answer(head[0].split(" ")[1], {n.strip().lower(): v.strip() for n, _, v in fields})
            if isinstance(answer, bytes):
                writer.write(answer)
                await writer.drain()
            else:
                await self._send_pieces(site, head[0].split(" ")[1], answer, reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, asyncio.CancelledError):
            pass  # the crawler has enough, or the test is over
        finally:
            writer.close()

    async def _send_pieces(  # the five are one conversation
        self,
        site: Site,
        path: str,
        pieces: AsyncIterator[bytes],
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        """Send them until they are over, or until nobody listens any more."""
        began = time.monotonic()
        sending = asyncio.ensure_future(_send(pieces, writer))
        leaving = asyncio.ensure_future(reader.read())
        try:
            await asyncio.wait([sending, leaving], return_when=asyncio.FIRST_COMPLETED)
        finally:
            site.held[path] = max(site.held.get(path, 0.0), time.monotonic() - began)
            for task in (sending, leaving):
                task.cancel()
            await asyncio.gather(sending, leaving, return_exceptions=True)


async def _send(pieces: AsyncIterator[bytes], writer: asyncio.StreamWriter) -> None:
    try:
        async for piece in pieces:
            writer.write(piece)
            await writer.drain()
    except Reset:
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER_OFF)
        writer.transport.abort()
