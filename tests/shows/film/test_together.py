"""Segments become one film: picture and sound stay together, and alpha stays."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from tests.shows.film.films import pictures, sound
from vtuber.core.errors import UserError
from vtuber.output._film import KINDS, Film, codec_options
from vtuber.shows.film.together import Chapter, put_together

FPS, SIZE = Fraction(30), (64, 36)
FLASH = 40  # the picture, in the second segment, on which a click is heard


def segment(path: Path, first: int, frames: int, is_clear: bool) -> Path:
    """Write pictures that are dark, but for the flash; the clear ones have a clear left half."""
    kind = KINDS[path.suffix, is_clear]
    part = Film(path, kind, SIZE, float(FPS), codec_options(kind.codec, 18, "ultrafast"))
    for number in range(first, first + frames):
        value = 230 if number == FLASH else 20
        pixels = np.full((SIZE[1], SIZE[0], 4 if is_clear else 3), value, np.uint8)
        if is_clear:
            pixels[..., 3] = 255
            pixels[:, : SIZE[0] // 2, 3] = 0
        part.add(pixels)
    part.end()
    assert not part.fault
    return path


def together(folder: Path, suffix: str, is_clear: bool = False) -> Path:
    segments = [
        segment(folder / f"{number}{suffix}", first, 30, is_clear)
        for number, first in enumerate((0, 30))
    ]
    heard = np.zeros(96_000, np.float32)
    click = FLASH * 1600
    heard[click : click + 48] = 0.9
    path = folder / f"film{suffix}"
    put_together(segments, path, FPS, heard, "A title", [Chapter(0, 1, "one"), Chapter(1, 2, "b")])
    return path


@pytest.mark.parametrize("suffix", [".mp4", ".mov", ".mkv", ".webm"])
def test_a_click_is_heard_on_the_picture_that_it_belongs_to(tmp_path: Path, suffix: str):
    path = together(tmp_path, suffix)
    bright = [number for number, p in enumerate(pictures(path, "gray")) if p.mean() > 128]
    assert bright == [FLASH]
    heard = np.abs(sound(path)).argmax()
    assert heard / 48_000 == pytest.approx(FLASH / 30, abs=0.002)


@pytest.mark.parametrize("suffix", [".mov", ".webm"])
def test_what_is_clear_stays_clear_when_packets_are_copied(tmp_path: Path, suffix: str):
    shown = pictures(together(tmp_path, suffix, is_clear=True))
    assert len(shown) == 60
    for picture in shown:
        assert picture[:, :28, 3].max() < 30
        assert picture[:, 36:, 3].min() > 225


def test_a_film_has_its_title_and_its_chapters(tmp_path: Path):
    import av

    with av.open(str(together(tmp_path, ".mp4"))) as source:
        assert source.metadata["title"] == "A title"
        marks = [(c["metadata"]["title"], c["start"] * c["time_base"]) for c in source.chapters()]
        assert source.streams.video[0].average_rate == 30
    assert marks == [("one", 0), ("b", 1)]


def test_a_folder_that_nobody_may_write_to_is_one_sentence(tmp_path: Path):
    part = segment(tmp_path / "0.mp4", 0, 3, False)
    with pytest.raises(UserError, match=r"cannot write .*: No such file"):
        put_together([part], tmp_path / "none" / "a.mp4", FPS, np.zeros(4800, np.float32))
