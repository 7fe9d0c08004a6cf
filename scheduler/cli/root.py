"""The application itself, and what all of its commands share: the configuration and the open archive."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from scheduler.config import AppConfig
    from storage.session import Storage

app = typer.Typer(
    name="khabar",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # Rich's frames cost a tenth of a second a start
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="News on ties between Azerbaijan and Central Asia: crawl, tag, store, and a daily digest.",
)

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of text for people.")]


@dataclass
class State:
    """What the options before the command say."""

    config_file: Path | None = None


state = State()


def _print_version(is_asked: bool) -> None:
    if is_asked:
        from importlib.metadata import version

        typer.echo(f"khabar {version('khabar')}")
        raise typer.Exit


@app.callback()
def root(
    context: typer.Context,
    config: Annotated[
        Path | None, typer.Option("--config", metavar="FILE", help="Configuration; default: khabar.toml here.")
    ] = None,
    show_version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_print_version, help="Print the version.")
    ] = False,
) -> None:
    """News on ties between Azerbaijan and Central Asia: crawl, tag, store, and a daily digest."""
    state.config_file = config
    # A reader that went away, or a full disk, must show while errors are still told.
    context.call_on_close(lambda: sys.stdout and sys.stdout.flush())


def configuration() -> AppConfig:
    """The configuration, read and checked. Raises ConfigError."""
    from scheduler.config import load_config

    return load_config(state.config_file)


@contextmanager
def archive(*, upgrade: bool = True) -> Iterator[Storage]:
    """The database of the configuration, closed at the end. Raises StorageError."""
    from storage.session import open_storage

    storage = open_storage(configuration().database.url, upgrade=upgrade)
    try:
        yield storage
    finally:
        storage.close()
