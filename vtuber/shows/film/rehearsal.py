"""A play in, everything that will happen in its film, without a picture, out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from vtuber.core.errors import UserError
from vtuber.script.deeds import Cued
from vtuber.script.ending import may_not_end
from vtuber.script.player import Player
from vtuber.shows.film.lines import Speak
from vtuber.shows.film.recorded import RecordedSpeech
from vtuber.shows.plays.casting import Play
from vtuber.shows.talk.conduct import ready_in
from vtuber.voice.conduct.gate import Gate

TAIL_S = 0.6  # behind the last statement and gesture: fades go out
LONGEST_S = 6 * 3600.0


@dataclass(frozen=True, slots=True, eq=False)
class Rehearsal:
    """What a film will be."""

    frames: int
    fps: Fraction
    cued: tuple[Cued, ...]
    speech: RecordedSpeech

    @property
    def seconds(self) -> float:
        return float(self.frames / self.fps)


def moment_ns(frame: int, fps: Fraction) -> int:
    """Give when a picture of a film is.

    >>> moment_ns(30, Fraction(30000, 1001))
    1001000000
    """
    return int(frame * 1_000_000_000 / fps)


def rehearse(
    play: Play,
    speak: Speak,
    fps: Fraction,
    seed: int = 0,
    seconds: float | None = None,
    progress: Callable[[float], None] = lambda seconds: None,
    gate: Gate | None = None,
) -> Rehearsal:
    """Perform a play for nobody, to its end or for `seconds`, whichever comes first.

    `progress` hears how many seconds of it are done; `gate` is the conduct that lines pass.

    Raises UserError for a script that may not end, unless `seconds` ends it; for a line that its
    voice cannot speak.
    """
    endless = may_not_end(play.script)
    if endless and seconds is None:
        raise UserError(f"this script may not end: {endless}; say how long with --seconds")
    cued: list[Cued] = []
    speech = RecordedSpeech(speak, gate, ready_in(play.script))
    player = Player(play.script, play.catalogue, speech, 0, seed, cued.append)
    most = int(fps * Fraction(LONGEST_S if seconds is None else seconds))
    frame = 0
    while frame < most and not player.has_come_to_rest(moment_ns(frame, fps)):
        player.advance(moment_ns(frame, fps))
        if player.is_stuck and seconds is None:
            awaited = " and ".join(player.awaited)
            raise UserError(f"nothing in this script brings about what it waits for: {awaited}")
        frame += 1
        if frame % int(fps) == 0:
            progress(float(frame / fps))
    if frame == most and seconds is None:
        raise UserError(f"this script takes over {LONGEST_S / 3600:g} hours; end it with --seconds")
    frames = max(1, min(most, frame + int(fps * Fraction(TAIL_S))))
    end_ns = moment_ns(frames, fps)
    return Rehearsal(frames, fps, tuple(c for c in cued if c.at_ns < end_ns), speech)
