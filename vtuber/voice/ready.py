"""A sound file that is ready in; its samples, mouth and words, as a line that is spoken, out.

Beside hello.wav may lie what its mouth does: hello.json, as `vtuber say --visemes` or Rhubarb Lip
Sync writes it, or hello.tsv of Rhubarb. Without it the mouth is read off the sound.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, get_args

import numpy as np
from jaxtyping import Float32

from vtuber.core.errors import UserError
from vtuber.core.speech import SAMPLE_RATE_HZ, Line, Utterance, Viseme, VisemeName, Word
from vtuber.voice import rhubarb
from vtuber.voice.resample import Resampler
from vtuber.voice.tags import TAG

LONGEST_S = 600
MOST_BYTES = 20_000_000  # of a file of visemes
PIECE = SAMPLE_RATE_HZ  # samples at once
QUIET = 0.01  # amplitude: below it nobody speaks, before the first word and behind the last

Samples = Float32[np.ndarray, " n"]
Timing = tuple[tuple[Viseme, ...], tuple[Word, ...]]


def ready(
    path: Path, line: Line, lips: Callable[[Samples], tuple[Viseme, ...]]
) -> Iterator[Utterance]:
    """Give a sound as if its line were spoken. Raises UserError for what is none.

    Where nobody has timed the line's words, they are spread over the sound by their lengths.
    """
    samples = read_sound(path)
    visemes, words = timing_beside(path) or (lips(samples), ())
    words = words or spread(TAG.sub(" ", line.text) if line.sound else "", samples)
    for begin in range(0, max(len(samples), 1), PIECE):
        end = begin + PIECE
        yield Utterance(
            samples[begin:end],
            begin / SAMPLE_RATE_HZ,
            visemes if begin == 0 else (),
            words if begin == 0 else (),
            is_last=end >= len(samples),
            style=line.style,
        )


def check_ready(path: Path) -> set[Path]:
    """Give the files of a sound. Raises UserError where it, or what lies beside, is unusable."""
    read_sound(path)
    timing_beside(path)
    return {path, path.with_suffix(".json"), path.with_suffix(".tsv")}


def spread(text: str, samples: Samples) -> tuple[Word, ...]:
    """Spread words over the part of a sound in which somebody speaks, each by its letters.

    >>> [round(word.t_s, 3) for word in spread("Oh well", np.ones(48_000, np.float32))]
    [0.0, 0.333]
    """
    loud = np.flatnonzero(np.abs(samples) > QUIET)
    found = re.findall(r"\S+", text)
    if len(loud) == 0 or not found:
        return ()
    begin_s, end_s = loud[0] / SAMPLE_RATE_HZ, (loud[-1] + 1) / SAMPLE_RATE_HZ
    borders = np.cumsum([0, *map(len, found)]) / sum(map(len, found))
    times = begin_s + borders * (end_s - begin_s)
    return tuple(
        Word(float(t_s), float(next_s), word)
        for t_s, next_s, word in zip(times, times[1:], found, strict=False)
    )


def read_sound(path: Path) -> Samples:
    """Read a sound file as 48 kHz mono. Raises UserError for what is none, or over 10 minutes."""
    import av

    if not path.is_file():  # nor a pipe, a device or an address, which would never end
        raise UserError(f"no sound at {path}; check the path")
    pieces: list[Any] = []
    count = 0
    try:
        with av.open(str(path)) as container:
            if not container.streams.audio:
                raise UserError(f"{path} holds no sound")
            for frame in container.decode(audio=0):
                middle, full_scale = _range(frame.format.name)
                sound = (frame.to_ndarray().astype(np.float32) - middle) / full_scale
                channels = len(frame.layout.channels)
                wide = sound.reshape(-1, channels).T if not frame.format.is_planar else sound
                pieces.append(wide.mean(0))
                count += len(pieces[-1])
                if count > LONGEST_S * frame.sample_rate:
                    raise UserError(f"{path} is longer than {LONGEST_S // 60} minutes")
                rate_hz = frame.sample_rate
    except (av.error.FFmpegError, OSError) as error:
        raise UserError(f"cannot read the sound {path}: {error.strerror or error}") from error
    if not pieces:
        raise UserError(f"{path} holds no sound")
    resampler = Resampler(rate_hz)
    return np.concatenate([*map(resampler.push, pieces), resampler.end()])


def _range(sample_format: str) -> tuple[np.float32, np.float32]:
    """Give the number that is silence, and how far from it the loudest is."""
    name = sample_format.rstrip("p")
    full_scale = {"u8": 2**7, "s16": 2**15, "s32": 2**31, "s64": 2**63}.get(name, 1)
    return np.float32(2**7 if name == "u8" else 0), np.float32(full_scale)


def timing_beside(sound: Path) -> Timing | None:
    """Read the visemes and words of a sound, if they are there. Raises UserError when broken."""
    path = sound.with_suffix(".json")
    if path.is_file():
        return _of_json(path)
    path = sound.with_suffix(".tsv")
    return (rhubarb.of_tsv(_text(path), str(path)), ()) if path.is_file() else None


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise UserError(f"{path} is larger than {MOST_BYTES:,} bytes")
        return path.read_text("utf-8-sig")
    except OSError as error:
        raise UserError(f"cannot read {path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise UserError(f"{path} is no text in UTF-8: byte {error.start}") from error


def _of_json(path: Path) -> Timing:
    try:
        table = json.loads(_text(path))
    except (ValueError, RecursionError) as error:
        raise UserError(f"{path} is not JSON: {error}") from error
    if isinstance(table, dict) and "mouthCues" in table:
        return rhubarb.of_json(table, str(path)), ()
    try:
        return (
            tuple(
                Viseme(_number(v["t_s"]), _name(v["viseme"]), _number(v["weight"]))
                for v in table["visemes"]
            ),
            tuple(
                Word(_number(w["t_s"]), _number(w["end_s"]), str(w["text"]))
                for w in table.get("words", ())
            ),
        )
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError) as error:
        raise UserError(
            f"{path} holds no visemes as `vtuber say --visemes` or Rhubarb writes them"
        ) from error


def _number(value: Any) -> float:
    if not math.isfinite(value):  # or TypeError, OverflowError
        raise ValueError(f"{value} is no number")
    return float(value)


def _name(value: Any) -> VisemeName:
    if value not in get_args(VisemeName):
        raise ValueError(f"{value!r} is no viseme")
    name: VisemeName = value
    return name
