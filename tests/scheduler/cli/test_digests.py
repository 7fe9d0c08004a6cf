"""``khabar digest``: days without news, forms, and what stands in the way of sending."""

from __future__ import annotations

from pathlib import Path

from tests.scheduler.cli.conftest import CONFIGURATION
from tests.scheduler.cli.shell import Shell


def names(folder: str) -> set[str]:
    return {path.name for path in Path(folder).iterdir()}


def test_a_day_without_articles_has_a_digest_too(shell: Shell) -> None:
    done = shell.khabar("digest", "--on", "2026-01-02")
    assert (done.code, "no stories" in done.out) == (0, True)
    assert names("digests") == {f"khabar-2026-01-02.{form}" for form in ("html", "txt", "md", "json", "atom")}


def test_only_what_is_asked_for_is_written_and_its_place_is_told(shell: Shell) -> None:
    done = shell.khabar("digest", "--on", "2026-01-02", "--format", "txt, html,txt", "--out", "elsewhere")
    assert names("elsewhere") == {"khabar-2026-01-02.txt", "khabar-2026-01-02.html"}
    assert "  elsewhere/khabar-2026-01-02.txt" in done.out.splitlines()


def test_status_names_the_last_digest(shell: Shell) -> None:
    shell.khabar("digest", "--profile", "daily", "--on", "2026-01-02")
    assert "last digest: 2026-01-02" in shell.khabar("status").out


def test_a_look_at_a_day_is_no_digest_that_readers_got(shell: Shell) -> None:
    shell.khabar("digest", "--on", "2026-01-02")
    assert "no digest yet" in shell.khabar("status").out


def test_a_digest_that_cannot_be_sent_is_written_all_the_same(shell: Shell) -> None:
    done = shell.khabar("digest", "--on", "2026-01-02", "--send")
    assert (done.code, len(done.lines)) == (1, 1)
    assert "set email.host, email.sender, email.to" in done.err
    assert "khabar-2026-01-02.html" in names("digests")


PROFILES = """
[digest]
formats = ["txt"]

[[digests]]
name = "daily"

[[digests]]
name = "embassy"
pairs = ["AZ-KG"]
language = "ru"
zone = "Asia/Bishkek"
days = ["mon", "fri"]
folder = "embassy"
empty = "silent"

[[digests]]
name = "newsroom"
language = "az"
"""


def test_each_profile_has_its_folder_name_and_language(shell: Shell) -> None:
    shell.write("khabar.toml", CONFIGURATION + PROFILES.replace('empty = "silent"', ""))
    for name in ("embassy", "newsroom"):
        assert shell.khabar("digest", "--profile", name, "--on", "2026-01-02").code == 0
    assert (names("embassy"), names("digests")) == (
        {"khabar-embassy-2026-01-02.txt"},
        {"khabar-newsroom-2026-01-02.txt"},
    )
    assert "АЗЕРБАЙДЖАН И КЫРГЫЗСТАН" in Path("embassy/khabar-embassy-2026-01-02.txt").read_text().upper()
    assert "MÜQAYİSƏ" in Path("digests/khabar-newsroom-2026-01-02.txt").read_text().upper().replace("I", "İ")


def test_a_profile_that_keeps_silent_on_empty_days_writes_nothing(shell: Shell) -> None:
    shell.write("khabar.toml", CONFIGURATION + PROFILES)
    done = shell.khabar("digest", "--profile", "embassy", "--on", "2026-01-02")
    assert (done.code, "nothing on 2026-01-02" in done.out) == (0, True)
    assert not Path("embassy").exists()


def test_a_day_without_a_slot_is_told_and_left_out(shell: Shell) -> None:
    shell.write("khabar.toml", CONFIGURATION + PROFILES)
    done = shell.khabar("digest", "--profile", "embassy", "--on", "2026-01-03")
    assert (done.code, done.lines) == (0, ["khabar: embassy has no digest on 2026-01-03: its days are mon, fri"])


def test_an_unknown_profile_is_wrong_usage_that_names_those_there_are(shell: Shell) -> None:
    done = shell.khabar("digest", "--profile", "weekly")
    assert (done.code, "choose from daily" in done.err) == (2, True)


def test_explain_prints_the_formula_of_a_digest(shell: Shell) -> None:
    done = shell.khabar("explain", "--digest", "--on", "2026-01-02")
    assert (done.code, "importance = independent outlets" in done.out) == (0, True)
    assert (
        shell.khabar("explain", "--digest", "--profile", "daily", "--on", "2026-01-02", "--json").json["stories"] == []
    )
    assert "no digest yet" in shell.khabar("status").out


def test_explain_without_anything_to_explain_is_wrong_usage(shell: Shell) -> None:
    assert shell.khabar("explain").code == 2
