"""Textures at the size they are shown."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vtuber.render.context import open_context
from vtuber.render.rungs import PER_OCTAVE, TEXELS, Rungs, rung


@given(st.floats(1e-3, 50.0))
def test_a_pixel_has_a_little_more_than_a_texel(scale: float) -> None:
    texels = 2.0 ** (rung(scale) / PER_OCTAVE) / scale
    most = TEXELS * 2 ** (1 / PER_OCTAVE)
    assert texels <= most * 1.0001 or scale < 0.1  # the smallest texture is small enough
    assert texels >= TEXELS * 0.9999 or rung(scale) == 0  # none is larger than the art


def test_a_rung_averages_the_page_and_is_made_once() -> None:
    page = np.zeros((64, 64, 4), np.uint8)
    page[::2] = 200
    with open_context() as context:
        rungs = Rungs(context, page)
        texture = rungs.at(-PER_OCTAVE)
        assert texture.size == (32, 32)
        assert set(texture.read()) == {100}
        assert rungs.at(-PER_OCTAVE) is texture
        rungs.release()


@pytest.mark.parametrize("way", [1, -1])
def test_only_the_last_rungs_are_kept(way: int) -> None:
    with open_context() as context:
        rungs = Rungs(context, np.zeros((64, 64, 4), np.uint8))
        for one in range(-12, 1)[::way]:
            rungs.at(one)
        assert len(rungs._textures) == 3
        rungs.release()
