"""A folder of numbered PNG pictures that grows: pictures in, at a constant rate, files out.

`000001.png` and so on, as `ffmpeg -framerate 30 -i FOLDER/%06d.png` and editors read them; a
picture that is repeated is a second name of the same file where the disk can do that.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from fractions import Fraction
from pathlib import Path

import numpy as np
from jaxtyping import UInt8

from vtuber.image.convert import png
from vtuber.output._film import FilmBroken


class Stills:
    """One folder, as a Film. Raises FilmBroken when it cannot be made."""

    def __init__(self, path: Path, fps: float) -> None:
        self.path = path
        self.fault = ""
        self.frames = 0
        rate = Fraction(fps).limit_denominator(1001)
        self.interval_s = 1 / rate
        self._second = max(1, round(rate))
        self._last: np.ndarray | None = None
        try:
            path.mkdir()
        except OSError as error:
            raise FilmBroken(error.strerror) from error

    @property
    def safe_frames(self) -> int:
        """Say how many are whole: all."""
        return self.frames

    @property
    def is_at_a_second(self) -> bool:
        return self.frames % self._second == 0

    def add(self, pixels: UInt8[np.ndarray, "h w c"]) -> None:
        """Add one picture, RGB or straight RGBA. Raises FilmBroken."""
        path = self._file(self.frames + 1)
        try:
            if pixels is not self._last or not _is_linked(self._file(self.frames), path):
                path.write_bytes(png(pixels))
        except OSError as error:
            with contextlib.suppress(OSError):
                path.unlink()  # half of a picture
            self.fault = error.strerror or str(error)
            raise FilmBroken(self.fault) from error
        self._last = pixels
        self.frames += 1

    def _file(self, number: int) -> Path:
        return self.path / f"{number:06}.png"

    def end(self) -> None:
        """Have nothing more to do: each picture was whole when it was added."""
        self._last = None

    def discard(self) -> None:
        """Delete what there is."""
        shutil.rmtree(self.path, ignore_errors=True)


def _is_linked(old: Path, new: Path) -> bool:
    try:
        os.link(old, new)
    except OSError:  # FAT knows no second names, and each file system only so many
        return False
    return True
