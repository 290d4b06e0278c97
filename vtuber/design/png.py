"""Pixels in, a PNG file out. Pure."""

from __future__ import annotations

import struct
import zlib

import numpy as np
from jaxtyping import UInt8


def png(rgba: UInt8[np.ndarray, "h w 4"]) -> bytes:
    """Encode straight RGBA as PNG (RFC 2083); colour under alpha 0 is kept.

    Rows are not filtered: drawn art is flat, and filters made it a seventh larger.
    """
    height, width = rgba.shape[:2]
    rows = np.zeros((height, 1 + width * 4), np.uint8)  # each begins with its filter: 0, none
    rows[:, 1:] = rgba.reshape(height, -1)
    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(rows.tobytes(), 9)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )
