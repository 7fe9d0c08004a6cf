from __future__ import annotations

from pathlib import Path

import pytest

from storage.errors import DiskFull
from storage.room import database_folders, demand_room

NOBODY_HAS = 10**9


def test_a_disk_with_room_is_fine(tmp_path: Path) -> None:
    demand_room([tmp_path], 1)


def test_a_disk_without_room_is_told_with_the_folder_what_is_left_and_the_key(tmp_path: Path) -> None:
    told = rf"{tmp_path}: the disk is nearly full: \d+ MB left, where 10{{9}} are wanted \(database\.free_mb\)"
    with pytest.raises(DiskFull, match=told):
        demand_room([tmp_path], NOBODY_HAS)


def test_a_folder_that_is_not_there_yet_is_judged_by_the_one_that_it_will_be_in(tmp_path: Path) -> None:
    with pytest.raises(DiskFull) as caught:
        demand_room([tmp_path / "a" / "b"], NOBODY_HAS)
    assert caught.value.folder == tmp_path


def test_only_a_database_in_a_file_needs_room_of_ours(tmp_path: Path) -> None:
    assert database_folders(f"sqlite:///{tmp_path}/khabar.db") == [tmp_path]
    assert database_folders("postgresql://khabar@localhost/khabar") == []
