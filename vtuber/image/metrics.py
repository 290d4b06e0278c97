"""How alike two pictures are: pixels in, numbers out. NumPy alone.

SSIM: Wang, Bovik, Sheikh and Simoncelli, Image Quality Assessment: From Error Visibility to
Structural Similarity, 2004, with their Gaussian window of 11 pixels (sigma 1.5), K1 = 0.01 and
K2 = 0.03; of colours, the mean over the channels.
"""

from __future__ import annotations

import math

import numpy as np
from jaxtyping import Float32, Float64

Pixels = Float32[np.ndarray, "h w c"]  # 0..1
_SIGMA, _RADIUS = 1.5, 5
_C1, _C2 = 0.01**2, 0.03**2


def rmse(one: Pixels, other: Pixels) -> float:
    """Give the root of the mean squared difference of all values: 0..1."""
    return float(np.sqrt(np.mean((one.astype(np.float64) - other) ** 2)))


def psnr(one: Pixels, other: Pixels) -> float:
    """Give the peak signal-to-noise ratio in dB; infinite where the pictures are the same."""
    error = rmse(one, other)
    return -20.0 * math.log10(error) if error else math.inf


def ssim(one: Pixels, other: Pixels) -> float:
    """Give the mean structural similarity, 1 where the pictures are the same.

    Only windows that lie wholly inside count. Raises ValueError below 11 pixels a side.
    """
    if min(one.shape[:2]) <= 2 * _RADIUS:
        raise ValueError(f"pictures of {one.shape[:2]} px are too small for windows of 11")
    a, b = one.astype(np.float64), other.astype(np.float64)
    mean_a, mean_b = _blurred(a), _blurred(b)
    var_a, var_b = _blurred(a * a) - mean_a**2, _blurred(b * b) - mean_b**2
    both = _blurred(a * b) - mean_a * mean_b
    above = (2 * mean_a * mean_b + _C1) * (2 * both + _C2)
    below = (mean_a**2 + mean_b**2 + _C1) * (var_a + var_b + _C2)
    return float((above / below).mean())


def _blurred(pixels: np.ndarray) -> Float64[np.ndarray, "h w c"]:
    """Weigh each window of 11 x 11 pixels by a Gaussian: one axis after the other."""
    at = np.arange(-_RADIUS, _RADIUS + 1)
    window = np.exp(-(at**2) / (2 * _SIGMA**2))
    window /= window.sum()
    down, across = pixels.shape[0] - 2 * _RADIUS, pixels.shape[1] - 2 * _RADIUS
    rows = sum(weight * pixels[i : i + down] for i, weight in enumerate(window))
    return np.asarray(sum(weight * rows[:, i : i + across] for i, weight in enumerate(window)))
