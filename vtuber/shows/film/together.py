"""Segments, sound, chapters in; one film out. Pictures are copied, not encoded again."""

from __future__ import annotations

import os
import shutil
import wave
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
from jaxtyping import Float32

from vtuber.core.errors import UserError
from vtuber.core.speech import SAMPLE_RATE_HZ

_SOUND = {".mp4": "aac", ".mov": "aac", ".mkv": "aac", ".webm": "libopus"}
_BIT_RATE = 160_000
_HOW = {".mp4": {"movflags": "faststart"}, ".mov": {"movflags": "faststart"}}
_FORMAT = {".mp4": "mp4", ".mov": "mov", ".mkv": "matroska", ".webm": "webm"}


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part of a film that players can go to."""

    start_s: float
    end_s: float
    title: str


def put_together(
    segments: Sequence[Path],
    path: Path,
    fps: Fraction,
    sound: Float32[np.ndarray, " n"],
    title: str = "",
    chapters: Sequence[Chapter] = (),
) -> None:
    """Write a film of segments, one behind the other. Raises UserError."""
    import av
    from av.error import FFmpegError

    suffix = path.suffix.lower()
    try:
        with av.open(str(path), "w", format=_FORMAT[suffix], options=_HOW.get(suffix, {})) as film:
            _write(film, segments, fps, sound, _SOUND[suffix], title, chapters)
    except (OSError, FFmpegError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UserError(f"cannot write {path}: {reason}") from error


def collect(folders: Sequence[Path], path: Path, sound: Float32[np.ndarray, " n"] | None) -> None:
    """Bring numbered pictures of several folders into one, with the sound as a file beside them."""
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir()
    pictures = [picture for folder in folders for picture in sorted(folder.glob("*.png"))]
    for number, picture in enumerate(pictures, 1):
        _give(picture, path / f"{number:06}.png")
    if sound is not None:
        with wave.open(str(path / "sound.wav"), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(SAMPLE_RATE_HZ)
            file.writeframes((np.clip(sound, -1, 1) * 32767).astype("<i2").tobytes())


def _give(picture: Path, name: Path) -> None:
    try:
        os.link(picture, name)
    except OSError:  # exFAT and some shares have no links
        shutil.copyfile(picture, name)


def _write(
    film: Any,
    segments: Sequence[Path],
    fps: Fraction,
    sound: Float32[np.ndarray, " n"],
    codec: str,
    title: str,
    chapters: Sequence[Chapter],
) -> None:
    import av

    if title:
        film.metadata["title"] = title
    with av.open(str(segments[0])) as first:
        pictures = film.add_stream_from_template(first.streams.video[0])
    samples = film.add_stream(codec, rate=SAMPLE_RATE_HZ, layout="mono")
    samples.bit_rate = _BIT_RATE
    samples.codec_context.flags |= 1 << 23  # AV_CODEC_FLAG_BITEXACT: the same film each time
    if chapters:
        film.set_chapters([_chapter(i, chapter) for i, chapter in enumerate(chapters)])
    film.start_encoding()
    heard = _encoded(samples, sound)
    packet = next(heard, None)
    for time_s, picture in _pictures(segments, pictures, fps):
        while packet is not None and packet.pts * packet.time_base <= time_s:
            film.mux(packet)
            packet = next(heard, None)
        film.mux(picture)
    while packet is not None:
        film.mux(packet)
        packet = next(heard, None)


def _pictures(
    segments: Sequence[Path], stream: Any, fps: Fraction
) -> Iterator[tuple[Fraction, Any]]:
    """Give every picture's packet, with its time in the film."""
    import av

    number = 0
    for segment in segments:
        with av.open(str(segment)) as source:
            for packet in source.demux(source.streams.video[0]):
                if packet.dts is None:  # the end
                    continue
                time_s = number / fps
                packet.time_base = 1 / fps
                packet.pts = packet.dts = number
                packet.duration = 1
                packet.stream = stream
                yield time_s, packet
                number += 1


def _encoded(stream: Any, sound: Float32[np.ndarray, " n"]) -> Iterator[Any]:
    import av

    block = stream.codec_context.frame_size or 1024
    for start in range(0, len(sound), block):
        piece = sound[start : start + block]
        frame = av.AudioFrame.from_ndarray(piece[None].copy(), format="fltp", layout="mono")
        frame.sample_rate, frame.pts = SAMPLE_RATE_HZ, start
        frame.time_base = Fraction(1, SAMPLE_RATE_HZ)
        yield from stream.encode(frame)
    yield from stream.encode(None)


def _chapter(number: int, chapter: Chapter) -> dict[str, Any]:
    milli = Fraction(1, 1000)
    return {
        "id": number + 1,
        "start": round(chapter.start_s / milli),
        "end": round(chapter.end_s / milli),
        "time_base": milli,
        "metadata": {"title": chapter.title},
    }
