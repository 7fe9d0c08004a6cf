"""The commented khabar.toml that ``khabar init`` writes. The same text is khabar.example.toml in the repository."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from storage.errors import ConfigError

NAME = "khabar.example.toml"


def example_text() -> str:
    """The example: every section and key, with its default and its meaning."""
    return files("scheduler").joinpath(NAME).read_text(encoding="utf-8")


def write_example(path: Path, *, replace: bool) -> None:
    """Write the example to `path`. Raises ConfigError when a file is there, or the folder cannot be written."""
    try:
        with path.open("w" if replace else "x", encoding="utf-8") as out:
            out.write(example_text())
    except FileExistsError as error:
        raise ConfigError(str(path), ["is there already; --force replaces it"]) from error
    except OSError as error:
        raise ConfigError(str(path), [f"cannot be written: {error.strerror}"]) from error
