"""A folder of digests."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import html5lib
import pytest

from scheduler.config import AppConfig
from scheduler.delivery.outbox import deliver_due
from scheduler.delivery.past_digests import index_page, outdated, past_digests
from scheduler.digest.write import file_name
from storage.session import Storage
from tests.scheduler.delivery.post import NOW, a_digest, queue

NAMES = [
    "khabar-2026-11-20.html",
    "khabar-2026-11-21.html",
    "khabar-2026-11-21.txt",
    "khabar-my-pairs-2026-11-21.html",
    "khabar-2026-13-21.html",
    "khabar.db",
    "index.html",
    "khabar-2026-11-21.html.bak",
    ".khabar-2026-11-21.html.1a2b3c4d",
]


@pytest.mark.parametrize(
    ("profile", "name"), [("daily", "khabar-2026-11-21.html"), ("my-pairs", "khabar-my-pairs-2026-11-21.html")]
)
def test_a_name_tells_profile_and_day(profile: str, name: str) -> None:
    assert file_name(profile, date(2026, 11, 21), "html") == name
    assert [(each.profile, each.file("html")) for each in past_digests([name])] == [(profile, name)]


def test_only_what_is_called_like_a_digest_is_one() -> None:
    found = [(str(each.on), each.profile, each.formats) for each in past_digests(NAMES)]
    assert found == [
        ("2026-11-21", "daily", ("html", "txt")),
        ("2026-11-21", "my-pairs", ("html",)),
        ("2026-11-20", "daily", ("html",)),
    ]


@pytest.mark.parametrize(("keep_days", "old"), [(0, []), (1, ["2026-11-20"]), (2, [])])
def test_what_is_older_than_it_is_kept_is_outdated(keep_days: int, old: list[str]) -> None:
    found = outdated(past_digests(NAMES), "daily", date(2026, 11, 22), keep_days=keep_days)
    assert [str(each.on) for each in found] == old


def test_the_index_links_to_every_file_the_newest_first() -> None:
    page = html5lib.parse(index_page(past_digests(NAMES)), namespaceHTMLElements=False)
    assert [link.get("href") for link in page.iter("a")] == [
        "khabar-2026-11-21.html",
        "khabar-2026-11-21.txt",
        "khabar-my-pairs-2026-11-21.html",
        "khabar-2026-11-20.html",
    ]


def test_the_folder_keeps_the_last_days_and_what_is_not_ours(sqlite_storage: Storage, tmp_path: Path) -> None:
    (tmp_path / "khabar-notes.txt").write_text("mine")
    config = AppConfig.model_validate(
        {"digest": {"channels": ["file"], "folder": tmp_path, "formats": ["html"], "keep_days": 2}}
    )
    for days in range(5):
        queue(sqlite_storage, config, a_digest(days))
        deliver_due(sqlite_storage, config, now=NOW + timedelta(days=days))
    kept = sorted(path.name for path in tmp_path.glob("*.html"))
    assert kept == ["index.html", *(f"khabar-2026-11-{day}.html" for day in (23, 24, 25))]
    assert (tmp_path / "khabar-notes.txt").read_text() == "mine"
    assert "khabar-2026-11-22" not in (tmp_path / "index.html").read_text()
