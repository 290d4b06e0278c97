"""Lends pictures that are clear outside a box: a size and a box in, an array out that comes back.

A fresh picture of 1280x720 costs 900 page faults, 0.15 ms, wherever it is read or written first.
An array that was lent comes back by itself when nobody holds it or a part of it any more.
"""

from __future__ import annotations

import weakref
from collections import deque

import numpy as np
from jaxtyping import UInt8

from vtuber.core.picture import Box, union

_KEPT = 4  # free ones


class Canvases:
    """Lends (h, w, 4) arrays of one size at a time. May be called from any thread."""

    def __init__(self) -> None:
        self._free: deque[tuple[bytearray, Box]] = deque(maxlen=_KEPT)

    def lend(self, shape: tuple[int, ...], box: Box) -> tuple[UInt8[np.ndarray, "h w 4"], Box]:
        """Give an array that is 0 outside a box, and that box, which the caller promises to fill.

        It holds `box` and what the array showed before: a picture that is copied clears that too,
        for less than clearing it costs (row by row beside an avatar, 0.03 to 0.18 ms at 720p).
        """
        count = int(np.prod(shape))
        try:
            memory, old = self._free.pop()
        except IndexError:  # all are in use
            memory, old = bytearray(0), box
        if len(memory) != count:  # of another size
            memory, old = bytearray(count), box
        loan = np.frombuffer(memory, np.uint8)
        array = loan.reshape(shape)  # stands on `loan`, and so does every slice of it
        weakref.finalize(loan, self._free.append, (memory, box)).atexit = False
        return array, union(box, old)
