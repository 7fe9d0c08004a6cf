"""The replica web as a process of its own: ``python -m tests.replica --sources FILE --ready-file FILE``.

It writes the source registry for its port, then the ready file (JSON: port, now, sources, allow_addresses),
prints the same, and runs until SIGTERM or SIGINT.
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
import threading
from datetime import datetime
from pathlib import Path

from tests.replica.registry import ALLOWED, sources_toml
from tests.replica.server import Replica


def main() -> None:
    options = _parser().parse_args()
    stopping = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda _number, _frame: stopping.set())
    with Replica().start(port=options.port, now=options.now) as replica:
        if options.sources:
            options.sources.write_text(sources_toml(replica.port), encoding="utf-8")
        facts = json.dumps(
            {
                "port": replica.port,
                "now": replica.now.isoformat(),
                "sources": str(options.sources) if options.sources else None,
                "allow_addresses": [ALLOWED],
            }
        )
        if options.ready_file:
            _write_whole(options.ready_file, facts)
        sys.stdout.write(facts + "\n")
        sys.stdout.flush()
        stopping.wait()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.replica", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0: any that is free")
    parser.add_argument("--now", type=datetime.fromisoformat, help="the replica's clock, with an offset")
    parser.add_argument("--sources", type=Path, help="where to write the source registry")
    parser.add_argument("--ready-file", type=Path, help="where to write port and clock once it answers")
    return parser


def _write_whole(path: Path, text: str) -> None:
    """Whoever waits for the file must not see half of it."""
    part = path.with_name(path.name + ".part")
    part.write_text(text, encoding="utf-8")
    part.replace(path)


if __name__ == "__main__":
    main()
