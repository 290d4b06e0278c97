"""Samples in, in order, counted from 0; blocks of them out, for a device's callback. Knows no time.

The law: `read` never waits and makes no array. Putting does not disturb it; where it meets an edit
(`cut`), it gives one block of silence and stays where it was. One reader, any number of writers.
"""

from __future__ import annotations

import threading

import numpy as np
from jaxtyping import Float32

ROOM = 2**21  # samples: 44 s; grows when more is queued
HISTORY = 2**18  # samples that stay after they were read: 5.5 s


class Tape:
    """What is queued for one speaker, and what was just played."""

    def __init__(self) -> None:
        self._ring = np.zeros(ROOM, np.float32)
        self._writing = threading.Lock()
        self._reading = threading.Lock()
        self.at = 0  # count of the next sample that is read
        self.end = 0  # count behind the last one that is queued

    def put(self, samples: Float32[np.ndarray, " n"]) -> int:
        """Queue samples, limited to -1..1; give the count of the first."""
        limited = np.clip(samples, -1.0, 1.0)
        with self._writing:
            first, needed = self.end, self.end + len(limited) - self.at + HISTORY
            if needed > len(self._ring):
                self._grow(needed)
            _write(self._ring, first, limited)
            self.end = first + len(limited)  # only now does the reader see them
            return first

    def _grow(self, needed: int) -> None:
        ring = np.zeros(2 ** (needed - 1).bit_length(), np.float32)
        begin = max(0, self.at - HISTORY)
        _write(ring, begin, self.copy(begin, self.end))
        self._ring = ring

    def read(self, out: Float32[np.ndarray, " n"]) -> tuple[int, int]:
        """Fill a block, with silence where nothing is queued; give its first count and how many."""
        if not self._reading.acquire(blocking=False):
            out.fill(0.0)
            return self.at, 0
        try:
            ring, first = self._ring, self.at
            count = min(len(out), self.end - first)
            begin = first % len(ring)
            before = min(count, len(ring) - begin)
            out[:before] = ring[begin : begin + before]
            out[before:count] = ring[: count - before]
            out[count:] = 0.0
            self.at = first + count
            return first, count
        finally:
            self._reading.release()

    def skip(self, most: int) -> tuple[int, int]:
        """Read without a device: pass up to so many samples; give the first and how many."""
        with self._reading:
            first = self.at
            self.at += min(most, self.end - first)
            return first, self.at - first

    def cut(self, fade: int, keep: int = 0) -> int:
        """Fade out over so many samples and drop the rest; give the count at which it ends.

        What comes before the count `keep` stays as it is, unless the fade ends behind it.
        """
        with self._writing, self._reading:
            if keep > self.at + fade:
                self.end = min(self.end, keep)
                return self.end
            self.end = min(self.end, self.at + fade)
            left = self.copy(self.at, self.end)
            _write(self._ring, self.at, left * np.linspace(1.0, 0.0, len(left), dtype=np.float32))
            return self.end

    def copy(self, first: int, end: int) -> Float32[np.ndarray, " n"]:
        """Copy what lies between two counts, none of them older than HISTORY before `at`."""
        begin, count = first % len(self._ring), end - first
        before = min(count, len(self._ring) - begin)
        return np.concatenate((self._ring[begin : begin + before], self._ring[: count - before]))


def _write(ring: np.ndarray, first: int, samples: Float32[np.ndarray, " n"]) -> None:
    begin = first % len(ring)
    before = min(len(samples), len(ring) - begin)
    ring[begin : begin + before] = samples[:before]
    ring[: len(samples) - before] = samples[before:]
