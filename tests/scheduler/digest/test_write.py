from __future__ import annotations

import errno
import os
import resource
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from scheduler.digest.errors import DigestFileError, UnknownFormat
from scheduler.digest.write import write_digest
from storage.errors import KhabarError
from tests.scheduler.digest.builders import article, digest_of

DIGEST = digest_of(article())
OTHER = digest_of(article("Another"), article(), article())


@pytest.fixture
def full_disk() -> Iterator[None]:
    """No file can grow beyond 64 bytes: a write fails in its middle, as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (64, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_files_are_named_by_the_day_and_the_format(tmp_path):
    paths = write_digest(DIGEST, ["html", "txt", "html"], tmp_path)

    assert paths == [tmp_path / "khabar-2026-11-21.html", tmp_path / "khabar-2026-11-21.txt"]
    assert sorted(tmp_path.iterdir()) == sorted(paths)


def test_the_folder_is_made(tmp_path):
    (path,) = write_digest(DIGEST, ["md"], tmp_path / "new" / "folder")

    assert path.read_text(encoding="utf-8").startswith("# Khabar")


def test_an_older_digest_of_the_day_is_replaced(tmp_path):
    write_digest(DIGEST, ["json"], tmp_path)
    (path,) = write_digest(OTHER, ["json"], tmp_path)

    assert "Another" in path.read_text(encoding="utf-8")


def test_others_may_read_a_digest_as_the_umask_allows(tmp_path):
    before = os.umask(0o027)
    try:
        (path,) = write_digest(DIGEST, ["txt"], tmp_path)
    finally:
        os.umask(before)

    assert path.stat().st_mode & 0o777 == 0o640


def test_a_link_is_replaced_and_what_it_leads_to_is_untouched(tmp_path):
    target = tmp_path / "elsewhere"
    target.write_text("mine")
    (tmp_path / "khabar-2026-11-21.txt").symlink_to(target)

    (path,) = write_digest(DIGEST, ["txt"], tmp_path)

    assert (target.read_text(), path.is_symlink()) == ("mine", False)


def test_a_full_disk_leaves_the_older_digest_and_no_rest(tmp_path, full_disk):
    path = tmp_path / "khabar-2026-11-21.html"
    path.write_text("older")

    with pytest.raises(DigestFileError, match=r"khabar-2026-11-21\.html: cannot be written: File too large"):
        write_digest(DIGEST, ["html"], tmp_path)

    assert ([one.name for one in tmp_path.iterdir()], path.read_text()) == ([path.name], "older")


@pytest.mark.parametrize("folder", ["file", "file/below"])
def test_a_folder_that_cannot_be_one_is_a_one_line_error(tmp_path, folder):
    (tmp_path / "file").write_text("not a folder")

    with pytest.raises(KhabarError, match=r"^[^\n]+cannot be written: [^\n]+$"):
        write_digest(DIGEST, ["txt"], tmp_path / folder)


def test_a_folder_in_the_place_of_the_file_is_a_one_line_error(tmp_path):
    (tmp_path / "khabar-2026-11-21.txt").mkdir()

    with pytest.raises(DigestFileError, match=os.strerror(errno.EISDIR)):
        write_digest(DIGEST, ["txt"], tmp_path)

    assert [one.name for one in tmp_path.iterdir()] == ["khabar-2026-11-21.txt"]


def test_nothing_is_written_when_one_format_is_unknown(tmp_path):
    with pytest.raises(UnknownFormat):
        write_digest(DIGEST, ["txt", "pdf"], tmp_path)

    assert list(tmp_path.iterdir()) == []


def test_a_reader_never_sees_half_a_file(tmp_path):
    (path,) = write_digest(DIGEST, ["txt"], tmp_path)
    whole = {path.read_bytes()}
    (path,) = write_digest(OTHER, ["txt"], tmp_path)
    whole.add(path.read_bytes())
    seen: set[bytes] = set()
    done = threading.Event()

    def read(path: Path) -> None:
        while not done.is_set():
            seen.add(path.read_bytes())

    reader = threading.Thread(target=read, args=(path,))
    reader.start()
    for number in range(25):
        write_digest((DIGEST, OTHER)[number % 2], ["txt"], tmp_path)
    done.set()
    reader.join()

    assert seen <= whole


def test_files_of_other_profiles_have_their_name(tmp_path):
    (path,) = write_digest(digest_of(article(), name="embassy"), ["txt"], tmp_path)

    assert path.name == "khabar-embassy-2026-11-21.txt"
