"""One film file that grows: RGB pictures in, H.264 at a constant rate out.

It plays while it grows, up to its last second or two, and so it does when it breaks: what a full
disk has torn off is cut away.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
from jaxtyping import UInt8

# A keyframe a second, and after each one everything before it is in the file. `hybrid_fragmented`
# (FFmpeg 7.1) turns the fragments into an ordinary file at the end, which editors prefer.
_FRAGMENTS = {"movflags": "frag_keyframe+hybrid_fragmented", "flush_packets": "1"}
CONTAINERS: dict[str, tuple[str, dict[str, str]]] = {
    ".mp4": ("mp4", _FRAGMENTS),
    ".mov": ("mov", _FRAGMENTS),
    ".mkv": ("matroska", {"cluster_time_limit": "1000", "flush_packets": "1"}),
}
# H.273: 1 = BT.709 for primaries, transfer and matrix; FFmpeg's range 1 = limited (16..235).
BT709, LIMITED = 1, 1


class FilmBroken(Exception):
    """The encoder or the disk refused a picture; the text says why."""


class Film:
    """One file, from its first picture to its last. Raises FilmBroken when it cannot begin."""

    def __init__(
        self, path: Path, size_px: tuple[int, int], fps: float, crf: int, preset: str
    ) -> None:
        self.path = path
        self.fault = ""  # why it broke, or was left
        self.frames = 0  # pictures that were given
        self.safe_frames = 0  # of them, how many play if the file ends here
        rate = Fraction(fps).limit_denominator(1001)
        self.interval_s = 1 / rate
        self._size_px = size_px
        with _told():
            path.touch(exist_ok=False)  # never another's file
        try:
            with _told():
                self._begin(rate, {"crf": str(crf), "preset": preset})
        except FilmBroken:
            path.unlink(missing_ok=True)
            raise

    def _begin(self, rate: Fraction, options: dict[str, str]) -> None:
        import av

        name, how = CONTAINERS[self.path.suffix.lower()]
        self._container: Any = av.open(str(self.path), "w", format=name, options=how)
        self._stream: Any = self._container.add_stream("libx264", rate=rate)
        self._stream.width, self._stream.height = self._size_px
        self._stream.pix_fmt = "yuv420p"
        self._stream.options = options
        codec = self._stream.codec_context
        codec.time_base = self.interval_s
        codec.gop_size = self._second = max(1, round(rate))
        codec.max_b_frames = 0  # in fragments they would start the film two frames late
        codec.color_primaries = codec.color_trc = codec.colorspace = BT709
        codec.color_range = LIMITED
        self._container.start_encoding()

    @property
    def is_at_a_second(self) -> bool:
        """Tell about once a second that it is time for a look at the disk."""
        return self.frames % self._second == 0

    def add(self, rgb: UInt8[np.ndarray, "h w 3"]) -> None:
        """Add one picture. Raises FilmBroken."""
        try:
            with _told():
                self._encode(rgb)
        except FilmBroken as error:
            self.fault = str(error)
            raise
        self.frames += 1

    def _encode(self, rgb: UInt8[np.ndarray, "h w 3"]) -> None:
        import av

        frame = av.VideoFrame.from_ndarray(rgb, format="rgb24").reformat(
            format="yuv420p", dst_colorspace=BT709, dst_color_range=LIMITED
        )
        frame.pts, frame.time_base = self.frames, self.interval_s
        frame.color_primaries = frame.color_trc = BT709
        self._write(self._stream.encode(frame))

    def _write(self, packets: list[Any]) -> None:
        for packet in packets:
            packet.duration = 1  # one interval: without it the last one may count for nothing
            number, is_keyframe = packet.pts, packet.is_keyframe
            self._container.mux(packet)
            if is_keyframe and number is not None:
                self.safe_frames = number

    def end(self) -> None:
        """End the file: whole, or, with a `fault`, as what plays of it."""
        if not self.fault:
            try:
                self._finish()
            except FilmBroken as error:
                self.fault = str(error)
        if self.fault:
            self._cut()

    def _finish(self) -> None:
        with _told():
            if not self.frames:  # FFmpeg 8.1 crashes when it ends a hybrid MP4 without a frame
                self._encode(np.zeros((*self._size_px[::-1], 3), np.uint8))
            self._write(self._stream.encode(None))
            self._container.close()
        self.safe_frames = self.frames

    def _cut(self) -> None:
        with contextlib.suppress(FilmBroken), _told():
            self._container.close()
        if self.path.suffix.lower() in (".mp4", ".mov") and self.path.exists():
            os.truncate(self.path, _end_of_whole_fragments(self.path))


@contextlib.contextmanager
def _told() -> Iterator[None]:
    from av.error import FFmpegError  # some are OSErrors, some are nothing that Python knows

    try:
        yield
    except (OSError, FFmpegError) as error:
        raise FilmBroken(getattr(error, "strerror", None) or str(error)) from error


def _end_of_whole_fragments(path: Path) -> int:
    """Give where the last whole `mdat` box ends (ISO 14496-12, 4.2): torn boxes stop players."""
    end = position = 0
    size = path.stat().st_size
    with path.open("rb") as file:
        while len(head := file.read(16)) >= 8:
            length, kind = int.from_bytes(head[:4], "big"), head[4:8]
            if length == 1:  # the length is the next 64 bits
                length = int.from_bytes(head[8:16], "big")
            position += length
            if length < 8 or position > size:
                break
            if kind == b"mdat":
                end = position
            file.seek(position)
    return end
