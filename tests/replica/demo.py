"""``make demo``: the real program on the replica web, from the first request to the digest, without a network."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.replica.registry import ALLOWED, sources_toml
from tests.replica.server import Replica

FOLDER = Path("demo")


def main() -> int:
    """Crawl the replica into an empty database, write the digest of today, and say where it is."""
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("khabar.db*"):
        old.unlink()
    with Replica().start() as replica:
        write_configuration(FOLDER, replica.port)
        sys.stdout.write(f"The replica web: {len(replica.outlets)} outlets on loopback, port {replica.port}\n")
        sys.stdout.flush()
        for command in (["crawl"], ["digest"]):
            code = subprocess.run([*khabar(FOLDER), *command], check=False).returncode
            if code:
                return code
    return 0


def write_configuration(folder: Path, port: int) -> Path:
    """``khabar.toml`` and ``sources.toml`` for a replica on `port`; everything that is written stays in `folder`."""
    (folder / "sources.toml").write_text(sources_toml(port), encoding="utf-8")
    place = folder.absolute()
    config = folder / "khabar.toml"
    config.write_text(
        f"""[database]
url = {json.dumps(f"sqlite:///{place}/khabar.db")}

[crawl]
sources = [{json.dumps(str(place / "sources.toml"))}]
allow_addresses = ["{ALLOWED}"]
delay_seconds = 0

[digest]
folder = {json.dumps(str(place / "digests"))}
""",
        encoding="utf-8",
    )
    return config


def khabar(folder: Path) -> list[str]:
    """The command line of this environment, with the configuration in `folder`."""
    return [sys.executable, "-m", "scheduler", "--config", str(folder / "khabar.toml")]


if __name__ == "__main__":
    sys.exit(main())
