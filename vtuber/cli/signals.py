"""Ctrl-C, SIGTERM and a closed terminal in, one call out: a clean end."""

from __future__ import annotations

import signal
from collections.abc import Callable


def on_stop(end: Callable[[], None]) -> None:
    """Call `end` at the first of these signals; the second ends the program as usual."""

    def stop(number: int, frame: object) -> None:
        signal.signal(number, signal.default_int_handler)
        end()

    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), stop)
