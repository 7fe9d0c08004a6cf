"""The background service: when things happen, and what the service says of itself.

`serve` runs it; `timetable` has the jobs, `work` runs one of them and keeps a record, `children` starts their
processes, `accepted` holds the configuration in use. What the jobs do is in `scheduler.jobs`.
"""
