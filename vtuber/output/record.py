"""Records pictures to an H.264 film at a constant rate, over a background colour.

Settings: path (NAME.mp4, .mkv or .mov), fps, background (#rrggbb; #00ff00 for keying), crf (0 best
.. 51 worst), preset (of x264).

Nothing that was filmed is lost. The film grows as `NAME.part.mp4`, which plays up to its last
second or two even when the program is killed, and gets its name at the end; an older film of that
name is kept as `NAME.1.mp4`. Odd sizes lose their last column or row, and the user is told.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal

import numpy as np
from jaxtyping import UInt8

from vtuber.core.errors import DeviceLost, UserError
from vtuber.core.picture import Picture
from vtuber.core.ports import SinkContext
from vtuber.image.views import VIEWS
from vtuber.output._opaque import cropped, even_size, parse_colour

# A keyframe a second, and after each one everything before it is in the file. `hybrid_fragmented`
# (FFmpeg 7.1) turns the fragments into an ordinary file at the end, which editors prefer.
_FRAGMENTS = {"movflags": "frag_keyframe+hybrid_fragmented", "flush_packets": "1"}
CONTAINERS: dict[str, tuple[str, dict[str, str]]] = {
    ".mp4": ("mp4", _FRAGMENTS),
    ".mov": ("mov", _FRAGMENTS),
    ".mkv": ("matroska", {"cluster_time_limit": "1000", "flush_packets": "1"}),
}
PRESETS = ("ultrafast", "superfast", "veryfast", "faster", "fast", "medium", "slow", "slower")
LEAST_FREE_BYTES = 64 * 2**20
# H.273: 1 = BT.709 for primaries, transfer and matrix; FFmpeg's range 1 = limited (16..235).
BT709, LIMITED = 1, 1


@dataclass(frozen=True)
class Options:
    """Settings of `--output record` and `--record FILE`."""

    path: str = ""
    fps: int = 30
    background: str = "#23262e"  # a dark slate that neither skin nor dark hair melts into
    crf: int = 18
    preset: str = "veryfast"


class Output:
    """One film. Give it exactly `context.fps` pictures a second."""

    eats = frozenset({"picture"})
    runs_on = "thread"
    delivery: Literal["newest", "paced"] = "paced"

    def __init__(self, options: Options, context: SinkContext) -> None:
        if not options.path:
            raise UserError("the recorder has no file; name one: record:path=film.mp4")
        self.path = Path(os.path.expanduser(options.path))
        if self.path.suffix.lower() not in CONTAINERS:
            known = ", ".join(CONTAINERS)
            raise UserError(f"cannot record to {self.path}: its name must end in one of {known}")
        if not 0 <= options.crf <= 51:
            raise UserError(f"crf={options.crf}: choose 0 (best) to 51 (worst); 18 looks perfect")
        if options.preset not in PRESETS:
            raise UserError(f"no preset called {options.preset!r}; choose one of {PRESETS}")
        self.frames = 0
        self._options, self._context = options, context
        self._background = parse_colour(options.background)
        self._size_px = even_size(context.size_px)
        self._part: Path | None = None
        self._container: Any = None
        self._stream: Any = None
        self._failed = False
        self._interval_s = Fraction(1)

    def open(self) -> None:
        """Begin the film. Raises UserError for a folder that cannot be written, or a full disk."""
        self.frames, self._failed = 0, False
        self._check_folder()
        part = _free_name(self.path, ".part")
        try:
            self._start(part)
        except OSError as error:  # FFmpeg's errors are OSErrors too
            part.unlink(missing_ok=True)
            raise UserError(
                f"cannot record to {self.path}: {error.strerror or error}; name another file"
            ) from error
        self._part = part
        if self._size_px != self._context.size_px:
            width, height = self._size_px
            self._context.announce(f"recording {width}x{height}: films have even sizes")

    def _check_folder(self) -> None:
        folder = self.path.parent
        if self.path.is_dir():
            raise UserError(f"cannot record to {self.path}: it is a folder; name a file")
        if not folder.is_dir():
            raise UserError(f"cannot record to {self.path}: there is no folder {folder}; make it")
        if shutil.disk_usage(folder).free < LEAST_FREE_BYTES:
            raise UserError(f"cannot record to {self.path}: the disk is full; free some space")

    def _start(self, part: Path) -> None:
        import av

        part.touch(exist_ok=False)
        name, how = CONTAINERS[self.path.suffix.lower()]
        rate = Fraction(self._context.fps).limit_denominator(1001)
        self._container = av.open(str(part), "w", format=name, options=how)
        self._stream = stream = self._container.add_stream("libx264", rate=rate)
        stream.width, stream.height = self._size_px
        stream.pix_fmt = "yuv420p"
        stream.options = {"crf": str(self._options.crf), "preset": self._options.preset}
        codec = stream.codec_context
        codec.time_base = self._interval_s = 1 / rate
        codec.gop_size = max(1, round(rate))
        codec.max_b_frames = 0  # in fragments they would start the film two frames late
        codec.color_primaries = codec.color_trc = codec.colorspace = BT709
        codec.color_range = LIMITED
        self._container.start_encoding()

    def send(self, picture: Picture) -> None:
        """Add one picture. Raises DeviceLost when it cannot be written (a full disk)."""
        rgb = cropped(VIEWS.over(picture, self._background), self._size_px)
        try:
            self._add(rgb, self.frames)
        except OSError as error:
            self._failed = True
            raise DeviceLost(
                f"recording to {self.path} stopped: {error.strerror or error}; "
                f"what was filmed so far is in {self._part}"
            ) from error
        self.frames += 1

    def _add(self, rgb: UInt8[np.ndarray, "h w 3"], number: int) -> None:
        import av

        frame = av.VideoFrame.from_ndarray(rgb, format="rgb24").reformat(
            format="yuv420p", dst_colorspace=BT709, dst_color_range=LIMITED
        )
        frame.pts, frame.time_base = number, self._interval_s
        frame.color_primaries = frame.color_trc = BT709
        for packet in self._stream.encode(frame):
            packet.duration = 1  # one interval: without it the last one may count for nothing
            self._container.mux(packet)

    def close(self) -> None:
        """Finish the film and name it; one that failed keeps its `.part` name, and plays."""
        container, part = self._container, self._part
        self._part = None
        if part is None:
            return
        try:
            if not self.frames:  # FFmpeg 8.1 crashes when it ends a hybrid MP4 without a frame
                self._add(np.zeros((*self._size_px[::-1], 3), np.uint8), 0)
            for packet in self._stream.encode(None):
                packet.duration = 1
                container.mux(packet)
            container.close()
        except OSError as error:
            self._failed = True
            self._context.announce(f"{part} was not finished ({error}); it plays as far as it goes")
        if not self.frames:
            part.unlink(missing_ok=True)
        elif not self._failed:
            self._name(part)

    def _name(self, part: Path) -> None:
        if self.path.exists():
            kept = _free_name(self.path, ".1")
            self.path.rename(kept)
            self._context.announce(f"{self.path} was there already: the old film is now {kept}")
        part.rename(self.path)
        self._context.announce(f"recorded {self.path}")


def _free_name(path: Path, mark: str) -> Path:
    """Give NAME.part.mp4, or NAME.part2.mp4 where that exists; NAME.1.mp4, NAME.2.mp4 ..."""
    stem, first = (mark[:-1], int(mark[-1])) if mark[-1].isdigit() else (mark, 1)
    number = first
    while True:
        shown = "" if mark == ".part" and number == 1 else str(number)
        free = path.with_name(f"{path.stem}{stem}{shown}{path.suffix}")
        if not free.exists():
            return free
        number += 1
