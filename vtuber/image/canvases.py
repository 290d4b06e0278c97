"""Lends pictures that are clear outside a box: a size and a box in, an array out that comes back.

A fresh picture of 1280x720 costs 900 page faults, 0.15 ms, wherever it is read or written first.
An array that was lent comes back by itself when nobody holds it or a part of it any more.
"""

from __future__ import annotations

import weakref
from collections import deque

import numpy as np
from jaxtyping import UInt8

from vtuber.core.picture import Box

_KEPT = 4  # free ones


class Canvases:
    """Lends (h, w, 4) arrays of one size at a time. May be called from any thread."""

    def __init__(self) -> None:
        self._free: deque[tuple[bytearray, Box]] = deque(maxlen=_KEPT)

    def lend(self, shape: tuple[int, ...], box: Box) -> UInt8[np.ndarray, "h w 4"]:
        """Give an array that is 0 outside `box`, which the caller promises to fill whole."""
        count = int(np.prod(shape))
        try:
            memory, old = self._free.pop()
        except IndexError:  # all are in use
            memory, old = bytearray(0), box
        if len(memory) != count:  # of another size
            memory, old = bytearray(count), box
        loan = np.frombuffer(memory, np.uint8)
        array = loan.reshape(shape)  # stands on `loan`, and so does every slice of it
        rows = slice(old.top, old.bottom)
        array[old.top : min(old.bottom, box.top), old.left : old.right] = 0
        array[max(old.top, box.bottom) : old.bottom, old.left : old.right] = 0
        array[rows, old.left : min(old.right, box.left)] = 0
        array[rows, max(old.left, box.right) : old.right] = 0
        weakref.finalize(loan, self._free.append, (memory, box)).atexit = False
        return array
