"""A function in a process of its own: what it gives, how long it took, and how much memory it needed."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
_RUNNER = """
import pickle, re, sys, time
sys.path.insert(0, sys.argv[1])
func, args = pickle.load(sys.stdin.buffer)
began = time.monotonic()
try:
    value = func(*args)
except Exception as error:
    value = f"{type(error).__name__}: {error}"
seconds = time.monotonic() - began
# Not getrusage: its peak is handed on by the process that started this one.
peak = re.search(r"VmHWM:\\s+([0-9]+)", open("/proc/self/status").read())[1]
pickle.dump((value, seconds, int(peak) / 1024), sys.stdout.buffer)
"""


@dataclass(frozen=True)
class Measured:
    """`value` is the kind and the words of the error, where the function raised one."""

    value: Any
    seconds: float
    peak_mb: float


def measure(func: Callable[..., Any], *args: object) -> Measured:
    """`func(*args)`, without the start of the process; `func` must be importable without the tests."""
    done = subprocess.run(
        [sys.executable, "-c", _RUNNER, str(ROOT)],
        input=pickle.dumps((func, args)),
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    return Measured(*pickle.loads(done.stdout))
