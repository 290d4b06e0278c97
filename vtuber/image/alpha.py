"""Between premultiplied and straight alpha, and onto a colour. Pure: arrays in, new arrays out.

Only the alpha box is worked on: outside lies nothing. All pixels are sRGB uint8, top row first.
Measured at 1280x720 with an avatar in a third of the picture, CPU time: straight 0.55 ms (0.75 with
a division of every pixel in the box), over a colour 0.3 (whole picture 3.8).
"""

from __future__ import annotations

import numpy as np
from jaxtyping import UInt8

from vtuber.core.colour import Colour
from vtuber.core.picture import Box


def premultiplied(straight: UInt8[np.ndarray, "h w 4"]) -> UInt8[np.ndarray, "h w 4"]:
    """Multiply colour by alpha, rounded; transparent pixels become (0, 0, 0, 0)."""
    import cv2

    alpha = cv2.extractChannel(straight, 3)
    below = cv2.merge([alpha, alpha, alpha, np.full_like(alpha, 255)])
    out: UInt8[np.ndarray, "h w 4"] = cv2.multiply(straight, below, scale=1 / 255)
    return out


def straight(
    rgba: UInt8[np.ndarray, "h w 4"],
    alpha_box: Box | None = None,
    out: UInt8[np.ndarray, "h w 4"] | None = None,
) -> UInt8[np.ndarray, "h w 4"]:
    """Divide premultiplied colour by alpha, rounded; transparent pixels become (0, 0, 0, 0).

    `out` is filled inside the box alone; it should be 0 outside.
    """
    import cv2

    part = _slices(rgba, alpha_box)
    if out is None:
        out = np.zeros_like(rgba)
    if rgba[part].size:
        eights = _in_eights(rgba[part])
        alpha = cv2.extractChannel(eights, 3)
        # Clear and opaque pixels, 98 of 100, are what they were. The eights with others are found
        # as one number each: 0.08 ms, and pixel by pixel 0.6.
        soft = np.flatnonzero(cv2.inRange(alpha, 1, 254).view(np.uint64))
        if soft.size:
            above, alpha = eights[soft], alpha[soft]
            below = cv2.merge([alpha, alpha, alpha, np.full_like(alpha, 255)])
            eights[soft] = cv2.divide(above, below, scale=255)  # 0 where it divides by 0
        out[part] = _as(eights, rgba[part].shape)
    return out


def _in_eights(part: UInt8[np.ndarray, "h w 4"]) -> UInt8[np.ndarray, "n 8 4"]:
    """Copy pixels in rows of eight, the last one filled up with clear ones.

    A copy, because OpenCV makes one of its own of whatever is part of a picture: 0.3 ms each time.
    """
    count = part.shape[0] * part.shape[1]
    flat = np.empty((-(-count // 8) * 8, 4), np.uint8)
    flat[count:] = 0
    flat[:count].reshape(part.shape)[:] = part
    return flat.reshape(-1, 8, 4)


def _as(eights: UInt8[np.ndarray, "n 8 4"], shape: tuple[int, ...]) -> UInt8[np.ndarray, "h w 4"]:
    return eights.reshape(-1, 4)[: shape[0] * shape[1]].reshape(shape)


def over_colour(
    rgba: UInt8[np.ndarray, "h w 4"], colour: Colour, alpha_box: Box | None = None
) -> UInt8[np.ndarray, "h w 3"]:
    """Lay a premultiplied picture over one colour, opaque."""
    import cv2

    height, width = rgba.shape[:2]
    part = _slices(rgba, alpha_box)
    alpha = cv2.extractChannel(rgba[part], 3) if rgba[part].size else None
    if alpha is not None and alpha.shape == (height, width) and _is_opaque(alpha):
        opaque: UInt8[np.ndarray, "h w 3"] = cv2.cvtColor(rgba, cv2.COLOR_RGBA2RGB)
        return opaque
    out = np.empty((height, width, 3), np.uint8)
    out[0] = colour
    out[1:] = out[0]  # row by row 0.07 ms; `out[:] = colour`, pixel by pixel, 7.3
    if alpha is not None:
        # What still shines through, for each alpha; a value that two channels share is made once.
        left = 255 - np.arange(256)
        tables = {c: ((left * c + 127) // 255).astype(np.uint8) for c in colour}
        shades = {c: cv2.LUT(alpha, table) for c, table in tables.items()}
        behind = cv2.merge([shades[c] for c in colour])
        cv2.add(cv2.cvtColor(rgba[part], cv2.COLOR_RGBA2RGB), behind, out[part])
    return out


def _is_opaque(alpha: UInt8[np.ndarray, "h w"]) -> bool:
    """Say whether all of it is, as before a background: 0.1 ms at 720p, where it saves 7."""
    import cv2

    return bool(cv2.minMaxLoc(alpha)[0] == 255)


def alpha_box(rgba: UInt8[np.ndarray, "h w 4"]) -> Box:
    """Find the smallest box outside which alpha is 0; an empty box when there is none."""
    seen = rgba[..., 3] > 0
    rows, columns = np.flatnonzero(seen.any(axis=1)), np.flatnonzero(seen.any(axis=0))
    if not len(rows):
        return Box(0, 0, 0, 0)
    return Box(int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1)


def _slices(rgba: UInt8[np.ndarray, "h w 4"], box: Box | None) -> tuple[slice, slice]:
    if box is None:
        return slice(0, rgba.shape[0]), slice(0, rgba.shape[1])
    return slice(box.top, box.bottom), slice(box.left, box.right)
