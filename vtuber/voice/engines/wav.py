"""Plays sound files that are ready: a line names a file of a folder, and its mouth moves to it.

Settings: path (a folder whose files lines name, with or without their ending; or one file, which
every line plays). Beside hello.wav, hello.json may give its visemes and words, as
`vtuber say --visemes` writes them; without it they are read off the sound.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

import numpy as np
from jaxtyping import Float32

from vtuber.core.errors import UserError
from vtuber.core.nearest import nearest
from vtuber.core.ports import VoiceContext
from vtuber.core.speech import SAMPLE_RATE_HZ, Line, Utterance, Viseme, VisemeName, Word
from vtuber.voice.resample import Resampler

ENDINGS = (".wav", ".flac", ".ogg", ".opus", ".mp3", ".m4a")
LONGEST_S = 600
PIECE = SAMPLE_RATE_HZ  # samples at once


@dataclass(frozen=True)
class Options:
    """Settings of `--voice wav`."""

    path: str = "."


class Voice:
    """A folder of sounds, or one."""

    def __init__(self, options: Options, context: VoiceContext) -> None:
        self._path = Path(options.path).expanduser()
        self._lips = context.lips
        self.name = f"wav:{self._path}"

    def open(self) -> None:
        """Look whether it is there. Raises UserError when not."""
        if not self._path.exists():
            raise UserError(f"no folder or sound at {self._path}; check the path")

    def speak(self, line: Line) -> Iterator[Utterance]:
        path = self._named(line.text.strip())
        samples = read_sound(path)
        visemes, words = _beside(path.with_suffix(".json")) or (self._lips(samples), ())
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

    def _named(self, name: str) -> Path:
        """Find the file that a line names. Raises UserError for none, or one outside the folder."""
        if self._path.is_file():
            return self._path
        files = sorted(p for p in self._path.iterdir() if p.suffix.lower() in ENDINGS)
        for file in files:
            if name.casefold() in (file.name.casefold(), file.stem.casefold()):
                return file
        near = nearest(name, [file.stem for file in files])
        meant = f"did you mean {near}?" if near else f"it has {len(files)} sounds"
        raise UserError(f"no sound called {name[:40]!r} in {self._path}; {meant}")

    def close(self) -> None:
        """There is nothing to let go."""


def read_sound(path: Path) -> Float32[np.ndarray, " n"]:
    """Read a sound file as 48 kHz mono. Raises UserError for what is none, or over 10 minutes."""
    import av

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


def _beside(path: Path) -> tuple[tuple[Viseme, ...], tuple[Word, ...]] | None:
    """Read the visemes and words of a sound, if they are there. Raises UserError when broken."""
    if not path.is_file():
        return None
    try:
        table = json.loads(path.read_text(encoding="utf-8"))
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
    except (OSError, ValueError, KeyError, TypeError, AttributeError, OverflowError) as error:
        raise UserError(f"{path} holds no visemes as `vtuber say --visemes` writes them") from error


def _number(value: Any) -> float:
    if not math.isfinite(value):  # or TypeError, OverflowError
        raise ValueError(f"{value} is no number")
    return float(value)


def _name(value: Any) -> VisemeName:
    if value not in get_args(VisemeName):
        raise ValueError(f"{value!r} is no viseme")
    name: VisemeName = value
    return name
