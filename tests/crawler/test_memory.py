"""Memory is what a process holds now, not the most that it, or the one that started it, ever held."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

MEASURE = """
from scrapy.utils.test import get_crawler
from crawler.memory import ResidentMemory
crawler = get_crawler(settings_dict={"MEMUSAGE_ENABLED": True})
watch = ResidentMemory(crawler)
before = watch.get_virtual_size()
held = bytearray(b"x" * 200_000_000)
during = watch.get_virtual_size()
del held
print(before // 10**6, during // 10**6, watch.get_virtual_size() // 10**6)
"""
LARGE = (
    "import subprocess, sys\nheld = bytearray(b'x' * 400_000_000)\nsubprocess.run([sys.executable, '-c', sys.argv[1]])"
)


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="there is no /proc")
def test_a_peak_of_the_parent_or_of_the_past_does_not_count() -> None:
    done = subprocess.run([sys.executable, "-c", LARGE, MEASURE], capture_output=True, text=True, check=True)
    before, during, after = map(int, done.stdout.split())
    assert before < 300
    assert during >= before + 150
    assert after < during - 150
