"""One picture as a source that gives it again and again.

Settings: `path` (PNG, JPEG, WebP and what else Pillow reads), `fps`, `frames` (0: without end),
`paced` (off: as fast as it is read, time stamps as if paced).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from jaxtyping import UInt8

from vtuber.core.errors import SourceEnded, UserError
from vtuber.core.frame import Frame
from vtuber.core.ports import Clock

MOST_PIXELS = 8192 * 8192


@dataclass(frozen=True, slots=True)
class Options:
    """Settings of a still."""

    path: str = ""
    fps: float = 30.0
    frames: int = 0
    paced: bool = True


class Capture:
    """A `Source` of one picture, upright as its EXIF says, transparency over black."""

    is_live = False

    def __init__(self, options: Options, clock: Clock) -> None:
        if not options.path:
            raise UserError("a still needs the path of its picture")
        if not 0.1 <= options.fps <= 1000:
            raise UserError(f"the still's fps is {options.fps:g}; give 0.1 to 1000")
        self._options, self._clock = options, clock
        self.name = Path(options.path).name
        self._rgb: UInt8[np.ndarray, "h w 3"] | None = None
        self._start_ns = self._sequence = 0

    def open(self) -> None:
        """Read the picture. Raises UserError when there is none, or one too large."""
        self._rgb = read_picture(Path(self._options.path))
        self._start_ns, self._sequence = self._clock.now_ns(), 0

    def read(self) -> Frame:
        """Wait for the time of the next frame. Raises SourceEnded after the last."""
        assert self._rgb is not None, "read() comes after open()"
        sequence = self._sequence
        if self._options.frames and sequence >= self._options.frames:
            raise SourceEnded(f"{self.name} has been shown")
        self._sequence += 1
        captured_ns = self._start_ns + round(sequence * 1e9 / self._options.fps)
        if self._options.paced:
            self._clock.sleep_until(captured_ns)
        return Frame(self._rgb, captured_ns, sequence)

    def close(self) -> None:
        self._rgb = None


def read_picture(path: Path) -> UInt8[np.ndarray, "h w 3"]:
    """Read a picture file as sRGB. Its size is checked before its pixels are decoded."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with Image.open(path) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise UserError(
                    f"the picture {path} is {picture.width}x{picture.height}; "
                    f"the most is {MOST_PIXELS:,} pixels: make it smaller"
                )
            upright = ImageOps.exif_transpose(picture)
            if upright.mode.startswith("I"):  # 16 bits of grey, which Pillow cuts off at 255
                upright = Image.fromarray((np.asarray(upright) / 257).clip(0, 255).astype(np.uint8))
            if upright.has_transparency_data:
                rgba = upright.convert("RGBA")
                black = Image.new("RGBA", rgba.size, (0, 0, 0, 255))
                upright = Image.alpha_composite(black, rgba)
            rgb = np.array(upright.convert("RGB"))
    except FileNotFoundError as error:
        raise UserError(f"no picture at {path}; check the path") from error
    except (UnidentifiedImageError, Image.DecompressionBombError) as error:
        raise UserError(f"cannot read the picture {path}: {error}; give a PNG or JPEG") from error
    except (OSError, SyntaxError, ValueError) as error:  # Pillow's for files cut off or broken
        raise UserError(f"cannot read the picture {path}: {error}; give a PNG or JPEG") from error
    rgb.setflags(write=False)
    return rgb
