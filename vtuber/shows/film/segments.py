"""One process of a film: numbers of segments in, their files, and how far it is, out.

A segment is a film of its own that begins with a keyframe, so segments that different processes
drew, or that a killed one left, make the same film. A process performs all that lies before its
segments, and draws none of it: 0.6 ms a picture instead of 15.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np
from jaxtyping import UInt8

from vtuber.core.errors import UserError
from vtuber.core.picture import Picture
from vtuber.image.views import VIEWS
from vtuber.output._film import Film, FilmBroken, Kind, codec_options
from vtuber.output._opaque import cropped, even_size
from vtuber.output._stills import Stills
from vtuber.runtime.meter import Meter
from vtuber.script.statements import Script
from vtuber.shows.film.lines import KeptLines
from vtuber.shows.film.recorded import RecordedSpeech
from vtuber.shows.film.rehearsal import moment_ns
from vtuber.shows.plays.casting import play_of
from vtuber.shows.plays.performance import Performance
from vtuber.shows.plays.scripted import Engine
from vtuber.shows.talk.conduct import ready_in
from vtuber.voice.conduct.gate import Gate
from vtuber.voice.conduct.rules import NO_RULES, Rules

TELL_EVERY = 10  # pictures


@dataclass(frozen=True, slots=True)
class Job:
    """What a process needs to know of a film."""

    script: str  # its JSON twin
    gestures: tuple[Path, ...]
    emotion: bool
    folder: Path  # where lines and segments lie
    suffix: str  # of the film
    kind: Kind | None  # None: a folder of pictures
    size_px: tuple[int, int]
    fps: Fraction
    frames: int
    segment: int  # pictures in each but the last
    seed: int
    background: tuple[int, int, int] | None  # None: transparent
    warper: str
    crf: int
    preset: str
    rules: Rules = NO_RULES  # of conduct
    home: Path | None = None  # from which the script's paths count

    @property
    def segments(self) -> int:
        return -(-self.frames // self.segment)

    def range(self, number: int) -> range:
        """Give the pictures of a segment."""
        return range(number * self.segment, min((number + 1) * self.segment, self.frames))

    def file(self, number: int) -> Path:
        """Give the file, or folder, of a segment: it is there when it is whole."""
        suffix = self.suffix if self.kind is not None else ""
        return self.folder / f"{number:05}{suffix}"


def make(job: Job) -> Callable[[int], Iterator[int]]:
    """Be ready to draw; give what draws one segment and yields its pictures done. For a Service."""
    return Drawer(job).draw


class Drawer:
    """Draws segments, in the order of their numbers."""

    def __init__(self, job: Job) -> None:
        self._job = job
        script = Script.model_validate_json(job.script)
        play = play_of(script, job.gestures, job.emotion, folder=job.home)
        self._engine = Engine(None, job.size_px, warper=job.warper)
        gate = Gate(rules=job.rules)
        speech = RecordedSpeech(KeptLines(job.folder), gate, ready_in(script))
        self._performance = Performance(play, speech, self._engine, job.seed)
        self._next = 0
        self.meter = Meter()

    def close(self) -> None:
        self._engine.close()

    def draw(self, number: int) -> Iterator[int]:
        """Draw a segment; yield how many of its pictures are done. Raises UserError."""
        pictures = self._job.range(number)
        for frame in range(self._next, pictures.start):
            self._go_to(frame)
            self._engine.advance()
        film = self._begun(number)
        try:
            for done, frame in enumerate(pictures, 1):
                with self.meter.time("advance"):
                    self._go_to(frame)
                    scene = self._engine.advance()
                with self.meter.time("draw"):
                    picture = self._engine.drawn(scene)
                with self.meter.time("convert"):
                    pixels = self._pixels(picture)
                with self.meter.time("encode"):
                    film.add(pixels)
                if done % TELL_EVERY == 0 or done == len(pictures):
                    yield done
            film.end()
        except FilmBroken as error:
            raise UserError(f"cannot write {film.path}: {error}") from error
        if film.fault:
            raise UserError(f"cannot write {film.path}: {film.fault}")
        self._next = pictures.stop
        film.path.rename(self._job.file(number))

    def _go_to(self, frame: int) -> None:
        self._performance.go_to(moment_ns(frame, self._job.fps))

    def _begun(self, number: int) -> Film | Stills:
        job = self._job
        part = job.file(number).with_name(f"{number:05}.part{job.suffix}")
        try:
            if job.kind is None:
                stale = Stills.__new__(Stills)
                stale.path = part
                stale.discard()
                return Stills(part, float(job.fps))
            part.unlink(missing_ok=True)
            options = codec_options(job.kind.codec, job.crf, job.preset)
            return Film(part, job.kind, even_size(job.size_px), float(job.fps), options)
        except FilmBroken as error:
            raise UserError(f"cannot write {part}: {error}") from error

    def _pixels(self, picture: Picture) -> UInt8[np.ndarray, "h w c"]:
        job = self._job
        size_px = job.size_px if job.kind is None else even_size(job.size_px)
        if job.background is None:
            return cropped(VIEWS.straight(picture), size_px)
        return cropped(VIEWS.over(picture, job.background), size_px)
