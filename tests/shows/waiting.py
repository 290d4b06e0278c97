"""Waits for what another thread does, with a limit."""

import threading
from collections.abc import Callable


def until(is_so: Callable[[], bool], limit_s: float = 20.0) -> None:
    """Return as soon as it is so; fail after the limit."""
    nap = threading.Event()
    for _ in range(round(limit_s / 0.005)):
        if is_so():
            return
        nap.wait(0.005)
    raise AssertionError(f"not within {limit_s} s")
