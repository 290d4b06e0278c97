"""Lines in, each made by its voice at once; when they are heard, the mouths and the sound, out.

What a film speaks with, as `script.spoken.Speech` has it: nothing waits for a device, so the same
script gives the same times.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Float32

from vtuber.core.conduct import NO_RULING, Ruling
from vtuber.core.speech import SAMPLE_RATE_HZ, URGENT, Line, Mouth, Utterance, Word
from vtuber.script.spoken import Spoken
from vtuber.shows.talk.mouths import Mouths
from vtuber.voice.conduct.gate import Gate
from vtuber.voice.conduct.match import Matcher

BREATH_S = 0.12  # before a line is heard: its mouth opens first, and lines do not run together
FADE = 960  # samples in which a line that is broken off goes out: 20 ms, as speakers do


@dataclass(slots=True, eq=False)
class Recorded:
    """A line that is made: fits `script.spoken.Spoken`."""

    line: Line
    pieces: tuple[Utterance, ...]
    asked: int  # count of samples when it was taken
    first: int = 0  # count of its first sample
    end: int = 0  # count behind its last one that is heard
    is_gone: bool = False  # it was broken off
    judge: Matcher | None = None  # whose conduct rules it was put to
    is_fixed: bool = False  # it is a sound that was ready

    def ruling(self, text: str) -> Ruling:
        """Give what conduct made of it, where it holds this text."""
        return NO_RULING if self.judge is None else self.judge.ruling(text, is_fixed=self.is_fixed)

    def lay(self, free: int) -> None:
        """Have it heard after a breath, once nobody speaks and it was taken."""
        self.first = max(self.asked, free) + round(BREATH_S * SAMPLE_RATE_HZ)
        self.end = self.first + sum(len(piece.samples) for piece in self.pieces)

    @property
    def words(self) -> tuple[Word, ...]:
        """Give the words that are heard."""
        heard_s = (self.end - self.first) / SAMPLE_RATE_HZ
        return tuple(word for piece in self.pieces for word in piece.words if word.t_s < heard_s)

    @property
    def samples(self) -> Float32[np.ndarray, " n"]:
        made = [np.zeros(0, np.float32), *(piece.samples for piece in self.pieces)]
        heard: Float32[np.ndarray, " n"] = np.concatenate(made)[: self.end - self.first]
        if self.is_gone:
            fade = min(FADE, len(heard))
            heard[len(heard) - fade :] *= np.linspace(1, 0, fade, dtype=np.float32)
        return heard

    @property
    def start_ns(self) -> int:
        return _ns(self.first)

    @property
    def end_ns(self) -> int:
        return _ns(self.end)


class RecordedSpeech:
    """The voices of a film. Samples are counted from the film's first picture."""

    def __init__(
        self,
        speak: Callable[[Line], tuple[Utterance, ...]],
        gate: Gate | None = None,
        ready: Collection[str] = (),
    ) -> None:
        """`speak` gives all of a line; it may raise UserError for a text that it cannot speak.

        `gate`: the conduct that every line passes; `ready`: the performers whose voice plays sounds
        that are ready.
        """
        self._speak, self.gate, self._ready = speak, gate or Gate(), ready
        self._mouths = Mouths()
        self.lines: list[Recorded] = []  # in the order in which they are heard

    def say(self, line: Line, at_ns: int) -> Recorded:
        """Make a line; it is heard after a breath, behind those before it."""
        asked = math.ceil(at_ns * SAMPLE_RATE_HZ / 1e9)
        is_fixed = bool(line.sound) or line.performer in self._ready
        ruling, judge = self.gate.judged(line, line.performer, is_fixed=is_fixed)
        if ruling.blocked_by:
            return Recorded(
                line, (), asked, asked, asked, is_gone=True, judge=judge, is_fixed=is_fixed
            )
        line = replace(line, text=ruling.tagged(line.text))
        recorded = Recorded(line, self._speak(line), asked, judge=judge, is_fixed=is_fixed)
        if line.priority >= URGENT:
            self._break_off(line.priority, asked)
        behind = len(self.lines)  # of the lines that wait, those of a lower priority
        while (
            behind
            and self.lines[behind - 1].first > asked
            and (self.lines[behind - 1].line.priority < line.priority)
        ):
            behind -= 1
        waiting, self.lines = self.lines[behind:], self.lines[:behind]
        self._mouths.cut(self._free)
        for each in (recorded, *waiting):
            self._lay(each)
        return recorded

    def _break_off(self, priority: int, at: int) -> None:
        """End the line that is heard at a count of samples, unless it is as urgent."""
        for heard in self.lines:
            if heard.first <= at < heard.end and heard.line.priority < priority:
                heard.end, heard.is_gone = min(heard.end, at + FADE), True

    @property
    def _free(self) -> int:
        """Give the count from which on nobody speaks."""
        return self.lines[-1].end if self.lines else 0

    def _lay(self, recorded: Recorded) -> None:
        recorded.lay(self._free)
        first = recorded.first
        for piece in recorded.pieces:
            self._mouths.add((recorded.line.performer,), piece, first)
            first += len(piece.samples)
        self.lines.append(recorded)

    def quiet_ns(self, since_ns: int) -> int:
        """Give when all is said that was taken, `since_ns` at the earliest."""
        return max(since_ns, _ns(self._free))

    def skip(self) -> None:
        """Nobody breaks a film off."""

    def drop(self, spoken: Spoken, at_ns: int) -> None:
        """Break off a line, or forget it while it waits: a reaction has gone elsewhere."""
        at = math.ceil(at_ns * SAMPLE_RATE_HZ / 1e9)
        for place, line in enumerate(self.lines):
            if line is not spoken or line.end <= at:
                continue
            line.is_gone, line.end = True, min(line.end, at + FADE)
            kept = place + (line.first < at)
            waiting, self.lines = self.lines[place + 1 :], self.lines[:kept]
            self._mouths.cut(self._free)
            for each in waiting:
                self._lay(each)
            return

    def mouths(self, now_ns: int) -> Mapping[str, Mouth]:
        """Give the mouths that move at this moment; faces are the script's own affair."""
        moving = self._mouths.at(now_ns, lambda ns: ns * SAMPLE_RATE_HZ / 1e9)
        return {name: Mouth(mouth.pose) for name, mouth in moving.items()}

    def sound(self, seconds: float) -> Float32[np.ndarray, " n"]:
        """Give all that is heard in so long from the first picture on."""
        heard = np.zeros(round(seconds * SAMPLE_RATE_HZ), np.float32)
        for recorded in self.lines:
            samples = recorded.samples
            room = heard[recorded.first : recorded.first + len(samples)]
            room += samples[: len(room)]
        return heard


def _ns(count: int) -> int:
    return count * 1_000_000_000 // SAMPLE_RATE_HZ
