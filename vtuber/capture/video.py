"""A clip in, its frames out: whatever PyAV decodes (mp4, webm, gif, raw H.264 ...).

Settings: `path`; `paced` (frames at the clip's own pace on the show's clock, or as fast as they are
read, with time stamps from the clip: start + its own time); `loop`.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from jaxtyping import UInt8

from vtuber.core.errors import SourceEnded, UserError
from vtuber.core.frame import Frame
from vtuber.core.ports import Clock

if TYPE_CHECKING:
    import av

log = logging.getLogger(__name__)

MOST_PIXELS = 8192 * 4320
LATE_NS = 250_000_000  # a clip whose decoder falls behind for longer goes on slower, not in a rush
_USUAL_RATE_HZ = 25.0  # of a clip that does not say: raw H.264


@dataclass(frozen=True, slots=True)
class Options:
    """Settings of a clip."""

    path: str = ""
    paced: bool = True
    loop: bool = False


class Capture:
    """A `Source` that plays a clip. `sequence` numbers its frames, on and on through loops."""

    is_live = False

    def __init__(self, options: Options, clock: Clock) -> None:
        if not options.path:
            raise UserError("a video needs the path of its file")
        self._options, self._clock = options, clock
        self.name = Path(options.path).name
        self._container: Any = None
        self._frames: Iterator[tuple[float, av.VideoFrame]] = iter(())
        self._start_ns = self._sequence = 0
        self._is_damaged = False
        self._time_s = 0.0  # of the last frame, within this round
        self._rate_hz = _USUAL_RATE_HZ

    def open(self) -> None:
        """Open the clip. Raises UserError when it is missing, no video or too large."""
        if not os.path.isfile(self._options.path):
            what = "is a folder" if os.path.isdir(self._options.path) else "is not there"
            raise UserError(f"the video {self._options.path} {what}; give the path of a clip")
        self._sequence = 0
        self._rewind()
        self._start_ns = self._clock.now_ns()

    def read(self) -> Frame:
        """Decode the next frame and wait for its time. Raises SourceEnded after the last."""
        assert self._container is not None, "read() comes after open()"
        timed = self._next()
        if timed is None:
            if not self._options.loop or not self._sequence:
                raise self._ended()
            self._start_ns += round((self._time_s + 1 / self._rate_hz) * 1e9)
            self._rewind()
            timed = self._next()
            if timed is None:
                raise self._ended()
        self._time_s, picture = timed
        captured_ns = self._start_ns + round(self._time_s * 1e9)
        if self._options.paced:
            captured_ns = self._wait(captured_ns)
        sequence, self._sequence = self._sequence, self._sequence + 1
        return Frame(_rgb(picture), captured_ns, sequence)

    def close(self) -> None:
        if self._container is not None:
            self._container.close()
            self._container = None
        self._frames = iter(())  # knows us: what is decoded would wait for the garbage collector

    def _wait(self, due_ns: int) -> int:
        late_ns = self._clock.now_ns() - due_ns
        if late_ns > LATE_NS:
            self._start_ns += late_ns
            return due_ns + late_ns
        self._clock.sleep_until(due_ns)
        return due_ns

    def _rewind(self) -> None:
        import av

        self.close()
        try:
            self._container = av.open(self._options.path)
        except (av.FFmpegError, ValueError) as error:
            raise self._unreadable(error) from error
        if not self._container.streams.video:
            self.close()
            raise UserError(f"{self._options.path} holds no video; give a clip with pictures")
        stream = self._container.streams.video[0]
        codec = stream.codec_context
        if codec is None:  # FFmpeg knows what it is, as an SVG, and has no decoder for it
            self.close()
            raise UserError(f"cannot decode {self._options.path}; give an mp4 file, or a PNG")
        if codec.width * codec.height > MOST_PIXELS:
            self.close()
            raise UserError(
                f"the video {self._options.path} is {codec.width}x{codec.height}; "
                f"the most is {MOST_PIXELS:,} pixels: make it smaller"
            )
        # One thread: a webcam-sized clip decodes in 1 to 3 ms, and the cores belong to the show.
        codec.thread_count = 1
        rate_hz = float(stream.average_rate or stream.guessed_rate or 0)
        self._rate_hz = rate_hz if 0.1 <= rate_hz <= 1000 else _USUAL_RATE_HZ
        self._frames = self._decoded(stream)

    def _decoded(self, stream: Any) -> Iterator[tuple[float, av.VideoFrame]]:
        """Give frames with times from 0 that never go back; where none is given, the rate's."""
        first_s: float | None = None
        last_s = -1 / self._rate_hz
        for picture in self._container.decode(stream):
            own_s = picture.time
            if own_s is not None and first_s is None:
                first_s = own_s
            time_s = last_s + 1 / self._rate_hz if own_s is None else own_s - (first_s or 0.0)
            last_s = max(time_s, last_s + 1e-4) if last_s >= 0 else max(0.0, time_s)
            yield last_s, picture

    def _next(self) -> tuple[float, av.VideoFrame] | None:
        import av

        try:
            timed = next(self._frames, None)
        except av.FFmpegError as error:
            if not self._sequence:
                raise self._unreadable(error) from error
            if not self._is_damaged:  # once, not in each round of a loop
                self._is_damaged = True
                log.warning("%s is damaged from frame %d on: %s", self.name, self._sequence, error)
            return None
        if timed is not None and timed[1].width * timed[1].height > MOST_PIXELS:
            raise UserError(f"{self._options.path} grows to {timed[1].width}x{timed[1].height}")
        return timed

    def _ended(self) -> Exception:
        if self._sequence:
            return SourceEnded(f"{self.name} has ended after {self._sequence} frames")
        return UserError(f"{self._options.path} holds no picture that can be decoded")

    def _unreadable(self, error: Exception) -> UserError:
        why = getattr(error, "strerror", None) or error
        return UserError(f"cannot read the video {self._options.path}: {why}; give an mp4 file")


def _rgb(picture: av.VideoFrame) -> UInt8[np.ndarray, "h w 3"]:
    """Convert to sRGB, upright: phones store a turn beside the picture."""
    rgb = picture.to_ndarray(format="rgb24", threads=1)  # else FFmpeg starts one for each core
    quarters = round(getattr(picture, "rotation", 0) / 90) % 4
    return np.ascontiguousarray(np.rot90(rgb, quarters)) if quarters else rgb
