"""Moves the clock of the real program: the interpreter loads this first when its folder is on PYTHONPATH.

``CLOCK_AHEAD_HOURS`` says by how much. Only `crawler.clock` is moved, where the program asks what time it is.
"""

import os
from datetime import datetime, timedelta

import crawler.clock

_real = crawler.clock.utc_now
_ahead = timedelta(hours=float(os.environ["CLOCK_AHEAD_HOURS"]))


def _utc_now() -> datetime:
    return _real() + _ahead


crawler.clock.utc_now = _utc_now
