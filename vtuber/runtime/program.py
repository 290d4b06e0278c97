"""Runs another program beside us: a command line in; its exit code and its last words out.

Never longer than its time limit, never more memory than the bound: what it writes is read as it
comes, and only the end of it is kept.
"""

from __future__ import annotations

import contextlib
import subprocess
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import IO

MOST_CHARACTERS = 16_384  # of each stream
KILL_S = 1.0  # a program that is stuck in a driver cannot be killed: it is left behind


@dataclass(frozen=True, slots=True)
class Ended:
    """How a program ended."""

    code: int  # below 0: by a signal, on POSIX
    out: str  # the end of what it wrote, at most MOST_CHARACTERS
    err: str


class Program:
    """One running program without any input. `with` ends it, whatever it does."""

    def __init__(
        self,
        words: Sequence[str],
        environment: Mapping[str, str] | None = None,
        tell: Callable[[str], None] | None = None,
    ) -> None:
        """Start it. Raises OSError when there is no such program.

        `tell` is given each line of its standard error as it comes, in another thread.
        """
        self._process = subprocess.Popen(
            words,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            errors="replace",
            env=None if environment is None else dict(environment),
        )
        assert self._process.stdout is not None
        assert self._process.stderr is not None
        self._out = _Tail(self._process.stdout)
        self._err = _Tail(self._process.stderr, tell)

    def wait(self, limit_s: float) -> Ended | None:
        """Wait for its end; None when it still runs after the limit."""
        try:
            code = self._process.wait(max(0.0, limit_s))
        except subprocess.TimeoutExpired:
            return None
        return Ended(code, self._out.text(), self._err.text())

    def close(self) -> None:
        """Kill it if it still runs. May be called twice."""
        self._process.kill()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(KILL_S)

    def __enter__(self) -> Program:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()


class _Tail:
    """A thread that reads a stream to its end and keeps the last of it."""

    def __init__(self, stream: IO[str], tell: Callable[[str], None] | None = None) -> None:
        self._stream, self._kept, self._tell = stream, "", tell
        self._thread = threading.Thread(target=self._read, name="tail", daemon=True)
        self._thread.start()

    def _read(self) -> None:
        read = self._stream.read if self._tell is None else self._stream.readline
        with self._stream:
            while new := read(MOST_CHARACTERS // 4):
                self._kept = (self._kept + new)[-MOST_CHARACTERS:]
                if self._tell is not None:
                    self._tell(new.rstrip("\n"))

    def text(self) -> str:
        self._thread.join(KILL_S)  # a grandchild may hold the stream open
        return self._kept
