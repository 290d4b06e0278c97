"""Formats for devices: known colours land where the standards put them."""

import numpy as np
import pytest

from tests.metrics import psnr_db
from vtuber.image.convert import i420, resized


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
