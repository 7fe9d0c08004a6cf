"""The README stays true: it names every command, setting and source key, and its example source is valid."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from pydantic import BaseModel

from crawler.sources import SOURCE_KEYS, load_sources
from scheduler.cli import commands
from scheduler.config import AppConfig, DigestConfig, Profile

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = typer.main.get_command(commands)


def command_names(group: object = COMMANDS, prefix: str = "khabar") -> Iterator[str]:
    for name, command in getattr(group, "commands", {}).items():
        if hasattr(command, "commands"):
            yield from command_names(command, f"{prefix} {name}")
        else:
            yield f"{prefix} {name}"


def settings() -> Iterator[str]:
    for section, field in AppConfig.model_fields.items():
        if section == "digests":  # the keys of [digest] and some of its own
            yield from (f"digests.{key}" for key in Profile.model_fields.keys() - DigestConfig.model_fields.keys())
            continue
        assert isinstance(field.annotation, type)
        assert issubclass(field.annotation, BaseModel)
        for key in field.annotation.model_fields:
            yield f"{section}.{key}"


@pytest.mark.parametrize("command", sorted(command_names()))
def test_the_readme_names_each_command(command: str) -> None:
    assert f"`{command}`" in README


@pytest.mark.parametrize("setting", sorted(settings()))
def test_the_readme_names_each_setting(setting: str) -> None:
    assert f"`{setting}`" in README


@pytest.mark.parametrize("setting", sorted(settings()))
def test_the_example_configuration_has_each_setting(setting: str) -> None:
    section, _, key = setting.partition(".")
    example = (ROOT / "scheduler" / "khabar.example.toml").read_text(encoding="utf-8")
    table = re.split(rf"^(?:# )?\[+{section}\]+$", example, maxsplit=1, flags=re.MULTILINE)[1].split("\n[", 1)[0]
    assert re.search(rf"^(# )?{key} = ", table, re.MULTILINE)


@pytest.mark.parametrize("key", sorted(SOURCE_KEYS))
def test_the_readme_names_each_source_key(key: str) -> None:
    assert f"`{key}`" in README


def test_the_source_of_the_readme_is_five_valid_lines(tmp_path: Path) -> None:
    block = next(block for block in re.findall(r"```toml\n(.*?)```", README, re.DOTALL) if "[herald]" in block)
    (tmp_path / "my-sources.toml").write_text(block, encoding="utf-8")
    assert list(load_sources([tmp_path / "my-sources.toml"])) == ["herald"]
    assert len([line for line in block.splitlines() if line and not line.startswith("#")]) == 5


def test_the_readme_opens_with_a_picture_that_is_there() -> None:
    path = re.search(r"!\[[^]]+\]\(([^)]+)\)", README)
    assert path
    assert (ROOT / path[1]).read_bytes().startswith(b"\x89PNG")
    assert README.index(path[0]) < README.index("## Start")


@pytest.mark.parametrize("command", sorted(command_names()))
def test_each_command_has_one_sentence_and_an_example(command: str) -> None:
    group: object = COMMANDS
    for name in command.split()[1:]:
        group = group.commands[name]  # type: ignore[attr-defined]
    text = str(getattr(group, "help", ""))
    assert re.search(r"Example: (khabar|KHABAR)", text), text
