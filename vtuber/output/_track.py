"""The sound of a film: sounds with their places in, a track without a gap out.

LAW: sample n of the track is heard n / 48,000 s after the film begins, whatever comes late, twice
or not at all: what is missing is silence, and for what comes too late there is no place any more.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
from jaxtyping import Float32

from vtuber.core.speech import SAMPLE_RATE_HZ

BIT_RATE = 128_000  # of AAC and Opus
# Pictures wait for the sound beside them in the muxer, so a film would be lost from its last sound
# on when it is killed: silence is laid this far behind the pictures.
BEHIND_S = 0.3
_QUIET = np.zeros(SAMPLE_RATE_HZ, np.float32)


class Track:
    """One mono track of a container."""

    def __init__(self, container: Any, codec: str, write: Callable[[list[Any]], None]) -> None:
        self._stream = container.add_stream(codec, rate=SAMPLE_RATE_HZ, layout="mono")
        if not codec.startswith("pcm"):
            self._stream.bit_rate = BIT_RATE
        self._write = write
        self.samples = 0  # that were laid

    def lay(self, samples: Float32[np.ndarray, " n"], at_s: float) -> None:
        """Lay samples where they belong; what of their place is taken already is left out."""
        at = round(at_s * SAMPLE_RATE_HZ)
        end = at + len(samples)
        if end <= self.samples:
            return
        self.quiet_until(at_s)
        self._encode(samples[max(0, self.samples - at) :])

    def quiet_until(self, at_s: float) -> None:
        """Fill the track with silence up to a time, if it does not reach there yet."""
        end = round(at_s * SAMPLE_RATE_HZ)
        while self.samples < end:
            self._encode(_QUIET[: end - self.samples])

    def end(self) -> None:
        """Give what the encoder still holds."""
        self._write(self._stream.encode(None))

    def _encode(self, samples: Float32[np.ndarray, " n"]) -> None:
        import av

        mono = np.ascontiguousarray(np.clip(samples, -1, 1)[None])
        frame = av.AudioFrame.from_ndarray(mono, format="fltp", layout="mono")
        frame.sample_rate = SAMPLE_RATE_HZ
        frame.pts, frame.time_base = self.samples, Fraction(1, SAMPLE_RATE_HZ)
        self.samples += len(samples)
        self._write(self._stream.encode(frame))
