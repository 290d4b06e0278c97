"""Threads share one arena, counted by glibc itself."""

import subprocess
import sys

import pytest

PROGRAM = """
import ctypes, sys, threading
from vtuber.runtime.arenas import spare_memory
if sys.argv[1] == "shared" and not spare_memory():
    sys.exit(77)
meeting, rest = threading.Barrier(7), threading.Event()
malloc = ctypes.CDLL(None).malloc
def work():
    malloc(5000)
    meeting.wait()
    rest.wait()
for _ in range(6):
    threading.Thread(target=work, daemon=True).start()
meeting.wait()
ctypes.CDLL(None).malloc_stats()
"""


def arenas(how: str) -> int:
    ended = subprocess.run(
        [sys.executable, "-c", PROGRAM, how], capture_output=True, text=True, check=False
    )
    if ended.returncode == 77 or (how == "alone" and "malloc_stats" in ended.stderr):
        pytest.skip("the C library is not glibc")
    assert ended.returncode == 0, ended.stderr
    return ended.stderr.count("Arena ")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="arenas are glibc's")
def test_threads_share_one_arena() -> None:
    assert arenas("alone") > 1
    assert arenas("shared") == 1
