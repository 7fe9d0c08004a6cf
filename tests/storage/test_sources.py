from __future__ import annotations

from datetime import timedelta

from storage.records import EntryPointState, Outcome, SourceState
from storage.session import Storage
from tests.factories import NOW


def test_a_source_that_was_never_asked_has_an_empty_state(storage: Storage) -> None:
    with storage.read() as db:
        assert db.sources.state("herald") == SourceState(source="herald")
        assert db.sources.states() == {}


def test_the_last_recorded_state_counts(storage: Storage) -> None:
    first = SourceState(source="herald", last_asked_at=NOW, failures=1.5, outcome=Outcome.TEMPORARY, detail="timeout")
    second = SourceState(
        source="herald",
        last_asked_at=NOW,
        last_reached_at=NOW,
        last_new_at=NOW,
        next_check_at=NOW + timedelta(hours=1),
        outcome=Outcome.OK,
        detail="feed",
    )

    with storage.begin() as db:
        db.sources.record(first)
        db.sources.record(second)
        db.sources.record(SourceState(source="beacon"))

    with storage.read() as db:
        assert db.sources.state("herald") == second
        assert db.sources.states() == {"beacon": SourceState(source="beacon"), "herald": second}


def make_entry_point(url: str, **overrides: object) -> EntryPointState:
    return EntryPointState(**{"source": "herald", "url": url, "kind": "feed"} | overrides)  # type: ignore[arg-type]


def test_an_entry_point_comes_back_as_it_was_recorded(storage: Storage) -> None:
    state = make_entry_point(
        "https://herald.example/" + "x" * 12_000,
        lang="az",
        etag='W/"1"',
        last_modified="Fri, 20 Nov 2026 10:00:00 GMT",
        body_hash="abc",
        worked_at=NOW,
        failed_at=NOW - timedelta(days=1),
    )

    with storage.begin() as db:
        db.sources.record_entry_point(make_entry_point(state.url, problem="timeout"))
        db.sources.record_entry_point(state)

    with storage.read() as db:
        assert db.sources.entry_points("herald") == [state]
        assert db.sources.entry_points("beacon") == []


def test_the_entry_point_that_worked_last_comes_first(storage: Storage) -> None:
    with storage.begin() as db:
        db.sources.record_entry_point(make_entry_point("/never", failed_at=NOW, problem="404"))
        db.sources.record_entry_point(make_entry_point("/yesterday", worked_at=NOW - timedelta(days=1)))
        db.sources.record_entry_point(make_entry_point("/today", worked_at=NOW))

    with storage.read() as db:
        assert [point.url for point in db.sources.entry_points("herald")] == ["/today", "/yesterday", "/never"]
