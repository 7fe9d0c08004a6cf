"""Unpacking gzip files of strangers: bounded, and patient with bad ones."""

from __future__ import annotations

import zlib

from crawler.errors import UnreadableEntryPoint

_MAGIC = b"\x1f\x8b"
_MOST_LAYERS = 3
_GZIP_WINDOW = 16 + zlib.MAX_WBITS


def unpack(body: bytes, *, url: str, limit: int) -> tuple[bytes, str | None]:
    """`body` out of its gzip layers, if it has any, and what was wrong with them (None: nothing).

    Goes by the first bytes, not by the name: a ``.gz`` that is none is common, and so is gzip in gzip.
    Raises UnreadableEntryPoint over `limit` bytes, and for damage that leaves nothing to read.
    """
    problem = None
    for _ in range(_MOST_LAYERS):
        if not body.startswith(_MAGIC):
            break
        body, problem = _one_layer(body, url, limit)
    if len(body) > limit:
        raise UnreadableEntryPoint(url, f"larger than {limit // 2**20} MB")
    return body, problem


def _one_layer(body: bytes, url: str, limit: int) -> tuple[bytes, str | None]:
    unpacked = b""
    while body.startswith(_MAGIC):
        member = zlib.decompressobj(_GZIP_WINDOW)
        try:
            unpacked += member.decompress(body, limit + 1 - len(unpacked))
        except zlib.error as error:
            if unpacked:
                return unpacked, "damaged gzip"
            raise UnreadableEntryPoint(url, "damaged gzip") from error
        if len(unpacked) > limit:
            raise UnreadableEntryPoint(url, f"larger than {limit // 2**20} MB when unpacked")
        if not member.eof and not unpacked:
            raise UnreadableEntryPoint(url, "damaged gzip")
        if not member.eof:
            return unpacked, "gzip cut short"
        body = member.unused_data
    return unpacked, None
