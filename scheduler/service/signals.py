"""The signals of the service, as something that can be waited for."""

from __future__ import annotations

import os
import select
import signal
from types import FrameType, TracebackType
from typing import Self

STOPPING = frozenset({signal.SIGTERM, signal.SIGINT})
HANDLED = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


class Signals:
    """Collects SIGTERM, SIGINT and SIGHUP. For the main thread, once in a process."""

    def __enter__(self) -> Self:
        self._reading, self._writing = os.pipe()
        for end in (self._reading, self._writing):
            os.set_blocking(end, False)
        self._wakeup_before = signal.set_wakeup_fd(self._writing, warn_on_full_buffer=False)
        self._before = {number: signal.signal(number, _note) for number in HANDLED}
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._wakeup_before)
        os.close(self._reading)
        os.close(self._writing)

    def wait(self, seconds: float) -> set[signal.Signals]:
        """Those that came, as soon as one has; none after `seconds`."""
        if not select.select([self._reading], [], [], seconds)[0]:
            return set()
        return {signal.Signals(number) for number in os.read(self._reading, 512)}


def _note(_number: int, _frame: FrameType | None) -> None:
    """That a handler is set is what makes the signal appear in the pipe."""
