"""Speaks by espeak-ng's library: robotic, a hundred languages, no model to load.

Settings: voice (espeak-ng's name of a language or voice: en-us, de, cmn, en-us+f3), rate (words a
minute at speed 1).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from vtuber.core.errors import UserError
from vtuber.core.ports import VoiceContext
from vtuber.core.speech import Line, Utterance, Word
from vtuber.voice.espeak_library import EspeakLibrary, Said
from vtuber.voice.lines import Chunk, Phrase, spoken
from vtuber.voice.phonemes import Phone, visemes
from vtuber.voice.resample import resampled
from vtuber.voice.scripts import scripts_of

RATES_WPM = 80, 450  # of the library
PITCH, PITCH_A_SEMITONE = 50, 50 / 12  # of the library's 0..99: an octave is 50


@dataclass(frozen=True)
class Options:
    """Settings of `--voice espeak`."""

    voice: str = "en-us"
    rate: int = 165


class Voice:
    """espeak-ng itself."""

    def __init__(self, options: Options, context: VoiceContext) -> None:
        low, high = RATES_WPM
        if not low <= options.rate <= high:
            raise UserError(f"rate={options.rate}: give {low} to {high} words a minute")
        self.name = "espeak" if options == Options() else f"espeak:{options.voice}"
        self._options = options
        self._library: EspeakLibrary | None = None

    def open(self) -> None:
        """Load the library. Raises UserError where it is absent, or has no such voice."""
        self._library = EspeakLibrary(self._options.voice)

    def speak(self, line: Line) -> Iterator[Utterance]:
        return spoken(line, self.name, self._say, scripts_of(self._options.voice))

    def _say(self, phrase: Phrase) -> Iterator[Chunk]:
        assert self._library is not None, "speak comes after open"
        low, high = RATES_WPM
        rate_wpm = min(max(round(self._options.rate * phrase.speed), low), high)
        pitch = min(max(round(PITCH + phrase.pitch * PITCH_A_SEMITONE), 0), 99)
        said = self._library.say(phrase.text, rate_wpm, pitch)
        rate_hz = self._library.sample_rate_hz
        samples = resampled(said.samples.astype(np.float32) * (phrase.energy / 32768), rate_hz)
        yield Chunk(samples, visemes(_phones(said, rate_hz)), _words(said, rate_hz))

    def close(self) -> None:
        """The library stays: it cannot be started twice."""
        self._library = None


def _phones(said: Said, rate_hz: int) -> Iterator[Phone]:
    ends = [mark.sample for mark in said.phonemes[1:]] + [len(said.samples)]
    for mark, end in zip(said.phonemes, ends, strict=True):
        yield Phone(mark.text.strip("_:|' "), mark.sample / rate_hz, end / rate_hz)


def _words(said: Said, rate_hz: int) -> tuple[Word, ...]:
    """Give the words; each ends where the next begins, the last one where it falls silent."""
    if not said.words:
        return ()
    sounds = [mark for mark in said.phonemes if mark.text.strip("_:|' ")]
    pauses = [mark.sample for mark in said.phonemes if not mark.text.strip("_:|' ")]
    last = sounds[-1].sample if sounds else 0
    end = min((at for at in pauses if at > last), default=len(said.samples))
    ends = [mark.sample for mark in said.words[1:]] + [end]
    return tuple(
        Word(mark.sample / rate_hz, at / rate_hz, mark.text)
        for mark, at in zip(said.words, ends, strict=True)
    )
