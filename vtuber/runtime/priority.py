"""Asks the system to let this program go before others, where it may.

Linux then gives it three times the share of an ordinary program (`sched_prio_to_weight`, kernel/
sched/core.c: 3121 to 1024 at -5), within one session of the desktop. On a machine that nobody else
wants, nothing changes.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator

TURN_S = 0.0005
NICE = -5  # of -20 to 19: before ordinary programs, behind what the system and its sound need
ABOVE_NORMAL = 0x8000  # ABOVE_NORMAL_PRIORITY_CLASS of SetPriorityClass


@contextlib.contextmanager
def hurried() -> Iterator[bool]:
    """Go before others meanwhile; begin before any thread is there. False: it is not allowed.

    Linux and macOS let root, and whom the administrator names (limits.conf), do it; Windows
    everybody.
    """
    if sys.platform == "win32":
        import ctypes

        kernel = ctypes.windll.kernel32
        ours = kernel.GetCurrentProcess()
        before = kernel.GetPriorityClass(ours)
        yield bool(kernel.SetPriorityClass(ours, ABOVE_NORMAL))
        kernel.SetPriorityClass(ours, before)
        return
    before = os.getpriority(os.PRIO_PROCESS, 0)
    try:
        os.setpriority(os.PRIO_PROCESS, 0, min(NICE, before))
    except PermissionError:
        yield False
        return
    try:
        yield True
    finally:
        os.setpriority(os.PRIO_PROCESS, 0, before)


@contextlib.contextmanager
def quick_turns() -> Iterator[None]:
    """Let threads that compute in Python take turns after 0.5 ms meanwhile, and not after 5.

    A beat gives Python's lock back some ten times a picture, and waits for a turn each time when
    somebody computes beside it: who loads an avatar, say. Beside one that never pauses a picture of
    720p took 63 to 89 ms at best, and 39 to 58 so; alone, or beside the tracker, nothing changes.
    """
    before_s = sys.getswitchinterval()
    sys.setswitchinterval(min(TURN_S, before_s))
    try:
        yield
    finally:
        sys.setswitchinterval(before_s)


def queue_up() -> None:
    """Take one's turn as all others: for a process that a show began and that no beat waits for."""
    if sys.platform == "win32":
        return  # there a child does not inherit it
    if os.getpriority(os.PRIO_PROCESS, 0) < 0:
        with contextlib.suppress(PermissionError):
            os.setpriority(os.PRIO_PROCESS, 0, 0)
