"""``khabar digest --send`` and ``khabar deliveries``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.scheduler.cli.conftest import CONFIGURATION
from tests.scheduler.cli.shell import Shell
from tests.scheduler.delivery.post import ONE, TWO, Mailbox, mail_server

SEND = ("digest", "--on", "2026-01-02", "--send")


@pytest.fixture
def box(shell: Shell) -> Iterator[Mailbox]:
    """A mail server that the configuration names, with two readers."""
    box = Mailbox()
    with mail_server(box) as port:
        shell.write(
            "khabar.toml",
            f'{CONFIGURATION}\n[email]\nhost = "127.0.0.1"\nport = {port}\nsecurity = "none"\n'
            f'sender = "khabar@news.example"\nto = ["{ONE}", "{TWO}"]\n',
        )
        yield box


def test_sending_tells_each_outcome(shell: Shell, box: Mailbox) -> None:
    done = shell.khabar(*SEND)
    assert (done.code, sorted(box.recipients)) == (0, [ONE, TWO])
    assert [line.partition(":")[0] for line in done.out.splitlines()[-3:]] == [
        "file digests",
        f"email {ONE}",
        f"email {TWO}",
    ]


def test_sending_twice_sends_once(shell: Shell, box: Mailbox) -> None:
    shell.khabar(*SEND)
    again = shell.khabar(*SEND)
    assert (again.code, "nobody gets it twice" in again.out, len(box.recipients)) == (0, True, 2)


def test_a_refusal_is_told_and_ends_with_1(shell: Shell, box: Mailbox) -> None:
    box.answers[TWO] = "550 5.1.1 no such mailbox"
    done = shell.khabar(*SEND)
    assert done.code == 1
    assert f"email {TWO}: refused" in done.err
    assert "550 5.1.1 no such mailbox" in done.err


def test_what_still_waits_ends_with_1(shell: Shell, box: Mailbox) -> None:
    box.answers[TWO] = "451 later"
    done = shell.khabar(*SEND)
    assert (done.code, f"email {TWO}: queued, tried 1 times" in done.err) == (1, True)


def test_deliveries_lists_states_and_words(shell: Shell, box: Mailbox) -> None:
    box.answers[TWO] = "550 5.1.1 no such mailbox"
    shell.khabar(*SEND)
    listed = shell.khabar("deliveries", "--json").json
    assert {each["recipient"]: each["state"] for each in listed} == {"digests": "sent", ONE: "sent", TWO: "refused"}
    assert "550 5.1.1 no such mailbox" in shell.khabar("deliveries").out


def test_retry_sends_what_was_refused(shell: Shell, box: Mailbox) -> None:
    box.answers[TWO] = "550 not yet"
    shell.khabar(*SEND)
    assert shell.khabar("deliveries", "--retry").code == 1
    box.answers.clear()
    assert shell.khabar("deliveries", "--retry").code == 0
    assert sorted(box.recipients) == [ONE, TWO]


def test_without_deliveries_it_says_so(shell: Shell) -> None:
    assert shell.khabar("deliveries").out == "nothing was queued\n"


def test_a_strange_duration_is_wrong_usage(shell: Shell) -> None:
    assert shell.khabar("deliveries", "--since", "soon").code == 2


def test_a_profile_for_the_folder_alone_is_delivered_there(shell: Shell) -> None:
    shell.write("khabar.toml", f'{CONFIGURATION}\n[digest]\nchannels = ["file"]\n')
    done = shell.khabar(*SEND)
    assert (done.code, Path("digests/index.html").is_file()) == (0, True)
