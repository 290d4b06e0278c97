"""Reads an item's picture: a PNG, APNG or GIF file in, premultiplied frames and their times out.

Untrusted input: the file's size and the picture's are bounded before anything is decoded, frames
and pixels while it is. What would be too much memory is kept smaller, by halves. Any thread may.
"""

from __future__ import annotations

import math
import struct
import zlib
from collections.abc import Iterator
from typing import Any

import numpy as np
from jaxtyping import UInt8

from vtuber.core.errors import UserError
from vtuber.core.item import ItemPicture
from vtuber.image.alpha import premultiplied
from vtuber.image.convert import resized

MOST_FILE_BYTES = 16 << 20
MOST_SIDE_PX = 4096
MOST_FRAMES = 1000
MOST_DECODED_PX = 256 << 20  # of all frames as they are stored: about 3 s in a thread
MOST_KEPT_PX = 1920 * 1080  # a frame is kept with so many, or fewer: 4 ms to upload
MOST_KEPT_BYTES = 64 << 20  # frames in memory
# Browsers play a frame of 10 ms or less for 100: old GIFs say 0 and mean "as fast as you like".
QUICKEST_MS, INSTEAD_MS = 10, 100
_GIVE = "give a PNG, APNG or GIF"

Frame = UInt8[np.ndarray, "h w 4"]


class _RefusedError(ValueError):
    """Why a picture cannot be taken, without the file's name."""


def decode_item(data: bytes, name: str) -> ItemPicture:
    """Decode a picture and how it moves. Raises UserError, which has its `name`, for a bad one.

    Loops and times are the file's own (W3C PNG 3, section 11.3.6; GIF89a with its loop extension).
    """
    try:
        return _decoded(data)
    except _RefusedError as error:
        raise UserError(f"the picture {name} {error}") from error


def _decoded(data: bytes) -> ItemPicture:
    if len(data) > MOST_FILE_BYTES:
        raise _RefusedError(f"has more than {MOST_FILE_BYTES >> 20} MB: make it smaller")
    width, height = _size_px(data)
    if not (1 <= width <= MOST_SIDE_PX and 1 <= height <= MOST_SIDE_PX):
        raise _RefusedError(f"is {width}x{height}; a side has 1 to {MOST_SIDE_PX} px")
    frames: list[Frame] = []
    ends_ns: list[int] = []
    end_ns, plays = 0, 0
    keep_px = _fitted(width, height)
    for frame, duration_ms, told in _stored(data):
        plays = told
        if frame.shape[1::-1] != (width, height):
            raise _RefusedError(f"is broken (a frame is larger than {width}x{height}); {_GIVE}")
        if len(frames) == MOST_FRAMES or (len(frames) + 1) * width * height > MOST_DECODED_PX:
            most = min(MOST_FRAMES, MOST_DECODED_PX // (width * height))
            raise _RefusedError(f"has more than {most} frames of its size: make it shorter")
        end_ns += round((duration_ms if duration_ms > QUICKEST_MS else INSTEAD_MS) * 1e6)
        ends_ns.append(end_ns)
        frames.append(resized(premultiplied(frame), keep_px))
        if len(frames) * frames[0].nbytes > MOST_KEPT_BYTES:
            keep_px = max(keep_px[0] // 2, 1), max(keep_px[1] // 2, 1)
            frames = [resized(one, keep_px) for one in frames]
    for frame in frames:
        frame.setflags(write=False)
    return ItemPicture(tuple(frames), tuple(ends_ns), plays)


def _size_px(data: bytes) -> tuple[int, int]:
    """Give the width and height that a file says it has, before any decoder sees it."""
    if data[:8] == b"\x89PNG\r\n\x1a\n" and data[12:16] == b"IHDR" and len(data) >= 24:
        width, height = struct.unpack_from(">II", data, 16)
        return width, height
    if data[:6] in (b"GIF87a", b"GIF89a") and len(data) >= 10:
        width, height = struct.unpack_from("<HH", data, 6)
        return width, height
    raise _RefusedError(f"is no picture that an item can be; {_GIVE}")


def _stored(data: bytes) -> Iterator[tuple[Frame, float, int]]:
    """Decode frame after frame, as it looks: straight RGBA, how long in ms, and the plays."""
    import io

    from PIL import Image

    # What Pillow raises for broken files.
    broken = (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError,
              struct.error, zlib.error, Image.DecompressionBombError)  # fmt: skip
    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "GIF")) as im:
            plays = _plays(im)
            if im.mode.startswith("I;"):
                raise _RefusedError("has 16 bits a pixel; save it with 8 a channel")
            if im.info.get("default_image"):
                im.seek(1)  # the picture for programs that cannot animate is no frame
            yield _rgba(im), _duration_ms(im), plays
            while _next(im):
                yield _rgba(im), _duration_ms(im), plays
    except _RefusedError:
        raise
    except broken as error:
        raise _RefusedError(f"is broken or cut off; {_GIVE}") from error


def _plays(im: Any) -> int:
    """Say how often it is played, 0 for ever. A GIF counts what follows the first time."""
    loop = im.info.get("loop")
    if im.format != "GIF":
        return int(loop or 0)
    return 1 if loop is None else int(loop) + 1 if loop else 0


def _next(im: Any) -> bool:
    try:
        im.seek(im.tell() + 1)
    except EOFError:
        return False
    return True


def _rgba(im: Any) -> Frame:
    frame: Frame = np.array(im.convert("RGBA"))
    return frame


def _duration_ms(im: Any) -> float:
    return float(im.info.get("duration", 0))


def _fitted(width: int, height: int) -> tuple[int, int]:
    scale = min(1.0, math.sqrt(MOST_KEPT_PX / (width * height)))
    return max(round(width * scale), 1), max(round(height * scale), 1)
