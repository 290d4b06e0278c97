"""Formats for devices: known colours land where the standards put them."""

import io

import numpy as np
import pytest
from PIL import Image

from tests.metrics import psnr_db
from vtuber.core.picture import Box
from vtuber.image.alpha import over_colour, premultiplied
from vtuber.image.convert import covering, cut_to, i420, i420_over, png, resized


@pytest.mark.parametrize(
    ("rgb", "yuv"),
    [  # ITU-R BT.601, limited range
        ((0, 0, 0), (16, 128, 128)),
        ((255, 255, 255), (235, 128, 128)),
        ((255, 0, 0), (81, 90, 240)),
        ((0, 255, 0), (145, 54, 34)),
        ((0, 0, 255), (41, 240, 110)),
    ],
)
def test_i420_is_limited_range_bt601(rgb: tuple, yuv: tuple) -> None:
    planes = i420(np.full((4, 8, 3), rgb, np.uint8)).ravel()
    assert planes.size == 4 * 8 * 3 // 2
    got = planes[0], planes[32], planes[40]
    assert np.abs(np.array(got, int) - yuv).max() <= 1


def test_a_smaller_picture_is_averaged_and_a_larger_one_keeps_flat_colour() -> None:
    board = np.indices((8, 8)).sum(0) % 2 * 255
    rgb = np.repeat(board[..., None], 3, 2).astype(np.uint8)
    assert np.abs(resized(rgb, (4, 4)).astype(int) - 127.5).max() <= 1
    assert (resized(np.full((4, 4, 4), 7, np.uint8), (9, 5)) == 7).all()
    assert resized(rgb, (8, 8)) is rgb


def test_psnr_of_one_step_everywhere_is_48_db() -> None:
    rgb = np.full((4, 4, 3), 10, np.uint8)
    assert psnr_db(rgb, rgb + 1) == pytest.approx(48.13, abs=0.01)


@pytest.mark.parametrize("size_px", [(64, 36), (36, 64), (400, 400), (1, 1)])
def test_a_covering_picture_fills_any_size_without_bending(size_px: tuple[int, int]) -> None:
    y, x = np.mgrid[0:90, 0:160]
    rgb = np.stack([x, y, 0 * x], -1).astype(np.uint8)
    out = covering(rgb, size_px).astype(float)
    assert out.shape == (size_px[1], size_px[0], 4)
    assert (out[..., 3] == 255).all()
    assert out[..., 0].mean() == pytest.approx(79.5, abs=1.5)
    assert out[..., 1].mean() == pytest.approx(44.5, abs=1.5)
    if min(size_px) > 1:
        step = np.diff(out[..., 0], axis=1).mean(), np.diff(out[..., 1], axis=0).mean()
        assert step[0] == pytest.approx(step[1], rel=0.05)


@pytest.mark.parametrize("size_px", [(80, 45), (64, 48), (60, 60), (53, 30), (300, 200), (160, 90)])
def test_what_moves_is_cut_as_what_stands_still(size_px: tuple[int, int]) -> None:
    y, x = np.mgrid[0:90, 0:160]
    rgb = np.stack([x, y, x + y], -1).astype(np.uint8)
    still, moving = cut_to(rgb, size_px), cut_to(rgb, size_px, moves=True)
    assert moving.shape == (size_px[1], size_px[0], 3)
    assert np.abs(moving.astype(int) - still).max() <= 3


@pytest.mark.parametrize(
    "box",
    [(3, 5, 21, 17), (4, 6, 20, 16), (0, 0, 32, 24), (31, 23, 32, 24), (7, 3, 8, 4), (5, 5, 5, 5)],
)
def test_i420_over_a_colour_is_that_of_the_opaque_picture(box: tuple[int, int, int, int]) -> None:
    rgba = np.zeros((24, 32, 4), np.uint8)
    part = np.s_[box[1] : box[3], box[0] : box[2]]
    rgba[part] = np.random.default_rng(0).integers(0, 256, rgba[part].shape, np.uint8)
    rgba = premultiplied(rgba)
    for colour in ((40, 200, 120), (0, 255, 0), (255, 0, 255), (0, 0, 0), (255, 255, 255)):
        whole = i420(over_colour(rgba, colour)).astype(int)
        off = np.abs(i420_over(rgba, colour, Box(*box)) - whole)
        assert off.max() <= 2
        assert off.mean() < 0.35
        clear = np.ones((24, 32), bool)
        clear[box[1] : box[3], box[0] : box[2]] = False
        assert not off[:24][clear].any()


@pytest.mark.parametrize("channels", [3, 4])
def test_a_png_is_read_back_exactly(channels: int) -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (9, 13, channels), np.uint8)
    assert np.array_equal(np.asarray(Image.open(io.BytesIO(png(pixels)))), pixels)
