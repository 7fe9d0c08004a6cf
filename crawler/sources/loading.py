"""Reading source files: all mistakes of all files at once, each with file, line, source and key."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from crawler.errors import SourceFileError, UnknownSource
from crawler.sources.building import build_source
from crawler.sources.explaining import explain
from crawler.sources.schema import FileKeys, SourceKeys
from crawler.sources.source import Source
from storage.toml_lines import Lines

REGISTRY = Path(__file__).parent / "registry"
"""The built-in source files."""
MAX_FILE_BYTES = 1_000_000
SOURCE_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")


@dataclass(slots=True)
class _Reading:
    """What has been read so far."""

    sources: dict[str, Source] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    """Where each id was declared first, whether or not that declaration is right."""
    problems: list[str] = field(default_factory=list)


def load_sources(paths: Sequence[Path] = ()) -> dict[str, Source]:
    """The sources of these files and folders (of ``*.toml``), sorted by id; the built-in registry when empty.

    Raises SourceFileError with every mistake in every file.
    """
    reading = _Reading()
    for file in _files(paths or [REGISTRY], reading):
        _read_file(file, reading)
    if reading.problems:
        raise SourceFileError(reading.problems)
    return dict(sorted(reading.sources.items()))


def select(sources: Mapping[str, Source], ids: Iterable[str]) -> dict[str, Source]:
    """The sources with these ids, in that order; all that are not off when there are none.

    Raises UnknownSource for an id that is not there.
    """
    wanted = list(ids)
    if not wanted:
        return {id: source for id, source in sources.items() if source.off is None}
    for id in wanted:
        if id not in sources:
            raise UnknownSource(id, _near(id, sources))
    return {id: sources[id] for id in wanted}


def _near(text: str, sources: Mapping[str, Source]) -> list[str]:
    """What may be meant: people type the host of a site, or misspell its id."""
    owners = [source.id for source in sources.values() if source.owns(f"https://{text}/")]
    return owners[:3] or get_close_matches(text.lower(), sources, n=3)


def _files(paths: Iterable[Path], reading: _Reading) -> list[Path]:
    """The files that `paths` name, each once, though a folder and a file in it may both be given."""
    files: dict[Path, Path] = {}
    for path in paths:
        found = sorted(path.glob("*.toml")) if path.is_dir() else [path]
        if not found:
            reading.problems.append(f"{path}: holds no *.toml file")
        files.update({file.resolve(): file for file in found if file.resolve() not in files})
    return list(files.values())


def _read_file(file: Path, reading: _Reading) -> None:
    try:
        text = _text(file)
        tables = tomllib.loads(text)
    except OSError as error:
        reading.problems.append(f"{file}: cannot be read: {error.strerror}")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        reading.problems.append(f"{file}:{line}: is not UTF-8")
    except tomllib.TOMLDecodeError as error:
        reading.problems.append(_syntax_problem(file, text, error))
    except RecursionError:
        reading.problems.append(f"{file}: is nested too deeply")
    except ValueError as error:
        reading.problems.append(f"{file}: {error}")
    else:
        _read_tables(file, tables, Lines(text), reading)


def _text(file: Path) -> str:
    """Raises OSError, UnicodeDecodeError, or ValueError for a file that is too large."""
    with file.open("rb") as stream:
        content = stream.read(MAX_FILE_BYTES + 1)
    if len(content) > MAX_FILE_BYTES:
        raise ValueError(f"is larger than {MAX_FILE_BYTES:,} bytes")
    return content.decode("utf-8-sig").replace("\r\n", "\n")


def _syntax_problem(file: Path, text: str, error: tomllib.TOMLDecodeError) -> str:
    message = str(error)
    at = re.search(r" \(at (?:line (\d+), column \d+|end of document)\)$", message)
    line = (at and at[1]) or text.rstrip("\n").count("\n") + 1
    return f"{file}:{line}: is not valid TOML: {message[: at.start()] if at else message}"


def _read_tables(file: Path, tables: Mapping[str, Any], lines: Lines, reading: _Reading) -> None:
    shared = _shared(file, tables, lines, reading)
    for id, table in tables.items():
        if id in FileKeys.model_fields and not isinstance(table, dict):
            continue
        where = f"{file}:{lines.find([id])}"
        if not SOURCE_ID.fullmatch(id):
            reading.problems.append(f"{where}: [{id}] an id is made of small letters, digits and hyphens (64 at most)")
        elif not isinstance(table, dict):
            reading.problems.append(f"{where}: [{id}] must be a table: begin the source with a line [id]")
        elif id in reading.places:
            reading.problems.append(f"{where}: [{id}] is declared already at {reading.places[id]}")
        else:
            reading.places[id] = where
            _read_source(file, id, {**shared, **table}, lines=lines, reading=reading)


def _shared(file: Path, tables: Mapping[str, Any], lines: Lines, reading: _Reading) -> dict[str, Any]:
    """What the keys before the first table say for every source of the file; nothing of it that is wrong."""
    given = {key: tables[key] for key in FileKeys.model_fields if key in tables and not isinstance(tables[key], dict)}
    try:
        FileKeys.model_validate(given)
    except ValidationError as error:
        for problem in explain(error):
            reading.problems.append(f"{file}:{lines.find(problem.path)}: {problem.text}")
            given.pop(str(problem.path[0]), None)
    return given


def _read_source(file: Path, id: str, table: Mapping[str, Any], *, lines: Lines, reading: _Reading) -> None:
    try:
        keys = SourceKeys.model_validate(table)
    except ValidationError as error:
        for problem in explain(error):
            line = lines.find([id, *problem.path], problem.value)
            reading.problems.append(f"{file}:{line}: [{id}] {problem.text}")
    else:
        reading.sources[id] = build_source(id, keys, where=reading.places[id])
