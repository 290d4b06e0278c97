"""Straight and premultiplied alpha agree with exact arithmetic, in the alpha box and outside."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vtuber.core.picture import Box
from vtuber.image.alpha import alpha_box, over_colour, premultiplied, straight


@pytest.fixture
def every_pair() -> np.ndarray:
    """Give every (colour, alpha) pair once, straight."""
    colour, alpha = np.meshgrid(np.arange(256), np.arange(256))
    return np.stack([colour, 255 - colour, colour // 2, alpha], -1).astype(np.uint8)


def test_premultiplying_rounds_every_pair_to_the_nearest(every_pair: np.ndarray) -> None:
    wide = every_pair.astype(np.float64)
    exact = np.round(wide[..., :3] * wide[..., 3:] / 255)
    out = premultiplied(every_pair)
    assert (out[..., :3] == exact).all()
    assert (out[..., 3] == every_pair[..., 3]).all()


def test_straight_divides_every_valid_pair_to_the_nearest(every_pair: np.ndarray) -> None:
    valid = premultiplied(every_pair)
    out = straight(valid).astype(np.float64)
    alpha = valid[..., 3:].astype(np.float64)
    exact = np.divide(valid[..., :3] * 255.0, alpha, where=alpha > 0, out=np.zeros((256, 256, 3)))
    assert np.abs(out[..., :3] - exact).max() <= 0.5 + 1e-4
    assert (out[..., 3] == valid[..., 3]).all()
    assert not out[0].any(), "what is transparent has no colour"


def test_what_was_straight_comes_back_within_the_rounding_of_its_alpha(
    every_pair: np.ndarray,
) -> None:
    seen = every_pair[1:]
    back = straight(premultiplied(seen)).astype(int)
    slack = np.ceil(127.5 / seen[..., 3:])
    assert (np.abs(back - seen)[..., :3] <= slack).all()


@given(st.integers(1, 19), st.data())
def test_straight_is_the_same_pixel_by_pixel_whatever_the_width_and_the_box(
    width: int, data: st.DataObject
) -> None:
    left, right = sorted(data.draw(st.tuples(*2 * [st.integers(0, width)])))
    top, bottom = sorted(data.draw(st.tuples(*2 * [st.integers(0, 5)])))
    noise = np.random.default_rng(width).integers(0, 256, (5, width, 4), np.uint8)
    part = slice(top, bottom), slice(left, right)
    rgba = np.zeros_like(noise)
    rgba[part] = premultiplied(noise)[part]
    singly = straight(rgba.reshape(-1, 1, 4)).reshape(rgba.shape)
    assert (straight(rgba, Box(left, top, right, bottom)) == singly).all()


def test_only_the_alpha_box_is_read() -> None:
    rgba = np.full((8, 8, 4), 100, np.uint8)
    box = Box(2, 3, 6, 5)
    out = straight(rgba, box)
    assert (out[3:5, 2:6, :3] == 255).all()
    out[3:5, 2:6] = 0
    assert not out.any()


def test_over_a_colour_follows_the_over_formula(every_pair: np.ndarray) -> None:
    rgba, colour = premultiplied(every_pair), (0, 177, 64)
    wide = rgba.astype(np.float64)
    exact = wide[..., :3] + (255 - wide[..., 3:]) / 255 * np.array(colour)
    assert np.abs(over_colour(rgba, colour) - exact).max() <= 0.5 + 1e-9


def test_outside_the_box_lies_the_colour() -> None:
    rgba = np.full((6, 6, 4), 255, np.uint8)
    out = over_colour(rgba, (1, 2, 3), Box(1, 1, 2, 2))
    assert (out[1, 1] == 255).all()
    assert (out[0] == (1, 2, 3)).all()
    assert (out[1, 2] == (1, 2, 3)).all()


def test_an_empty_box_gives_the_bare_colour_and_nothing() -> None:
    rgba = np.zeros((4, 4, 4), np.uint8)
    empty = Box(0, 0, 0, 0)
    assert (over_colour(rgba, (9, 8, 7), empty) == (9, 8, 7)).all()
    assert not straight(rgba, empty).any()


def test_the_alpha_box_is_tight() -> None:
    rgba = np.zeros((10, 12, 4), np.uint8)
    assert alpha_box(rgba).is_empty
    rgba[2, 5, 3] = 1
    rgba[7, 3, 3] = 255
    assert alpha_box(rgba) == Box(3, 2, 6, 8)


def test_what_is_opaque_stays_as_it_is_and_one_clear_pixel_is_seen() -> None:
    rgba = np.random.default_rng(3).integers(0, 256, (30, 40, 4), np.uint8)
    rgba[..., 3] = 255
    assert (straight(rgba) == rgba).all()
    assert (over_colour(rgba, (9, 9, 9)) == rgba[..., :3]).all()
    rgba[7, 8] = 0
    assert (straight(rgba) == rgba).all()
    assert over_colour(rgba, (9, 9, 9))[7, 8].tolist() == [9, 9, 9]
    inside = Box(0, 0, 40, 5)  # opaque there, and nothing outside
    assert (over_colour(rgba, (9, 9, 9), inside)[5:] == 9).all()
