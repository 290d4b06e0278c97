"""Lines in, each made by its voice at once; when they are heard, the mouths and the sound, out.

What a film speaks with, as `script.spoken.Speech` has it: nothing waits for a device, so the same
script gives the same times.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float32

from vtuber.core.speech import SAMPLE_RATE_HZ, Line, Mouth, Utterance, Word
from vtuber.shows.mouths import Mouths

BREATH_S = 0.12  # before a line is heard: its mouth opens first, and lines do not run together


@dataclass(frozen=True, slots=True, eq=False)
class Recorded:
    """A line that is made: fits `script.spoken.Spoken`."""

    line: Line
    pieces: tuple[Utterance, ...]
    first: int  # count of its first sample

    @property
    def words(self) -> tuple[Word, ...]:
        return tuple(word for piece in self.pieces for word in piece.words)

    @property
    def samples(self) -> Float32[np.ndarray, " n"]:
        return np.concatenate([piece.samples for piece in self.pieces] or [np.zeros(0, np.float32)])

    @property
    def start_ns(self) -> int:
        return _ns(self.first)

    @property
    def end_ns(self) -> int:
        return _ns(self.first + sum(len(piece.samples) for piece in self.pieces))


class RecordedSpeech:
    """The voices of a film. Samples are counted from the film's first picture."""

    def __init__(self, speak: Callable[[Line], tuple[Utterance, ...]]) -> None:
        """`speak` gives all of a line; it may raise UserError for a text that it cannot speak."""
        self._speak = speak
        self._mouths = Mouths()
        self._free = 0  # count from which on nobody speaks
        self.lines: list[Recorded] = []

    def say(self, line: Line, at_ns: int) -> Recorded:
        """Make a line; it is heard after a breath, behind those before it."""
        from_ns = max(at_ns, _ns(self._free)) + round(BREATH_S * 1e9)
        recorded = Recorded(line, self._speak(line), math.ceil(from_ns * SAMPLE_RATE_HZ / 1e9))
        first = recorded.first
        for piece in recorded.pieces:
            self._mouths.add((line.performer,), piece, first)
            first += len(piece.samples)
        self._free = first
        self.lines.append(recorded)
        return recorded

    def quiet_ns(self, since_ns: int) -> int:
        """Give when all is said that was taken, `since_ns` at the earliest."""
        return max(since_ns, _ns(self._free))

    def skip(self) -> None:
        """Nobody breaks a film off."""

    def mouths(self, now_ns: int) -> Mapping[str, Mouth]:
        """Give the mouths that move at this moment; faces are the script's own affair."""
        moving = self._mouths.at(now_ns, lambda ns: ns * SAMPLE_RATE_HZ / 1e9)
        return {name: Mouth(mouth.pose) for name, mouth in moving.items()}

    def sound(self, seconds: float) -> Float32[np.ndarray, " n"]:
        """Give all that is heard in so long from the first picture on."""
        heard = np.zeros(round(seconds * SAMPLE_RATE_HZ), np.float32)
        for recorded in self.lines:
            room = heard[recorded.first : recorded.first + len(recorded.samples)]
            room += recorded.samples[: len(room)]
        return heard


def _ns(count: int) -> int:
    return count * 1_000_000_000 // SAMPLE_RATE_HZ
