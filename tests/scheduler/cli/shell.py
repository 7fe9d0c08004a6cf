"""The command line without a process: ``khabar ARGUMENTS`` in this one, with its exit code and both streams."""

from __future__ import annotations

import io
import json
import signal
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from scheduler.cli import app


@dataclass(frozen=True)
class Done:
    """How a command ended. `lines` are those of stderr."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.err.splitlines()

    @property
    def json(self) -> Any:
        assert self.out, self.err
        return json.loads(self.out)

    @property
    def json_lines(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]


@dataclass(frozen=True)
class Shell:
    """A working directory in which khabar is called."""

    folder: Path
    patch: pytest.MonkeyPatch
    captured: pytest.CaptureFixture[bytes]

    def khabar(self, *arguments: str, stdin: bytes = b"") -> Done:
        """``khabar ARGUMENTS``, as its entry point runs it."""
        self.patch.setattr(sys, "argv", ["khabar", *arguments])
        self.patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        handler = signal.getsignal(signal.SIGTERM)
        self.captured.readouterr()
        try:
            with pytest.raises(SystemExit) as ended:
                app()
        finally:
            signal.signal(signal.SIGTERM, handler)
        out, err = self.captured.readouterr()
        code = ended.value.code
        return Done(code if isinstance(code, int) else 0, out.decode(), err.decode())

    def write(self, name: str, content: str | bytes) -> str:
        """A file in the folder; gives its path back."""
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)
