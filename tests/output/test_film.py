"""One file of film, as the recorder holds it."""

import os
from pathlib import Path

import numpy as np
import pytest

from vtuber.output._film import KINDS, Film, codec_options

TASKS = Path("/proc/self/task")


def begun(path: Path, frames: int) -> Film:
    kind, gray = KINDS[".mp4", False], np.full((180, 320, 3), 90, np.uint8)
    encoder = codec_options(kind.codec, 18, "veryfast")
    film = Film(path, kind, (320, 180), 30, encoder, has_sound=True)
    for _ in range(frames):
        film.add(gray)
    return film


@pytest.mark.skipif(not TASKS.exists(), reason="only Linux lists a process's threads there")
@pytest.mark.parametrize("fault", ["", "File too large"])
def test_the_encoders_threads_end_with_the_film_and_wait_for_no_collector(
    tmp_path: Path, fault: str
) -> None:
    before = len(os.listdir(TASKS))
    film = begun(tmp_path / "film.mp4", 40)
    assert len(os.listdir(TASKS)) > before
    film.fault = fault
    film.end()
    assert len(os.listdir(TASKS)) == before


def test_a_film_that_breaks_before_anything_of_it_was_encoded_ends(tmp_path: Path) -> None:
    film = begun(tmp_path / "film.mp4", 3)
    film.fault = "File too large"
    film.end()
    assert film.safe_frames == 0
