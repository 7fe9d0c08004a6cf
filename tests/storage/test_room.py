from __future__ import annotations

from pathlib import Path

import pytest

from storage.errors import StorageError
from storage.room import demand_room

NOBODY_HAS = 10**9


def test_a_disk_with_room_is_fine(tmp_path: Path) -> None:
    demand_room(f"sqlite:///{tmp_path}/khabar.db", 1)


def test_a_disk_without_room_is_told_with_what_is_left(tmp_path: Path) -> None:
    with pytest.raises(
        StorageError, match=r"khabar\.db: the disk is nearly full: \d+ MB left, and a crawl wants 10{9} "
    ):
        demand_room(f"sqlite:///{tmp_path}/khabar.db", NOBODY_HAS)


@pytest.mark.parametrize("url", ["postgresql://khabar@localhost/khabar", "sqlite:////nowhere/at/all/khabar.db"])
def test_what_is_not_on_a_disk_of_ours_is_left_to_itself(url: str) -> None:
    demand_room(url, NOBODY_HAS)
