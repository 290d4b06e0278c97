"""Samples at 48 kHz in, what an ear makes of each 10 ms out: 13 cepstral coefficients. NumPy only.

The recipe of every speech recogniser since Davis and Mermelstein (1980): 16 kHz, pre-emphasis, a
Hamming window of 25 ms, mel bands, their logarithms, a cosine transform. What a voice, a room and
a microphone have of their own is mostly the mean of that, and is taken off as it becomes known.
"""

from __future__ import annotations

import numpy as np
from jaxtyping import Float32

from vtuber.core.speech import SAMPLE_RATE_HZ

RATE_HZ = 16_000
HOP, WINDOW, SIZE = 160, 400, 512  # samples at RATE_HZ: 10 ms, 25 ms
BANDS, LOW_HZ, HIGH_HZ = 26, 80.0, 7_600.0
COEFFICIENTS = 13
CONTEXT = 5  # frames, the newest last
_EVERY = SAMPLE_RATE_HZ // RATE_HZ
_TAPS = 63
_CUT_HZ = 7_300.0
_PRE_EMPHASIS = 0.97
_LEAST = 1e-6  # of a band's power: below the noise of 16 bits
MEAN_S = 3.0  # of speech: how long the mean remembers
PRIOR_S = 0.7  # of speech: how much the mean of all voices counts in the beginning


def _low_pass() -> Float32[np.ndarray, " t"]:
    t = np.arange(_TAPS) - _TAPS // 2
    taps = np.sinc(2 * _CUT_HZ / SAMPLE_RATE_HZ * t) * np.hamming(_TAPS)
    return np.asarray(taps / taps.sum(), np.float32)


def _mel(hz: np.ndarray | float) -> np.ndarray:
    return np.asarray(2595.0 * np.log10(1.0 + np.asarray(hz) / 700.0))


def _filters() -> Float32[np.ndarray, "f b"]:
    edges = np.linspace(_mel(LOW_HZ), _mel(HIGH_HZ), BANDS + 2)
    bins = _mel(np.fft.rfftfreq(SIZE, 1 / RATE_HZ))[:, None]
    up = (bins - edges[:-2]) / (edges[1:-1] - edges[:-2])
    down = (edges[2:] - bins) / (edges[2:] - edges[1:-1])
    return np.asarray(np.clip(np.minimum(up, down), 0, None), np.float32)


def _cosines() -> Float32[np.ndarray, "b c"]:
    at = (np.arange(BANDS)[:, None] + 0.5) / BANDS
    rows = np.cos(np.pi * at * np.arange(COEFFICIENTS)) * np.sqrt(2 / BANDS)
    rows[:, 0] /= np.sqrt(2)
    return np.asarray(rows, np.float32)


_LOW_PASS, _WINDOWING = _low_pass(), np.hamming(WINDOW).astype(np.float32)
_FILTERS, _COSINES = _filters(), _cosines()


class Ear:
    """One stream of samples on its way to coefficients, in pieces of any length."""

    def __init__(self) -> None:
        self._waiting = np.zeros(_TAPS - 1, np.float32)  # at 48 kHz
        self._slow = np.zeros(WINDOW - HOP, np.float32)  # at 16 kHz

    def hear(
        self, samples: Float32[np.ndarray, " n"]
    ) -> tuple[Float32[np.ndarray, "f c"], Float32[np.ndarray, " f"]]:
        """Give the coefficients and the level in dB (0: full scale) of each 10 ms that is over."""
        self._slow = np.concatenate((self._slow, self._slower(samples)))
        count = max(0, (len(self._slow) - WINDOW) // HOP + 1)
        if count == 0:
            return np.zeros((0, COEFFICIENTS), np.float32), np.zeros(0, np.float32)
        frames = np.lib.stride_tricks.sliding_window_view(self._slow, WINDOW)[::HOP][:count]
        levels = 10 * np.log10((frames**2).mean(1) + 1e-10)
        found = coefficients(frames)
        self._slow = self._slow[count * HOP :].copy()
        return found, levels.astype(np.float32)

    def _slower(self, samples: Float32[np.ndarray, " n"]) -> Float32[np.ndarray, " m"]:
        self._waiting = np.concatenate((self._waiting, samples))
        count = max(0, (len(self._waiting) - _TAPS) // _EVERY + 1)
        if count == 0:
            return np.zeros(0, np.float32)
        windows = np.lib.stride_tricks.sliding_window_view(self._waiting, _TAPS)[::_EVERY]
        self._waiting = self._waiting[count * _EVERY :].copy()
        return np.asarray(windows[:count] @ _LOW_PASS, np.float32)


def coefficients(frames: Float32[np.ndarray, "f w"]) -> Float32[np.ndarray, "f c"]:
    """Give the cepstral coefficients of windows of RATE_HZ samples."""
    risen = frames[:, 1:] - _PRE_EMPHASIS * frames[:, :-1]
    power = np.abs(np.fft.rfft(risen * _WINDOWING[1:], SIZE)) ** 2
    bands = np.log(power.astype(np.float32) @ _FILTERS + _LEAST)
    return np.asarray(bands @ _COSINES, np.float32)


class Norm:
    """Takes off what a voice has of its own: the running mean of what is loud enough to be it."""

    def __init__(self, mean: Float32[np.ndarray, " c"]) -> None:
        """Begin with the mean of all voices."""
        self._mean = mean.astype(np.float32).copy()
        self._frames = PRIOR_S * RATE_HZ / HOP

    def __call__(
        self, found: Float32[np.ndarray, "f c"], is_loud: np.ndarray
    ) -> Float32[np.ndarray, "f c"]:
        """Give the coefficients without the mean; frames in order."""
        result = np.empty_like(found)
        for place, (row, counts) in enumerate(zip(found, is_loud, strict=True)):
            if counts:
                self._frames = min(self._frames + 1, MEAN_S * RATE_HZ / HOP)
                self._mean += (row - self._mean) / np.float32(self._frames)
            result[place] = row - self._mean
        return result


class Gate:
    """Tells speech from the room by its level alone: a floor that follows what is quiet."""

    ABOVE_DB = 7.0  # the floor
    LEAST_DB = -65.0  # below, nobody speaks, however quiet the room
    _DOWN, _UP_DB = 0.3, 0.03  # the floor falls by a share of the way, and rises 3 dB a second

    def __init__(self) -> None:
        self._floor_db = -50.0

    def __call__(self, levels_db: Float32[np.ndarray, " f"]) -> np.ndarray:
        """Say of each frame whether somebody speaks."""
        is_open = np.empty(len(levels_db), bool)
        for place, level_db in enumerate(levels_db):
            if level_db < self._floor_db:
                self._floor_db += self._DOWN * (level_db - self._floor_db)
            else:
                self._floor_db += self._UP_DB
            is_open[place] = level_db > max(self._floor_db + self.ABOVE_DB, self.LEAST_DB)
        return is_open


def in_context(rows: Float32[np.ndarray, "f c"]) -> Float32[np.ndarray, "g d"]:
    """Lay each CONTEXT frames side by side, oldest first: one row for each but the first four."""
    windows = np.lib.stride_tricks.sliding_window_view(rows, CONTEXT, axis=0)
    return windows.transpose(0, 2, 1).reshape(len(windows), -1)
