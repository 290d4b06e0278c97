"""RGBA with its transparency for OBS's ordinary Media Source, over TCP on this machine.

Settings: port, format (nut: OBS needs the address only; rawvideo: it needs the size too, and it is
a little cheaper), fps, readers (how many may be connected at once).

Straight alpha, bit for bit. A reader gets the newest picture when it has taken the one before, and
one that does not read costs nobody anything. The port is open as long as the show runs: OBS 29 does
not always come back to one that was closed for a while.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from vtuber.core.errors import UserError
from vtuber.core.picture import Picture
from vtuber.core.ports import Feed, SinkContext
from vtuber.image.views import VIEWS
from vtuber.output import _nut

HOST = "127.0.0.1"
TICK = "tick 'Apply alpha in linear space'"


@dataclass(frozen=True)
class Options:
    """Settings of `--output alpha`."""

    port: int = 9300
    format: Literal["nut", "rawvideo"] = "nut"
    fps: int = 30
    readers: int = 32


class Output:
    """One port that pictures come from."""

    eats = frozenset({"picture"})
    runs_on = "thread"
    delivery: Literal["newest", "paced"] = "newest"

    def __init__(self, options: Options, context: SinkContext) -> None:
        if not 1 <= options.port <= 65535:
            raise UserError(f"port={options.port} does not exist; choose one of 1 to 65535")
        if options.readers < 1:
            raise UserError(f"readers={options.readers}: at least one must be let in")
        assert context.feed is not None, "the alpha output needs a port handed in"
        self._options, self._context = options, context
        self._listen = context.feed
        self._feed: Feed | None = None
        self._sent = 0

    def open(self) -> None:
        """Listen. Raises UserError when the port is taken."""
        options, size_px = self._options, self._context.size_px
        is_nut = options.format == "nut"
        greeting = _nut.head(size_px, options.fps) if is_nut else b""
        self._feed = self._listen(HOST, options.port, greeting, options.readers)
        self._context.announce(
            f"for OBS's Media Source: {self._feed.url} ({self._what_obs_needs()})"
        )

    def _what_obs_needs(self) -> str:
        """Say what to fill in; the address goes to Input."""
        if self._options.format == "nut":
            return f"`vtuber obs setup` makes it; by hand: no local file, this as Input; {TICK}"
        width, height = self._context.size_px
        return (
            "by hand: no local file, this as Input, Input Format rawvideo, FFmpeg "
            f"Options video_size={width}x{height} pixel_format=rgba "
            f"framerate={self._options.fps} fflags=nobuffer; {TICK}"
        )

    def send(self, picture: Picture) -> None:
        """Hand the picture to those who have time for one; it is not converted for nobody."""
        feed = self._feed
        assert feed is not None, "send comes between open and close"
        if not feed.admit():
            return
        pixels = VIEWS.straight(picture).data
        if self._options.format == "nut":
            # Counted, also across what was left out: OBS shows a picture no sooner than its time
            # says, counted from the first; by the clock it was 130 ms late and not 60.
            feed.offer(_nut.before(pixels.nbytes, self._sent), pixels)
            self._sent += 1
        else:
            feed.offer(pixels)

    def close(self) -> None:
        feed, self._feed = self._feed, None
        if feed is not None:
            feed.close()
