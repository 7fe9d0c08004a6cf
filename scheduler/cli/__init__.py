"""The command line, ``khabar``. A command parses, calls one function, prints; imports wait until it runs."""

from __future__ import annotations

import signal
import sys
from contextlib import suppress
from types import FrameType

from scheduler.cli import (
    articles,
    crawling,
    database,
    deliveries,
    digests,
    evaluation,
    learning,
    marks,
    operations,
    sources,
    texts,
)
from scheduler.cli.output import complain, prepare_streams
from scheduler.cli.root import app as commands
from storage.errors import KhabarError

for module in (
    operations,
    crawling,
    digests,
    deliveries,
    sources,
    texts,
    articles,
    marks,
    evaluation,
    learning,
    database,
):
    module.register(commands)


def app() -> None:
    """Run the command line.

    Exit codes: 1 for a known error, told in one line on stderr (and for a reader of our output that went away);
    2 for wrong usage; 130 and 143 for Ctrl-C and SIGTERM; those of a command are told in its help.
    """
    prepare_streams()
    signal.signal(signal.SIGTERM, _stop)
    try:
        commands()
    except KhabarError as error:
        complain(error)
        sys.exit(1)
    except OSError as error:
        complain(error)
        if sys.stdout:
            with suppress(OSError):
                sys.stdout.close()  # else what it could not write is tried again at exit, and told once more
        sys.exit(1)


def _stop(number: int, _frame: FrameType | None) -> None:
    """As with Ctrl-C, what is under way is put away first: the crawl's process, folders that are only for now."""
    sys.exit(128 + number)
