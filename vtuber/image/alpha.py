"""Between straight and premultiplied alpha. Pure: arrays in, new arrays out, all uint8 RGBA."""

from __future__ import annotations

import numpy as np
from jaxtyping import UInt8


def premultiplied(straight: UInt8[np.ndarray, "h w 4"]) -> UInt8[np.ndarray, "h w 4"]:
    """Multiply colour by alpha, rounded; transparent pixels become (0, 0, 0, 0)."""
    alpha = straight[..., 3:].astype(np.uint16)
    out = straight.copy()
    # (c * a + 127) // 255 is c * a / 255 rounded, for all 65,536 pairs.
    out[..., :3] = (straight[..., :3] * alpha + 127) // 255
    return out
