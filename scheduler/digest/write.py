"""A digest as files: each is either the old one or the new one, never half of it."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from pathlib import Path
from secrets import token_hex

from scheduler.config import DAILY
from scheduler.digest.errors import DigestFileError
from scheduler.digest.model import Digest
from scheduler.digest.render import render


def write_digest(digest: Digest, formats: Iterable[str], folder: Path) -> list[Path]:
    """Write `digest` to `folder`, which is made if need be, as ``khabar-2026-11-21.html`` and so on.

    Profiles but the daily one are in the name: ``khabar-embassy-2026-11-21.html``.

    All formats are rendered before the first file is touched. Raises DigestFileError; the file that it names
    is then as it was before. Raises UnknownFormat.
    """
    rendered = {format: render(digest, format) for format in dict.fromkeys(formats)}
    paths = []
    for format, content in rendered.items():
        path = folder / file_name(digest.profile, digest.window.on, format)
        replace_file(path, content if isinstance(content, bytes) else content.encode("utf-8"))
        paths.append(path)
    return paths


def file_name(profile: str, on: date, format: str) -> str:
    """``khabar-2026-11-21.html``; of a further profile ``khabar-transport-2026-11-21.html``."""
    middle = "" if profile == DAILY else f"{profile}-"
    return f"khabar-{middle}{on}.{format}"


def replace_file(path: Path, content: bytes) -> None:
    """Put `content` at `path` in one step. A link at `path` is replaced, not followed. Raises DigestFileError."""
    # In the same folder: only within one file system does a rename replace the old file in one step.
    temporary = path.with_name(f".{path.name}.{token_hex(4)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
        _sync_folder(path.parent)
    except OSError as error:
        with suppress(OSError):  # the first error says why; this one would only hide it
            temporary.unlink(missing_ok=True)
        raise DigestFileError(path, error.strerror or str(error)) from error


def _sync_folder(folder: Path) -> None:
    """Make the new name survive a power cut, as the content does."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
