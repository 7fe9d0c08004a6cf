"""CPU work in processes of its own: what hangs or eats memory costs its own task, and nothing else.

A worker that passes its time limit is killed and replaced. Workers are forked from a small server process that has
what they need imported already; they ignore Ctrl-C (the parent decides), and die with it, however it dies.

WorkerError              a task gave no result
├── TaskTimeout          it ran past the limit, and its worker was killed
├── TaskDied             its worker died under it: killed from outside, or a crash in C code
└── TaskFailed           it raised; `__cause__` is what
"""

from __future__ import annotations

import asyncio
import ctypes
import logging
import multiprocessing
import os
import resource
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from types import TracebackType
from typing import Any, Self, TypeVar

from pebble import ProcessExpired, ProcessPool

from crawler.errors import CrawlerError

Argument = TypeVar("Argument")
Result = TypeVar("Result")

EXTRACTING = ("crawler.extraction.batch",)
UNDERSTANDING = (*EXTRACTING, "crawler.understanding", "crawler.reading", "crawler.ties.preloaded")
"""Modules that the fork server loads, so that a new worker has them at once, and all share their memory."""
QUEUED_PER_WORKER = 4
TASKS_PER_LIFE = 5000
"""A worker is replaced after this many: memory that leaks in C libraries goes with it."""
MEGABYTE = 1024 * 1024
_PR_SET_PDEATHSIG = 1


class WorkerError(CrawlerError):
    """A task gave no result. `reason` is short enough to count by."""

    reason = "extraction failed"


class TaskTimeout(WorkerError):
    """A task was killed after `seconds`."""

    reason = "took too long"

    def __init__(self, seconds: float) -> None:
        super().__init__(f"took longer than {seconds:g} s")
        self.seconds = seconds


class TaskDied(WorkerError):
    """The worker died under a task."""

    reason = "crashed the extractor"


class TaskFailed(WorkerError):
    """A task raised an error."""

    def __init__(self, error: BaseException) -> None:
        super().__init__(f"{type(error).__name__}: {error}".partition("\n")[0][:300])
        if isinstance(error, MemoryError):
            self.reason = "too much memory"


class Workers:
    """A pool of `count` processes (0: one a core), each task limited to `seconds` and each process to `memory_mb`.

    Functions and arguments must be picklable. Processes start with the first task. Use it as a context manager, or
    call `close`: tasks that are not finished are then cancelled, and no worker is left.
    """

    def __init__(
        self, count: int, seconds: float, *, memory_mb: int = 1024, preloaded: Sequence[str] = EXTRACTING
    ) -> None:
        self.count = count or available_cores()
        self.seconds = seconds
        self._memory_mb = memory_mb
        self._preloaded = list(preloaded)
        self._unfinished: set[Future[Any]] = set()
        self._pool = self._new_pool()

    def start(self) -> None:
        """Start the processes now, and wait until they can work: seconds, in which an event loop would stand still.

        Raises WorkerError when they cannot.
        """
        try:
            self._schedule(_ready, None).result()
        except Exception as error:
            raise self._named(error) from error

    async def run(self, func: Callable[[Argument], Result], arg: Argument) -> Result:
        """`func(arg)` in a worker. Raises WorkerError. Cancelling it kills the worker."""
        try:
            return await asyncio.wrap_future(self._schedule(func, arg))
        except Exception as error:
            raise self._named(error) from error

    def map(
        self, func: Callable[[Argument], Result], args: Iterable[Argument]
    ) -> Iterator[tuple[Argument, Result | WorkerError]]:
        """Each argument with its result, or with the error in its place, in the order of `args`.

        `args` is read only a few items ahead, so it may be endless.
        """
        running: deque[tuple[Argument, Future[Result]]] = deque()
        for arg in args:
            running.append((arg, self._schedule(func, arg)))
            if len(running) >= self.count * QUEUED_PER_WORKER:
                yield self._finished(running.popleft())
        while running:
            yield self._finished(running.popleft())

    def close(self) -> None:
        """Kill the workers and wait until they are gone. May be called twice."""
        for future in tuple(self._unfinished):
            future.cancel()
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()

    def _finished(self, asked: tuple[Argument, Future[Any]]) -> tuple[Argument, Any]:
        arg, future = asked
        try:
            return arg, future.result()
        except Exception as error:
            return arg, self._named(error)

    def _schedule(self, func: Callable[[Argument], Result], arg: Argument) -> Future[Result]:
        try:
            future = self._pool.schedule(func, args=(arg,), timeout=self.seconds)
        except RuntimeError:
            # An idle worker was killed from outside: the pool has given itself up. (So it has after `close`.)
            self.close()
            self._pool = self._new_pool()
            future = self._pool.schedule(func, args=(arg,), timeout=self.seconds)
        self._unfinished.add(future)
        future.add_done_callback(self._unfinished.discard)
        return future

    def _named(self, error: Exception) -> WorkerError:
        if isinstance(error, TimeoutError):
            return TaskTimeout(self.seconds)
        if isinstance(error, ProcessExpired | BrokenProcessPool):
            return TaskDied(f"its worker process died: {error}")
        failed = TaskFailed(error)
        failed.__cause__ = error
        return failed

    def _new_pool(self) -> ProcessPool:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(self._preloaded)
        return ProcessPool(
            max_workers=self.count,
            max_tasks=TASKS_PER_LIFE,
            initializer=_settle,
            initargs=(self._memory_mb,),
            context=context,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def available_cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def _ready(_: None) -> None:
    """The task of `start`."""


def _settle(memory_mb: int) -> None:
    """What a new worker does first."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # a handler in Python would wait for the C code that hangs
    if sys.platform == "linux":
        # Its parent is the fork server, which ends when the main process does, even by kill -9.
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    logging.disable(logging.ERROR)  # the libraries log to stderr what the result says anyway
    limit = memory_mb * MEGABYTE
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
