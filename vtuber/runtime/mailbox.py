"""Hands the newest value from one thread to another; what nobody took in time is counted."""

from __future__ import annotations

import threading
from typing import Generic, TypeVar

T = TypeVar("T")


class Mailbox(Generic[T]):
    """Room for one value. Writers never wait; a slow reader gets the newest, losses are counted."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._value: T | None = None
        self._is_closed = False
        self.dropped = 0

    def put(self, value: T) -> None:
        with self._changed:
            self.dropped += self._value is not None
            self._value = value
            self._changed.notify()

    def take(self, timeout_s: float | None = 0.0) -> T | None:
        """Take the newest value; None when none came within the timeout, or none will any more."""
        with self._changed:
            self._changed.wait_for(lambda: self._value is not None or self._is_closed, timeout_s)
            value, self._value = self._value, None
            return value

    def close(self) -> None:
        """Wake every reader for good."""
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()
