"""The command line, ``khabar``. A command parses, calls one function, prints; imports wait until it runs."""

from __future__ import annotations

import sys

from scheduler.cli import articles, crawling, database, digests, evaluation, operations, sources, texts
from scheduler.cli.root import app as commands
from storage.errors import KhabarError

for module in (operations, crawling, digests, sources, texts, articles, evaluation, database):
    module.register(commands)


def app() -> None:
    """Run the command line. A known error is one line on stderr and exit code 1; Ctrl-C ends with 130."""
    try:
        commands()
    except KhabarError as error:
        sys.stderr.write(f"khabar: {error}\n")
        sys.exit(1)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except KeyboardInterrupt:
        sys.exit(130)
