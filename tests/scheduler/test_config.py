"""khabar.toml: defaults, overrides, and every mistake at once."""

from __future__ import annotations

import re
from datetime import time
from pathlib import Path

import pytest

from scheduler.config import AppConfig, load_config
from scheduler.example import example_text, write_example
from storage.errors import ConfigError


def write(folder: Path, text: str) -> Path:
    path = folder / "khabar.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_without_a_file_the_defaults_hold() -> None:
    assert load_config(None, {}) == AppConfig()


def test_the_example_says_the_defaults(tmp_path: Path) -> None:
    assert load_config(write(tmp_path, example_text()), {}) == AppConfig()


def test_the_example_is_not_written_over_a_file(tmp_path: Path) -> None:
    path = write(tmp_path, "mine")
    with pytest.raises(ConfigError, match="is there already"):
        write_example(path, replace=False)
    assert path.read_text(encoding="utf-8") == "mine"


def test_a_variable_overrides_the_file(tmp_path: Path) -> None:
    path = write(tmp_path, "[crawl]\ndelay_seconds = 2\n")
    config = load_config(path, {"KHABAR_CRAWL__DELAY_SECONDS": "0.5", "KHABAR_CRAWL__SOURCES": '["a.toml"]'})
    assert (config.crawl.delay_seconds, config.crawl.sources) == (0.5, (Path("a.toml"),))


def test_all_mistakes_are_named_at_once(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        '[crawl]\ndelay = 1\nworkers = "many"\nallow_addresses = ["127.0.0.1/4000"]\n'
        '[digest]\nzone = "Asia/Astana"\nformats = ["pdf"]\n[nonsense]\nx = 1\n',
    )
    with pytest.raises(ConfigError) as caught:
        load_config(path, {})
    problems = "\n".join(caught.value.problems)
    for key in (
        "crawl.delay",
        "crawl.workers",
        "crawl.allow_addresses",
        "digest.zone",
        "digest.formats",
        "nonsense",
    ):
        assert key in problems
    assert "digest.zone: unknown time zone; did you mean Asia/Almaty?" in problems
    assert "line 2: crawl.delay: unknown key" in problems
    assert "line 3: crawl.workers" in problems
    assert "line 8: nonsense: unknown key" in problems


def test_a_mistake_in_a_variable_names_the_variable() -> None:
    with pytest.raises(ConfigError, match=r"KHABAR_CRAWL__WORKERS: crawl\.workers"):
        load_config(None, {"KHABAR_CRAWL__WORKERS": "many"})


@pytest.mark.parametrize(
    "text", ["[crawl", "crawl = 1", "\x00", "[crawl]\n[crawl]\n", "x = " + "[" * 10_000, "#" * 2_000_000]
)
def test_a_broken_file_is_named(tmp_path: Path, text: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(ConfigError, match=r"khabar\.toml"):
        load_config(path, {})


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"gone\.toml: cannot be read"):
        load_config(tmp_path / "gone.toml", {})


def test_without_further_digests_there_is_one_as_the_digest_section_says(tmp_path: Path) -> None:
    path = write(tmp_path, '[digest]\nzone = "Asia/Almaty"\n[email]\nto = ["a@example.org"]\n')
    (only,) = load_config(path, {}).profiles
    assert (only.name, only.zone, only.to) == ("daily", "Asia/Almaty", ("a@example.org",))


def test_a_further_digest_is_as_the_digest_section_where_it_does_not_differ(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        '[digest]\nzone = "Asia/Almaty"\nat = "07:30"\n'
        '[[digests]]\nname = "all"\n'
        '[[digests]]\nname = "transport"\nzone = "Asia/Baku"\ntopics = ["transport"]\n',
    )
    everything, transport = load_config(path, {}).profiles
    assert (everything.zone, transport.zone) == ("Asia/Almaty", "Asia/Baku")
    assert everything.at == transport.at == time(7, 30)
    assert (everything.topics, transport.topics) == ((), ("transport",))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('[[digests]]\nname = "a"\n[[digests]]\nname = "a"\n', "two have the name 'a'"),
        ("[[digests]]\nto = []\n", "digests.0.name"),
        ('[[digests]]\nname = "../a"\n', "digests.0.name"),
        ('[digest]\nat = "25:00"\n', "digest.at"),
        ('[digest]\ndays = ["sonntag"]\n', "digest.days.0"),
        ("[digest]\ndays = []\n", "digest.days"),
    ],
)
def test_a_digest_that_cannot_be_is_refused_by_name(tmp_path: Path, text: str, problem: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(ConfigError, match=re.escape(problem)):
        load_config(path, {})


@pytest.mark.parametrize(
    "address",
    [
        "news",
        "a@b@c",
        "a@example.org, b@example.org",
        "a b@example.org",
        "a@пример.example",
        "a@example.org\r\nBcc: x@y",
    ],
)
def test_what_is_no_mail_address_is_refused_by_key(address: str) -> None:
    with pytest.raises(ValueError, match=r"email\.to\.0"):
        AppConfig.model_validate({"email": {"to": [address]}})


@pytest.mark.parametrize(
    "address", ["a@example.org", "Xəbər <a.b+c@mail.example.org>", '"News, daily" <a@example.org>']
)
def test_a_mail_address_may_have_a_name(address: str) -> None:
    assert AppConfig.model_validate({"email": {"sender": address}}).email.sender == address


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('[digest]\npairs = ["KZ-AZ"]\n', "no pair 'KZ-AZ' is watched; choose from AZ-KZ"),
        ('[[digests]]\nname = "embassy"\npairs = ["AZ-GE"]\n', "digests embassy: no pair 'AZ-GE' is watched"),
        ('[digest]\ntopics = ["oil"]\n', "unknown topic; choose from diplomacy"),
        ('[digest]\nlanguages = ["English"]\n', "digest.languages"),
    ],
)
def test_what_a_digest_cannot_show_is_an_error(tmp_path: Path, text: str, problem: str) -> None:
    path = tmp_path / "khabar.toml"
    path.write_text(text)

    with pytest.raises(ConfigError, match=re.escape(problem)):
        load_config(path, {})


def test_the_digest_table_alone_describes_a_profile_too() -> None:
    config = AppConfig.model_validate({"digest": {"pairs": ["AZ-KZ", "AZ-C5"]}, "digests": [{"name": "embassy"}]})

    assert (config.described.name, config.described.pairs) == ("daily", ("AZ-KZ", "AZ-C5"))
