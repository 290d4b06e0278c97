"""Reads layer pictures: PNG bytes in, straight RGBA out. The header is believed only when it fits.

`check_png` looks at the file's structure and needs no decoder; `decode_png` is called only after
it, so no decoder ever sees a picture larger than the bounds.
"""

from __future__ import annotations

import struct
import zlib

import numpy as np
from jaxtyping import UInt8

MAX_SIDE_PX = 4096
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_ALPHA_TYPES = {4: "grey with alpha", 6: "RGBA", 3: "palette"}  # PNG colour types (RFC 2083)


class BadPicture(ValueError):
    """A picture that is not what a layer needs. The message says why, without the file's name."""


def check_png(data: bytes) -> tuple[int, int]:
    """Give the width and height of a whole PNG file; every chunk's length and sum is checked.

    Raises BadPicture. Format: RFC 2083.
    """
    if data[:8] != _SIGNATURE:
        raise BadPicture("is not a PNG file")
    kinds: list[bytes] = []
    size = (0, 0)
    at = 8
    while not kinds or kinds[-1] != b"IEND":
        if at + 12 > len(data):
            raise BadPicture("is cut short")
        length, kind = struct.unpack_from(">I4s", data, at)
        end = at + 12 + length
        if end > len(data):
            raise BadPicture("is cut short")
        (crc,) = struct.unpack_from(">I", data, end - 4)
        if zlib.crc32(memoryview(data)[at + 4 : end - 4]) != crc:
            raise BadPicture("is damaged (a checksum does not fit)")
        if not kinds:
            size = _check_header(kind, data[at + 8 : end - 4])
        kinds.append(kind)
        at = end
    if b"IDAT" not in kinds:
        raise BadPicture("holds no pixels")
    return size


def _check_header(kind: bytes, body: bytes) -> tuple[int, int]:
    if kind != b"IHDR" or len(body) != 13:
        raise BadPicture("has no PNG header")
    width, height, depth, colour = struct.unpack_from(">IIBB", body)
    if not (1 <= width <= MAX_SIDE_PX and 1 <= height <= MAX_SIDE_PX):
        raise BadPicture(f"is {width}x{height}; a side is 1 to {MAX_SIDE_PX} pixels")
    if colour not in _ALPHA_TYPES:
        raise BadPicture("has no transparency; save it as RGBA")
    if depth > 8:
        raise BadPicture(f"has {depth} bits a channel; save it with 8")
    return width, height


def decode_png(data: bytes) -> UInt8[np.ndarray, "h w 4"]:
    """Decode a PNG file that `check_png` took. Raises BadPicture when its pixels are damaged."""
    import cv2

    width, height = check_png(data)
    bgra = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
    if bgra is None or bgra.shape[:2] != (height, width):
        raise BadPicture("is damaged (its pixels cannot be read)")
    if bgra.ndim != 3 or bgra.shape[2] != 4:
        raise BadPicture("has no transparency; save it as RGBA")
    return np.asarray(cv2.cvtColor(bgra, cv2.COLOR_BGRA2RGBA))
