"""The source of the voice: pitch and voicing of frames in; pulses and noise out, as bins of frames.

A vocoder of convolutions that sees mel frames alone repeats itself with every frame where a vowel
is steady: it hums at the frame rate, 86 Hz, whatever the pitch is. (Measured: so did ours, after
1,300 steps; what cures that is either a discriminator and days, or this.) So it is told where each
pulse of the voice is, to a fraction of a bin, and given noise for what has none: all that is left
to learn is a filter. Pure NumPy.
"""

from __future__ import annotations

import numpy as np
from jaxtyping import Float32

from vtuber.voice.bundled.nets import BINS, HOP, SAMPLE_RATE_HZ

PULSE, NOISE = 3.0, 0.7  # heights: of a pulse, and of the noise's standard deviation
_WIDTH = HOP // BINS  # samples of a bin


def source(
    pitch_hz: Float32[np.ndarray, " t"],
    voiced: Float32[np.ndarray, " t"],
    chance: np.random.Generator,
    phase: float = 0.0,
) -> Float32[np.ndarray, "bins t"]:
    """Lay pulses at the pitch into the bins of frames, and noise over all.

    `voiced` is the height of the pulses as a share, 0..1; `phase` is that of the first sample, in
    periods. A frame's pitch holds at its first sample, as the frames of the spectra are centred.
    """
    count = len(pitch_hz)
    at = np.arange(count * HOP)
    hz = np.interp(at, np.arange(count) * HOP, pitch_hz)
    turns = phase + np.cumsum(hz / SAMPLE_RATE_HZ)
    begins = np.flatnonzero(np.diff(np.floor(turns)) > 0) + 1
    exact = begins - (turns[begins] - np.floor(turns[begins])) / (hz[begins] / SAMPLE_RATE_HZ)
    place = np.clip(exact / _WIDTH, 0, count * BINS - 1.001)
    height = PULSE * voiced[np.minimum(begins // HOP, count - 1)]
    bins = chance.normal(0.0, NOISE, count * BINS)
    first = place.astype(int)
    np.add.at(bins, first, height * (1.0 - (place - first)))
    np.add.at(bins, first + 1, height * (place - first))
    return bins.reshape(count, BINS).T.astype(np.float32)


def joined(pitch: Float32[np.ndarray, " t"]) -> Float32[np.ndarray, " t"]:
    """Draw straight lines through the frames that have no pitch (0), as a voice would go on."""
    known = np.flatnonzero(pitch)
    if not len(known):
        return pitch
    return np.interp(np.arange(len(pitch)), known, pitch[known]).astype(np.float32)
