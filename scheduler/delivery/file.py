"""Into a folder: the digest in each of its formats, beside those of other days and a page that lists them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from scheduler.config import Profile
from scheduler.delivery.channel import Connection, Fate, Parcel, Verdict
from scheduler.delivery.past_digests import INDEX, index_page, outdated, past_digests
from scheduler.digest.errors import DigestFileError
from scheduler.digest.model import Digest
from scheduler.digest.render import render
from scheduler.digest.write import file_name, replace_file


@dataclass(frozen=True, slots=True)
class FileChannel:
    """The folders of the profiles."""

    profiles: tuple[Profile, ...]

    def recipients(self, profile: Profile | None) -> tuple[str, ...]:
        """The folder; an alarm has none."""
        return () if profile is None else (str(profile.folder),)

    def digest_parts(self, digest: Digest, profile: Profile) -> Mapping[str, str]:
        """Every format of the profile."""
        rendered = {format: render(digest, format) for format in profile.formats}
        return {
            format: content.decode("utf-8") if isinstance(content, bytes) else content
            for format, content in rendered.items()
        }

    def alarm_parts(self, subject: str, text: str) -> Mapping[str, str]:
        """An alarm is not written to files."""
        return {}

    def identity(self, key: str, recipient: str) -> str:
        """What the database calls it."""
        return key

    @contextmanager
    def connect(self) -> Iterator[Connection]:
        """There is nothing to open."""
        yield _Folder({profile.name: profile.keep_days for profile in self.profiles})


@dataclass(frozen=True, slots=True)
class _Folder:
    keep_days: Mapping[str, int]

    def send(self, parcel: Parcel, leaving: Callable[[], None]) -> Verdict:
        """Write. Doing so twice leaves the same files: it never needs to be noted that the first one is on its way."""
        delivery = parcel.delivery
        folder = Path(delivery.recipient)
        if delivery.profile is None or delivery.on is None:
            return Verdict(Fate.REFUSED, "only digests are written to files")
        try:
            for format, content in parcel.parts.items():
                replace_file(folder / file_name(delivery.profile, delivery.on, format), content.encode("utf-8"))
            keep_days = self.keep_days.get(delivery.profile, 0)
            there = past_digests(path.name for path in folder.iterdir())
            old = outdated(there, delivery.profile, delivery.on, keep_days=keep_days)
            for digest in old:
                for format in digest.formats:
                    (folder / digest.file(format)).unlink(missing_ok=True)
            page = index_page([digest for digest in there if digest not in old])
            replace_file(folder / INDEX, page.encode("utf-8"))
        except DigestFileError as error:
            return Verdict(Fate.UNREACHED, str(error))
        except OSError as error:
            return Verdict(Fate.UNREACHED, f"{folder}: {error.strerror or error}")
        return Verdict(Fate.SENT, f"{len(parcel.parts)} files")
