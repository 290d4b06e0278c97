"""What is normal for this performer: causal running values, bounded by what is normal for people.

Pure machines: time stamps are arguments. A performer not seen before counts as average.
"""

from __future__ import annotations

from collections import deque

import numpy as np
from jaxtyping import Float64


class OpenLid:
    """The height/width of one open eye: the 80th percentile of the last three seconds.

    Open eyes measure 0.25 to 0.36 by person and closed ones 0.04 to 0.14, so no absolute threshold
    is safe. Samples of a closed lid are left out, else three seconds of closed eyes would open
    them; after ten seconds they count again, so that a wrong start does not last.
    """

    WINDOW_NS = 3_000_000_000
    STUCK_NS = 10_000_000_000
    LOWEST, HIGHEST = 0.18, 0.45
    FIRST = 0.27  # nobody's blink reaches 0.6 of it, nobody's open eye falls under half of it

    def __init__(self) -> None:
        self.value = self.FIRST
        self._lowest, self._highest = self.LOWEST, self.HIGHEST
        self._samples: deque[tuple[int, float]] = deque(maxlen=360)
        self._open_ns: int | None = None

    def start(self, ratio: float) -> None:
        """Begin with what is known of this eye."""
        self.value = min(self._highest, max(self._lowest, ratio))

    def calibrate(self, ratio: float) -> None:
        """Take this as the open eye; from here on it stays within a fifth of it."""
        self.start(ratio)
        self._lowest, self._highest = 0.8 * self.value, 1.2 * self.value
        self._samples.clear()

    def add(self, ratio: float, is_closed: bool, now_ns: int) -> None:
        """Count one measurement of the eye."""
        if self._open_ns is None or not is_closed:
            self._open_ns = now_ns
        if is_closed and now_ns - self._open_ns < self.STUCK_NS:
            return
        self._samples.append((now_ns, ratio))
        while now_ns - self._samples[0][0] > self.WINDOW_NS:
            self._samples.popleft()
        ratios = sorted(sample for _, sample in self._samples)
        self.start(ratios[int(0.8 * (len(ratios) - 1))])


class Neutral:
    """The features of a resting face: running medians of ten seconds, drawn towards the average.

    The average counts as three seconds of evidence, and the result stays within `bounds` of it: a
    still picture of a smile is a smile, and half a minute of smiling does not become neutral.
    """

    EVERY_NS = 100_000_000
    WINDOW = 100  # samples: ten seconds
    PRIOR = 30  # samples: three seconds

    def __init__(self, average: Float64[np.ndarray, " f"], bounds: Float64[np.ndarray, " f"]):
        self.values = self._start = average
        self._average, self._bounds = average, bounds
        self._samples: deque[Float64[np.ndarray, " f"]] = deque(maxlen=self.WINDOW)
        self._added_ns: int | None = None

    def add(self, features: Float64[np.ndarray, " f"], now_ns: int) -> None:
        """Count one measurement; more often than ten times a second changes nothing."""
        if self._added_ns is not None and 0 <= now_ns - self._added_ns < self.EVERY_NS:
            return
        self._added_ns = now_ns
        self._samples.append(features)
        n = len(self._samples)
        shift = (np.median(self._samples, axis=0) - self._start) * (n / (n + self.PRIOR))
        self.values = self._bounded(self._start + shift)

    def start(self, features: Float64[np.ndarray, " f"]) -> None:
        """Begin with what is known of this face, in the place of the average."""
        self.values = self._start = self._bounded(features)
        self._samples.clear()

    def calibrate(self, features: Float64[np.ndarray, " f"]) -> None:
        """Take this as the resting face: the bounds are around it now."""
        widest = self._average + np.clip(
            features - self._average, -2 * self._bounds, 2 * self._bounds
        )
        self._average = widest
        self.start(widest)

    def _bounded(self, values: Float64[np.ndarray, " f"]) -> Float64[np.ndarray, " f"]:
        shift = np.clip(values - self._average, -self._bounds, self._bounds)
        return np.asarray(self._average + shift)
