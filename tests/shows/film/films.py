"""Renders small films for tests, and decodes what is in them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

import numpy as np

from vtuber.shows.film.render import Wish, render
from vtuber.shows.plays.casting import read_play

# Drawn in this process, and half as often as usual: starting one takes 1.5 s of CPU time.
FPS = 15
SMALL = Wish(Path(), (160, 90), Fraction(FPS), jobs=0)


@dataclass(frozen=True, slots=True)
class Decoded:
    """What a player makes of a film."""

    pictures: tuple[str, ...]  # a hash of each
    samples: str  # a hash of all


def script(folder: Path, text: str) -> Path:
    path = folder / "show.puppet"
    path.write_text(text, "utf-8")
    return path


def film(text: str, path: Path, **wish) -> Path:
    """Render a script."""
    play = read_play(script(path.parent, text))
    return render(play, replace(SMALL, path=path, **wish))


def decoded(path: Path) -> Decoded:
    return Decoded(
        tuple(hashlib.sha256(p.tobytes()).hexdigest() for p in pictures(path)),
        hashlib.sha256(sound(path).tobytes()).hexdigest(),
    )


def pictures(path: Path, form: str = "rgba") -> list[np.ndarray]:
    import av

    with av.open(str(path)) as source:
        stream = source.streams.video[0]
        if stream.codec_context.name == "vp9":  # FFmpeg's own decoder knows no alpha
            decoder = av.CodecContext.create("libvpx-vp9", "r")
            frames = [f for p in source.demux(stream) for f in decoder.decode(p)]
        else:
            frames = list(source.decode(video=0))
    return [frame.to_ndarray(format=form) for frame in frames]


def sound(path: Path) -> np.ndarray:
    """Decode the sound, each sample at its time in the film."""
    import av

    with av.open(str(path)) as source:
        frames = list(source.decode(audio=0))
    first = round(frames[0].pts * frames[0].time_base * frames[0].sample_rate)
    heard = np.concatenate([f.to_ndarray().reshape(-1) for f in frames])
    return heard[-first:] if first < 0 else np.concatenate([np.zeros(first, heard.dtype), heard])
