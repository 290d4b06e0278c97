"""The voice that comes with the program: small, robotic English, made to work everywhere.

Settings: lilt (how far the pitch moves: 0 is a monotone, 1 as trained).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from vtuber.core.errors import UserError
from vtuber.core.ports import VoiceContext
from vtuber.core.speech import Line, Utterance
from vtuber.voice.bundled.normalise import Unspeakable, normalise
from vtuber.voice.bundled.voice import Bundled
from vtuber.voice.coqui_model import BROKEN
from vtuber.voice.lines import LATIN, Chunk, Phrase, spoken
from vtuber.voice.phonemes import visemes
from vtuber.voice.resample import Resampler

_WARM = "Hello there! On May 3rd we had 1,250 of them :) 👍, or even more than that, I think."


@dataclass(frozen=True)
class Options:
    """Settings of `--voice bundled`."""

    lilt: float = 1.0


class Voice:
    """Our own small model, driven by Coqui's classes."""

    name = "bundled"

    def __init__(self, options: Options, context: VoiceContext) -> None:
        if not 0 <= options.lilt <= 3:
            raise UserError(f"lilt={options.lilt:g}: give 0 to 3")
        self._lilt = options.lilt
        self._voice = Bundled()

    def open(self) -> None:
        """Import Coqui and load the networks. Raises UserError where either is not whole."""
        try:
            self._voice.open()
            for _ in self.speak(Line(_WARM)):  # what runs for the first time is slow
                pass
        except (ImportError, OSError) as error:
            raise UserError(
                f"Coqui TTS is not installed, or not whole ({error}): pip install 'vtuber[voice]'"
            ) from error
        except BROKEN as error:
            what = " ".join(f"{type(error).__name__}: {error}".split())[:200]
            raise UserError(f"its files are not whole ({what}): install vtuber anew") from error

    def speak(self, line: Line) -> Iterator[Utterance]:
        return spoken(line, self.name, self._say, LATIN, _can_say)

    def _say(self, phrase: Phrase) -> Iterator[Chunk]:
        resampler = Resampler(self._voice.sample_rate_hz)
        pieces = self._voice.speak(
            phrase.text, phrase.speed, phrase.pitch, phrase.energy, self._lilt
        )
        for piece in pieces:
            samples = resampler.push(piece.samples)
            yield Chunk(samples, visemes(piece.phones), piece.words)
        yield Chunk(resampler.end())

    def close(self) -> None:
        """Let the networks go."""
        self._voice = Bundled()


def _can_say(text: str) -> bool:
    try:
        return bool(normalise(text))
    except Unspeakable:
        return False
