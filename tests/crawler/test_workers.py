"""Work in other processes. The tasks are functions of libraries, so that workers need nothing of the tests."""

from __future__ import annotations

import asyncio
import itertools
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml.html import fromstring

from crawler.workers import TaskDied, TaskFailed, TaskTimeout, WorkerError, Workers

LIMIT = 0.6


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with Workers(2, LIMIT, memory_mb=600) as pool:
        yield pool


def test_a_task_gives_its_result(workers: Workers) -> None:
    assert asyncio.run(workers.run(abs, -3)) == 3


def test_a_task_that_takes_too_long_is_killed_and_the_others_finish(workers: Workers) -> None:
    async def all_of_them() -> list[object]:
        tasks = (workers.run(time.sleep, 60 if number == 1 else 0) for number in range(5))
        return await asyncio.gather(*tasks, return_exceptions=True)

    outcomes = asyncio.run(all_of_them())
    assert [type(outcome) for outcome in outcomes] == [type(None), TaskTimeout, *[type(None)] * 3]


def test_a_task_that_hangs_in_c_code_is_killed(workers: Workers) -> None:
    bomb = "<p " + " ".join(f"a{number}=1" for number in range(100_000)) + ">"
    with pytest.raises(TaskTimeout):
        asyncio.run(workers.run(fromstring, bomb))


def test_a_worker_that_dies_costs_its_task(workers: Workers) -> None:
    with pytest.raises(TaskDied):
        asyncio.run(workers.run(os._exit, 3))
    assert asyncio.run(workers.run(abs, -3)) == 3


def test_an_error_of_the_task_is_named(workers: Workers) -> None:
    with pytest.raises(TaskFailed, match="ValueError: invalid literal"):
        asyncio.run(workers.run(int, "x"))


def test_memory_is_limited(workers: Workers) -> None:
    with pytest.raises(TaskFailed) as raised:
        asyncio.run(workers.run(bytearray, 2 * 1024**3))
    assert raised.value.reason == "too much memory"


def test_every_error_has_a_reason_to_count_by() -> None:
    errors: list[WorkerError] = [TaskTimeout(10), TaskDied("x"), TaskFailed(ValueError("x"))]
    assert all(0 < len(error.reason) < 40 for error in errors)


def test_an_idle_worker_that_is_killed_is_replaced(workers: Workers) -> None:
    pid = asyncio.run(workers.run(eval, "__import__('os').getpid()"))
    os.kill(pid, signal.SIGKILL)
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            assert asyncio.run(workers.run(abs, -3)) == 3
        except TaskDied:
            continue
        break
    assert asyncio.run(workers.run(abs, -3)) == 3


def test_ctrl_c_is_left_to_the_parent(workers: Workers) -> None:
    assert asyncio.run(workers.run(signal.getsignal, signal.SIGINT)) == signal.SIG_IGN


def test_map_keeps_the_order_and_puts_errors_in_their_places(workers: Workers) -> None:
    results = [result for _, result in workers.map(int, ["1", "x", "3"])]
    assert (results[0], type(results[1]), results[2]) == (1, TaskFailed, 3)


def test_map_reads_only_a_few_items_ahead(workers: Workers) -> None:
    asked = itertools.count()
    results = workers.map(abs, asked)
    assert [next(results)[1] for _ in range(3)] == [0, 1, 2]
    assert next(asked) < 30


def test_cancelling_a_task_does_not_stop_the_pool(workers: Workers) -> None:
    async def give_up() -> int:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(workers.run(time.sleep, 30), timeout=0.1)
        return await workers.run(abs, -3)

    assert asyncio.run(give_up()) == 3


def test_closing_leaves_no_worker_and_may_be_done_twice() -> None:
    pool = Workers(1, LIMIT)
    pid = asyncio.run(pool.run(eval, "__import__('os').getpid()"))
    pool.close()
    pool.close()
    assert not Path(f"/proc/{pid}").exists()


SCRIPT = """
import asyncio, sys, time
from crawler.workers import Workers
if __name__ == "__main__":
    pool = Workers(1, 60.0)
    print(asyncio.run(pool.run(eval, "__import__('os').getpid()")), flush=True)
    time.sleep(60)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")
def test_workers_die_with_a_parent_that_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(SCRIPT, encoding="utf-8")
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(["."])}
    with subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True, env=environment) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        parent.kill()
    deadline = time.monotonic() + 10
    while Path(f"/proc/{pid}").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not Path(f"/proc/{pid}").exists()
