"""How far two pictures are apart. Pure."""

from __future__ import annotations

import numpy as np
from jaxtyping import UInt8


def psnr_db(one: UInt8[np.ndarray, "*shape"], other: UInt8[np.ndarray, "*shape"]) -> float:
    """Give the peak signal-to-noise ratio of two uint8 arrays in dB; equal ones give infinity.

    >>> black = np.zeros((2, 2, 3), np.uint8)
    >>> psnr_db(black, black), round(psnr_db(black, black + 255), 3)
    (inf, 0.0)
    """
    error = np.mean((one.astype(np.float64) - other) ** 2)
    return float("inf") if error == 0 else float(10 * np.log10(255.0**2 / error))
