"""What a user calls a background in, what stands behind everybody out: at once, or beside the beat.

`transparent`, a colour, the path of a picture or of a video. A name is a colour first: a file that
is called `red` is `./red`.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from queue import Empty, SimpleQueue

import numpy as np
from jaxtyping import UInt8

from vtuber import plugins
from vtuber.capture.still import read_picture
from vtuber.core.colour import Colour, is_colour, parse_colour
from vtuber.core.errors import UserError, VtuberError
from vtuber.core.frame import Frame
from vtuber.core.look import TRANSPARENT, Background
from vtuber.core.ports import Clock, Source, StopEvent
from vtuber.image.convert import cut_to
from vtuber.runtime.clock import ManualClock
from vtuber.runtime.mailbox import Mailbox
from vtuber.runtime.worker import Worker
from vtuber.shows.sources import PICTURES
from vtuber.shows.watch import Watched
from vtuber.stage import Stage

MOST_NS = 50_000_000  # of decoding at once; a video that is still behind then goes on slower
LEAST_PAUSE_S = 1 / 60  # between two pictures of a video; what was due between is left out

Size = tuple[int, int]  # width, height in px


class Reel:
    """A video as backgrounds, played over and over from the moment on at which it was opened."""

    def __init__(self, path: str, size_px: Size, clock: Clock) -> None:
        """Open it and decode its first frame. Raises UserError."""
        self._size_px, self._clock = size_px, clock
        self._source: Source = plugins.with_options(
            "capture", "video", path=path, paced=False, loop=True
        ).make(clock)
        self._source.open()
        self._ahead: Frame = self._source.read()
        self._behind_ns = 0
        self._rgb: UInt8[np.ndarray, "h w 3"] | None = None

    @property
    def due_ns(self) -> int:
        """Give when its next frame is due."""
        return self._ahead.captured_ns + self._behind_ns

    def advance(self, now_ns: int) -> Background | None:
        """Go on to a moment; give what shows from then on, or None when that stays as it was.

        Where decoding takes too long, or a show was paused, it goes on from where it came to.

        Raises UserError or SourceEnded when the file can no longer be read.
        """
        frame = None
        began_ns = self._clock.now_ns()
        while self.due_ns <= now_ns:
            frame, self._ahead = self._ahead, self._source.read()
            if self._clock.now_ns() - began_ns > MOST_NS:  # never in a film, whose clock stands
                self._behind_ns += max(0, now_ns + 1 - self.due_ns)
        if frame is None:
            return None
        rgb = cut_to(frame.rgb, self._size_px, moves=True)
        if self._rgb is not None and _is_same(rgb, self._rgb):
            return None  # a slide, or a picture that only calls itself a video: no upload
        self._rgb = rgb
        return Background(rgb)

    def close(self) -> None:
        self._source.close()


def _is_same(one: UInt8[np.ndarray, "h w 3"], other: UInt8[np.ndarray, "h w 3"]) -> bool:
    return np.array_equal(one[::16, ::16], other[::16, ::16]) and np.array_equal(one, other)


def name_background(what: str) -> Path | Colour | None:
    """Read what a user calls a background: a file, a colour, or None, which is transparent.

    Raises UserError for what is none of them; opens no file.
    """
    if what == TRANSPARENT:
        return None
    if is_colour(what):
        return parse_colour(what)
    path = Path(os.path.expanduser(what))
    if not os.path.isfile(path):  # Path.is_file raises for names that no file can have
        found = "is a folder" if os.path.isdir(path) else "is not there"
        raise UserError(
            f"the background {what!r} {found}; give {TRANSPARENT}, a colour such as #20c060 or "
            "navy, or the path of a picture or a video"
        )
    return path


def open_background(what: str, size_px: Size, clock: Clock) -> Background | Reel | None:
    """Open what a user calls a background, cut to the picture. Raises UserError."""
    named = name_background(what)
    if named is None:
        return None
    if isinstance(named, tuple):
        return Background.of(named)
    if named.suffix.lower() in PICTURES:
        return Background(cut_to(read_picture(named), size_px))
    return Reel(str(named), size_px, clock)


def check_background(what: str) -> None:
    """Raise UserError for what cannot be a background."""
    opened = open_background(what, (64, 64), ManualClock())
    if isinstance(opened, Reel):
        opened.close()


class Backdrops:
    """One thread that opens backgrounds and plays videos; of several wishes the newest counts."""

    def __init__(self, clock: Clock, say: Callable[[str], None]) -> None:
        self._clock, self._say = clock, say
        self._wishes: SimpleQueue[tuple[str, Size, float] | None] = SimpleQueue()
        # What is new, over how long it comes, and the number of what was put up: no frame of a
        # video that overtakes its first one makes a cut of it.
        self._ready: Mailbox[tuple[Background | None, float, int]] = Mailbox()
        self._opened, self._put_up = 0, 0
        self._over_s = 0.0
        self._reel: Reel | None = None
        self._shown = 0
        self.watched = Watched(
            Worker("background", self._run), "the background", lambda: self._shown
        )

    def open(self, what: str, size_px: Size, over_s: float = 0.0) -> None:
        """Open the first one, before the thread is started. Raises UserError."""
        opened = open_background(what, size_px, self._clock)
        self._over_s = over_s
        self._opened += 1
        if self._reel is not None:
            self._reel.close()
        self._reel = opened if isinstance(opened, Reel) else None
        if isinstance(opened, Reel):
            self._play(opened)
        else:
            self._show(opened)

    def ask(self, what: str, size_px: Size, over_s: float) -> None:
        """Wish for a background; one that cannot be is said, and the old one stays."""
        self._wishes.put((what, size_px, over_s))

    def follow(self, stage: Stage, now_ns: int) -> None:
        """Put the newest background, if there is one, behind everybody."""
        ready = self._ready.take()
        if ready is None:
            return
        background, over_s, number = ready
        if number != self._put_up:
            self._put_up = number
            stage.behind.put(background, now_ns, over_s)
        elif background is not None:
            stage.behind.play(background)

    def close(self) -> None:
        """Let the thread end, which has been asked to."""
        self._wishes.put(None)

    def _run(self, stop: StopEvent) -> None:
        while not stop.is_set():
            wishes = self._wished()
            if not wishes and self._reel is not None:
                self._can(partial(self._play, self._reel))
            while wishes and not self._can(partial(self.open, *wishes.pop())):
                pass  # what is mistyped does not take the place of the wish before it
        if self._reel is not None:
            self._reel.close()

    def _wished(self) -> list[tuple[str, Size, float]]:
        """Give all wishes that there are, the newest last; wait for the next frame of a video."""
        wishes = []
        try:
            wishes.append(self._wishes.get(timeout=self._pause_s()))
            while True:
                wishes.append(self._wishes.get_nowait())
        except Empty:
            return [wish for wish in wishes if wish is not None]

    def _can(self, act: Callable[[], None]) -> bool:
        """Do something, or say that it cannot be done."""
        try:
            act()
        except UserError as error:
            self._say(f"{error} (the old background stays)")
            return False
        return True

    def _pause_s(self) -> float | None:
        if self._reel is None:
            return None
        return max(LEAST_PAUSE_S, (self._reel.due_ns - self._clock.now_ns()) / 1e9)

    def _play(self, reel: Reel) -> None:
        now_ns = self._clock.now_ns()
        try:
            background = reel.advance(now_ns)
        except VtuberError as error:  # its file went, or was changed: its last picture stays
            self._reel = None
            reel.close()
            raise UserError(str(error)) from error
        if background is not None:
            self._show(background)

    def _show(self, background: Background | None) -> None:
        self._ready.put((background, self._over_s, self._opened))
        self._shown += 1
