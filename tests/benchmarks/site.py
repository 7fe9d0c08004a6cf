"""The web that is crawled, in a process of its own: python -m tests.benchmarks.site FOLDER PORT

It serves `FOLDER`/site/ADDRESS/… as the site at that loopback address, says "ready" when it can be asked, and tells at
/requests how many requests there were so far.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from zlib import crc32

_KINDS = {".xml": "application/xml", ".txt": "text/plain"}
_NO_VALIDATOR = "/news/"
"""Article pages are made anew for each visitor on a real site, so that nothing is ever unchanged."""


class Site:
    """HTTP/1.1 with connections that stay open, and validators for what lists articles."""

    def __init__(self, folder: Path) -> None:
        self.addresses = sorted(place.name for place in (folder / "site").iterdir())
        self._folder = folder / "site"
        self._requests = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection."""
        address = writer.get_extra_info("sockname")[0]
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                writer.write(self._answer(address, head))
                await writer.drain()
                if b"connection: close" in head.lower():
                    break
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    def _answer(self, address: str, head: bytes) -> bytes:
        path = head.split(b" ", 2)[1].decode("latin-1").partition("?")[0]
        if path == "/requests":
            return _response("200 OK", str(self._requests).encode())
        self._requests += 1
        file = self._folder / address / (path.strip("/") or "index.html")
        if ".." in path or not file.is_file():
            return _response("404 Not Found", b"<html><body>There is no such page.</body></html>")
        body = file.read_bytes()
        kind = _KINDS.get(file.suffix, "text/html; charset=utf-8")
        if path.startswith(_NO_VALIDATOR):
            return _response("200 OK", body, kind)
        tag = f'"{crc32(body):x}"'
        if tag.encode() in head:
            return _response("304 Not Modified", b"", kind, tag)
        return _response("200 OK", body, kind, tag)


def _response(status: str, body: bytes, kind: str = "text/html", tag: str = "") -> bytes:
    head = [f"HTTP/1.1 {status}", f"Content-Type: {kind}"]
    if not status.startswith("304"):
        head.append(f"Content-Length: {len(body)}")
    if tag:
        head.append(f"ETag: {tag}")
    return "\r\n".join([*head, "", ""]).encode() + body


async def run(folder: Path, port: int) -> None:
    """Serve until killed."""
    site = Site(folder)
    for address in site.addresses:
        await asyncio.start_server(site.serve, address, port, backlog=256)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(run(Path(sys.argv[1]), int(sys.argv[2])))
