"""Samples of any rate in, 48 kHz out, piece by piece without a seam."""

from __future__ import annotations

from typing import Any

import numpy as np
from jaxtyping import Float32

from vtuber.core.speech import SAMPLE_RATE_HZ


class Resampler:
    """One stream of samples on its way to 48 kHz. FFmpeg's swresample does the work."""

    def __init__(self, rate_hz: int) -> None:
        import av

        self._rate_hz = rate_hz
        self._from_array: Any = av.AudioFrame.from_ndarray
        self._resampler = av.AudioResampler(format="fltp", layout="mono", rate=SAMPLE_RATE_HZ)
        self._taken = self._given = 0

    def push(self, samples: Float32[np.ndarray, " n"]) -> Float32[np.ndarray, " m"]:
        """Take some samples; give what is finished, up to 1 ms less than all."""
        if self._rate_hz == SAMPLE_RATE_HZ:
            return samples
        if len(samples) == 0:
            return np.zeros(0, np.float32)
        frame = self._from_array(np.ascontiguousarray(samples[None]), "fltp", "mono")
        frame.sample_rate, frame.pts = self._rate_hz, self._taken
        self._taken += len(samples)
        return self._joined(self._resampler.resample(frame))

    def end(self) -> Float32[np.ndarray, " m"]:
        """Give what is left, so that all is as long as what was taken."""
        if self._rate_hz == SAMPLE_RATE_HZ or self._taken == 0:
            return np.zeros(0, np.float32)
        missing = round(self._taken * SAMPLE_RATE_HZ / self._rate_hz) - self._given
        rest = self._joined(self._resampler.resample(None))[:missing]
        return np.pad(rest, (0, missing - len(rest)))

    def _joined(self, frames: list[Any]) -> Float32[np.ndarray, " m"]:
        pieces = [frame.to_ndarray()[0] for frame in frames]
        whole: Float32[np.ndarray, " m"] = np.concatenate([*pieces, np.zeros(0, np.float32)])
        self._given += len(whole)
        return whole


def resampled(samples: Float32[np.ndarray, " n"], rate_hz: int) -> Float32[np.ndarray, " m"]:
    """Bring whole samples to 48 kHz."""
    resampler = Resampler(rate_hz)
    return np.concatenate((resampler.push(samples), resampler.end()))
