"""Voices for tests, as files that a spawned process can import."""

import os
import signal
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from vtuber.core.errors import UserError
from vtuber.core.speech import Line, Utterance, Viseme

WORD = 9_600  # samples: 0.2 s


class Counting:
    """Says every word as 0.2 s of a tone with open lips; some words do harm."""

    def __init__(self, folder: str, name: str) -> None:
        self._folder, self.name = Path(folder), name
        self._loud = 0.125 if name == "low" else 0.25

    def open(self) -> None:
        """Be ready; where there is a pipe called `loading`, when somebody has opened it."""
        loading = self._folder / "loading"
        if loading.exists():
            loading.read_bytes()

    def speak(self, line: Line):
        words = line.text.split()
        for place, word in enumerate(words):
            if word == "die":
                os.kill(os.getpid(), signal.SIGKILL)
            if word == "once" and not (self._folder / "once").exists():
                (self._folder / "once").touch()
                os.kill(os.getpid(), signal.SIGKILL)
            if word == "bad":
                raise ValueError("cannot say bad")
            if word == "strange":
                raise UserError("the voice counting cannot read strange")
            start_s = place * WORD / 48_000
            yield Utterance(
                np.full(WORD, self._loud, np.float32),
                start_s,
                (Viseme(start_s, "aa"),),
                is_last=place == len(words) - 1,
                style=line.style,
                note="a note" if word == "noted" else "",
            )

    def close(self) -> None:
        """There is nothing to let go."""


@dataclass(frozen=True)
class Candidate:
    """What a chain holds."""

    folder: str
    name: str = "counting"

    def make(self, *context: object) -> Counting:
        return Counting(self.folder, self.name)
