"""Says nothing and moves the mouth: letters as long as they would take to say. Reads any script.

Settings: rate (letters a second, at speed 1).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from vtuber.core.errors import UserError
from vtuber.core.ports import VoiceContext
from vtuber.core.speech import SAMPLE_RATE_HZ, Line, Utterance, Word
from vtuber.voice.lines import Chunk, Phrase, spoken
from vtuber.voice.phonemes import Phone, shapes, visemes

PIECE = SAMPLE_RATE_HZ  # samples at once


@dataclass(frozen=True)
class Options:
    """Settings of `--voice silent`."""

    rate: float = 14.0  # English at 165 words a minute, blanks with it


class Voice:
    """A mouth without sound."""

    name = "silent"

    def __init__(self, options: Options, context: VoiceContext) -> None:
        if not 1 <= options.rate <= 100:
            raise UserError(f"rate={options.rate:g}: give 1 to 100 letters a second")
        self._rate = options.rate

    def open(self) -> None:
        """There is nothing to load."""

    def speak(self, line: Line) -> Iterator[Utterance]:
        return spoken(line, self.name, self._say, scripts=None)

    def _say(self, phrase: Phrase) -> Iterator[Chunk]:
        step_s = 1.0 / (self._rate * phrase.speed)
        phones: list[Phone] = []
        words: list[Word] = []
        at_s = 0.0
        for text in phrase.text.split():
            begin_s = at_s
            for letter in text:
                # a Chinese character is a syllable, as long as two or three letters
                taken_s = step_s * (2.5 if ord(letter) >= 0x2E80 else 1.0)
                if shapes(letter) or letter.isalnum():
                    phones.append(Phone(letter, at_s, at_s + taken_s))
                    at_s += taken_s
            words.append(Word(begin_s, at_s, text))
            at_s += step_s
        samples = np.zeros(round(at_s * SAMPLE_RATE_HZ), np.float32)
        yield Chunk(samples[:PIECE], visemes(phones), tuple(words))
        for begin in range(PIECE, len(samples), PIECE):
            yield Chunk(samples[begin : begin + PIECE])

    def close(self) -> None:
        """There is nothing to let go."""
