"""Who takes part: how each is started on a prepared folder, and which version of it that is."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.outlets import NETWORK

_RUNNERS = Path(__file__).with_name("runners")


@dataclass(frozen=True, slots=True)
class Tools:
    """Where everything is installed."""

    khabar: Path
    """Its Python."""
    peers: Path
    """Folder with an environment for each file of requirements/, since the others do not agree on versions."""

    def peer(self, name: str) -> str:
        """The Python of one of the others."""
        return str(self.peers / name / "bin" / "python")


@dataclass(frozen=True, slots=True)
class Contender:
    """`environment` is where its packages are; `command` works in a folder; `collect` then writes ``found.jsonl``,
    when the command has not."""

    name: str
    environment: str
    packages: tuple[str, ...]
    command: Callable[[Tools, Path], list[str]]
    collect: Callable[[Tools, Path], None] = lambda _tools, _folder: None


def khabar(tools: Tools, folder: Path) -> list[str]:
    """The command line of Khabar with the configuration in `folder`."""
    return [str(tools.khabar), "-m", "scheduler", "--config", str(folder / "khabar.toml")]


def write_khabar_files(folder: Path, homes: dict[str, str], articles: int) -> None:
    """``khabar.toml`` and its sources: `homes` with their languages. Nothing waits, and nothing is left for later."""
    sources = "".join(
        f'[outlet{number}]\nname = "Outlet {number}"\nlanguage = "{language}"\nhome = "{home}/"\n'
        f'feeds = ["{home}/rss.xml"]\nsitemaps = ["{home}/sitemap.xml"]\n\n'
        for number, (home, language) in enumerate(homes.items(), start=1)
    )
    (folder / "sources.toml").write_text(sources)
    (folder / "khabar.toml").write_text(
        f'[database]\nurl = "sqlite:///{folder}/khabar.db"\n\n'
        f'[crawl]\nsources = ["{folder}/sources.toml"]\nallow_addresses = ["{NETWORK}"]\ndelay_seconds = 0\n'
        f"pages_per_source = {articles + 1}\nsource_seconds = 7200\n"
    )


def versions(tools: Tools, contender: Contender) -> str:
    """Of the packages that do the work."""
    python = tools.peer(contender.environment) if contender.environment else str(tools.khabar)
    code = "import sys, importlib.metadata as m; print(', '.join(f'{p} {m.version(p)}' for p in sys.argv[1:]))"
    asked = subprocess.run([python, "-c", code, *contender.packages], capture_output=True, text=True, check=True)
    return asked.stdout.strip()


def _export(tools: Tools, folder: Path) -> None:
    exported = subprocess.run(
        [*khabar(tools, folder), "export", "--format", "jsonl"], capture_output=True, text=True, check=True
    )
    with (folder / "found.jsonl").open("w", encoding="utf-8") as found:
        for line in exported.stdout.splitlines():
            article = json.loads(line)
            found.write(json.dumps({"url": article["url"], "text": article["text"]}) + "\n")


def _peer(name: str, environment: str, runner: str, *arguments: str) -> Contender:
    def command(tools: Tools, folder: Path) -> list[str]:
        return [tools.peer(environment), str(_RUNNERS / f"{runner}.py"), str(folder), *arguments]

    return Contender(name, environment, _PACKAGES[environment], command)


_PACKAGES = {
    "trafilatura": ("scrapy", "trafilatura"),
    "newspaper4k": ("newspaper4k",),
    "news-please": ("news-please",),
}
CONTENDERS = (
    Contender(
        "khabar", "", ("scrapy", "trafilatura"), lambda tools, folder: [*khabar(tools, folder), "crawl"], _export
    ),
    _peer("scrapy + trafilatura", "trafilatura", "scrapy_spider"),
    _peer("trafilatura", "trafilatura", "trafilatura_command"),
    _peer("newspaper4k", "newspaper4k", "newspaper4k"),
    _peer("news-please", "news-please", "news_please"),
    _peer("download alone", "trafilatura", "scrapy_spider", "download"),
    _peer("extraction alone", "trafilatura", "pure_trafilatura"),
)
