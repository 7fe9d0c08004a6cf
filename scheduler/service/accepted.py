"""The configuration that the service works with: the files as they were when they were last found to be right.

Jobs run in processes of their own, which read their configuration from a file. They get a copy of what was accepted,
so that a file that is just being edited breaks nothing before the service is told to read it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from crawler.sources import Source, load_sources
from scheduler.config import AppConfig, load_config
from storage.config import DEFAULT_FILE, config_path
from storage.errors import ConfigError

SOURCES_VARIABLE = "KHABAR_CRAWL__SOURCES"


@dataclass(frozen=True, slots=True)
class Accepted:
    """A configuration without a mistake, its sources, and the texts of the files they come from."""

    config: AppConfig
    sources: Mapping[str, Source]
    text: bytes
    """Of khabar.toml; empty when there is none."""
    source_texts: tuple[bytes, ...]
    """Of the source files; empty when the built-in registry is used."""

    @property
    def in_use(self) -> list[str]:
        """The sources that are crawled."""
        return [key for key, source in self.sources.items() if not source.off]

    @contextmanager
    def laid_out(self) -> Iterator[tuple[Path, dict[str, str]]]:
        """The files, for a process that lives no longer than the block: khabar.toml, and variables to set."""
        with TemporaryDirectory(prefix="khabar-") as name:
            folder = Path(name)
            (folder / DEFAULT_FILE).write_bytes(self.text)
            if not self.source_texts:
                yield folder / DEFAULT_FILE, {}
                return
            sources = folder / "sources"
            sources.mkdir()
            for number, text in enumerate(self.source_texts):
                (sources / f"{number}.toml").write_bytes(text)
            yield folder / DEFAULT_FILE, {SOURCES_VARIABLE: json.dumps([str(sources)])}


def accept(config_file: Path | None) -> Accepted:
    """What the files say now. Raises ConfigError or SourceFileError with all mistakes, and changes nothing."""
    file = config_file or config_path(os.environ, Path.cwd())
    text = _read(file) if file else b""
    config = load_config(file)
    return Accepted(config, load_sources(config.crawl.sources), text, _source_texts(config.crawl.sources))


def _source_texts(paths: tuple[Path, ...]) -> tuple[bytes, ...]:
    files = [file for path in paths for file in (sorted(path.glob("*.toml")) if path.is_dir() else [path])]
    unique = {file.resolve(): file for file in files}
    return tuple(_read(file) for file in unique.values())


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise ConfigError(str(file), [f"cannot be read: {error.strerror}"]) from error
