"""``khabar serve`` and ``khabar status``."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.cli.output import note, plain, print_json, print_table, say
from scheduler.cli.root import AsJson, archive, configuration, state

if TYPE_CHECKING:
    from scheduler.health import Health


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(serve)
    app.command()(status)


def serve() -> None:
    """Run as a service: crawl what is due, make and send each digest at its time, until SIGTERM or Ctrl-C.

    Ends with 0 then; a second signal ends it at once (130, 143). SIGHUP reads khabar.toml and the source files anew.

    Example: khabar serve
    """
    from scheduler.service.serve import serve as run

    raise typer.Exit(run(state.config_file))


def status(
    as_json: AsJson = False,
    check: Annotated[
        bool, typer.Option("--check", help="Say only what is wrong, within 5 seconds; end with 1 if anything is.")
    ] = False,
) -> None:
    """Show the service and its jobs, the last runs, sources in trouble, the digests.

    A source is in trouble when it fails; is asked ever less often since it keeps failing (backing off); is empty: none
    of the pages of its last three runs held an article; or is quiet: it is reached, but for three days and more has
    brought nothing new where its own usual says that it should.

    Example: khabar status --check
    """
    if check:
        _check(as_json=as_json)
        return
    from crawler.clock import utc_now
    from crawler.sources import load_sources
    from scheduler.health import examine
    from storage.sole import is_held

    config = configuration()
    registry = load_sources(config.crawl.sources)  # a mistake in it is told before a database is made
    with archive() as storage, storage.read() as db:
        running = is_held(storage)
        health = examine(db, registry, config, utc_now())
    if as_json:
        print_json(health.as_json() | {"running": running})
    else:
        _show(health, running=running)


def _check(*, as_json: bool) -> None:
    from crawler.clock import utc_now
    from scheduler.service.checks import check

    found = check(configuration(), utc_now())
    if as_json:
        print_json({"running": found.is_running, "problems": list(found.problems)})
    elif not found.problems:
        say("all is well")
    for problem in found.problems:
        note(f"khabar: {plain(problem)}")
    if found.problems:
        raise typer.Exit(1)


def _show(health: Health, *, running: bool) -> None:
    say(plain(_service_line(health, running=running)))
    for line in health.lines():
        say(plain(line))
    if health.jobs:
        say()
        rows = (
            (job.last.name, _minute(job.last.started_at), job.last.detail, _next(job.next_at)) for job in health.jobs
        )
        print_table(("job", "last began", "what it did", "next"), rows)
    say()
    print_table(
        ("digest", "last for", "made", "due", "next"),
        (
            (
                each.profile,
                each.last_on or "never",
                _minute(each.built_at),
                ", ".join(str(on) for on in each.due) or "-",
                _minute(each.next_at),
            )
            for each in health.digests
        ),
    )
    if health.troubled:
        say()
        print_table(
            ("source", "state", "last reached", "last new", "next", "reason"),
            (
                (
                    each.source,
                    each.state,
                    _minute(each.last_reached_at),
                    _minute(each.last_new_at),
                    _next(each.next_check_at),
                    each.reason,
                )
                for each in health.troubled
            ),
        )


def _service_line(health: Health, *, running: bool) -> str:
    service = health.service
    if service is None:
        return "service: never ran; start it with khabar serve"
    if running:
        problem = f"; {service.problem}" if service.problem else ""
        return f"service: runs (pid {service.pid} on {service.host}) since {_minute(service.started_at)}{problem}"
    if service.stopped_at:
        return f"service: stopped at {_minute(service.stopped_at)}"
    return f"service: does not run; it ended without a word after {_minute(service.beat_at)}"


def _minute(at: datetime | None) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC" if at else "never"


def _next(at: datetime | None) -> str:
    return _minute(at) if at else "now"
