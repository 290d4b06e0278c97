"""One film file that grows: pictures and sound in, a film at a constant rate out.

It plays while it grows, up to its last second or two, and so it does when it breaks: what a full
disk has torn off is cut away.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
from jaxtyping import Float32, UInt8

from vtuber.output._track import BEHIND_S, Track

# A keyframe a second (ProRes: every picture is one), and after each everything before it is in the
# file. `hybrid_fragmented` (FFmpeg 7.1) turns the fragments into an ordinary file at the end, which
# editors prefer.
_FRAGMENTS = {"movflags": "frag_keyframe+hybrid_fragmented", "flush_packets": "1"}
_CLUSTERS = {"cluster_time_limit": "1000", "flush_packets": "1"}
# H.273: 1 = BT.709 for primaries, transfer and matrix; FFmpeg's range 1 = limited (16..235).
BT709, LIMITED = 1, 1


@dataclass(frozen=True, slots=True)
class Kind:
    """One way to write a film, in FFmpeg's words."""

    container: str
    how: dict[str, str]
    codec: str
    pixels: str
    sound: str  # the codec of its track, if it has one

    @property
    def has_alpha(self) -> bool:
        """Say whether it eats straight RGBA, and not RGB."""
        return self.pixels.startswith("yuva")


# By the end of a film's name and whether it is transparent. At 720p, CPU ms a picture: H.264 10,
# VP9 15, ProRes 33; FFmpeg's other encoder of ProRes, prores_ks, takes 92.
KINDS = {
    (".mp4", False): Kind("mp4", _FRAGMENTS, "libx264", "yuv420p", "aac"),
    (".mov", False): Kind("mp4", _FRAGMENTS, "libx264", "yuv420p", "aac"),
    (".mkv", False): Kind("matroska", _CLUSTERS, "libx264", "yuv420p", "aac"),
    (".webm", False): Kind("webm", _CLUSTERS, "libvpx-vp9", "yuv420p", "libopus"),
    (".webm", True): Kind("webm", _CLUSTERS, "libvpx-vp9", "yuva420p", "libopus"),
    (".mov", True): Kind("mov", _FRAGMENTS, "prores_aw", "yuva444p10le", "pcm_s16le"),
}


def codec_options(codec: str, crf: int, preset: str) -> dict[str, str]:
    """Give the encoder's settings: good pictures as fast as they come."""
    if codec == "libx264":
        return {"crf": str(crf), "preset": preset}
    if codec == "libvpx-vp9":
        # Alpha is lost when frames are reordered (auto-alt-ref, lag).
        return {"crf": str(crf), "b": "0", "deadline": "realtime", "cpu-used": "8",
                "row-mt": "1", "auto-alt-ref": "0", "lag-in-frames": "0"}  # fmt: skip
    return {"profile": "4"}  # ProRes 4444


class FilmBroken(Exception):
    """The encoder or the disk refused a picture; the text says why."""


class Film:
    """One file, from its first picture to its last. Raises FilmBroken when it cannot begin."""

    def __init__(
        self,
        path: Path,
        kind: Kind,
        size_px: tuple[int, int],
        fps: float,
        options: dict[str, str],
        has_sound: bool = False,
    ) -> None:
        self.path = path
        self.fault = ""  # why it broke, or was left
        self.frames = 0  # pictures that were given
        self.safe_frames = 0  # of them, how many play if the file ends here
        self._has_packets = False
        rate = Fraction(fps).limit_denominator(1001)
        self.interval_s = 1 / rate
        self._kind, self._size_px = kind, size_px
        with _told():
            path.touch(exist_ok=False)  # never another's file
        try:
            with _told():
                self._begin(rate, options, has_sound)
        except FilmBroken:
            self.discard()
            raise

    def _begin(self, rate: Fraction, options: dict[str, str], has_sound: bool) -> None:
        import av

        kind = self._kind
        self._container: Any = av.open(str(self.path), "w", format=kind.container, options=kind.how)
        self._stream: Any = self._container.add_stream(kind.codec, rate=rate)
        self._stream.width, self._stream.height = self._size_px
        self._stream.pix_fmt = kind.pixels
        self._stream.options = options
        codec = self._stream.codec_context
        codec.time_base = self.interval_s
        codec.gop_size = self._second = max(1, round(rate))
        codec.max_b_frames = 0  # in fragments they would start the film two frames late
        codec.color_primaries = codec.color_trc = codec.colorspace = BT709
        codec.color_range = LIMITED
        self._track = Track(self._container, kind.sound, self._write_sound) if has_sound else None
        self._container.start_encoding()

    @property
    def _channels(self) -> int:
        return 4 if self._kind.has_alpha else 3

    @property
    def is_at_a_second(self) -> bool:
        """Tell about once a second that it is time for a look at the disk."""
        return self.frames % self._second == 0

    def add(self, pixels: UInt8[np.ndarray, "h w c"]) -> None:
        """Add one picture: RGB, or straight RGBA where the kind has alpha. Raises FilmBroken."""
        try:
            with _told():
                self._encode(pixels)
        except FilmBroken as error:
            self.fault = str(error)
            raise
        self.frames += 1

    def hear(self, samples: Float32[np.ndarray, " n"], at_s: float) -> None:
        """Add what is heard from a time of the film on, if it has sound. Raises FilmBroken."""
        if self._track is None:
            return
        try:
            with _told():
                self._track.lay(samples, at_s)
        except FilmBroken as error:
            self.fault = str(error)
            raise

    def _encode(self, pixels: UInt8[np.ndarray, "h w c"]) -> None:
        import av

        given = av.VideoFrame.from_ndarray(
            pixels, format="rgba" if self._channels == 4 else "rgb24"
        )
        frame = given.reformat(
            format=self._kind.pixels,
            dst_colorspace=BT709,
            dst_color_range=LIMITED,
            threads=1,  # else FFmpeg starts one for each core, for every picture
        )
        frame.pts, frame.time_base = self.frames, self.interval_s
        frame.color_primaries = frame.color_trc = BT709
        self._write(self._stream.encode(frame))
        if self._track is not None:
            self._track.quiet_until(float(self.frames * self.interval_s) - BEHIND_S)

    def _write_sound(self, packets: list[Any]) -> None:
        for packet in packets:
            # AAC begins with a packet of silence before the film, for which MP4 would put off all
            # pictures by 21 ms.
            if packet.pts >= 0 or self._kind.container != "mp4":
                self._container.mux(packet)

    def _write(self, packets: list[Any]) -> None:
        for packet in packets:
            packet.duration = 1  # one interval: without it the last one may count for nothing
            number, is_keyframe = packet.pts, packet.is_keyframe
            self._container.mux(packet)
            self._has_packets = True
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
        self._track = self._stream = self._container = None  # with the encoder's threads: no cycle

    def _finish(self) -> None:
        with _told():
            if not self.frames:  # as in _cut
                self._encode(np.zeros((*self._size_px[::-1], self._channels), np.uint8))
            self._write(self._stream.encode(None))
            if self._track is not None:
                self._track.quiet_until(float(self.frames * self.interval_s))
                self._track.end()
            self._container.close()
        self.safe_frames = self.frames

    def _cut(self) -> None:
        if self._has_packets:  # FFmpeg 8.1 crashes when it ends a hybrid MP4 without one
            with contextlib.suppress(FilmBroken), _told():
                self._container.close()
        if self.path.suffix.lower() in (".mp4", ".mov") and self.path.exists():
            end, fragments = _whole_fragments(self.path)
            os.truncate(self.path, end)
            # each is a second; FFmpeg tells of a write that failed one or two packets later
            self.safe_frames = min(self.safe_frames, fragments * self._second)

    def discard(self) -> None:
        """Delete what there is."""
        self.path.unlink(missing_ok=True)


@contextlib.contextmanager
def _told() -> Iterator[None]:
    from av.error import FFmpegError  # some are OSErrors, some are nothing that Python knows

    try:
        yield
    except (OSError, FFmpegError) as error:
        raise FilmBroken(getattr(error, "strerror", None) or str(error)) from error


def _whole_fragments(path: Path) -> tuple[int, int]:
    """Give where the last whole `mdat` box ends, and how many there are: torn boxes stop players.

    Boxes: ISO 14496-12, 4.2.
    """
    end = position = count = 0
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
                end, count = position, count + 1
            file.seek(position)
    return end, count
