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


def shown(work: str) -> str:
    """Give what `quietly` draws on a terminal while bash does some work."""
    ours, theirs = os.openpty()
    functions = f"source <(sed -n '/^one_line()/,/^}}/p; /^quietly()/,/^}}/p' {SCRIPT})"
    command = ["bash", "-euo", "pipefail", "-c", f"{functions}; quietly bash -c '{work}'"]
    with subprocess.Popen(command, stderr=theirs, env={**os.environ, "LC_ALL": "C.UTF-8"}):
        os.close(theirs)
        drawn = bytearray()
        while data := read(ours):
            drawn += data
    os.close(ours)
    return drawn.decode()


def read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4096)
    except OSError:  # Linux's way to say that nobody holds the other end
        return b""


def test_what_takes_long_shows_a_clock_that_goes_on_though_nothing_is_said() -> None:
    assert re.search(r"0:0[1-9]  Installing", shown("echo Installing; sleep 1.2"))


def test_no_line_is_longer_than_the_narrowest_terminal() -> None:
    lines = shown(f"echo {'━' * 200}").split("\r\x1b[K")
    assert max(map(len, lines)) < 80
