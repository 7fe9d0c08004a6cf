"""K. A fresh installation, with the pip that Python brings and with the newest."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.bench.crawling import ROOT

MODULES = "import pkgutil, importlib, crawler, scheduler, storage\n" + (
    "for package in (storage, crawler, scheduler):\n"
    "    for module in pkgutil.walk_packages(package.__path__, package.__name__ + '.'):\n"
    "        if not module.name.endswith('__main__') and '.migrations.' not in module.name:\n"
    "            importlib.import_module(module.name)\n"
)


@pytest.mark.slow
@pytest.mark.parametrize("is_newest", [False, True], ids=["stock", "newest"])
def test_096_fresh_install(tmp_path: Path, is_newest: bool) -> None:
    def run(*command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=900, check=False)

    python = str(tmp_path / "venv" / "bin" / "python")
    assert run(sys.executable, "-m", "venv", "venv").returncode == 0
    if run(python, "-m", "pip", "download", "--no-deps", "--quiet", "idna").returncode:
        pytest.skip("there is no package index")
    if is_newest:
        assert run(python, "-m", "pip", "install", "--quiet", "--upgrade", "pip").returncode == 0
    installed = run(python, "-m", "pip", "install", "--quiet", str(ROOT))
    assert installed.returncode == 0, installed.stderr
    khabar = str(tmp_path / "venv" / "bin" / "khabar")
    assert run(khabar, "--version").stdout.startswith("khabar ")
    assert run(khabar, "sources", "check").returncode == 0
    imported = run(python, "-c", MODULES)
    assert imported.returncode == 0, imported.stderr
