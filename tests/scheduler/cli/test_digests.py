"""``khabar digest``: days without news, forms, and what stands in the way of sending."""

from __future__ import annotations

from pathlib import Path

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
    shell.khabar("digest", "--on", "2026-01-02")
    assert "last digest: 2026-01-02" in shell.khabar("status").out


def test_a_digest_that_cannot_be_sent_is_written_all_the_same(shell: Shell) -> None:
    done = shell.khabar("digest", "--on", "2026-01-02", "--send")
    assert (done.code, len(done.lines)) == (1, 1)
    assert "set email.host, email.sender, email.to" in done.err
    assert "khabar-2026-01-02.html" in names("digests")
