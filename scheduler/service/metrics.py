"""Numbers for Prometheus, in the text format of its textfile collector."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from scheduler.errors import JobFailed
from scheduler.health import SOURCE_STATES, Health

Labels = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Metric:
    """One metric: its values by labels."""

    name: str
    help: str
    values: Mapping[Labels, float]


def metrics_of(health: Health, now: datetime) -> list[Metric]:
    """What there is to watch."""
    usual: dict[Labels, float] = {} if health.articles_usual is None else {(): health.articles_usual}
    states = health.states
    jobs = {job.last.name: job.last for job in health.jobs}
    succeeded = {name: job.succeeded_at for name, job in jobs.items() if job.succeeded_at}
    built = {each.profile: each.built_at for each in health.digests if each.built_at}
    return [
        Metric("khabar_heartbeat_timestamp_seconds", "Last sign of life of the service.", {(): now.timestamp()}),
        Metric(
            "khabar_job_success_timestamp_seconds",
            "When each job of the service last ended without an error.",
            {(("job", name),): at.timestamp() for name, at in succeeded.items()},
        ),
        Metric(
            "khabar_job_failures",
            "Failures of each job in a row.",
            {(("job", name),): float(job.failures) for name, job in jobs.items()},
        ),
        Metric("khabar_articles", "Articles in the archive.", {(): float(health.articles)}),
        Metric("khabar_articles_last_day", "Articles stored in the last 24 hours.", {(): float(health.articles_today)}),
        Metric("khabar_articles_usual_day", "Articles stored in 24 hours, mean of 28 days.", usual),
        Metric(
            "khabar_sources",
            "Sources in use, by state.",
            {(("state", state),): float(states.get(state, 0)) for state in SOURCE_STATES},
        ),
        Metric(
            "khabar_digest_timestamp_seconds",
            "When the last digest of each profile was made.",
            {(("profile", name),): at.timestamp() for name, at in built.items()},
        ),
        Metric(
            "khabar_digests_due",
            "Digests of each profile that are due and not made.",
            {(("profile", each.profile),): float(len(each.due)) for each in health.digests},
        ),
    ]


def write_metrics(file: Path, metrics: Iterable[Metric]) -> None:
    """Replace `file` in one step: the collector never reads half of it. Raises JobFailed."""
    # The collector reads *.prom: the temporary one must not be called so.
    temporary = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        temporary.write_text("".join(_text(metric) for metric in metrics), encoding="utf-8")
        temporary.replace(file)
    except OSError as error:
        raise JobFailed("metrics", f"{file}: cannot be written: {error.strerror}") from error


def _text(metric: Metric) -> str:
    lines = [f"# HELP {metric.name} {metric.help}", f"# TYPE {metric.name} gauge"]
    for labels, value in metric.values.items():
        inside = ",".join(f'{name}="{_escaped(text)}"' for name, text in labels)
        lines.append(f"{metric.name}{f'{{{inside}}}' if inside else ''} {value!r}")
    return "\n".join(lines) + "\n" if metric.values else ""


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
