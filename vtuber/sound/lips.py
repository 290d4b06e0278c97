"""Samples at 48 kHz in, what the mouth does with them out: how open it is, and which vowel.

A tiny network on what the ear makes of the last 50 ms: 65 numbers, 96 neurons, six answers. It was
trained on voices of espeak-ng in made-up rooms (`benchmarks/train_lips.py`) and runs on NumPy.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from jaxtyping import Float32

from vtuber.core.speech import SAMPLE_RATE_HZ, Viseme, VisemeName
from vtuber.sound.features import CONTEXT, HOP, RATE_HZ, WINDOW, Ear, Gate, Norm, in_context

WEIGHTS = Path(__file__).with_suffix(".safetensors")
VOWELS: tuple[VisemeName, ...] = ("aa", "ih", "ou", "E", "oh")  # A I U E O
HOP_S = HOP / RATE_HZ
LATE_S = WINDOW / 2 / RATE_HZ  # an answer is of the middle of the newest window
STEADY = 5  # frames: a viseme that is shorter, 50 ms, is a slip of the net


@dataclass(frozen=True, slots=True, eq=False)
class Net:
    """The weights, and the mean of the coefficients of all voices."""

    mean: Float32[np.ndarray, " c"]
    into: Float32[np.ndarray, "d h"]
    into_bias: Float32[np.ndarray, " h"]
    out: Float32[np.ndarray, "h o"]
    out_bias: Float32[np.ndarray, " o"]

    def __call__(
        self, rows: Float32[np.ndarray, "f d"]
    ) -> tuple[Float32[np.ndarray, " f"], Float32[np.ndarray, "f v"]]:
        """Give how likely the mouth is open, and the shares of the vowels, which sum to 1."""
        answers = np.maximum(rows @ self.into + self.into_bias, 0.0) @ self.out + self.out_bias
        shares = np.exp(answers[:, :5] - answers[:, :5].max(1, keepdims=True))
        is_open = 1.0 / (1.0 + np.exp(-answers[:, 5]))
        return is_open, shares / shares.sum(1, keepdims=True)


@cache
def net() -> Net:
    """Load the weights, once."""
    from safetensors import safe_open

    with safe_open(WEIGHTS, framework="numpy") as file:
        return Net(**{name: file.get_tensor(name) for name in file.keys()})  # noqa: SIM118


class Lips:
    """One stream of samples on its way to lips, in pieces of any length."""

    def __init__(self) -> None:
        self._net = net()
        self._ear, self._gate, self._norm = Ear(), Gate(), Norm(self._net.mean)
        self._rows = np.zeros((CONTEXT - 1, len(self._net.mean)), np.float32)

    def hear(
        self, samples: Float32[np.ndarray, " n"]
    ) -> tuple[Float32[np.ndarray, " f"], Float32[np.ndarray, "f v"]]:
        """Give of each 10 ms that is over how open the mouth is, 0..1, and the vowels' shares.

        An answer is LATE_S behind the samples.
        """
        found, levels_db = self._ear.hear(samples)
        if not len(found):
            return np.zeros(0, np.float32), np.zeros((0, len(VOWELS)), np.float32)
        speaks = self._gate(levels_db)
        rows = np.concatenate((self._rows, self._norm(found, speaks)))
        self._rows = rows[-(CONTEXT - 1) :]
        is_open, shares = self._net(in_context(rows))
        return is_open * speaks, shares


def visemes_of(samples: Float32[np.ndarray, " n"]) -> tuple[Viseme, ...]:
    """Read the mouth off samples whose sounds nobody knows: a viseme whenever it changes."""
    tail = np.zeros(SAMPLE_RATE_HZ // 20, np.float32)
    is_open, shares = Lips().hear(np.concatenate((samples, tail)))
    kinds = np.where(is_open > 0.5, shares.argmax(1), len(VOWELS))
    names: tuple[VisemeName, ...] = (*VOWELS, "sil")
    found = [Viseme(0.0, "sil", 0.0)]
    for frame, kind in enumerate(_steady(kinds)):
        t_s = max(0.0, (frame + 1) * HOP_S - LATE_S)
        if names[kind] != found[-1].viseme and t_s < len(samples) / SAMPLE_RATE_HZ:
            found.append(Viseme(t_s, names[kind], float(kind < len(VOWELS))))
    return tuple(found)


def _steady(kinds: np.ndarray) -> list[int]:
    """Give of each frame what most of those around it are."""
    around = np.pad(kinds, STEADY // 2, mode="edge")
    windows = np.lib.stride_tricks.sliding_window_view(around, STEADY)
    return [int(np.bincount(window).argmax()) for window in windows]
