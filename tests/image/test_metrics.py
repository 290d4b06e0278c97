"""Measures of likeness, against values that can be worked out by hand."""

import math

import numpy as np
import pytest

from vtuber.image.metrics import psnr, rmse, ssim


@pytest.fixture
def noise() -> np.ndarray:
    return np.random.default_rng(1).random((40, 30, 3)).astype(np.float32)


def test_the_same_picture_is_alike(noise) -> None:
    assert rmse(noise, noise) == 0.0
    assert psnr(noise, noise) == math.inf
    assert ssim(noise, noise) == pytest.approx(1.0)


def test_a_shift_of_all_values_is_the_error(noise) -> None:
    assert rmse(noise, noise + 0.1) == pytest.approx(0.1, rel=1e-5)
    assert psnr(noise, noise + 0.1) == pytest.approx(20.0, abs=1e-3)


def test_ssim_of_two_flat_pictures_is_the_formulas_luminance_term() -> None:
    one, other = np.full((20, 20, 1), 0.2, np.float32), np.full((20, 20, 1), 0.6, np.float32)
    assert ssim(one, other) == pytest.approx((2 * 0.12 + 1e-4) / (0.04 + 0.36 + 1e-4), rel=1e-5)


def test_ssim_of_a_picture_and_its_negative_is_negative(noise) -> None:
    assert ssim(noise, 1.0 - noise) < -0.5


def test_ssim_falls_with_blur_and_does_not_care_which_comes_first(noise) -> None:
    blurred = (noise + np.roll(noise, 1, axis=0) + np.roll(noise, 1, axis=1)) / 3
    assert ssim(noise, blurred) == pytest.approx(ssim(blurred, noise))
    assert ssim(noise, blurred) < ssim(noise, (noise * 3 + blurred) / 4) < 1.0


def test_what_is_smaller_than_a_window_is_refused() -> None:
    small = np.zeros((10, 40, 3), np.float32)
    with pytest.raises(ValueError, match="too small"):
        ssim(small, small)
