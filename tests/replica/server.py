"""The replica web: a small regional web on loopback, each outlet on its own address, all on one port.

It runs in a thread of its own, over real sockets, and needs nothing but the standard library.
"""

from __future__ import annotations

import asyncio
import json
import socket
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from types import TracebackType
from typing import Self

from tests.replica.addresses import Published, host_of
from tests.replica.outlets import Outlet, load_outlets
from tests.replica.routes import Response, Site
from tests.replica.state import State

CONTROL = "/_control"
MAX_HEAD_BYTES = 64 * 1024
MAX_BODY_BYTES = 64 * 1024
PORT_TRIES = 20


@dataclass(frozen=True, slots=True)
class Request:
    """One line of the replica's log."""

    at: datetime
    outlet: str
    host: str
    method: str
    path: str
    """With the query, as it came."""
    user_agent: str
    status: int
    conditional: bool
    """Whether it carried If-None-Match or If-Modified-Since."""


class Replica:
    """A regional web that can be started, changed and asked what it was asked."""

    def __init__(self) -> None:
        self.port = 0
        self.requests: list[Request] = []
        self._lock = threading.Lock()
        self._state = State(now=datetime.now(UTC), port=0)
        self._sites: dict[str, Site] = {}
        self._sockets: list[socket.socket] = []
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopping: asyncio.Event | None = None

    def start(self, port: int = 0, now: datetime | None = None) -> Self:
        """Listens on all addresses and answers from another thread. `now`: its clock, the real time if None.

        Raises OSError if the port is taken, or, for port 0, if no port is free on all addresses.
        """
        if self._thread:
            raise RuntimeError("the replica runs already")
        sites = _addresses()
        self._sockets = _listen(list(sites), port)
        self.port = self._sockets[0].getsockname()[1]
        self._state = State.at_start(now or datetime.now(UTC), self.port)
        by_outlet = {name: Site(outlet, self._state) for name, outlet in load_outlets().items()}
        self._sites = {host: by_outlet[name] for host, name in sites.items()}
        ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve(ready)), name="replica")
        self._thread.start()
        ready.wait()
        return self

    def stop(self) -> None:
        """Closes everything; open exchanges are cut. Does nothing when it does not run."""
        if self._thread and self._loop and self._stopping:
            self._loop.call_soon_threadsafe(self._stopping.set)
            self._thread.join()
        self._thread = self._loop = self._stopping = None

    def __enter__(self) -> Self:
        return self if self._thread else self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def outlets(self) -> Mapping[str, Outlet]:
        """All of them by id, also the failing and the dead one."""
        return load_outlets()

    @property
    def now(self) -> datetime:
        return self._state.now

    def set_now(self, now: datetime) -> None:
        """Moves the clock: what is published from here on carries this time."""
        with self._lock:
            self._state.now = now.astimezone(UTC).replace(second=0, microsecond=0)

    def publish(self, outlet: str, slug: str) -> Published:
        """Brings out an article, usually a held-back one; a shallow feed then drops its oldest."""
        with self._lock:
            self._state.publish(f"{outlet}/{slug}")
            return self._state.placed(f"{outlet}/{slug}")

    def edit(self, outlet: str, slug: str) -> Published:
        """Gives an article its later title and text, at the same address."""
        with self._lock:
            self._state.edit(f"{outlet}/{slug}")
            return self._state.placed(f"{outlet}/{slug}")

    def remove(self, outlet: str, slug: str) -> None:
        """Takes an article down: gone from the lists, 404 at its address."""
        with self._lock:
            self._state.remove(f"{outlet}/{slug}")

    def fail(self, outlet: str, status: int = 500) -> None:
        """Lets a whole outlet answer `status` to everything, until it recovers."""
        with self._lock:
            self._state.failing[_known(outlet)] = status

    def recover(self, outlet: str) -> None:
        with self._lock:
            self._state.failing.pop(_known(outlet), None)

    def published(self) -> list[Published]:
        """All that is out now, at all outlets."""
        with self._lock:
            return [item for outlet in load_outlets().values() for item in self._state.items(outlet)]

    def count(self, outlet: str | None = None) -> int:
        """Requests so far, at one outlet or at all."""
        return sum(1 for request in self.requests if outlet in {None, request.outlet})

    def forget_requests(self) -> None:
        self.requests.clear()

    async def _serve(self, ready: threading.Event) -> None:
        self._loop, self._stopping = asyncio.get_running_loop(), asyncio.Event()
        servers = [
            await asyncio.start_server(self._converse, sock=sock, limit=MAX_HEAD_BYTES) for sock in self._sockets
        ]
        ready.set()
        await self._stopping.wait()
        for server in servers:
            server.close()
        talks = asyncio.all_tasks() - {asyncio.current_task()}
        for talk in talks:
            talk.cancel()
        await asyncio.gather(*talks, return_exceptions=True)

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection: requests, one after the other, until the client has no more."""
        host = writer.get_extra_info("sockname")[0]
        try:
            while await self._exchange(host, reader, writer):
                pass
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass  # the client went away in the middle: its business
        except asyncio.CancelledError:
            pass  # the replica stops; raised on, Python 3.11 would log it as an error of the connection
        finally:
            writer.close()

    async def _exchange(self, host: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        first, *lines = head.rstrip("\r\n").split("\r\n")
        method, target, version = first.split(" ", 2)
        headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        length = min(int(headers.get("content-length", "0")), MAX_BODY_BYTES)
        body = await reader.readexactly(length) if length else b""
        controlled = target == CONTROL
        answer = self._control(method, body) if controlled else self._answer(host, method, target, headers)
        await asyncio.sleep(answer.delay_seconds)
        keep = version == "HTTP/1.1" and headers.get("connection", "").lower() != "close"
        writer.write(_serialize(answer, with_body=method != "HEAD", keep=keep))
        await writer.drain()
        return keep

    def _answer(self, host: str, method: str, target: str, headers: Mapping[str, str]) -> Response:
        site = self._sites[host]
        with self._lock:
            allowed = method in {"GET", "HEAD"}
            answer = site.respond(target, headers) if allowed else Response(status=405)
        conditional = "if-none-match" in headers or "if-modified-since" in headers
        agent = headers.get("user-agent", "")
        now = datetime.now(UTC)
        line = Request(now, site.outlet.id, host, method, target, agent, answer.status, conditional)
        self.requests.append(line)
        return answer

    def _control(self, method: str, body: bytes) -> Response:
        """For other processes: POST ``{"do": "publish", "outlet": …, "slug": …}``; GET: counts."""
        if method == "POST":
            try:
                self._obey(json.loads(body))
            except (KeyError, TypeError, ValueError) as error:
                return Response(status=400, body=str(error).encode(), content_type="text/plain")
        counts = {name: self.count(name) for name in load_outlets()}
        answer = {"port": self.port, "now": self.now.isoformat(), "requests": counts}
        return Response(body=json.dumps(answer).encode(), content_type="application/json")

    def _obey(self, order: dict[str, str]) -> None:
        actions: dict[str, Callable[..., object]] = {
            "publish": self.publish,
            "edit": self.edit,
            "remove": self.remove,
            "fail": self.fail,
            "recover": self.recover,
        }
        actions[order.pop("do")](**order)


def _addresses() -> dict[str, str]:
    """Host to outlet, of all that listen."""
    hosts: dict[str, str] = {}
    for outlet in load_outlets().values():
        if outlet.listening:
            hosts |= {host_of(number): outlet.id for number in (outlet.number, *outlet.subhosts.values())}
    return hosts


def _listen(hosts: list[str], port: int) -> list[socket.socket]:
    for _ in range(PORT_TRIES):
        sockets: list[socket.socket] = []
        try:
            for host in hosts:
                wanted = sockets[0].getsockname()[1] if sockets else port
                sockets.append(socket.create_server((host, wanted)))
        except OSError:
            for sock in sockets:
                sock.close()
            if port:
                raise
            continue
        return sockets
    raise OSError(f"no port is free on all of {len(hosts)} loopback addresses")


def _serialize(answer: Response, *, with_body: bool, keep: bool) -> bytes:
    headers = {
        "Content-Type": answer.content_type,
        "Content-Length": str(len(answer.body)),
        "Connection": "keep-alive" if keep else "close",
        **answer.headers,
    }
    if answer.status == HTTPStatus.NOT_MODIFIED:
        del headers["Content-Type"], headers["Content-Length"]
    lines = [f"HTTP/1.1 {answer.status} {HTTPStatus(answer.status).phrase}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + (answer.body if with_body else b"")


def _known(outlet: str) -> str:
    if outlet not in load_outlets():
        raise KeyError(f"{outlet}: the replica has no such outlet")
    return outlet
