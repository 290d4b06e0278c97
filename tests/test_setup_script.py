"""What setup.sh shows while it works for minutes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[1] / "setup.sh"
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a script of bash")


def shown(work: str, until: str = r"\Z") -> str:
    """Give what `quietly` draws on a terminal while bash does some work.

    A `read` of that work waits until a pattern was drawn.
    """
    ours, theirs = os.openpty()
    functions = f"source <(sed -n '/^one_line()/,/^}}/p; /^quietly()/,/^}}/p' {SCRIPT})"
    command = ["bash", "-euo", "pipefail", "-c", f"{functions}; quietly bash -c '{work}'"]
    settings = {**os.environ, "LC_ALL": "C.UTF-8"}
    with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=theirs, env=settings) as process:
        os.close(theirs)
        assert process.stdin is not None
        drawn = bytearray()
        while data := read(ours):
            drawn += data
            if re.search(until, drawn.decode(errors="ignore")):
                process.stdin.close()
    os.close(ours)
    return drawn.decode()


def read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4096)
    except OSError:  # Linux's way to say that nobody holds the other end
        return b""


def test_what_takes_long_shows_a_clock_that_goes_on_though_nothing_is_said() -> None:
    clock = r"0:[0-5][1-9]  Installing"
    assert re.search(clock, shown("echo Installing; read -t 30; true", until=clock))


def test_no_line_is_longer_than_the_narrowest_terminal() -> None:
    lines = shown(f"echo {'━' * 200}").split("\r\x1b[K")
    assert max(map(len, lines)) < 80
