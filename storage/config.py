"""Reading khabar.toml: one file, overridden by ``KHABAR_SECTION__KEY`` variables, all mistakes reported at once.

Each package declares its own section as a pydantic model; this module only knows how to read any of them.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from storage.errors import ConfigError
from storage.toml_lines import Lines

MAX_FILE_BYTES = 1_000_000
LONGEST_SHOWN = 200
"""Characters of a wrong value that a message repeats."""
ENV_PREFIX = "KHABAR_"
CONFIG_VARIABLE = "KHABAR_CONFIG"
"""Names the configuration file; child processes inherit it."""
DEFAULT_FILE = "khabar.toml"
FEWEST_DAYS, MOST_DAYS = 30, 36_500
"""Between these the archive may be told to forget."""


class Section(BaseModel):
    """A section of khabar.toml: unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _long_enough(days: int) -> int:
    # A digest compares with the last 28 days, and stories are still being told for some days.
    if days and not FEWEST_DAYS <= days <= MOST_DAYS:
        raise ValueError(f"must be 0, or from {FEWEST_DAYS} to {MOST_DAYS}")
    return days


class DatabaseConfig(Section):
    """``[database]``."""

    url: str = "sqlite:///khabar.db"
    """SQLAlchemy URL: ``sqlite:///file`` or ``postgresql://user:password@host/name``."""
    keep_days: Annotated[int, AfterValidator(_long_enough)] = 0
    """Articles that no digest showed are deleted when they are older; 0: nothing ever is."""
    free_mb: Annotated[int, Field(ge=0, le=1_000_000)] = 100
    """With less room on the disk no crawl, digest or backup is begun: a full disk cannot even be tidied up."""


def config_path(environ: Mapping[str, str], folder: Path) -> Path | None:
    """The file that KHABAR_CONFIG names, else khabar.toml in `folder`; None when there is neither."""
    if named := environ.get(CONFIG_VARIABLE):
        return Path(named)
    default = folder / DEFAULT_FILE
    return default if default.is_file() else None


Model = TypeVar("Model", bound=BaseModel)


def read_config(model: type[Model], path: Path | None, environ: Mapping[str, str]) -> Model:
    """`model` from the file at `path` (defaults when None) and the environment.

    Raises ConfigError with every mistake: the file cannot be read, is not TOML, or does not fit the model.
    """
    where = str(path) if path else "configuration"
    text = _read_text(path) if path else ""
    values = _parse(text, where)
    variables = _from_environment(environ)
    for section, keys in variables.items():
        current = values.setdefault(section, {})
        if not isinstance(current, dict):
            raise ConfigError(where, [f"[{section}] must be a table"])
        current.update(keys)
    try:
        return model.model_validate(values)
    except ValidationError as error:
        lines = Lines(text)
        problems = [f"{_place(problem['loc'], lines, variables)}{_describe(problem)}" for problem in error.errors()]
        raise ConfigError(where, problems) from error


def _read_text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(MAX_FILE_BYTES + 1)
        if len(content) > MAX_FILE_BYTES:
            raise ConfigError(str(path), [f"is larger than {MAX_FILE_BYTES:,} bytes"])
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except OSError as error:
        raise ConfigError(str(path), [f"cannot be read: {error.strerror}"]) from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise ConfigError(str(path), [f"line {line}: is not UTF-8"]) from error


def _parse(text: str, where: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(where, [f"is not valid TOML: {error}"]) from error
    except RecursionError as error:
        raise ConfigError(where, ["is nested too deeply"]) from error


def _from_environment(environ: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """``KHABAR_CRAWL__DELAY_SECONDS=2`` as ``{"crawl": {"delay_seconds": 2}}``; values are JSON where they can be."""
    sections: dict[str, dict[str, Any]] = {}
    for name, text in environ.items():
        if not name.startswith(ENV_PREFIX) or "__" not in name:
            continue
        section, _, key = name.removeprefix(ENV_PREFIX).lower().partition("__")
        sections.setdefault(section, {})[key] = _json_or_text(text)
    return sections


def _json_or_text(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def _place(path: Sequence[str | int], lines: Lines, variables: Mapping[str, Mapping[str, Any]]) -> str:
    """Where a key was set: by a variable, or on a line of the file."""
    section, key = (*(str(part) for part in path), "", "")[:2]
    if key in variables.get(section, {}):
        return f"{ENV_PREFIX}{section.upper()}__{key.upper()}: "
    return f"line {lines.find(path)}: "


def _describe(problem: Mapping[str, Any]) -> str:
    path = ".".join(str(part) for part in problem["loc"])
    if problem["type"] == "extra_forbidden":
        return f"{path}: unknown key"
    # pydantic puts the kind of error before our own words.
    return f"{path}: {problem['msg'].removeprefix('Value error, ')} (got {repr(problem['input'])[:LONGEST_SHOWN]})"
