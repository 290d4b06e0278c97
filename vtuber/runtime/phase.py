"""When values arrive in, by how much the beat should shift out, so that they hardly wait. Pure.

A face that is ready just after a beat has begun waits for nearly a whole interval; half of one on
the average. A camera is as regular as the beat, so the beat can be laid just behind its faces.
"""

from __future__ import annotations

import math
from collections import deque

import numpy as np

KEPT = 45  # arrivals: a second and a half of a camera
LEAST = 10  # before which nothing is known
IN_TIME = 0.97  # the share of arrivals that the beat shall come after
MARGIN = 0.03  # of an interval: 0.5 ms at 60
CONCENTRATED = 0.4  # mean resultant length; 1: all alike, 0: a camera whose rate has no part in it
GAIN, MOST = 0.15, 0.03  # of what is missing, and of an interval: no step is to be seen


class Phase:
    """Where in the interval of a beat values arrive."""

    def __init__(self, interval_ns: float) -> None:
        self._interval_ns = interval_ns
        self._arrived_ns: deque[int] = deque(maxlen=KEPT)

    def shift_ns(self, arrived_ns: int, grid_ns: int) -> int:
        """Count an arrival; give by how much later the grid should be. `grid_ns`: any beat of it.

        0 while little is known, and for arrivals that keep no time with the beat.
        """
        self._arrived_ns.append(arrived_ns)
        if len(self._arrived_ns) < LEAST:
            return 0
        turn = 2 * math.pi / self._interval_ns
        angles = np.array([(ns - grid_ns) * turn for ns in self._arrived_ns])
        mean = np.exp(1j * angles).mean()
        if abs(mean) < CONCENTRATED:
            return 0
        middle = np.angle(mean)
        around = np.angle(np.exp(1j * (angles - middle)))
        # No two clocks agree: 0.3 % are 5 ms in the time that is kept. So it is a line, no point.
        times = np.array(self._arrived_ns, float) - arrived_ns
        slope, now = np.polyfit(times, around, 1)
        latest = now + np.quantile(around - slope * times - now, IN_TIME)
        latest += middle + 2 * math.pi * MARGIN
        missing = float(np.angle(np.exp(1j * latest))) / (2 * math.pi)  # of an interval
        walked = slope * -times[-2] / (2 * math.pi)  # what the clocks do between two arrivals
        step = min(max(GAIN * missing + walked, -MOST), MOST)
        return int(step * self._interval_ns)
