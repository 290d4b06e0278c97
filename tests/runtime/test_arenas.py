"""Threads share one arena, counted by glibc itself; large blocks are used again."""

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


FAULTS = """
import resource, sys
from vtuber.runtime.arenas import keep_blocks, spare_memory
if not (spare_memory() and keep_blocks(sys.argv[1] == "kept")):
    sys.exit(77)
before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
for _ in range(100):
    bytearray(8 << 20)
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
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


def faults(how: str) -> int:
    ended = subprocess.run(
        [sys.executable, "-c", FAULTS, how], capture_output=True, text=True, check=False
    )
    if ended.returncode == 77:
        pytest.skip("the C library is not glibc")
    return int(ended.stdout)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="mallopt is glibc's")
def test_what_a_beat_frees_the_next_one_finds_again() -> None:
    assert faults("kept") < faults("own") / 5
