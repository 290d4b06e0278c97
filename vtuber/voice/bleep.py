"""How many letters are not said in, the tone that is heard instead out. Pure."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float32

from vtuber.core.speech import SAMPLE_RATE_HZ

TONE_HZ = 1000.0  # what broadcasters lay over words
LOUDNESS = 0.2  # amplitude: a sine of it is as loud as the voices' speech, and startles nobody
LETTER_S, SHORTEST_S, LONGEST_S = 0.07, 0.25, 1.2  # English: 14 letters a second
EDGE_S = 0.008  # fades in and out, so that it does not click


def bleep(letters: int) -> Float32[np.ndarray, " n"]:
    """Give a tone as long as a word of so many letters; 48 kHz.

    >>> len(bleep(5)) / SAMPLE_RATE_HZ
    0.35
    """
    seconds = min(max(letters * LETTER_S, SHORTEST_S), LONGEST_S)
    t_s = np.arange(round(seconds * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
    edge = np.clip(np.minimum(t_s, seconds - t_s) / EDGE_S, 0.0, 1.0)
    tone: Float32[np.ndarray, " n"] = LOUDNESS * edge * np.sin(2 * np.pi * TONE_HZ * t_s)
    return tone.astype(np.float32)
