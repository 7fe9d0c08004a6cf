from __future__ import annotations

from datetime import timedelta

from storage.records import RobotsFile
from storage.session import Storage
from tests.factories import NOW

ORIGIN = "https://herald.example:443"


def test_the_last_read_file_counts(storage: Storage) -> None:
    old = RobotsFile(origin=ORIGIN, status=503, body=b"", fetched_at=NOW - timedelta(days=1))
    new = RobotsFile(origin=ORIGIN, status=200, body=b"User-agent: *\nDisallow: /\xff\x00", fetched_at=NOW)

    with storage.begin() as db:
        db.robots.put(old)
        db.robots.put(new)

    with storage.read() as db:
        assert db.robots.get(ORIGIN) == new
        assert db.robots.get("https://beacon.example:443") is None
